//! Walk-ins in JSON.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::access::codes::ScannedCode;
use crate::activities::shift_signups::{GuardianConsent, SignupConfirmation};
use crate::kit::list::Few;

/// Let somebody in who stands at the door.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftWalkInDraft {
    /// What they show.
    pub code: ScannedCode,
    /// What they confirm of what the call asks for.
    #[serde(default)]
    #[schema(value_type = Vec<SignupConfirmation>, max_items = 3)]
    pub confirms: Few<SignupConfirmation, 0, 3>,
    /// How the guardian of a minor of 14 or older agreed.
    pub consent_by: Option<GuardianConsent>,
}
