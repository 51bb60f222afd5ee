//! Handlers of estates.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{EstateDraft, EstatePatch, EstatePath, EstateQuery, EstateView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::places::coordinates::{CoordQuery, Located as _};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_estates).service(find_estate).service(create_estate).service(update_estate);
}

/// List estates
///
/// By division, by the beginning of the name, old ones only. 小区列表。
#[utoipa::path(
    tag = "estates",
    params(EstateQuery),
    responses((status = 200, description = "One page of estates.", body = Page<EstateView>))
)]
#[get("")]
pub async fn list_estates(caller: Caller, query: Query<EstateQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let (filter, system) = (query.filter(), query.coord_system);
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), |row| EstateView::from(row).shown_in(system))
    });
    page.await.map(Listed)
}

/// See an estate
///
/// With its committee, its kind and age, and its property company. 小区详情。
#[utoipa::path(
    tag = "estates",
    params(EstatePath, CoordQuery),
    responses((status = 200, description = "The estate.", body = EstateView))
)]
#[get("/{estate}")]
pub async fn find_estate(
    caller: Caller,
    path: Path<EstatePath>,
    query: Query<CoordQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    let found = gate.read(caller, move |look| {
        let found = store::find(look, path.estate)?;
        Ok(EstateView::from(found).shown_in(query.coord_system))
    });
    found.await.map(Found)
}

/// Add an estate
///
/// To a committee within the range of one's posts. 登记小区。
#[utoipa::path(
    tag = "estates",
    responses((status = 201, description = "The estate is entered.", body = EstateView)),
    extensions(("x-problem-codes" = json!([
        "estate-name-taken", "estate-division-not-committee", "estate-property-company-unknown",
        "organisation-closed"
    ])))
)]
#[post("")]
pub async fn create_estate(caller: Caller, draft: Json<EstateDraft>, gate: Data<Gate>) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change an estate
///
/// Its name, kind, address, age, lifts, property company or place on the map. Its committee stays. 修改小区。
#[utoipa::path(
    tag = "estates",
    params(EstatePath),
    responses((status = 200, description = "As it now is.", body = EstateView)),
    extensions(("x-problem-codes" = json!([
        "estate-name-taken", "estate-property-company-unknown", "organisation-closed"
    ])))
)]
#[patch("/{estate}")]
pub async fn update_estate(
    caller: Caller,
    path: Path<EstatePath>,
    seen: IfMatch,
    patch: Json<EstatePatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.estate, &seen, patch.into_inner()))
        .await
        .map(Changed)
}
