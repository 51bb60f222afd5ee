//! Handlers of extensions.

use actix_web::post;
use actix_web::web::{Data, Path};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{ExtensionDecisionDraft, ExtensionPath, PetitionExtensionDraft};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Changed;
use crate::kit::json::Json;
use crate::kit::problem::Result;
use crate::matters::petitions::{PetitionDetailView, PetitionPath};

/// Registers what is asked of a petition.
pub fn petition_routes(config: &mut ServiceConfig<'_>) {
    config.service(create_petition_extension);
}

/// Registers what is decided.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_matter_extension_decision);
}

/// Ask for more time
///
/// By whoever holds the petition; the level above decides, and who asked for the petition is told. 申请延期。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!([
        "extension-clock-absent", "extension-too-long", "extension-pending", "petition-held-elsewhere",
        "petition-own-matter", "matter-state-unfit"
    ])))
)]
#[post("/{petition}/extensions")]
pub async fn create_petition_extension(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionExtensionDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::create(act, path.petition, draft.into_inner())).await.map(Changed)
}

/// Decide over a request for more time
///
/// By the level above the one that answers for the petition; its reason stands in the timeline. 延期审批。
#[utoipa::path(
    tag = "petitions",
    params(ExtensionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!([
        "extension-decided", "extension-own", "extension-clock-absent", "petition-level-above", "matter-state-unfit"
    ])))
)]
#[post("/{extension}/decision")]
pub async fn create_matter_extension_decision(
    caller: Caller,
    path: Path<ExtensionPath>,
    draft: Json<ExtensionDecisionDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::decide(act, path.extension, draft.into_inner())).await.map(Changed)
}
