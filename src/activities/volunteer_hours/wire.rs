//! Hours in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{AttendanceId, HoursId, HoursKind, HoursRow};
use crate::access::actor::ResidentId;
use crate::activities::volunteer_calls::VolunteerCallId;
use crate::activities::volunteer_rules::RuleRow;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::page::Page;

/// A line of the ledger.
#[derive(Serialize, ToSchema)]
pub struct VolunteerHoursView {
    /// Its id.
    pub id: HoursId,
    /// Whose it is.
    pub resident: ResidentId,
    /// For which stay.
    pub attendance: AttendanceId,
    /// Of which call.
    pub volunteer_call: VolunteerCallId,
    /// What that is called.
    pub title: String,
    /// On which day.
    pub worked_on: NaiveDate,
    /// Whether they were earned or taken back.
    pub kind: HoursKind,
    /// How many minutes; less than none where they were taken back.
    pub minutes: i32,
    /// Why they were taken back or counted anew.
    pub reason: String,
    /// When it was written.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<HoursRow> for VolunteerHoursView {
    fn from(row: HoursRow) -> Self {
        let HoursRow { id, resident, attendance, call, title, worked_on, kind, minutes, reason, created_at } =
            row;
        Self {
            id,
            resident,
            attendance,
            volunteer_call: call,
            title,
            worked_on,
            kind,
            minutes,
            reason,
            created_at,
        }
    }
}

/// How many hours make a star.
#[derive(Serialize, ToSchema)]
pub struct VolunteerStarView {
    /// The star, from 1.
    pub stars: i32,
    /// From how many minutes on.
    pub minutes: i32,
    /// What that stands on.
    pub legal_basis: String,
}

impl From<&RuleRow> for VolunteerStarView {
    fn from(row: &RuleRow) -> Self {
        Self {
            stars: row.stars.unwrap_or_default(),
            minutes: row.minutes,
            legal_basis: row.legal_basis.clone(),
        }
    }
}

/// One page of the ledger, with what all of it comes to.
#[derive(Serialize, ToSchema)]
pub struct VolunteerHoursPage {
    /// The page.
    #[serde(flatten)]
    pub page: Page<VolunteerHoursView>,
    /// All minutes there are.
    pub total_minutes: i64,
    /// The stars 星级 they make; 0 while there is none.
    pub stars: i32,
    /// The next star; null where there is no higher one.
    pub next_star: Option<VolunteerStarView>,
}

impl View for VolunteerHoursPage {
    const IS_SECRET: bool = true;

    fn next_page(&self) -> Option<String> {
        self.page.next_cursor.clone()
    }
}
