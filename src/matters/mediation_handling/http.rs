//! Handlers of running a case.

use actix_web::post;
use actix_web::web::{Data, Path};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{MediationAcceptanceDraft, MediationClosureDraft, MediationEndDraft};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Changed;
use crate::kit::json::Json;
use crate::kit::problem::Result;
use crate::matters::mediation_cases::{MediationCaseDetailView, MediationCasePath};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_mediation_case_acceptance)
        .service(create_mediation_case_refusal)
        .service(create_mediation_case_failure)
        .service(create_mediation_case_closure);
}

/// Take a mediation case
///
/// Its month begins (人民调解工作若干规定 33). Nothing else does before every party has agreed. 受理。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!(["mediation-sides-missing", "mediation-own-case", "matter-state-unfit"])))
)]
#[post("/{mediation_case}/acceptance")]
pub async fn create_mediation_case_acceptance(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationAcceptanceDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::accept(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Changed)
}

/// Do not take a mediation case
///
/// What the law keeps from mediation, and what another body has; the parties are told where else they may go. 不予受理。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!(["mediation-reason-unfit", "mediation-own-case", "matter-state-unfit"])))
)]
#[post("/{mediation_case}/refusal")]
pub async fn create_mediation_case_refusal(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationEndDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::refuse(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Changed)
}

/// Give up on a mediation case
///
/// It could not be settled: the parties are told the other ways (人民调解法 26). 调解不成。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!(["mediation-reason-unfit", "mediation-own-case", "matter-state-unfit"])))
)]
#[post("/{mediation_case}/failure")]
pub async fn create_mediation_case_failure(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationEndDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::fail(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Changed)
}

/// File a mediation case
///
/// Once it is performed, or has failed, or was broken and handed over (人民调解法 27). The mediators and lawyers who sit
/// at its table are paid for it by the policy of the place (以案定补). 归档。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!(["mediation-own-case", "matter-state-unfit"])))
)]
#[post("/{mediation_case}/closure")]
pub async fn create_mediation_case_closure(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationClosureDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::close(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Changed)
}
