//! What is said while a case is run.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::kit::list::Few;
use crate::kit::text::{Label, Line};
use crate::matters::mediation_cases::{MediationEndReason, MediationGrade, MediationRoute};

/// Take a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationAcceptanceDraft {
    /// A word to the parties.
    #[serde(default)]
    #[schema(example = "已受理，请双方确认是否同意调解。")]
    pub note: Label<500>,
    /// How hard it is, where that turned out otherwise.
    pub grade: Option<MediationGrade>,
}

/// Do not take a case, or give it up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationEndDraft {
    /// Why.
    pub reason: MediationEndReason,
    /// In words; the parties read it.
    #[schema(example = "双方分歧较大，建议依法诉讼解决。")]
    pub note: Line<1000>,
    /// Where else the parties may go; what the law gives for such a dispute, unless told.
    #[serde(default)]
    #[schema(value_type = Vec<MediationRoute>, max_items = 5)]
    pub routes: Few<MediationRoute, 0, 5>,
}

/// Close a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationClosureDraft {
    /// In words; the parties read it.
    #[schema(example = "协议已履行，案卷归档。")]
    pub note: Line<500>,
}
