//! Handlers of households.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::views::{HouseholdDetailView, HouseholdView};
use super::wire::{HouseholdDraft, HouseholdPatch, HouseholdPath, HouseholdQuery};
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
    config
        .service(list_households)
        .service(find_household)
        .service(create_household)
        .service(update_household);
}

/// List households
///
/// Those within the range of one's posts. 家庭户列表。
#[utoipa::path(
    tag = "households",
    params(HouseholdQuery),
    responses((status = 200, description = "One page of households.", body = Page<HouseholdView>))
)]
#[get("")]
pub async fn list_households(
    caller: Caller,
    query: Query<HouseholdQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), HouseholdView::from)
    });
    page.await.map(Listed)
}

/// Find a household
///
/// With everybody who is in it, by relation to the head. 家庭户详情。
#[utoipa::path(
    tag = "households",
    params(HouseholdPath),
    responses((status = 200, description = "The household.", body = HouseholdDetailView))
)]
#[get("/{household}")]
pub async fn find_household(caller: Caller, path: Path<HouseholdPath>, gate: Data<Gate>) -> Result<Found> {
    gate.snapshot(caller, move |look| actions::find(look, path.household)).await.map(Found)
}

/// Enter a household
///
/// With its members, exactly one of them its head. 登记家庭户。
#[utoipa::path(
    tag = "households",
    responses((status = 201, description = "The household.", body = HouseholdDetailView)),
    extensions(("x-problem-codes" = json!([
        "household-number-taken", "household-division-not-committee", "household-dwelling-unknown",
        "household-member-unknown", "household-member-repeated", "household-member-taken", "household-one-head",
        "dwelling-resident-day-ahead", "resident-closed"
    ])))
)]
#[post("")]
pub async fn create_household(
    caller: Caller,
    draft: Json<HouseholdDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a household
///
/// Its dwelling, its number; its members and head as a whole, for each relation is to the head. 变更家庭户。
#[utoipa::path(
    tag = "households",
    params(HouseholdPath),
    responses((status = 200, description = "As it now is.", body = HouseholdDetailView)),
    extensions(("x-problem-codes" = json!([
        "household-number-taken", "household-dwelling-unknown", "household-member-unknown",
        "household-member-repeated", "household-member-taken", "household-one-head",
        "dwelling-resident-day-ahead", "resident-closed"
    ])))
)]
#[patch("/{household}")]
pub async fn update_household(
    caller: Caller,
    path: Path<HouseholdPath>,
    seen: IfMatch,
    patch: Json<HouseholdPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.household, &seen, patch.into_inner()))
        .await
        .map(Changed)
}
