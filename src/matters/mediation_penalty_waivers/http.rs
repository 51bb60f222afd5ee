//! Handlers of applications.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{
    MediationWaiverDecisionDraft, MediationWaiverDraft, MediationWaiverPath, MediationWaiverView,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::matters::mediation_agreements::must_be_told;
use crate::matters::mediation_cases::MediationCasePath;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_mediation_case_penalty_waivers)
        .service(create_mediation_case_penalty_waiver)
        .service(create_mediation_case_penalty_waiver_decision);
}

/// List applications that nobody be punished
///
/// The first first. 不予处罚申请。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath, PageQuery),
    responses((status = 200, description = "One page of applications.", body = Page<MediationWaiverView>))
)]
#[get("/{mediation_case}/penalty-waivers")]
pub async fn list_mediation_case_penalty_waivers(
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
        let rows = store::page(look, id, &pager)?;
        let page = pager.page(rows, |row| row.id, |row| row)?;
        page.try_map(|row| actions::view(look, row))
    });
    page.await.map(Listed)
}

/// Ask that nobody be punished
///
/// By a party, once the agreement of what the police referred is performed; or by whoever runs the case, who shows a party's written
/// application (治安管理处罚法 9). 书面申请不予处罚。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 201, description = "The application.", body = MediationWaiverView)),
    extensions(("x-problem-codes" = json!([
        "mediation-waiver-unfit", "mediation-waiver-party-unfit", "mediation-waiver-asked", "file-unknown"
    ])))
)]
#[post("/{mediation_case}/penalty-waivers")]
pub async fn create_mediation_case_penalty_waiver(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationWaiverDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::ask(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Created)
}

/// Decide whether nobody is punished
///
/// By the police at the table, with reasons, before the case is filed. 决定是否不予处罚。
#[utoipa::path(
    tag = "mediation",
    params(MediationWaiverPath),
    responses((status = 200, description = "The application.", body = MediationWaiverView)),
    extensions(("x-problem-codes" = json!(["mediation-waiver-decided", "matter-state-unfit"])))
)]
#[post("/{mediation_case}/penalty-waivers/{waiver}/decision")]
pub async fn create_mediation_case_penalty_waiver_decision(
    caller: Caller,
    path: Path<MediationWaiverPath>,
    draft: Json<MediationWaiverDecisionDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let MediationWaiverPath { mediation_case, waiver } = path.into_inner();
    gate.write(caller, move |act| actions::decide(act, (mediation_case, waiver), draft.into_inner()))
        .await
        .map(Changed)
}
