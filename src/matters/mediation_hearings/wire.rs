//! What is said about hearings.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::kit::list::Few;
use crate::kit::patch::Change;
use crate::kit::text::{Label, Line, Prose};
use crate::matters::hearing_slots::HearingSlotId;
use crate::matters::mediation_cases::hearings::{HearingId, MediationNoticeMeans};
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::mediation_cases::seats::SeatId;
use crate::matters::mediation_rooms::MediationRoomId;
use crate::matters::registry::MatterId;

/// A hearing in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MediationHearingPath {
    /// The case.
    pub mediation_case: MatterId,
    /// The hearing.
    #[param(value_type = uuid::Uuid)]
    pub hearing: HearingId,
}

/// Plan a hearing: in a free time of a room, or in a room from then to then.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationHearingDraft {
    /// A free time of a room. Then the room and the times are that one's.
    pub slot: Option<HearingSlotId>,
    /// The room.
    pub room: Option<MediationRoomId>,
    /// From when.
    #[schema(example = "2026-12-01T01:00:00Z")]
    pub begins_at: Option<DateTime<Utc>>,
    /// Until when.
    #[schema(example = "2026-12-01T03:00:00Z")]
    pub ends_at: Option<DateTime<Utc>>,
    /// Whether others may listen 公开: only where every party wants it.
    #[serde(default)]
    pub is_open: bool,
    /// Who is expected of the table; everybody who sits there, unless told.
    #[schema(value_type = Option<Vec<SeatId>>, min_items = 1, max_items = 20)]
    pub seats: Option<Few<SeatId, 1, 20>>,
    /// Which parties are; all, unless told.
    #[schema(value_type = Option<Vec<PartyId>>, min_items = 1, max_items = 20)]
    pub parties: Option<Few<PartyId, 1, 20>>,
}

/// Move a planned hearing, or change who is expected. What it reserved moves with it, and everybody is to be told anew.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationHearingPatch {
    /// Into another free time of a room.
    #[serde(default)]
    #[schema(value_type = HearingSlotId)]
    pub slot: Change<HearingSlotId>,
    /// Into another room.
    #[serde(default)]
    #[schema(value_type = MediationRoomId)]
    pub room: Change<MediationRoomId>,
    /// From when.
    #[serde(default)]
    #[schema(value_type = String, format = DateTime)]
    pub begins_at: Change<DateTime<Utc>>,
    /// Until when.
    #[serde(default)]
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Change<DateTime<Utc>>,
    /// Whether others may listen.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub is_open: Change<bool>,
    /// Who is expected of the table: these, and nobody else.
    #[serde(default)]
    #[schema(value_type = Vec<SeatId>, min_items = 1, max_items = 20)]
    pub seats: Change<Few<SeatId, 1, 20>>,
    /// Which parties are: these, and no others.
    #[serde(default)]
    #[schema(value_type = Vec<PartyId>, min_items = 1, max_items = 20)]
    pub parties: Change<Few<PartyId, 1, 20>>,
}

/// Say that somebody was told of a hearing 送达: oneself, or somebody who is named.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationHearingNoticeDraft {
    /// The party that was told; oneself, where nobody is named.
    pub party: Option<PartyId>,
    /// Who was told of the table; oneself, where nobody is named.
    pub seat: Option<SeatId>,
    /// How, where it is noted for somebody: not by the app.
    pub means: Option<MediationNoticeMeans>,
    /// When; now, unless told.
    #[schema(example = "2026-11-26T08:30:00Z")]
    pub served_at: Option<DateTime<Utc>>,
    /// Whether they said that they have it 回执, where it is noted for somebody.
    #[serde(default)]
    pub is_confirmed: bool,
    /// In words, for the table and the office.
    #[serde(default)]
    #[schema(example = "本人接听，确认到场。")]
    pub note: Label<500>,
}

/// Begin a hearing: who came.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationHearingOpeningDraft {
    /// Who came of the table, expected or not.
    #[schema(value_type = Vec<SeatId>, min_items = 1, max_items = 20)]
    pub seats: Few<SeatId, 1, 20>,
    /// Which parties came.
    #[schema(value_type = Vec<PartyId>, min_items = 1, max_items = 20)]
    pub parties: Few<PartyId, 1, 20>,
}

/// Go on another day 择日再调.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationHearingAdjournmentDraft {
    /// What was said 笔录; not where it is written already.
    #[serde(default)]
    #[schema(example = "双方陈述意见，对安静时段基本一致，对赔偿数额有分歧。")]
    pub minutes: Prose<10000>,
    /// What follows until then.
    #[schema(example = "申请人三日内提交维修票据。")]
    pub next_steps: Prose<2000>,
}

/// End a hearing, or write down what was said in one that has ended.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationHearingConclusionDraft {
    /// What was said 笔录.
    #[schema(example = "双方就安静时段和赔偿数额达成一致。")]
    pub minutes: Prose<10000>,
    /// What follows.
    #[serde(default)]
    #[schema(example = "当场签署调解协议。")]
    pub next_steps: Prose<2000>,
}

/// Call a planned hearing off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationHearingCancellationDraft {
    /// Why.
    #[schema(example = "被申请人住院，另行约定。")]
    pub reason: Line<500>,
}
