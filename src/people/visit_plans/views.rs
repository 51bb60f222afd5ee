//! The coverage of a visit plan in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::CoverageRow;
use super::store::Place;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::page::Page;
use crate::people::visit_findings::{HomeRow, VisitHomeView, VisitId, VisitResidentView};

/// Somebody, or a home, to be visited.
#[derive(Serialize, ToSchema)]
pub struct VisitDueView {
    /// Who; null where a plan counts homes.
    pub resident: Option<VisitResidentView>,
    /// The home; null where it is not known.
    pub home: Option<VisitHomeView>,
    /// The last visit; null where there was none.
    pub last_visit: Option<VisitId>,
    /// When that was.
    #[serde(serialize_with = "moment::write_some")]
    pub last_visited_at: Option<DateTime<Utc>>,
    /// By which day the next one is due.
    pub due_on: NaiveDate,
    /// Whether that day has passed.
    pub is_overdue: bool,
}

impl VisitDueView {
    /// One line of a coverage and its place in the order, as of that day; none where the page is empty.
    pub fn of(row: CoverageRow, day: NaiveDate) -> Option<(Place, Self)> {
        let (id, due_on) = row.id.zip(row.due_on)?;
        let home = row.home_id.zip(row.building_number).zip(row.home_unit.zip(row.home_number));
        let home = home.map(|((id, building_number), (unit, number))| {
            VisitHomeView::from(HomeRow { id, building_number, unit, number })
        });
        let view = Self {
            resident: row.resident_id.zip(row.resident_name).map(VisitResidentView::from),
            home,
            last_visit: row.last_visit_id,
            last_visited_at: row.last_visited_at,
            due_on,
            is_overdue: due_on < day,
        };
        Some(((due_on, row.last_visited_at.unwrap_or(DateTime::UNIX_EPOCH), id), view))
    }
}

/// How far a plan has come, and whom to visit next.
#[derive(Serialize, ToSchema)]
pub struct VisitCoverageView {
    /// How many people, or homes, the plan is about 应访.
    #[schema(example = 120)]
    pub due: i64,
    /// How many of them were visited within the plan's interval 已访.
    #[schema(example = 97)]
    pub visited: i64,
    /// For how many the day has passed 逾期.
    #[schema(example = 8)]
    pub overdue: i64,
    /// Whom to visit next: the longest due first.
    #[serde(flatten)]
    pub next: Page<VisitDueView>,
}

impl View for VisitCoverageView {
    const IS_SECRET: bool = true;

    fn next_page(&self) -> Option<String> {
        self.next.next_cursor.clone()
    }
}
