//! Handlers of performances.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{
    MediationHandOverQuery, MediationHandOverView, MediationPerformanceDraft, MediationPerformanceView,
    MediationReopeningDraft,
};
use super::{Action, actions, handing, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::matters::mediation_agreements::must_be_told;
use crate::matters::mediation_cases::{MediationCaseDetailView, MediationCasePath};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_mediation_case_performances)
        .service(create_mediation_case_performance)
        .service(create_mediation_case_reopening)
        .service(find_mediation_case_hand_over);
}

/// List how an agreement is kept
///
/// What was noted, item by item, the first first; of agreements that were superseded, too. 履行情况。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath, PageQuery),
    responses((status = 200, description = "One page of performances.", body = Page<MediationPerformanceView>))
)]
#[get("/{mediation_case}/performances")]
pub async fn list_mediation_case_performances(
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

/// Say how something that was agreed was kept
///
/// Done, or a part of it, by whom it is owed to or by whoever runs the case; broken, by the latter, who says or shows how. When all is
/// done the case is performed; when something is broken it is mediated once more, or handed over. 登记履行情况。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 201, description = "What was noted.", body = MediationPerformanceView)),
    extensions(("x-problem-codes" = json!([
        "mediation-item-unknown", "mediation-item-settled", "mediation-performance-not-creditor",
        "mediation-performance-amount-unfit", "mediation-performed-on-unfit", "mediation-breach-unshown", "file-unknown",
        "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/performances")]
pub async fn create_mediation_case_performance(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationPerformanceDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::note(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Created)
}

/// Mediate a case once more
///
/// Whose agreement was broken: its month begins anew, and every party is asked again (人民调解法 17). The agreement stays in force until
/// another supersedes it. 重新调解。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!(["mediation-own-case", "matter-state-unfit"])))
)]
#[post("/{mediation_case}/reopening")]
pub async fn create_mediation_case_reopening(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationReopeningDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::reopen(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Changed)
}

/// See what is handed over of a case
///
/// That failed, or whose agreement was broken or ended by a court: for the court, arbitration, legal aid or the street. Parties, facts,
/// claims, what every party was shown, the agreement and the other ways; nothing noted or shown in confidence, nor what was said in
/// mediation. 移送材料。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath, MediationHandOverQuery),
    responses((status = 200, description = "The package.", body = MediationHandOverView)),
    extensions(("x-problem-codes" = json!(["mediation-not-ended"])))
)]
#[get("/{mediation_case}/hand-over")]
pub async fn find_mediation_case_hand_over(
    caller: Caller,
    path: Path<MediationCasePath>,
    query: Query<MediationHandOverQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    let (id, to, address) = (path.mediation_case, query.to, gate.tokens().issuer().to_owned());
    gate.snapshot(caller, move |look| handing::pack(look, id, to, &address)).await.map(Found)
}
