//! What is said of parties, and by them.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::kit::text::{Label, Line};
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::mediation_cases::{MediationConsentBy, MediationRoute};

/// Say whether a party wants mediation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationConsentDraft {
    /// Which party; oneself, unless told.
    pub party: Option<PartyId>,
    /// Whether it agrees. A refusal ends the case.
    pub is_agreed: bool,
    /// How it said so; `app` where it does so itself.
    pub by: Option<MediationConsentBy>,
    /// Whether it wants an open hearing (人民调解法 23). It is closed unless every party wants it open.
    pub wants_open: Option<bool>,
    /// A word for the table.
    #[serde(default)]
    pub note: Label<500>,
}

/// Take one's own dispute out of mediation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationWithdrawalDraft {
    /// Why; all parties read it.
    #[schema(example = "双方已自行和解。")]
    pub note: Line<500>,
    /// Where one goes instead, if anywhere.
    pub route: Option<MediationRoute>,
}
