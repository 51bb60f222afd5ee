//! Stays in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{AttendanceKind, AttendanceRow, AttendanceSource};
use crate::access::actor::ResidentId;
use crate::activities::shift_signups::ShiftSignupId;
use crate::activities::shifts::ShiftId;
use crate::activities::volunteer_hours::AttendanceId;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::text::Line;
use crate::text_enum;

text_enum! {
    /// What is noted.
    pub enum AttendanceEvent {
        /// 到岗
        Arrival = "arrival",
        /// 离岗
        Departure = "departure",
        /// 未到
        NoShow = "no_show",
    }
}

/// The stay in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct AttendancePath {
    /// The stay.
    #[param(value_type = uuid::Uuid)]
    pub attendance: AttendanceId,
}

/// Note that somebody came, went, or did not come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendanceDraft {
    /// Of whom: a sign-up with a place.
    pub signup: ShiftSignupId,
    /// What is noted.
    pub event: AttendanceEvent,
    /// When; now, unless told.
    pub at: Option<DateTime<Utc>>,
    /// Of somebody who goes: how many minutes were a break.
    #[serde(default = "none")]
    #[schema(default = 0)]
    pub break_minutes: Whole<0, 1440>,
    /// Why it is written down instead of shown by a code.
    #[schema(value_type = Line<500>, example = "手机没电，现场签到")]
    pub reason: Line<500>,
}

fn none() -> Whole<0, 1440> {
    Whole::new(0).unwrap_or_else(|| unreachable!("none is in the range"))
}

/// Put right what is noted of a stay.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendanceCorrectionDraft {
    /// Whether the person came.
    pub kind: AttendanceKind,
    /// When they came.
    pub arrived_at: Option<DateTime<Utc>>,
    /// When they went.
    pub left_at: Option<DateTime<Utc>>,
    /// How many minutes were a break.
    #[serde(default = "none")]
    #[schema(default = 0)]
    pub break_minutes: Whole<0, 1440>,
    /// Why.
    #[schema(value_type = Line<500>, example = "离岗时忘记扫码")]
    pub reason: Line<500>,
}

/// A stay.
#[derive(Serialize, ToSchema)]
pub struct AttendanceView {
    /// Its id.
    pub id: AttendanceId,
    /// By which sign-up.
    pub signup: ShiftSignupId,
    /// Of which shift.
    pub shift: ShiftId,
    /// Whose it is.
    pub resident: ResidentId,
    /// Whether the person came.
    pub kind: AttendanceKind,
    /// When they came.
    #[serde(serialize_with = "moment::write_some")]
    pub arrived_at: Option<DateTime<Utc>>,
    /// When they went; null while they are there.
    #[serde(serialize_with = "moment::write_some")]
    pub left_at: Option<DateTime<Utc>>,
    /// How many minutes were a break.
    pub break_minutes: i32,
    /// How it is known.
    pub source: AttendanceSource,
    /// Why it was written down.
    pub reason: String,
    /// When it was noted.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<AttendanceRow> for AttendanceView {
    fn from(row: AttendanceRow) -> Self {
        Self {
            id: row.id,
            signup: row.signup_id,
            shift: row.shift_id,
            resident: row.resident_id,
            kind: row.kind,
            arrived_at: row.arrived_at,
            left_at: row.left_at,
            break_minutes: row.break_minutes,
            source: row.source,
            reason: row.reason,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl View for AttendanceView {
    const IS_SECRET: bool = true;
}
