//! Handlers of buildings.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{BuildingDraft, BuildingPatch, BuildingPath, BuildingQuery, BuildingView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_buildings).service(find_building).service(create_building).service(update_building);
}

/// List buildings
///
/// By division or by estate. 楼栋列表。
#[utoipa::path(
    tag = "buildings",
    params(BuildingQuery),
    responses((status = 200, description = "One page of buildings.", body = Page<BuildingView>))
)]
#[get("")]
pub async fn list_buildings(caller: Caller, query: Query<BuildingQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), BuildingView::from)
    });
    page.await.map(Listed)
}

/// See a building
///
/// With its estate and its units. 楼栋详情。
#[utoipa::path(
    tag = "buildings",
    params(BuildingPath),
    responses((status = 200, description = "The building.", body = BuildingView))
)]
#[get("/{building}")]
pub async fn find_building(caller: Caller, path: Path<BuildingPath>, gate: Data<Gate>) -> Result<Found> {
    gate.read(caller, move |look| store::find(look, path.building).map(BuildingView::from)).await.map(Found)
}

/// Add a building
///
/// To an estate within the range of one's posts. 登记楼栋。
#[utoipa::path(
    tag = "buildings",
    responses((status = 201, description = "The building is entered.", body = BuildingView)),
    extensions(("x-problem-codes" = json!([
        "building-number-taken", "building-estate-unknown", "building-unit-repeated", "division-abolished"
    ])))
)]
#[post("")]
pub async fn create_building(
    caller: Caller,
    draft: Json<BuildingDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a building
///
/// Its number, floors, lift or units. Its estate stays. 修改楼栋。
#[utoipa::path(
    tag = "buildings",
    params(BuildingPath),
    responses((status = 200, description = "As it now is.", body = BuildingView)),
    extensions(("x-problem-codes" = json!([
        "building-number-taken", "building-unit-repeated", "building-unit-in-use"
    ])))
)]
#[patch("/{building}")]
pub async fn update_building(
    caller: Caller,
    path: Path<BuildingPath>,
    seen: IfMatch,
    patch: Json<BuildingPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.building, &seen, patch.into_inner()))
        .await
        .map(Changed)
}
