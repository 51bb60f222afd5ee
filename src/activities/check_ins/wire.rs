//! Check-ins in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::model::{CheckInId, CheckInPurpose, CheckInRow, Filter, Occasion};
use super::recording::Recorded;
use crate::access::actor::ResidentId;
use crate::access::codes::ScannedCode;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::list::Few;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::text::Line;
use crate::places::coordinates::Point;
use crate::places::venues::VenueId;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CheckInQuery {
    /// Only those in this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only those for this.
    #[param(inline)]
    pub purpose: Option<CheckInPurpose>,
    /// Only those of this shift, meeting or training.
    pub event: Option<Uuid>,
    /// Only those at this venue.
    pub venue: Option<VenueId>,
    /// Only what this account or this application scanned; never what somebody scanned to check themselves in.
    pub by: Option<Uuid>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl CheckInQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        let Self { division, purpose, event, venue, by, .. } = *self;
        Filter { division, purpose, event, venue, by }
    }
}

/// Check somebody in by the code they show.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckInDraft {
    /// What was scanned.
    pub code: ScannedCode,
    /// What for; `enrolment` has an operation of its own.
    pub purpose: CheckInPurpose,
    /// Where, within the range of one's posts.
    pub division: Division,
    /// Which shift, meeting or training; none for a visit to a venue.
    pub event: Option<Uuid>,
    /// At which venue.
    pub venue: Option<VenueId>,
    /// When the device says it was scanned. It is noted; the server's own clock decides.
    pub scanned_at: Option<DateTime<Utc>>,
}

impl CheckInDraft {
    /// What for, and where.
    pub fn occasion(&self) -> Occasion {
        let CheckInDraft { purpose, division, event, venue, .. } = *self;
        Occasion { purpose, division, event, venue }
    }
}

/// Check oneself in by the code of a venue.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnCheckInDraft {
    /// What hangs or is shown there, as it was scanned or typed.
    #[schema(value_type = Line<64>, example = "SV1:7K3M9QX2VD4TBC8P")]
    pub code: Line<64>,
    /// What for; `enrolment` has an operation of its own.
    pub purpose: CheckInPurpose,
    /// Which shift, meeting or training; none for a visit.
    pub event: Option<Uuid>,
    /// Where one is, for a venue with a fence.
    pub location: Option<Point>,
}

/// One scan of a gate that was offline.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfflineScanDraft {
    /// What was scanned.
    pub code: ScannedCode,
    /// When, by the device: within the last 72 hours. The code must have been good then. Where its clock is some seconds ahead, the
    /// check-in is of now.
    pub scanned_at: DateTime<Utc>,
}

/// Upload what a gate scanned while it was offline, for one occasion.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckInBatchDraft {
    /// What for; `enrolment` has an operation of its own.
    pub purpose: CheckInPurpose,
    /// Where, within the range of one's posts.
    pub division: Division,
    /// Which shift, meeting or training; none for a visit to a venue.
    pub event: Option<Uuid>,
    /// At which venue.
    pub venue: Option<VenueId>,
    /// The scans.
    #[schema(value_type = Vec<OfflineScanDraft>, min_items = 1, max_items = 500)]
    pub scans: Few<OfflineScanDraft, 1, 500>,
}

impl CheckInBatchDraft {
    /// What for, and where.
    pub fn occasion(&self) -> Occasion {
        let CheckInBatchDraft { purpose, division, event, venue, .. } = *self;
        Occasion { purpose, division, event, venue }
    }
}

/// A check-in.
#[derive(Serialize, ToSchema)]
pub struct CheckInView {
    /// Its id.
    pub id: CheckInId,
    /// What for.
    pub purpose: CheckInPurpose,
    /// Where.
    pub division: Division,
    /// Which shift, meeting or training.
    pub event: Option<Uuid>,
    /// At which venue.
    pub venue: Option<VenueId>,
    /// The person's record in that committee; null where it has none, as of visitors.
    pub resident: Option<ResidentId>,
    /// When it happened: by the server's clock, or by the device's where it was offline.
    #[serde(serialize_with = "moment::write")]
    pub checked_in_at: DateTime<Utc>,
    /// When the device says it was scanned; null where it did not say.
    #[serde(serialize_with = "moment::write_some")]
    pub scanned_at: Option<DateTime<Utc>>,
    /// When it was written down.
    #[serde(serialize_with = "moment::write")]
    pub recorded_at: DateTime<Utc>,
    /// Whether it was uploaded after the fact.
    pub is_offline: bool,
}

impl From<CheckInRow> for CheckInView {
    fn from(row: CheckInRow) -> Self {
        Self {
            id: row.id,
            purpose: row.purpose,
            division: row.division,
            event: row.event_id,
            venue: row.venue_id,
            resident: row.resident_id,
            checked_in_at: row.checked_in_at,
            scanned_at: row.scanned_at,
            recorded_at: row.recorded_at,
            is_offline: row.is_offline,
        }
    }
}

impl View for CheckInView {
    const IS_SECRET: bool = true;
}

/// A check-in that is there.
#[derive(Serialize, ToSchema)]
pub struct CheckInResultView {
    /// The check-in: for a repeat, the first one.
    #[serde(flatten)]
    pub check_in: CheckInView,
    /// Whether this code, or this person for this event, had been recorded before; of a shift, this coming or this going.
    pub duplicate: bool,
    /// Of a shift: whether it was noted in the attendance, from which hours come. False for who has no place there or is there already, at
    /// another time than the shift's, for who is not insured where that is asked, and for what they scanned of a printed code: who
    /// organises may note it. Null for a repeat, and for what is no shift.
    pub noted: Option<bool>,
}

impl From<Recorded> for CheckInResultView {
    fn from(recorded: Recorded) -> Self {
        Self { check_in: recorded.row.into(), duplicate: recorded.is_duplicate, noted: recorded.is_noted }
    }
}

impl View for CheckInResultView {
    const IS_SECRET: bool = true;
}

/// What became of one scan.
#[derive(Serialize, ToSchema)]
pub struct OfflineScanView {
    /// Its place in what was sent, from 0.
    pub index: usize,
    /// What it would have been answered by itself: 201 recorded, 200 recorded before, or the status of its problem.
    #[schema(minimum = 200, maximum = 599)]
    pub status: u16,
    /// The check-in; null where it was refused.
    pub check_in: Option<CheckInResultView>,
    /// The code of the problem; null where it was recorded.
    pub problem: Option<&'static str>,
}

/// What became of each scan, in the order they were sent.
#[derive(Serialize, ToSchema)]
pub struct CheckInBatchView {
    /// One answer for each scan.
    pub items: Vec<OfflineScanView>,
}

impl View for CheckInBatchView {
    const IS_SECRET: bool = true;
}
