//! Statistics in JSON.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::model::{Met, Rated, Received, Span};
use super::rules::span_invalid;
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::clock::start_of;
use crate::kit::day::Day;
use crate::kit::problem::Result;
use crate::matters::registry::MatterOrganisationView;

/// So many days are counted at most.
const MOST: i64 = 366;

/// What to count.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PetitionStatisticsQuery {
    /// This division and below.
    #[param(example = "310113003000")]
    pub division: Division,
    /// From this day on.
    #[param(example = "2026-11-01")]
    pub from: Day,
    /// To this day, which is counted.
    #[param(example = "2026-11-30")]
    pub until: Day,
}

impl PetitionStatisticsQuery {
    /// The span it names.
    pub fn span(&self) -> Result<Span> {
        let (from, until) = (self.from.get(), self.until.get());
        let days = (until - from).num_days() + 1;
        if !(1..=MOST).contains(&days) {
            return Err(span_invalid());
        }
        Ok(Span { from: start_of(from), before: start_of(until) + TimeDelta::days(1) })
    }
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct RateView {
    /// So many.
    #[schema(minimum = 0)]
    pub count: i64,
    /// Of so many.
    #[schema(minimum = 0)]
    pub of: i64,
    /// In hundredths, to one decimal; null where there was nothing.
    #[schema(example = 97.5)]
    pub percent: Option<f64>,
}

impl RateView {
    fn new(count: i64, of: i64) -> Self {
        let percent = (of > 0).then(|| (count as f64 * 1000.0 / of as f64).round() / 10.0);
        Self { count, of, percent }
    }
}

/// The four rates 四率.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PetitionRatesView {
    /// Called in time 先行联系率.
    pub contacted_in_time: RateView,
    /// Resolved in time 按时办结率.
    pub resolved_in_time: RateView,
    /// Solved, as who asked says 实际解决率.
    pub solved: RateView,
    /// Satisfied or mostly, as who asked says 满意率.
    pub satisfied: RateView,
}

impl PetitionRatesView {
    fn new(met: &[&Met], rated: &[&Rated]) -> Self {
        let of = |count: fn(&Met) -> i64| met.iter().map(|row| count(row)).sum();
        let said = |count: fn(&Rated) -> i64| rated.iter().map(|row| count(row)).sum();
        let ratings = said(|row| row.ratings);
        Self {
            contacted_in_time: RateView::new(of(|row| row.contacts_in_time), of(|row| row.contacts)),
            resolved_in_time: RateView::new(of(|row| row.resolved_in_time), of(|row| row.resolved)),
            solved: RateView::new(said(|row| row.solved), ratings),
            satisfied: RateView::new(said(|row| row.satisfied + row.mostly_satisfied), ratings),
        }
    }
}

/// The four rates of one organisation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PetitionOrganisationRatesView {
    /// The organisation; null for what the line handled itself.
    pub organisation: Option<MatterOrganisationView>,
    /// Its rates.
    pub rates: PetitionRatesView,
}

/// What was done with petitions in a place and a time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PetitionStatisticsView {
    /// The place.
    pub division: Division,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// How many came.
    #[schema(minimum = 0)]
    pub received: i64,
    /// How many of those are still open.
    #[schema(minimum = 0)]
    pub open: i64,
    /// How many of those are late now.
    #[schema(minimum = 0)]
    pub overdue: i64,
    /// The rates of all together.
    pub rates: PetitionRatesView,
    /// The rates of each organisation.
    pub organisations: Vec<PetitionOrganisationRatesView>,
}

impl PetitionStatisticsView {
    /// Puts the numbers together.
    pub fn new(
        query: &PetitionStatisticsQuery,
        received: Received,
        met: Vec<Met>,
        rated: Vec<Rated>,
    ) -> Self {
        let mut named: Vec<(Option<Uuid>, Option<String>)> =
            met.iter().map(|row| (row.holder_id, row.name.clone())).collect();
        for row in &rated {
            if !named.iter().any(|(id, _)| *id == row.organisation_id) {
                named.push((row.organisation_id, row.name.clone()));
            }
        }
        let organisation = |(id, name): (Option<Uuid>, Option<String>)| PetitionOrganisationRatesView {
            rates: PetitionRatesView::new(
                &met.iter().filter(|row| row.holder_id == id).collect::<Vec<_>>(),
                &rated.iter().filter(|row| row.organisation_id == id).collect::<Vec<_>>(),
            ),
            organisation: id
                .zip(name)
                .map(|(id, name)| MatterOrganisationView { id: OrganisationId(id), name }),
        };
        Self {
            division: query.division,
            from: query.from.get(),
            until: query.until.get(),
            received: received.received,
            open: received.open,
            overdue: received.overdue,
            rates: PetitionRatesView::new(&met.iter().collect::<Vec<_>>(), &rated.iter().collect::<Vec<_>>()),
            organisations: named.into_iter().map(organisation).collect(),
        }
    }
}

impl View for PetitionStatisticsView {}
