//! Handlers of parties.

use actix_web::post;
use actix_web::web::{Data, Path};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{MediationConsentDraft, MediationWithdrawalDraft};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Changed;
use crate::kit::json::Json;
use crate::kit::problem::Result;
use crate::matters::mediation_cases::{MediationCaseDetailView, MediationCasePath, MediationPartyDraft};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_mediation_case_party)
        .service(create_mediation_case_consent)
        .service(create_mediation_case_withdrawal);
}

/// Add a party to a case
///
/// Who is in dispute, too, and is asked for consent like everybody. 追加当事人。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!([
        "mediation-party-unfit", "mediation-resident-unknown", "mediation-organisation-unknown", "mediation-party-twice",
        "mediation-guardian-missing", "mediation-representation-unfit", "mediation-parties-many", "mediation-own-case",
        "mediation-seat-conflict", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/parties")]
pub async fn create_mediation_case_party(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationPartyDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::add(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Changed)
}

/// Say whether a party wants mediation
///
/// By the party in the app, or by whoever runs the case for one that said so in person, by telephone or on paper. A clear refusal ends
/// it, and tells the other ways (人民调解法 17, 26). 当事人表态。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!([
        "mediation-party-unknown", "mediation-consent-unfit", "mediation-consent-given", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/consents")]
pub async fn create_mediation_case_consent(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationConsentDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::consent(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Changed)
}

/// Take one's dispute out of mediation
///
/// By a party, at any time before there is an agreement (人民调解法 23). 终止调解。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!(["matter-state-unfit"])))
)]
#[post("/{mediation_case}/withdrawal")]
pub async fn create_mediation_case_withdrawal(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationWithdrawalDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::withdraw(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Changed)
}
