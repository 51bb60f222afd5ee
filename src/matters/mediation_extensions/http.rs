//! Handlers of more time.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{MediationExtensionConsentDraft, MediationExtensionDraft, MediationExtensionView};
use super::{Action, actions};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::matters::mediation_agreements::must_be_told;
use crate::matters::mediation_cases::{MediationCasePath, extensions};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_mediation_case_extensions)
        .service(create_mediation_case_extension)
        .service(create_mediation_case_extension_consent);
}

/// List requests for more time
///
/// With what each party answered, the first first. 延期。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath, PageQuery),
    responses((status = 200, description = "One page of requests.", body = Page<MediationExtensionView>))
)]
#[get("/{mediation_case}/extensions")]
pub async fn list_mediation_case_extensions(
    caller: Caller,
    path: Path<MediationCasePath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (id, query) = (path.mediation_case, query.into_inner());
    let page = gate.snapshot(caller, move |look| {
        look.scope(Action::List)?;
        must_be_told(look, id)?;
        let pager = look.pager(Action::List, &id, query.limit, query.cursor.as_deref())?;
        let rows = extensions::page(look, id, &pager)?;
        let page = pager.page(rows, |row| row.id, |row| row)?;
        page.try_map(|row| actions::view(look, row))
    });
    page.await.map(Listed)
}

/// Ask the parties for more time
///
/// By whoever runs the case: mediation ends within a month, unless all parties agree to more (人民调解工作若干规定 33). 征求延期意见。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 201, description = "The request.", body = MediationExtensionView)),
    extensions(("x-problem-codes" = json!([
        "mediation-extension-clock-absent", "mediation-extension-pending", "mediation-own-case", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/extensions")]
pub async fn create_mediation_case_extension(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationExtensionDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::ask(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Created)
}

/// Answer whether mediation may take more time
///
/// By each party in the app, or by whoever runs the case for one that said so in person, by telephone or on paper. Once all agree the
/// deadline moves; one that does not ends the request. 答复延期。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 201, description = "The request.", body = MediationExtensionView)),
    extensions(("x-problem-codes" = json!([
        "mediation-extension-not-pending", "mediation-extension-answered", "mediation-extension-clock-absent",
        "mediation-party-unknown", "mediation-consent-unfit", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/extension-consents")]
pub async fn create_mediation_case_extension_consent(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationExtensionConsentDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::answer(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Created)
}
