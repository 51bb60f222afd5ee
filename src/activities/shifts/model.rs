//! Rows of shifts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::division::Division;
use crate::activities::volunteer_calls::VolunteerCallId;
use crate::activities::volunteer_teams::VolunteerTeamId;
use crate::schema::shifts;
use crate::{id, text_enum};

id! {
    /// A shift's id.
    ShiftId
}

text_enum! {
    /// Whose the hours are.
    pub enum ShiftKind {
        /// 固定时段
        Fixed = "fixed",
        /// 弹性时段
        Flexible = "flexible",
        /// 长期
        OpenEnded = "open_ended",
    }
}

/// A shift as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = shifts)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct ShiftRow {
    pub id: ShiftId,
    pub call_id: VolunteerCallId,
    pub division: Division,
    pub role: String,
    pub place: String,
    pub kind: ShiftKind,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub capacity: i32,
    pub taken: i32,
    pub waiting: i32,
    pub needs_approval: bool,
    pub withdraw_until: Option<DateTime<Utc>>,
    pub own_first_until: Option<DateTime<Utc>>,
    pub is_cancelled: bool,
    pub cancelled_because: Option<String>,
    pub is_open: bool,
    pub team_id: Option<VolunteerTeamId>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl ShiftRow {
    /// Whether it is too late to come to it: of a fixed one, once it has begun; of others, once they have ended.
    pub fn is_begun(&self, now: DateTime<Utc>) -> bool {
        match self.kind {
            ShiftKind::Fixed => self.starts_at <= now,
            ShiftKind::Flexible | ShiftKind::OpenEnded => self.is_over(now),
        }
    }

    /// Whether it has ended.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.ends_at.is_some_and(|end| end <= now)
    }
}

/// A shift about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = shifts, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewShift {
    pub id: ShiftId,
    pub call_id: VolunteerCallId,
    pub division: Division,
    pub role: String,
    pub place: String,
    pub kind: ShiftKind,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub capacity: i32,
    pub needs_approval: bool,
    pub withdraw_until: Option<DateTime<Utc>>,
    pub own_first_until: Option<DateTime<Utc>>,
    pub is_open: bool,
    pub team_id: Option<VolunteerTeamId>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What changes of a shift, besides its places.
#[derive(Default, AsChangeset)]
#[diesel(table_name = shifts)]
pub struct ShiftChange {
    pub role: Option<String>,
    pub place: Option<String>,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<Option<DateTime<Utc>>>,
    pub needs_approval: Option<bool>,
    pub withdraw_until: Option<Option<DateTime<Utc>>>,
    pub own_first_until: Option<Option<DateTime<Utc>>>,
}
