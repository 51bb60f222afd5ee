//! Rows of check-ins.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::access::principal::ApplicationId;
use crate::places::venues::VenueId;
use crate::schema::{check_ins, code_uses};
use crate::{id, text_enum};

id! {
    /// A check-in's id.
    CheckInId
}

text_enum! {
    /// What somebody checks in for.
    pub enum CheckInPurpose {
        /// 签到: the beginning of a shift
        ShiftIn = "shift_in",
        /// 签退: its end
        ShiftOut = "shift_out",
        /// 会议
        Meeting = "meeting",
        /// 培训
        Training = "training",
        /// 到访
        VenueVisit = "venue_visit",
        /// 扫码录入
        Enrolment = "enrolment",
    }
}

impl CheckInPurpose {
    /// Whether it is for one event, which a person checks in to once, or comes to and goes from in turn.
    pub fn has_event(self) -> bool {
        !matches!(self, CheckInPurpose::VenueVisit | CheckInPurpose::Enrolment)
    }

    /// Whether one comes to a shift, or goes from it: in turn, as often as one does.
    pub fn is_shift(self) -> bool {
        matches!(self, CheckInPurpose::ShiftIn | CheckInPurpose::ShiftOut)
    }

    /// Whether it is a movement track that the person agreed to beforehand.
    pub fn is_track(self) -> bool {
        self != CheckInPurpose::Enrolment
    }
}

/// What is checked in for, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// What for.
    pub purpose: CheckInPurpose,
    /// Where it lies.
    pub division: Division,
    /// Which shift, meeting or training.
    pub event: Option<Uuid>,
    /// At which venue.
    pub venue: Option<VenueId>,
}

impl Governed for Occasion {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A check-in as kept.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = check_ins, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct CheckInRow {
    pub id: CheckInId,
    pub division: Division,
    pub purpose: CheckInPurpose,
    pub event_id: Option<Uuid>,
    pub venue_id: Option<VenueId>,
    pub account_id: Option<AccountId>,
    pub resident_id: Option<ResidentId>,
    pub recorded_by: Option<AccountId>,
    pub application_id: Option<ApplicationId>,
    pub is_offline: bool,
    pub scanned_at: Option<DateTime<Utc>>,
    pub checked_in_at: DateTime<Utc>,
    pub recorded_at: DateTime<Utc>,
    pub follows_id: Option<CheckInId>,
}

impl CheckInRow {
    /// Whether it is for that. An event is one, whichever of its doors somebody goes through; a visit is to one venue.
    pub fn is_for(&self, occasion: &Occasion) -> bool {
        let Occasion { purpose, division, event, venue } = *occasion;
        let is_there = event.is_some() || self.venue_id == venue;
        is_there && (self.purpose, self.division, self.event_id) == (purpose, division, event)
    }
}

/// A code that is used.
#[derive(Insertable)]
#[diesel(table_name = code_uses)]
pub struct NewUse<'a> {
    pub nonce: &'a [u8],
    pub check_in_id: CheckInId,
    pub expires_at: DateTime<Utc>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub purpose: Option<CheckInPurpose>,
    pub event: Option<Uuid>,
    pub venue: Option<VenueId>,
    pub by: Option<Uuid>,
}
