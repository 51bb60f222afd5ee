//! Handlers of dwellings.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::DwellingView;
use super::wire::{DwellingDraft, DwellingPatch, DwellingPath, DwellingQuery};
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
    config.service(list_dwellings).service(find_dwelling).service(create_dwelling).service(update_dwelling);
}

/// List dwellings
///
/// The homes within the range of one's posts. 房屋列表。
#[utoipa::path(
    tag = "dwellings",
    params(DwellingQuery),
    responses((status = 200, description = "One page of dwellings.", body = Page<DwellingView>))
)]
#[get("")]
pub async fn list_dwellings(caller: Caller, query: Query<DwellingQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.fetch(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        store::page(look, &filter, &pager)
    });
    page.await.map(Listed)
}

/// See a dwelling
///
/// One home within the range of one's posts. 房屋详情。
#[utoipa::path(
    tag = "dwellings",
    params(DwellingPath),
    responses((status = 200, description = "The dwelling.", body = DwellingView))
)]
#[get("/{dwelling}")]
pub async fn find_dwelling(caller: Caller, path: Path<DwellingPath>, gate: Data<Gate>) -> Result<Found> {
    gate.read(caller, move |look| store::find(look, path.dwelling).map(DwellingView::from)).await.map(Found)
}

/// Add a dwelling
///
/// To a building within the range of one's posts. 登记房屋。
#[utoipa::path(
    tag = "dwellings",
    responses((status = 201, description = "The dwelling is entered.", body = DwellingView)),
    extensions(("x-problem-codes" = json!([
        "dwelling-number-taken", "dwelling-building-unknown", "dwelling-unit-unknown", "division-abolished"
    ])))
)]
#[post("")]
pub async fn create_dwelling(
    caller: Caller,
    draft: Json<DwellingDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a dwelling
///
/// Its unit, number, floor or exclusive area. 修改房屋。
#[utoipa::path(
    tag = "dwellings",
    params(DwellingPath),
    responses((status = 200, description = "As it now is.", body = DwellingView)),
    extensions(("x-problem-codes" = json!(["dwelling-number-taken", "dwelling-unit-unknown"])))
)]
#[patch("/{dwelling}")]
pub async fn update_dwelling(
    caller: Caller,
    path: Path<DwellingPath>,
    seen: IfMatch,
    patch: Json<DwellingPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.dwelling, &seen, patch.into_inner()))
        .await
        .map(Changed)
}
