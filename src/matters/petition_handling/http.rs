//! Handlers of the steps of a petition.

use actix_web::post;
use actix_web::web::{Data, Path};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{
    PetitionAcceptanceDraft, PetitionAnswerDraft, PetitionMergeDraft, PetitionNoteDraft,
    PetitionProgressDraft, PetitionRejectionDraft, PetitionSuspensionDraft,
};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Changed;
use crate::kit::json::Json;
use crate::kit::problem::Result;
use crate::matters::petitions::{PetitionDetailView, PetitionPath};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_petition_acceptance)
        .service(create_petition_rejection)
        .service(create_petition_withdrawal)
        .service(create_petition_first_contact)
        .service(create_petition_progress)
        .service(create_petition_suspension)
        .service(create_petition_resumption)
        .service(create_petition_answer)
        .service(create_petition_closure)
        .service(create_petition_merge);
}

/// Take a petition
///
/// Its clocks begin: who asked is called 先行联系, and it is resolved. Who takes it first answers for it until an organisation
/// has accepted it (首问负责). 受理诉求。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-category-unfit", "petition-level-above", "petition-own-matter", "matter-state-unfit"])))
)]
#[post("/{petition}/acceptance")]
pub async fn create_petition_acceptance(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionAcceptanceDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::accept(act, path.petition, draft.into_inner())).await.map(Changed)
}

/// Do not take a petition
///
/// With a reason of the list; some hide the words from everybody but who wrote them and who handles them. 不予受理。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-level-above", "petition-own-matter", "matter-state-unfit"])))
)]
#[post("/{petition}/rejection")]
pub async fn create_petition_rejection(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionRejectionDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::reject(act, path.petition, draft.into_inner())).await.map(Changed)
}

/// Take one's own petition back
///
/// As long as it is not answered. 撤回诉求。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["matter-state-unfit"])))
)]
#[post("/{petition}/withdrawal")]
pub async fn create_petition_withdrawal(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionNoteDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::withdraw(act, path.petition, draft.into_inner()))
        .await
        .map(Changed)
}

/// Note that who asked was called
///
/// Their first word from the office; its clock stops. 先行联系。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-held-elsewhere", "petition-own-matter", "matter-state-unfit"])))
)]
#[post("/{petition}/first-contact")]
pub async fn create_petition_first_contact(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionNoteDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::contact(act, path.petition, draft.into_inner())).await.map(Changed)
}

/// Note what was done
///
/// For who asked, for all who work on it, or for one's own organisation. 登记办理进展。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-held-elsewhere", "petition-own-matter", "matter-state-unfit"])))
)]
#[post("/{petition}/progress")]
pub async fn create_petition_progress(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionProgressDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::progress(act, path.petition, draft.into_inner()))
        .await
        .map(Changed)
}

/// Let a petition wait
///
/// For who asked, for an expert, for a ruling: its clocks stand still until it goes on. 中止办理。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-held-elsewhere", "petition-own-matter", "matter-state-unfit"])))
)]
#[post("/{petition}/suspension")]
pub async fn create_petition_suspension(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionSuspensionDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::suspend(act, path.petition, draft.into_inner())).await.map(Changed)
}

/// Go on with a petition
///
/// With the days that its clocks had left. 恢复办理。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-held-elsewhere", "petition-own-matter", "matter-state-unfit"])))
)]
#[post("/{petition}/resumption")]
pub async fn create_petition_resumption(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionNoteDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::resume(act, path.petition, draft.into_inner())).await.map(Changed)
}

/// Answer a petition
///
/// Supported, explained, or not supported with the law that stands on (信访工作条例 32). It is released with this and never
/// changed; a later answer adds to it. 答复诉求。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-answer-empty", "petition-law-missing", "petition-adoption-unfit", "petition-parts-open", "petition-held-elsewhere", "petition-own-matter", "matter-state-unfit"])))
)]
#[post("/{petition}/answer")]
pub async fn create_petition_answer(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionAnswerDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::answer(act, path.petition, draft.into_inner())).await.map(Changed)
}

/// Close a petition
///
/// By who asked at any time after the answer, by the line once they are content. It closes by itself when they stay silent.
/// 办结诉求。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-not-rated", "petition-parts-open", "petition-level-above", "petition-own-matter", "matter-state-unfit"])))
)]
#[post("/{petition}/closure")]
pub async fn create_petition_closure(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionNoteDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::close(act, path.petition, draft.into_inner())).await.map(Changed)
}

/// Make a petition one with another
///
/// Of the same committee; the other goes on. 并案。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-merge-unfit", "petition-parts-open", "petition-level-above", "petition-own-matter", "matter-state-unfit"])))
)]
#[post("/{petition}/merge")]
pub async fn create_petition_merge(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionMergeDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::merge(act, path.petition, draft.into_inner())).await.map(Changed)
}
