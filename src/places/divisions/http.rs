//! Handlers of divisions.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{
    DivisionDetailView, DivisionPatch, DivisionPath, DivisionPredecessorDraft, DivisionQuery, DivisionView,
    LineageView,
};
use super::{Action, actions, store};
use crate::access::caller::{Caller, Visitor};
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::places::coordinates::{CoordQuery, Located as _};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_divisions)
        .service(find_division)
        .service(update_division)
        .service(create_division_predecessor);
}

/// List divisions
///
/// The official map: 16 districts, 234 streets and towns, 6,509 committees. Public. 行政区划。
#[utoipa::path(
    tag = "divisions",
    security(()),
    params(DivisionQuery),
    responses((status = 200, description = "One page of divisions, in the order of their codes.", body = Page<DivisionView>))
)]
#[get("")]
pub async fn list_divisions(
    visitor: Visitor,
    query: Query<DivisionQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let (filter, system) = (query.filter(), query.coord_system);
    let page = gate.read(visitor, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| row.code, |row| DivisionView::from(row).shown_in(system))
    });
    page.await.map(Listed)
}

/// See a division
///
/// With its office, its hours and its history of splits and mergers. Public. 区划详情。
#[utoipa::path(
    tag = "divisions",
    security(()),
    params(DivisionPath, CoordQuery),
    responses((status = 200, description = "The division.", body = DivisionDetailView))
)]
#[get("/{division}")]
pub async fn find_division(
    visitor: Visitor,
    path: Path<DivisionPath>,
    query: Query<CoordQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    let found = gate.read(visitor, move |look| {
        let found = actions::find(look, path.division)?;
        Ok(found.shown_in(query.coord_system))
    });
    found.await.map(Found)
}

/// Change a division
///
/// How its office is reached, when it is open; by the line above, its status (去筹转正). 修改区划信息。
#[utoipa::path(
    tag = "divisions",
    params(DivisionPath),
    responses((status = 200, description = "As it now is.", body = DivisionView)),
    extensions(("x-problem-codes" = json!([
        "opening-hours-invalid", "division-status-backwards", "division-status-by-line-above"
    ])))
)]
#[patch("/{division}")]
pub async fn update_division(
    caller: Caller,
    path: Path<DivisionPath>,
    seen: IfMatch,
    patch: Json<DivisionPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.division, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// Write down what a division came from
///
/// That it was split from another, merged from others, one by one, or carved out of one that goes on: by the line above both. It shows in
/// the history of both. What is abolished with it is another matter: see its status. 登记区划沿革。
#[utoipa::path(
    tag = "divisions",
    params(DivisionPath),
    responses((status = 201, description = "It is on record.", body = LineageView)),
    extensions(("x-problem-codes" = json!([
        "division-lineage-by-line-above", "division-predecessor-unfit", "division-predecessor-known"
    ])))
)]
#[post("/{division}/predecessors")]
pub async fn create_division_predecessor(
    caller: Caller,
    path: Path<DivisionPath>,
    draft: Json<DivisionPredecessorDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let draft = draft.into_inner();
    gate.write(caller, move |act| actions::create_predecessor(act, path.division, &draft)).await.map(Created)
}
