//! Handlers of visit plans.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::views::VisitCoverageView;
use super::wire::{VisitPlanDraft, VisitPlanPatch, VisitPlanPath, VisitPlanQuery, VisitPlanView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::clock::local_date;
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_visit_plans)
        .service(find_visit_plan)
        .service(create_visit_plan)
        .service(update_visit_plan)
        .service(list_visit_coverage);
}

/// List visit plans
///
/// The plans of the committees within the range of one's posts, but for those by a label that one does not see there. 走访计划列表。
#[utoipa::path(
    tag = "visits",
    params(VisitPlanQuery),
    responses((status = 200, description = "One page of plans.", body = Page<VisitPlanView>))
)]
#[get("")]
pub async fn list_visit_plans(
    caller: Caller,
    query: Query<VisitPlanQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter(local_date(gate.now()));
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.plan.division, row.plan.id.0), VisitPlanView::from)
    });
    page.await.map(Listed)
}

/// See a visit plan
///
/// One plan within the range of one's posts. 走访计划详情。
#[utoipa::path(
    tag = "visits",
    params(VisitPlanPath),
    responses((status = 200, description = "The plan.", body = VisitPlanView))
)]
#[get("/{visit_plan}")]
pub async fn find_visit_plan(caller: Caller, path: Path<VisitPlanPath>, gate: Data<Gate>) -> Result<Found> {
    let id = path.visit_plan;
    gate.read(caller, move |look| store::find(look, Action::Find, id).map(VisitPlanView::from))
        .await
        .map(Found)
}

/// Make a visit plan
///
/// Who of a committee is to be visited how often, and by whom. That a name is taken is told of plans that one is not shown, too.
/// 制定走访计划。
#[utoipa::path(
    tag = "visits",
    responses((status = 201, description = "The plan.", body = VisitPlanView)),
    extensions(("x-problem-codes" = json!([
        "visit-plan-division-not-committee", "visit-plan-name-taken", "visit-plan-term-invalid",
        "visit-plan-responsible-unknown", "visit-plan-group-unknown", "label-unknown", "label-retired"
    ])))
)]
#[post("")]
pub async fn create_visit_plan(
    caller: Caller,
    draft: Json<VisitPlanDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a visit plan
///
/// A plan that is over is ended by its last day. 修改走访计划。
#[utoipa::path(
    tag = "visits",
    params(VisitPlanPath),
    responses((status = 200, description = "As it now is.", body = VisitPlanView)),
    extensions(("x-problem-codes" = json!([
        "visit-plan-name-taken", "visit-plan-term-invalid", "visit-plan-responsible-unknown",
        "visit-plan-group-unknown", "label-unknown", "label-retired"
    ])))
)]
#[patch("/{visit_plan}")]
pub async fn update_visit_plan(
    caller: Caller,
    path: Path<VisitPlanPath>,
    seen: IfMatch,
    patch: Json<VisitPlanPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.visit_plan, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// See a plan's coverage
///
/// How many the plan is about, how many of them were visited within its interval, for how many the day has passed; and whom to
/// visit next, the longest due first. The first visit is due one interval after the plan began, or after somebody came into the
/// archive, reached the plan's age or was given its label. Whoever does not carry that label any more counts no more from that
/// moment, in a plan that is over, too. Visits 走访 count, receptions do not. 走访计划完成情况、待访名单。
#[utoipa::path(
    tag = "visits",
    params(VisitPlanPath, PageQuery),
    responses((status = 200, description = "The counts, and one page of whom to visit.", body = VisitCoverageView))
)]
#[get("/{visit_plan}/coverage")]
pub async fn list_visit_coverage(
    caller: Caller,
    path: Path<VisitPlanPath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (id, query) = (path.visit_plan, query.into_inner());
    let coverage = gate.read(caller, move |look| {
        let plan = store::find(look, Action::ListCoverage, id)?;
        let action = Action::ListCoverage;
        let pager = look.pager(action, &id, query.limit, query.cursor.as_deref())?;
        actions::coverage(look, &plan, &pager)
    });
    coverage.await.map(Listed)
}
