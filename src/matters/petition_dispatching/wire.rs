//! Dispatches of petitions in JSON.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::access::actor::OrganisationId;
use crate::kit::text::{Label, Line};
use crate::matters::dispatches::{DispatchId, DispatchRole, ReturnReason};

/// The dispatch in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DispatchPath {
    /// The dispatch.
    pub dispatch: DispatchId,
}

/// Hand a petition to an organisation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionDispatchDraft {
    /// To whom; absent: to whom the map of responsibilities names for its category and place.
    pub organisation: Option<OrganisationId>,
    /// To lead or to assist.
    pub role: DispatchRole,
    /// What is said with it; only who works on it reads that.
    #[serde(default)]
    #[schema(example = "请核查247号楼6层以上住户。")]
    pub note: Label<500>,
}

/// Take a dispatch.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DispatchAcceptanceDraft {
    /// A word about it; who asked reads it.
    #[serde(default)]
    #[schema(example = "已签收，今日到场。")]
    pub note: Label<500>,
}

/// Give a dispatch back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DispatchReturnDraft {
    /// Why.
    pub reason: ReturnReason,
    /// In words; only who works on it reads that.
    #[schema(example = "高空抛物的查处不属物业服务范围。")]
    pub note: Line<500>,
    /// Whose it is. The map of responsibilities may learn from it.
    pub suggestion: Option<OrganisationId>,
}
