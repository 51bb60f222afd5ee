//! Rows of the ledger.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::actor::ResidentId;
use crate::access::division::Division;
use crate::activities::volunteer_calls::VolunteerCallId;
use crate::schema::volunteer_hours;
use crate::{id, text_enum};

id! {
    /// The id of a line of the ledger.
    HoursId
}
id! {
    /// A stay's id. Declared here because the ledger names it.
    AttendanceId
}

text_enum! {
    /// Whether minutes were earned or taken back.
    pub enum HoursKind {
        /// 计入
        Earned = "earned",
        /// 冲销
        Reversed = "reversed",
    }
}

/// A line about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = volunteer_hours)]
pub struct NewHours {
    pub id: HoursId,
    pub resident_id: ResidentId,
    pub attendance_id: AttendanceId,
    pub call_id: VolunteerCallId,
    pub division: Division,
    pub worked_on: NaiveDate,
    pub kind: HoursKind,
    pub minutes: i32,
    pub reason: String,
    pub created_at: DateTime<Utc>,
}

/// A line as it is told.
#[derive(Clone, Debug, Queryable)]
pub struct HoursRow {
    pub id: HoursId,
    pub resident: ResidentId,
    pub attendance: AttendanceId,
    pub call: VolunteerCallId,
    pub title: String,
    pub worked_on: NaiveDate,
    pub kind: HoursKind,
    pub minutes: i32,
    pub reason: String,
    pub created_at: DateTime<Utc>,
}

/// A stay as it was recorded, with its shift.
#[derive(Clone, Debug, Queryable)]
pub struct RecordedStay {
    pub attendance: AttendanceId,
    pub resident: ResidentId,
    pub call: VolunteerCallId,
    pub division: Division,
    pub arrived_at: Option<DateTime<Utc>>,
    pub left_at: Option<DateTime<Utc>>,
    pub break_minutes: i32,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
}

/// What the ledger says of a stay on a day.
#[derive(Clone, Copy, Debug, Queryable)]
pub struct Written {
    pub attendance: AttendanceId,
    pub resident: ResidentId,
    pub call: VolunteerCallId,
    pub division: Division,
    pub worked_on: NaiveDate,
    pub minutes: i64,
}
