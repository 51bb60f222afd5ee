//! Sign-ups in JSON, as they are answered.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{GuardianConsent, NamedSignupRow, OwnSignupRow, ShiftSignupId, ShiftSignupState};
use crate::access::actor::ResidentId;
use crate::activities::shifts::ShiftId;
use crate::activities::volunteer_calls::{VolunteerCallId, VolunteerCallState};
use crate::kit::answer::View;
use crate::kit::moment;

/// A place taken, asked for, or waited for.
#[derive(Serialize, ToSchema)]
pub struct ShiftSignupView {
    /// Its id.
    pub id: ShiftSignupId,
    /// The shift.
    pub shift: ShiftId,
    /// The call.
    pub volunteer_call: VolunteerCallId,
    /// Whose it is: oneself, or the child.
    pub resident: ResidentId,
    /// Whether there is a place, a line, or a decision to wait for.
    pub state: ShiftSignupState,
    /// The place in the line, from 1; null where one does not wait.
    pub position: Option<i32>,
    /// Whether a guardian must still agree.
    pub needs_consent: bool,
    /// Whether less than half an hour lies between this and another shift of the person.
    pub is_tight: bool,
    /// When it was asked for.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl View for ShiftSignupView {
    const IS_SECRET: bool = true;
}

/// A sign-up as who organises the shift sees it.
#[derive(Serialize, ToSchema)]
pub struct NamedShiftSignupView {
    /// Its id.
    pub id: ShiftSignupId,
    /// Whose it is.
    pub resident: ResidentId,
    /// The person's name; null where the record is sealed or deleted.
    pub name: Option<String>,
    /// Where it stands.
    pub state: ShiftSignupState,
    /// Whether a minor asked, and a guardian must agree.
    pub needs_consent: bool,
    /// How the guardian agreed.
    pub consent_by: Option<GuardianConsent>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// When the person moved up from the line.
    #[serde(serialize_with = "moment::write_some")]
    pub moved_up_at: Option<DateTime<Utc>>,
    /// When it was asked for.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<NamedSignupRow> for NamedShiftSignupView {
    fn from(row: NamedSignupRow) -> Self {
        let NamedSignupRow { signup, name } = row;
        Self {
            id: signup.id,
            resident: signup.resident_id,
            name,
            state: signup.state,
            needs_consent: signup.needs_consent,
            consent_by: signup.consent_by,
            reason: signup.reason,
            moved_up_at: signup.moved_up_at,
            created_at: signup.created_at,
        }
    }
}

impl View for NamedShiftSignupView {
    const IS_SECRET: bool = true;
}

/// A sign-up of one's own, or of one's child.
#[derive(Serialize, ToSchema)]
pub struct OwnShiftSignupView {
    /// Its id.
    pub id: ShiftSignupId,
    /// The shift.
    pub shift: ShiftId,
    /// The call.
    pub volunteer_call: VolunteerCallId,
    /// What that is called.
    pub title: String,
    /// Where the call stands.
    pub call_state: VolunteerCallState,
    /// Whose it is.
    pub resident: ResidentId,
    /// As what one comes.
    pub role: String,
    /// Where.
    pub place: String,
    /// When the shift begins.
    #[serde(serialize_with = "moment::write")]
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    #[serde(serialize_with = "moment::write_some")]
    pub ends_at: Option<DateTime<Utc>>,
    /// Where the sign-up stands.
    pub state: ShiftSignupState,
    /// The place in the line, from 1; null where one does not wait.
    pub position: Option<i64>,
    /// Whether a guardian must agree.
    pub needs_consent: bool,
    /// Why it was refused.
    pub reason: Option<String>,
    /// Why the shift was cancelled, by itself or with its call; null where it was not, or that was not said.
    pub cancelled_because: Option<String>,
    /// When one moved up from the line.
    #[serde(serialize_with = "moment::write_some")]
    pub moved_up_at: Option<DateTime<Utc>>,
    /// When it was asked for.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When its state last changed: one moved up, it was decided, given back or cancelled.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<OwnSignupRow> for OwnShiftSignupView {
    fn from(row: OwnSignupRow) -> Self {
        let OwnSignupRow {
            signup,
            call,
            title,
            call_state,
            role,
            place,
            starts_at,
            ends_at,
            cancelled_because,
            ahead,
        } = row;
        Self {
            id: signup.id,
            shift: signup.shift_id,
            volunteer_call: call,
            title,
            call_state,
            resident: signup.resident_id,
            role,
            place,
            starts_at,
            ends_at,
            position: ahead.filter(|_| signup.state == ShiftSignupState::Waiting),
            state: signup.state,
            needs_consent: signup.needs_consent,
            reason: signup.reason,
            cancelled_because,
            moved_up_at: signup.moved_up_at,
            created_at: signup.created_at,
            updated_at: signup.updated_at,
        }
    }
}

impl View for OwnShiftSignupView {
    const IS_SECRET: bool = true;
}
