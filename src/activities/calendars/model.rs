//! Rows of calendars, and what stands in them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor};
use crate::access::division::Division;
use crate::activities::shift_signups::{ShiftSignupId, ShiftSignupState};
use crate::activities::shifts::{ShiftId, ShiftKind};
use crate::activities::volunteer_calls::VolunteerCallState;
use crate::schema::calendars;
use crate::{id, text_enum};

id! {
    /// A calendar's id.
    CalendarId
}

text_enum! {
    /// What a calendar shows.
    pub enum CalendarKind {
        /// 我的班次
        OwnShifts = "own_shifts",
        /// 社区公开招募
        PublicCalls = "public_calls",
    }
}

/// A calendar as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = calendars)]
pub struct CalendarRow {
    pub id: CalendarId,
    pub account_id: AccountId,
    pub kind: CalendarKind,
    pub division: Option<Division>,
    pub created_at: DateTime<Utc>,
}

/// A calendar about to be written.
#[derive(Insertable)]
#[diesel(table_name = calendars, treat_none_as_default_value = false)]
pub struct NewCalendar {
    pub id: CalendarId,
    pub account_id: AccountId,
    pub kind: CalendarKind,
    pub division: Option<Division>,
    pub token_hash: Vec<u8>,
    pub created_at: DateTime<Utc>,
}

impl Governed for NewCalendar {
    fn division(&self) -> Option<Division> {
        self.division
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.account().ok() == Some(self.account_id)
    }
}

/// A shift with its call, as far as a calendar shows it.
#[derive(Clone, Debug, Queryable)]
pub struct Planned {
    pub shift: ShiftId,
    pub title: String,
    pub contact: String,
    pub call_state: VolunteerCallState,
    pub call_version: i64,
    pub call_updated_at: DateTime<Utc>,
    pub role: String,
    pub place: String,
    pub kind: ShiftKind,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub is_cancelled: bool,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
}

/// A shift that somebody signed up for.
#[derive(Clone, Debug, Queryable)]
pub struct Joined {
    pub signup: ShiftSignupId,
    pub state: ShiftSignupState,
    pub updated_at: DateTime<Utc>,
    pub planned: Planned,
}
