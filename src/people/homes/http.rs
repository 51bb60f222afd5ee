//! Handlers of homes.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, patch, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::views::{DwellingOwnersView, DwellingResidentView, ResidentHomeView};
use super::wire::{
    DwellingOwnersDraft, DwellingResidentDraft, DwellingResidentPatch, DwellingResidentPath,
    DwellingResidentQuery, HomePath, ResidentHomesPath,
};
use super::{Action, actions, owners, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Done, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::people::residents;
use crate::places::dwellings;

/// Registers the operations, below `/dwellings`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_dwelling_residents)
        .service(create_dwelling_resident)
        .service(update_dwelling_resident)
        .service(delete_dwelling_resident)
        .service(find_dwelling_owners)
        .service(update_dwelling_owners);
}

/// Registers the operations below `/residents`.
pub fn resident_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_resident_homes);
}

/// List who is something in a home
///
/// Owners, tenants and occupants of a dwelling within the range of one's posts, as they now are; with `history` those who
/// were, too. 人房关系列表。
#[utoipa::path(
    tag = "homes",
    params(HomePath, DwellingResidentQuery),
    responses((status = 200, description = "One page of them.", body = Page<DwellingResidentView>))
)]
#[get("/{dwelling}/residents")]
pub async fn list_dwelling_residents(
    caller: Caller,
    path: Path<HomePath>,
    query: Query<DwellingResidentQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (dwelling, query) = (path.dwelling, query.into_inner());
    let page = gate.read(caller, move |look| {
        look.scope(Action::List)?;
        let pager =
            look.pager(Action::List, &(&dwelling, &query.history), query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, dwelling, query.history, &pager)?;
        if rows.is_empty() {
            // Nobody is here, or the home itself is hidden or absent.
            dwellings::store::find(look, dwelling)?;
        }
        pager.page(rows, |row| row.home.id, DwellingResidentView::from)
    });
    page.await.map(Listed)
}

/// List a resident's homes
///
/// What a resident is and was in homes within the range of one's posts, with what each home is called; what was entered last comes
/// first. 居民的房屋。
#[utoipa::path(
    tag = "homes",
    params(ResidentHomesPath, PageQuery),
    responses((status = 200, description = "One page of homes.", body = Page<ResidentHomeView>))
)]
#[get("/{resident}/homes")]
pub async fn list_resident_homes(
    caller: Caller,
    path: Path<ResidentHomesPath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let resident = residents::store::find(look, path.resident)?.resident.id;
        let pager =
            look.pager(Action::ListOfResident, &path.resident, query.limit, query.cursor.as_deref())?;
        let rows = store::page_of_resident(look, resident, &pager)?;
        pager.page(rows, |row| row.home.id, ResidentHomeView::from)
    });
    page.await.map(Listed)
}

/// Move somebody in
///
/// Says that a resident is tenant or occupant of a dwelling. Whoever lives there by it ceases to live where they lived
/// before, and their record says the new home. 入住、登记承租人和居住人。
#[utoipa::path(
    tag = "homes",
    params(HomePath),
    responses((status = 201, description = "It is entered.", body = DwellingResidentView)),
    extensions(("x-problem-codes" = json!([
        "dwelling-resident-unknown", "dwelling-resident-other-committee", "dwelling-resident-owner",
        "dwelling-resident-day-ahead", "dwelling-resident-held", "dwelling-resident-lives-since-later",
        "resident-closed"
    ])))
)]
#[post("/{dwelling}/residents")]
pub async fn create_dwelling_resident(
    caller: Caller,
    path: Path<HomePath>,
    draft: Json<DwellingResidentDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.dwelling, draft.into_inner())).await.map(Created)
}

/// Correct what somebody is in a home
///
/// Its days, its kind, its source, whether they live there. Of an owner only the first day and the source. 更正人房关系。
#[utoipa::path(
    tag = "homes",
    params(DwellingResidentPath),
    responses((status = 200, description = "As it now is.", body = DwellingResidentView)),
    extensions(("x-problem-codes" = json!([
        "dwelling-resident-owner", "dwelling-resident-day-ahead", "dwelling-resident-days-reversed",
        "dwelling-resident-held", "dwelling-resident-lives-since-later", "resident-closed"
    ])))
)]
#[patch("/{dwelling}/residents/{dwelling_resident}")]
pub async fn update_dwelling_resident(
    caller: Caller,
    path: Path<DwellingResidentPath>,
    seen: IfMatch,
    patch: Json<DwellingResidentPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| {
        actions::update(act, path.dwelling, path.dwelling_resident, &seen, patch.into_inner())
    })
    .await
    .map(Changed)
}

/// Move somebody out
///
/// Ends today what somebody is in a home; it stays in the history. Whoever leaves the committee for good departs
/// (`POST /v1/residents/{resident}/departure`). 搬离。
#[utoipa::path(
    tag = "homes",
    params(DwellingResidentPath),
    responses((status = 204, description = "It has ended.")),
    extensions(("x-problem-codes" = json!(["dwelling-resident-owner", "dwelling-resident-ended"])))
)]
#[delete("/{dwelling}/residents/{dwelling_resident}")]
pub async fn delete_dwelling_resident(
    caller: Caller,
    path: Path<DwellingResidentPath>,
    gate: Data<Gate>,
) -> Result<Done> {
    gate.write(caller, move |act| actions::delete(act, path.dwelling, path.dwelling_resident)).await.map(Done)
}

/// See who owns a home
///
/// Everybody who owns the dwelling now, with their shares, and the version to send back in `If-Match`. 产权人。
#[utoipa::path(
    tag = "homes",
    params(HomePath),
    responses((status = 200, description = "The owners.", body = DwellingOwnersView))
)]
#[get("/{dwelling}/owners")]
pub async fn find_dwelling_owners(caller: Caller, path: Path<HomePath>, gate: Data<Gate>) -> Result<Found> {
    gate.snapshot(caller, move |look| owners::find(look, path.dwelling)).await.map(Found)
}

/// Say who owns a home
///
/// All of its owners, people and bodies, with shares that are exactly 1 together. Who goes or whose share changes ends on
/// that day, who comes begins; who stays as they were is not touched. 登记产权人及份额。
#[utoipa::path(
    tag = "homes",
    params(HomePath),
    responses((status = 200, description = "As they now are.", body = DwellingOwnersView)),
    extensions(("x-problem-codes" = json!([
        "dwelling-owner-one-holder", "dwelling-owner-repeated", "dwelling-owner-shares-not-whole",
        "dwelling-owner-organisation-unknown", "dwelling-owner-deceased", "dwelling-owner-changes-before",
        "dwelling-resident-unknown", "dwelling-resident-other-committee", "dwelling-resident-day-ahead",
        "dwelling-resident-held", "resident-closed"
    ])))
)]
#[put("/{dwelling}/owners")]
pub async fn update_dwelling_owners(
    caller: Caller,
    path: Path<HomePath>,
    seen: IfMatch,
    draft: Json<DwellingOwnersDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| owners::update(act, path.dwelling, &seen, draft.into_inner()))
        .await
        .map(Changed)
}
