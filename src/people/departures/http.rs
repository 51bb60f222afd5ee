//! Handlers of departures.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{DepartureDraft, DeparturePath, DepartureReturnQuery, DepartureView};
use super::{actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Done, Found};
use crate::kit::json::Json;
use crate::kit::problem::Result;

/// Registers the operations, below `/residents`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(find_resident_departure)
        .service(create_resident_departure)
        .service(delete_resident_departure);
}

/// See how somebody left
///
/// The departure that closed the record; nobody who is here has one. 迁出、死亡信息。
#[utoipa::path(
    tag = "residents",
    params(DeparturePath),
    responses((status = 200, description = "The departure.", body = DepartureView))
)]
#[get("/{resident}/departure")]
pub async fn find_resident_departure(
    caller: Caller,
    path: Path<DeparturePath>,
    gate: Data<Gate>,
) -> Result<Found> {
    gate.read(caller, move |look| store::find(look, path.resident).map(DepartureView::from)).await.map(Found)
}

/// Say that somebody has left
///
/// They moved out or died. Where they lived and rented ends, and their place in the household; labels come off; what they own
/// stays theirs until its owners are set anew. 登记迁出、死亡。
#[utoipa::path(
    tag = "residents",
    params(DeparturePath),
    responses((status = 201, description = "It is entered.", body = DepartureView)),
    extensions(("x-problem-codes" = json!([
        "resident-departure-day-ahead", "resident-departure-destination", "resident-departure-before-home",
        "household-head-needed", "resident-closed"
    ])))
)]
#[post("/{resident}/departure")]
pub async fn create_resident_departure(
    caller: Caller,
    path: Path<DeparturePath>,
    draft: Json<DepartureDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.resident, draft.into_inner())).await.map(Created)
}

/// Open a record again
///
/// Somebody came back, or the departure was a mistake; it stays in the history. With `restore` home, household,
/// labels and health are as they were before, else they are entered anew. 撤销迁出、死亡或登记返回。
#[utoipa::path(
    tag = "residents",
    params(DeparturePath, DepartureReturnQuery),
    responses((status = 204, description = "The record is open again.")),
    extensions(("x-problem-codes" = json!([
        "resident-not-departed", "resident-closed", "household-changed-since", "dwelling-resident-held",
        "dwelling-resident-lives-elsewhere"
    ])))
)]
#[delete("/{resident}/departure")]
pub async fn delete_resident_departure(
    caller: Caller,
    path: Path<DeparturePath>,
    query: Query<DepartureReturnQuery>,
    gate: Data<Gate>,
) -> Result<Done> {
    gate.write(caller, move |act| actions::delete(act, path.resident, query.restore)).await.map(Done)
}
