//! Rows of hearings.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::super::parties::{PartyId, PartyRow};
use super::super::seats::{SeatId, SeatRow};
use crate::access::actor::AccountId;
use crate::matters::hearing_slots::HearingSlotId;
use crate::matters::mediation_rooms::MediationRoomId;
use crate::matters::registry::MatterId;
use crate::schema::{
    mediation_hearing_attendees, mediation_hearing_notices, mediation_hearing_reservations,
    mediation_hearings,
};
use crate::{id, text_enum};

id! {
    /// A hearing's id.
    HearingId
}
id! {
    /// A notice's id.
    NoticeId
}

text_enum! {
    /// Where a hearing stands 调解会状态.
    pub enum MediationHearingState {
        /// 已排期
        Scheduled = "scheduled",
        /// 进行中
        InSession = "in_session",
        /// 择日再调
        Adjourned = "adjourned",
        /// 已结束
        Concluded = "concluded",
        /// 已取消
        Cancelled = "cancelled",
    }
}

impl MediationHearingState {
    /// Whether it has its room and its people's time.
    pub fn holds(self) -> bool {
        matches!(self, MediationHearingState::Scheduled | MediationHearingState::InSession)
    }
}

text_enum! {
    /// How somebody was told 送达方式.
    pub enum MediationNoticeMeans {
        /// 手机端, read by themselves
        App = "app",
        /// 当面
        InPerson = "in_person",
        /// 电话
        Phone = "phone",
        /// 书面
        Paper = "paper",
    }
}

/// A hearing as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_hearings)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct HearingRow {
    pub id: HearingId,
    pub case_id: MatterId,
    pub room_id: MediationRoomId,
    pub slot_id: Option<HearingSlotId>,
    pub begins_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub is_open: bool,
    pub state: MediationHearingState,
    pub edition: i32,
    pub begun_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub minutes: String,
    pub next_steps: String,
    pub reason: String,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A hearing, and where it is.
#[derive(Clone, Debug, Queryable)]
#[expect(missing_docs, reason = "named as what they hold")]
pub struct PlacedHearingRow {
    pub hearing: HearingRow,
    pub room_name: String,
    pub address: String,
}

/// A hearing about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_hearings, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewHearing {
    pub id: HearingId,
    pub case_id: MatterId,
    pub room_id: MediationRoomId,
    pub slot_id: Option<HearingSlotId>,
    pub begins_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub is_open: bool,
    pub state: MediationHearingState,
    pub holds: bool,
    pub edition: i32,
    pub minutes: String,
    pub next_steps: String,
    pub reason: String,
    pub created_by: AccountId,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// How a hearing changes.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = mediation_hearings)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct HearingChange {
    pub room_id: Option<MediationRoomId>,
    pub slot_id: Option<Option<HearingSlotId>>,
    pub begins_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    pub is_open: Option<bool>,
    pub state: Option<MediationHearingState>,
    pub holds: Option<bool>,
    pub edition: Option<i32>,
    pub begun_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub minutes: Option<String>,
    pub next_steps: Option<String>,
    pub reason: Option<String>,
}

impl HearingChange {
    /// To that state, with what it holds.
    pub fn to(state: MediationHearingState) -> Self {
        HearingChange { state: Some(state), holds: Some(state.holds()), ..HearingChange::default() }
    }
}

/// Who is wanted somewhere: by which seat or as which party, and whose time that takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct Wanted {
    pub seat_id: Option<SeatId>,
    pub party_id: Option<PartyId>,
    pub account_id: Option<AccountId>,
    pub subject_id: Option<Uuid>,
}

impl Wanted {
    /// Whoever sits there.
    pub fn seat(seat: &SeatRow) -> Self {
        Wanted { seat_id: Some(seat.id), party_id: None, account_id: Some(seat.account_id), subject_id: None }
    }

    /// A party: the resident or the organisation, and the account that speaks for it.
    pub fn party(party: &PartyRow) -> Self {
        let subject_id = party.resident_id.map(|id| id.0).or(party.organisation_id.map(|id| id.0));
        Wanted { seat_id: None, party_id: Some(party.id), account_id: party.account_id, subject_id }
    }
}

/// Somebody at a hearing, as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_hearing_attendees)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct AttendeeRow {
    pub hearing_id: HearingId,
    pub seat_id: Option<SeatId>,
    pub party_id: Option<PartyId>,
    pub account_id: Option<AccountId>,
    pub subject_id: Option<Uuid>,
    pub is_expected: bool,
    pub has_attended: Option<bool>,
}

impl AttendeeRow {
    /// Whether it is the same seat or party.
    pub fn is(&self, wanted: &Wanted) -> bool {
        (self.seat_id, self.party_id) == (wanted.seat_id, wanted.party_id)
    }
}

/// Somebody at a hearing, about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_hearing_attendees, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewAttendee {
    pub id: Uuid,
    pub hearing_id: HearingId,
    pub seat_id: Option<SeatId>,
    pub party_id: Option<PartyId>,
    pub account_id: Option<AccountId>,
    pub subject_id: Option<Uuid>,
    pub is_expected: bool,
    pub has_attended: Option<bool>,
}

/// Somebody's time about to be reserved.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_hearing_reservations, treat_none_as_default_value = false)]
pub struct NewReservation {
    pub id: Uuid,
    pub hearing_id: HearingId,
    pub account_id: Option<AccountId>,
    pub subject_id: Option<Uuid>,
    pub begins_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub holds: bool,
}

/// That somebody was told, as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_hearing_notices)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NoticeRow {
    pub id: NoticeId,
    pub hearing_id: HearingId,
    pub edition: i32,
    pub seat_id: Option<SeatId>,
    pub party_id: Option<PartyId>,
    pub means: MediationNoticeMeans,
    pub is_confirmed: bool,
    pub note: String,
    pub served_at: DateTime<Utc>,
}

/// That somebody was told, about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_hearing_notices, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewNotice {
    pub id: NoticeId,
    pub hearing_id: HearingId,
    pub edition: i32,
    pub seat_id: Option<SeatId>,
    pub party_id: Option<PartyId>,
    pub means: MediationNoticeMeans,
    pub is_confirmed: bool,
    pub note: String,
    pub served_at: DateTime<Utc>,
    pub noted_by: AccountId,
    pub created_at: DateTime<Utc>,
}
