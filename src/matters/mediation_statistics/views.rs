//! Statistics in JSON.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Counted, Found, MediationStatisticsGrouping, Took};
use super::reckoning::{days, percent, told};
use super::wire::MediationStatisticsQuery;
use crate::access::division::Division;
use crate::kit::answer::View;

/// What became of cases. Null is what is not told: fewer than five, or nothing to divide by.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediationNumbersView {
    /// Cases that were registered 登记.
    pub registered: Option<i64>,
    /// Of those, not taken 不予受理.
    pub declined: Option<i64>,
    /// Settled 达成协议.
    pub agreed: Option<i64>,
    /// Not settled 调解不成.
    pub failed: Option<i64>,
    /// Withdrawn 撤回.
    pub withdrawn: Option<i64>,
    /// Settled and performed 已履行.
    pub performed: Option<i64>,
    /// Settled and broken 未履行.
    pub breached: Option<i64>,
    /// Settled and confirmed by a court 司法确认.
    pub confirmed: Option<i64>,
    /// Settled, of those that were settled or not, in hundredths 调解成功率.
    #[schema(example = 91.7)]
    pub success_percent: Option<f64>,
    /// Performed, of those that were performed or broken, in hundredths 履行率.
    pub performance_percent: Option<f64>,
    /// Confirmed, of those that were settled, in hundredths 司法确认率.
    pub confirmation_percent: Option<f64>,
    /// Days from acceptance to agreement: the case in the middle 中位数.
    #[schema(example = 12.0)]
    pub median_days: Option<f64>,
    /// The same: the mean 平均数.
    pub mean_days: Option<f64>,
}

impl MediationNumbersView {
    fn new(row: &Counted, took: &[&Took], is_exact: bool) -> Self {
        let told = |count| told(count, is_exact);
        let days = days(took, is_exact).filter(|_| told(row.agreed).is_some());
        Self {
            registered: told(row.registered),
            declined: told(row.declined),
            agreed: told(row.agreed),
            failed: told(row.failed),
            withdrawn: told(row.withdrawn),
            performed: told(row.performed),
            breached: told(row.breached),
            confirmed: told(row.confirmed),
            success_percent: percent(row.agreed, row.agreed + row.failed, is_exact),
            performance_percent: percent(row.performed, row.performed + row.breached, is_exact),
            confirmation_percent: percent(row.confirmed, row.agreed, is_exact),
            median_days: days.map(|(median, _)| median),
            mean_days: days.map(|(_, mean)| mean),
        }
    }
}

/// The numbers of one type, source, room or month.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediationGroupView {
    /// The type, the source, the room's id, or the month.
    #[schema(example = "neighbour")]
    pub key: String,
    /// What the room is called; null for everything else.
    pub name: Option<String>,
    /// Its numbers.
    pub numbers: MediationNumbersView,
}

/// What became of the cases that were registered in a place and a time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediationStatisticsView {
    /// The place.
    pub division: Division,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Whether the numbers are as counted; else those below five are left out, others are rounded down to a multiple of five, and rates and
    /// days follow from what is told: days in steps of five.
    pub is_exact: bool,
    /// All together.
    pub total: MediationNumbersView,
    /// How many people and organisations of the archive were in dispute.
    pub parties: Option<i64>,
    /// How many of those in more than one case of this place and time.
    pub repeat_parties: Option<i64>,
    /// By what they are counted apart.
    pub by: Option<MediationStatisticsGrouping>,
    /// Each type, source, month of the span, or room of the place, whether or not anything fell into it.
    pub groups: Vec<MediationGroupView>,
}

impl MediationStatisticsView {
    /// Puts the numbers together.
    pub fn new(query: &MediationStatisticsQuery, found: Found, is_exact: bool) -> Self {
        let Found { counted, took, parties, groups } = found;
        let all = counted.iter().fold(Counted::default(), Counted::plus);
        let group = |(key, name): (String, Option<String>)| {
            let row = counted.iter().find(|row| row.key == key).cloned().unwrap_or_default();
            let took: Vec<&Took> = took.iter().filter(|row| row.key == key).collect();
            MediationGroupView { numbers: MediationNumbersView::new(&row, &took, is_exact), key, name }
        };
        Self {
            division: query.division,
            from: query.from.get(),
            until: query.until.get(),
            is_exact,
            total: MediationNumbersView::new(&all, &took.iter().collect::<Vec<_>>(), is_exact),
            parties: told(parties.parties, is_exact),
            repeat_parties: told(parties.repeat_parties, is_exact),
            by: query.by,
            groups: groups.into_iter().map(group).collect(),
        }
    }
}

impl View for MediationStatisticsView {}
