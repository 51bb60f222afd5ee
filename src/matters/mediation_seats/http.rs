//! Handlers of seats.

use actix_web::post;
use actix_web::web::{Data, Path};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{
    MediationObjectionDecisionDraft, MediationObjectionDraft, MediationObjectionPath, MediationSeatDraft,
    MediationSeatPath, MediationSeatReplyDraft,
};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Changed;
use crate::kit::json::Json;
use crate::kit::problem::Result;
use crate::matters::mediation_cases::{MediationCaseDetailView, MediationCasePath};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_mediation_case_seat)
        .service(create_mediation_case_seat_reply)
        .service(create_mediation_case_objection)
        .service(create_mediation_case_objection_decision);
}

/// Ask somebody to sit at the table
///
/// The police, the judicial office, a lawyer, a department, a mediator: one with a post there. A party chooses a mediator
/// (人民调解法 23). 邀请入席。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!([
        "mediation-seat-taken", "mediation-seat-unfit", "mediation-choice-unfit", "mediation-seat-conflict", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/seats")]
pub async fn create_mediation_case_seat(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationSeatDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::ask(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Changed)
}

/// Say whether one sits at the table
///
/// By who was asked; whoever declines says why, and sees the case no more. 答复入席邀请。
#[utoipa::path(
    tag = "mediation",
    params(MediationSeatPath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!([
        "mediation-seat-replied", "mediation-seat-reason-missing", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/seats/{seat}/reply")]
pub async fn create_mediation_case_seat_reply(
    caller: Caller,
    path: Path<MediationSeatPath>,
    draft: Json<MediationSeatReplyDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let MediationSeatPath { mediation_case, seat } = path.into_inner();
    gate.write(caller, move |act| actions::reply(act, (mediation_case, seat), draft.into_inner()))
        .await
        .map(Changed)
}

/// Object to a mediator
///
/// By a party, once to each; the table reads why, the other party does not. 申请回避。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!([
        "mediation-objection-unfit", "mediation-objected-already", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/objections")]
pub async fn create_mediation_case_objection(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationObjectionDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::object(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Changed)
}

/// Decide over an objection
///
/// Sustained, and the mediator leaves the table; or overruled. With reasons, and not by whom it is about. 决定回避。
#[utoipa::path(
    tag = "mediation",
    params(MediationObjectionPath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!([
        "mediation-objection-decided", "mediation-objection-own", "mediation-own-case", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/objections/{objection}/decision")]
pub async fn create_mediation_case_objection_decision(
    caller: Caller,
    path: Path<MediationObjectionPath>,
    draft: Json<MediationObjectionDecisionDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let MediationObjectionPath { mediation_case, objection } = path.into_inner();
    gate.write(caller, move |act| actions::decide(act, (mediation_case, objection), draft.into_inner()))
        .await
        .map(Changed)
}
