//! Sign-ups in JSON, as they come in.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{GuardianConsent, ShiftSignupId, ShiftSignupState, SignupConfirmation};
use crate::kit::list::Few;
use crate::kit::page::Limit;
use crate::kit::text::Label;
use crate::text_enum;

text_enum! {
    /// What is decided about a sign-up.
    pub enum ShiftSignupDecision {
        /// 通过
        Approved = "approved",
        /// 不通过
        Refused = "refused",
    }
}

/// Take a place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftSignupDraft {
    /// What one confirms of what the call asks for.
    #[serde(default)]
    #[schema(value_type = Vec<SignupConfirmation>, max_items = 3)]
    pub confirms: Few<SignupConfirmation, 0, 3>,
}

/// Decide about a sign-up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftSignupDecisionDraft {
    /// Whether the person may come.
    pub decision: ShiftSignupDecision,
    /// How the guardian of a minor agreed, where that is needed.
    pub consent_by: Option<GuardianConsent>,
    /// Why not.
    #[serde(default)]
    #[schema(value_type = Label<500>)]
    pub reason: Label<500>,
}

/// The sign-up in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ShiftSignupPath {
    /// The sign-up.
    #[param(value_type = uuid::Uuid)]
    pub signup: ShiftSignupId,
}

/// Whose sign-ups to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ShiftSignupQuery {
    /// Only sign-ups in this state.
    #[param(inline)]
    pub state: Option<ShiftSignupState>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}
