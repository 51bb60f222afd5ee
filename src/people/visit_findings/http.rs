//! Handlers of findings.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{
    VisitFindingClosureDraft, VisitFindingDetailView, VisitFindingPath, VisitFindingPlacedView,
    VisitFindingQuery,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Found, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_visit_findings).service(find_visit_finding).service(create_visit_finding_closure);
}

/// List findings
///
/// What visits and receptions brought to light and is still open, within the range of one's posts, the oldest first in each
/// committee. 民情记录列表。
#[utoipa::path(
    tag = "visits",
    params(VisitFindingQuery),
    responses((status = 200, description = "One page of findings.", body = Page<VisitFindingPlacedView>))
)]
#[get("")]
pub async fn list_visit_findings(
    caller: Caller,
    query: Query<VisitFindingQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.finding.division, row.finding.id.0), VisitFindingPlacedView::from)
    });
    page.await.map(Listed)
}

/// See a finding
///
/// With the visit it was made at, and its photos: what a petition is made of. 民情记录详情。
#[utoipa::path(
    tag = "visits",
    params(VisitFindingPath),
    responses((status = 200, description = "The finding.", body = VisitFindingDetailView))
)]
#[get("/{visit_finding}")]
pub async fn find_visit_finding(
    caller: Caller,
    path: Path<VisitFindingPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    let id = path.visit_finding;
    gate.read(caller, move |look| actions::find(look, id)).await.map(Found)
}

/// Close a finding
///
/// Say what became of it; it leaves the list of open ones and stays readable. 民情记录办结。
#[utoipa::path(
    tag = "visits",
    params(VisitFindingPath),
    responses((status = 201, description = "The finding, closed.", body = VisitFindingDetailView)),
    extensions(("x-problem-codes" = json!(["visit-finding-closed"])))
)]
#[post("/{visit_finding}/closure")]
pub async fn create_visit_finding_closure(
    caller: Caller,
    path: Path<VisitFindingPath>,
    draft: Json<VisitFindingClosureDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::close(act, path.visit_finding, draft.into_inner()))
        .await
        .map(Created)
}
