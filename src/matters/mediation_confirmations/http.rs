//! Handlers of requests for confirmation.

use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{MediationConfirmationDraft, MediationConfirmationPatch, MediationConfirmationView};
use super::{Action, actions};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::problem::Result;
use crate::matters::mediation_cases::MediationCasePath;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(find_mediation_case_confirmation)
        .service(create_mediation_case_confirmation)
        .service(update_mediation_case_confirmation);
}

/// See a request for confirmation
///
/// The last of the case: who joined it, by when the court must be asked, what it decided. 司法确认。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The request.", body = MediationConfirmationView))
)]
#[get("/{mediation_case}/confirmation")]
pub async fn find_mediation_case_confirmation(
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

/// Ask a court to confirm an agreement
///
/// By each party in the app, the first naming the court: once all have joined, the court is asked. Or by whoever runs the case, who
/// notes and shows that all asked together on paper. Within 30 days of the day the agreement took effect (人民调解法 33). 共同申请司法确认。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 201, description = "The request.", body = MediationConfirmationView)),
    extensions(("x-problem-codes" = json!([
        "mediation-confirmation-late", "mediation-confirmation-no-agreement", "mediation-confirmation-court-missing",
        "mediation-confirmation-applied", "mediation-confirmation-paper-missing", "mediation-confirmation-day-unfit",
        "file-unknown", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/confirmation")]
pub async fn create_mediation_case_confirmation(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationConfirmationDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::ask(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Created)
}

/// Note what the court decided
///
/// By whoever runs the case: confirmed, or refused, with the number of the document. Refused, the parties may ask again within the 30
/// days, mediate once more, or go to court. 登记法院裁定。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The request.", body = MediationConfirmationView)),
    extensions(("x-problem-codes" = json!([
        "mediation-confirmation-not-applied", "mediation-confirmation-day-unfit", "mediation-own-case", "matter-state-unfit"
    ])))
)]
#[patch("/{mediation_case}/confirmation")]
pub async fn update_mediation_case_confirmation(
    caller: Caller,
    path: Path<MediationCasePath>,
    seen: IfMatch,
    patch: Json<MediationConfirmationPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::decide(act, path.mediation_case, &seen, patch.into_inner()))
        .await
        .map(Changed)
}
