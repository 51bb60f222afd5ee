//! Handlers of residents.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{ResidentView, SearchedRow};
use super::views::{IdentityView, ResidentDetailView, ResidentLookupView};
use super::wire::{
    IdentityQuery, ResidentDraft, ResidentLookupDraft, ResidentPatch, ResidentPath, ResidentQuery,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed, Written};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_residents)
        .service(find_resident)
        .service(create_resident)
        .service(update_resident)
        .service(find_resident_identity);
}

/// Registers the look-up, which has an address of its own.
pub fn lookup_routes(config: &mut ServiceConfig<'_>) {
    config.service(create_resident_lookup);
}

/// List residents
///
/// Whoever is kept in the archive within the range of one's posts; no numbers. With `name` or `initials` in the order of the
/// names. 居民列表、按姓名或拼音搜索。
#[utoipa::path(
    tag = "residents",
    params(ResidentQuery),
    responses((status = 200, description = "One page of residents.", body = Page<ResidentView>)),
    extensions(("x-problem-codes" = json!(["label-unknown"])))
)]
#[get("")]
pub async fn list_residents(caller: Caller, query: Query<ResidentQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter(gate.now())?;
    let page = gate.fetch(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let filter = actions::with_label(look, filter.clone())?;
        if let Some(search) = &filter.search {
            let rows = store::page_of_search(look, &filter, search, &pager)?;
            let place = |row: &SearchedRow| store::place(look, &filter, search, row);
            return Written::of(&pager.page(rows, place, |row| ResidentView::from(row.resident))?);
        }
        store::page(look, &filter, &pager)
    });
    page.await.map(Listed)
}

/// Find a resident
///
/// All of the record, with the numbers masked. A record that was merged into another is answered by that one, under its new
/// id. 居民档案（号码脱敏）。
#[utoipa::path(
    tag = "residents",
    params(ResidentPath),
    responses((status = 200, description = "The resident.", body = ResidentDetailView))
)]
#[get("/{resident}")]
pub async fn find_resident(caller: Caller, path: Path<ResidentPath>, gate: Data<Gate>) -> Result<Found> {
    let id = path.resident;
    gate.read(caller, move |look| actions::find(look, id)).await.map(Found)
}

/// Enter a resident
///
/// A name, a committee, and a document, a telephone number or the reason why there is neither are enough. Day of birth and
/// sex are read from an ID card. 录入居民。
#[utoipa::path(
    tag = "residents",
    responses((status = 201, description = "The resident.", body = ResidentDetailView)),
    extensions(("x-problem-codes" = json!([
        "resident-identifier-missing", "resident-contradicts-document", "resident-born-ahead",
        "resident-division-not-committee", "resident-document-taken", "resident-external-id-taken"
    ])))
)]
#[post("")]
pub async fn create_resident(
    caller: Caller,
    draft: Json<ResidentDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a resident
///
/// What is left out stays as it is, and null clears what may be unknown. 修改居民档案。
#[utoipa::path(
    tag = "residents",
    params(ResidentPath),
    responses((status = 200, description = "The resident.", body = ResidentDetailView)),
    extensions(("x-problem-codes" = json!([
        "resident-identifier-missing", "resident-contradicts-document", "resident-born-ahead",
        "resident-document-taken", "resident-external-id-taken", "resident-closed"
    ])))
)]
#[patch("/{resident}")]
pub async fn update_resident(
    caller: Caller,
    path: Path<ResidentPath>,
    seen: IfMatch,
    patch: Json<ResidentPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.resident, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// See a resident's numbers
///
/// Document and telephone number, whole, for a purpose. It is recorded, and the person can read who looked and for what; the
/// same purpose again within ten minutes is the same look. 查看完整证件号码和电话（留痕）。
#[utoipa::path(
    tag = "residents",
    params(ResidentPath, IdentityQuery),
    responses((status = 200, description = "The numbers.", body = IdentityView))
)]
#[get("/{resident}/identity")]
pub async fn find_resident_identity(
    caller: Caller,
    path: Path<ResidentPath>,
    query: Query<IdentityQuery>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::find_identity(act, path.resident, query.purpose))
        .await
        .map(Changed)
}

/// Look up a resident
///
/// By one exact document, telephone number or dwelling, within the range of one's posts; each look-up is recorded. It stands
/// in a body since numbers have no place in an address. 按证件、电话或房屋精确查询。
#[utoipa::path(
    tag = "residents",
    responses((status = 200, description = "Who was found.", body = ResidentLookupView)),
    extensions(("x-problem-codes" = json!(["resident-lookup-one-key"])))
)]
#[post("")]
pub async fn create_resident_lookup(
    caller: Caller,
    draft: Json<ResidentLookupDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::look_up(act, draft.into_inner())).await.map(Changed)
}
