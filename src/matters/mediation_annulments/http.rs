//! Handlers of annulments.

use actix_web::web::{Data, Path};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{MediationAnnulmentDraft, MediationAnnulmentView};
use super::{Action, actions};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Found};
use crate::kit::json::Json;
use crate::kit::problem::Result;
use crate::matters::mediation_cases::MediationCasePath;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(find_mediation_case_annulment).service(create_mediation_case_annulment);
}

/// See that a court ended an agreement
///
/// The last of the case: which court revoked it or found it void, when, by which document and why. 协议被撤销或者确认无效。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The annulment.", body = MediationAnnulmentView))
)]
#[get("/{mediation_case}/annulment")]
pub async fn find_mediation_case_annulment(
    caller: Caller,
    path: Path<MediationCasePath>,
    gate: Data<Gate>,
) -> Result<Found> {
    let id = path.mediation_case;
    let found = gate.snapshot(caller, move |look| {
        look.scope(Action::Find)?;
        actions::find(look, id)
    });
    found.await.map(Found)
}

/// Note that a court ended an agreement
///
/// By whoever runs the case, filed or not: the court revoked the agreement in force, or found it void. It holds no more, which its public
/// verification tells; what was still to be kept has failed, and the parties are told where else they may go (人民调解法 32, 33). What was
/// performed, broken or filed stays so, and what is mediated once more goes on. What is paid for the work stays paid, since it was done,
/// also when the case is filed afterwards. 登记协议被撤销或者确认无效。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 201, description = "The annulment.", body = MediationAnnulmentView)),
    extensions(("x-problem-codes" = json!([
        "mediation-annulment-no-agreement", "mediation-annulment-day-unfit", "mediation-own-case", "file-unknown", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/annulment")]
pub async fn create_mediation_case_annulment(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationAnnulmentDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::note(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Created)
}
