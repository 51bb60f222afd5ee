//! Hearings in JSON: what goes out.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::matters::hearing_slots::HearingSlotId;
use crate::matters::mediation_cases::hearings::{HearingId, MediationHearingState, MediationNoticeMeans};
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::mediation_cases::seats::SeatId;
use crate::matters::mediation_rooms::MediationRoomId;
use crate::matters::registry::MatterId;

/// Where a hearing is.
#[derive(Serialize, ToSchema)]
pub struct MediationHearingRoomView {
    /// The room.
    pub id: MediationRoomId,
    /// By name.
    #[schema(example = "友谊路派出所联合调解室")]
    pub name: String,
    /// In words; empty when unknown.
    pub address: String,
}

/// How it is known that somebody was told 送达.
#[derive(Serialize, ToSchema)]
pub struct MediationHearingNoticeView {
    /// How they were told.
    pub means: MediationNoticeMeans,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub served_at: DateTime<Utc>,
    /// Whether they said that they have it 回执.
    pub is_confirmed: bool,
    /// In words, for the table and the office.
    pub note: Option<String>,
}

/// Somebody who is expected, or came.
#[derive(Serialize, ToSchema)]
pub struct MediationHearingAttendeeView {
    /// The seat they sit on.
    pub seat: Option<SeatId>,
    /// Or the party they are.
    pub party: Option<PartyId>,
    /// Whether they are expected; else they came by themselves.
    pub is_expected: bool,
    /// Whether they came; null until it begins.
    pub has_attended: Option<bool>,
    /// That they were told of when and where it is now: a party reads its own.
    pub notice: Option<MediationHearingNoticeView>,
}

/// A hearing 调解会.
#[derive(Serialize, ToSchema)]
pub struct MediationHearingView {
    /// Its id.
    pub id: HearingId,
    /// The case.
    pub case: MatterId,
    /// Where it is.
    pub room: MediationHearingRoomView,
    /// The free time of the room that it took.
    pub slot: Option<HearingSlotId>,
    /// From when.
    #[serde(serialize_with = "moment::write")]
    pub begins_at: DateTime<Utc>,
    /// Until when.
    #[serde(serialize_with = "moment::write")]
    pub ends_at: DateTime<Utc>,
    /// Whether others may listen.
    pub is_open: bool,
    /// Where it stands.
    pub state: MediationHearingState,
    /// How often it was planned anew, from 1.
    #[schema(minimum = 1)]
    pub edition: i32,
    /// Who is expected, and who came.
    pub attendees: Vec<MediationHearingAttendeeView>,
    /// When it began.
    #[serde(serialize_with = "moment::write_some")]
    pub begun_at: Option<DateTime<Utc>>,
    /// When it ended.
    #[serde(serialize_with = "moment::write_some")]
    pub ended_at: Option<DateTime<Utc>>,
    /// What was said 笔录; empty until it is written down.
    pub minutes: String,
    /// What follows.
    pub next_steps: String,
    /// Why it was called off.
    pub reason: String,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was planned.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl View for MediationHearingView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/mediation-cases/{}/hearings/{}", self.case, self.id))
    }
}
