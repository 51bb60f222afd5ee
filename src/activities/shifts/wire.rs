//! Shifts in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{ShiftChange, ShiftId, ShiftKind, ShiftRow};
use crate::access::division::Division;
use crate::activities::volunteer_calls::VolunteerCallId;
use crate::activities::volunteer_teams::VolunteerTeamId;
use crate::kit::answer::View;
use crate::kit::etag::etag_beside;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::{Label, Line};

/// The shift in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ShiftPath {
    /// The shift.
    #[param(value_type = uuid::Uuid)]
    pub shift: ShiftId,
}

/// A shift of a call.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftDraft {
    /// As what one comes: named as one of the call's needs, its places count for that.
    #[serde(default)]
    #[schema(value_type = Label<60>, example = "搬运")]
    pub role: Label<60>,
    /// Where.
    #[schema(value_type = Line<200>, example = "247号楼一层大厅")]
    pub place: Line<200>,
    /// Whose the hours are.
    pub kind: ShiftKind,
    /// When it begins, or from when on one may come.
    pub starts_at: DateTime<Utc>,
    /// When it ends, or until when one may come; none where it is open-ended.
    pub ends_at: Option<DateTime<Utc>>,
    /// For how many.
    #[schema(value_type = Whole<1, 10000>, example = 6)]
    pub capacity: Whole<1, 10_000>,
    /// Whether who organises it says who comes.
    #[serde(default)]
    pub needs_approval: bool,
    /// Until when one may give one's place back; until it begins, unless told.
    pub withdraw_until: Option<DateTime<Utc>>,
    /// The team whose shift it is: one of who organises the call.
    pub volunteer_team: Option<VolunteerTeamId>,
    /// Until then places are for that team; where none is named, for the building group that organises it, or for residents of the call's
    /// division.
    pub own_first_until: Option<DateTime<Utc>>,
}

/// Change a shift.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftPatch {
    /// As what one comes.
    #[schema(value_type = Label<60>)]
    #[serde(default)]
    pub role: Change<Label<60>>,
    /// Where.
    #[schema(value_type = Line<200>)]
    #[serde(default)]
    pub place: Change<Line<200>>,
    /// When it begins; while nobody is signed up.
    #[schema(value_type = DateTime<Utc>)]
    #[serde(default)]
    pub starts_at: Change<DateTime<Utc>>,
    /// When it ends; while nobody is signed up.
    #[schema(value_type = DateTime<Utc>)]
    #[serde(default)]
    pub ends_at: Change<DateTime<Utc>>,
    /// For how many: where there are more, who waits moves up; not fewer than are taken.
    #[schema(value_type = Whole<1, 10000>)]
    #[serde(default)]
    pub capacity: Change<Whole<1, 10_000>>,
    /// Whether who organises it says who comes, of those who sign up from now on.
    #[schema(value_type = bool)]
    #[serde(default)]
    pub needs_approval: Change<bool>,
    /// Until when one may give one's place back.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub withdraw_until: Patch<DateTime<Utc>>,
    /// Until when places are for the organiser's own people.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub own_first_until: Patch<DateTime<Utc>>,
    /// `true` cancels it, with everybody signed up, for good.
    #[schema(value_type = bool)]
    #[serde(default)]
    pub is_cancelled: Change<bool>,
    /// Why it is cancelled, for everybody who signed up; only where it is.
    #[schema(value_type = Line<500>, example = "当日有暴雨预警")]
    #[serde(default)]
    pub cancelled_because: Change<Line<500>>,
}

impl ShiftPatch {
    /// What changes, besides places and cancelling.
    pub fn into_change(self) -> ShiftChange {
        ShiftChange {
            role: self.role.map(Label::into_inner),
            place: self.place.map(Line::into_inner),
            starts_at: self.starts_at.0,
            ends_at: self.ends_at.map(Some),
            needs_approval: self.needs_approval.0,
            withdraw_until: self.withdraw_until.map(|at| at),
            own_first_until: self.own_first_until.map(|at| at),
        }
    }
}

/// A shift of a call.
#[derive(Serialize, ToSchema)]
pub struct ShiftView {
    /// Its id.
    pub id: ShiftId,
    /// Its call.
    pub volunteer_call: VolunteerCallId,
    /// Where it is for.
    pub division: Division,
    /// As what one comes.
    pub role: String,
    /// Where.
    pub place: String,
    /// Whose the hours are.
    pub kind: ShiftKind,
    /// When it begins.
    #[serde(serialize_with = "moment::write")]
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    #[serde(serialize_with = "moment::write_some")]
    pub ends_at: Option<DateTime<Utc>>,
    /// For how many.
    pub capacity: i32,
    /// How many have a place.
    pub taken: i32,
    /// How many wait for one.
    pub waiting: i32,
    /// Whether who organises it says who comes.
    pub needs_approval: bool,
    /// Until when one may give one's place back; null: until it begins.
    #[serde(serialize_with = "moment::write_some")]
    pub withdraw_until: Option<DateTime<Utc>>,
    /// Until when places are for the organiser's own people: the team's, where it is one's.
    #[serde(serialize_with = "moment::write_some")]
    pub own_first_until: Option<DateTime<Utc>>,
    /// The team whose shift it is; null where it is nobody's in particular.
    pub volunteer_team: Option<VolunteerTeamId>,
    /// Whether it was cancelled.
    pub is_cancelled: bool,
    /// Why it was cancelled, by itself or with its call; null where that was not said.
    pub cancelled_because: Option<String>,
    /// Whether one can sign up: the call is published, and the shift not cancelled.
    pub is_open: bool,
    /// Its version, for `If-Match`. What changes with sign-ups does not move it.
    pub version: i64,
    /// When it was written.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<ShiftRow> for ShiftView {
    fn from(row: ShiftRow) -> Self {
        Self {
            id: row.id,
            volunteer_call: row.call_id,
            division: row.division,
            role: row.role,
            place: row.place,
            kind: row.kind,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            capacity: row.capacity,
            taken: row.taken,
            waiting: row.waiting,
            needs_approval: row.needs_approval,
            withdraw_until: row.withdraw_until,
            own_first_until: row.own_first_until,
            volunteer_team: row.team_id,
            is_cancelled: row.is_cancelled,
            cancelled_because: row.cancelled_because,
            is_open: row.is_open,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl View for ShiftView {
    fn etag(&self) -> Option<String> {
        // Who signs up, and what becomes of the call, moves what is shown and not the version.
        etag_beside(self.version, self)
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/shifts/{}", self.id))
    }
}
