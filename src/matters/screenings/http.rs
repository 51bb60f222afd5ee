//! Handlers of screenings.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::NamedScreeningRow;
use super::wire::{
    ScreeningClosureDraft, ScreeningCountsView, ScreeningDraft, ScreeningPatch, ScreeningPath,
    ScreeningQuery, ScreeningView,
};
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
        .service(list_screenings)
        .service(find_screening_counts)
        .service(find_screening)
        .service(create_screening)
        .service(update_screening)
        .service(create_screening_closure);
}

/// List screenings
///
/// Campaigns of the range of one's posts, and those of the line above that are run there, too. 排查列表。
#[utoipa::path(
    tag = "screenings",
    params(ScreeningQuery),
    responses((status = 200, description = "One page of screenings.", body = Page<ScreeningView>))
)]
#[get("")]
pub async fn list_screenings(
    caller: Caller,
    query: Query<ScreeningQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        let place = |row: &NamedScreeningRow| (row.screening.division, row.screening.id.0);
        pager.page(rows, place, ScreeningView::from)
    });
    page.await.map(Listed)
}

/// See a screening
///
/// Whose it is, how long it lasts and where it looks. 排查详情。
#[utoipa::path(
    tag = "screenings",
    params(ScreeningPath),
    responses((status = 200, description = "The screening.", body = ScreeningView))
)]
#[get("/{screening}")]
pub async fn find_screening(caller: Caller, path: Path<ScreeningPath>, gate: Data<Gate>) -> Result<Found> {
    gate.read(caller, move |look| store::find(look, path.screening).map(ScreeningView::from)).await.map(Found)
}

/// Count the leads of a screening
///
/// By level: how many are open, were settled or became cases, in the range of one's posts. 排查统计。
#[utoipa::path(
    tag = "screenings",
    params(ScreeningPath),
    responses((status = 200, description = "The counts.", body = ScreeningCountsView))
)]
#[get("/{screening}/counts")]
pub async fn find_screening_counts(
    caller: Caller,
    path: Path<ScreeningPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    let id = path.screening;
    let counts = gate.snapshot(caller, move |look| {
        store::find(look, id)?;
        store::counts(look, id).map(|counted| ScreeningCountsView::new(&counted))
    });
    counts.await.map(Found)
}

/// Begin a screening
///
/// For a committee, a street, a police station or a judicial office, in the range of one's posts. 发起排查。
#[utoipa::path(
    tag = "screenings",
    responses((status = 201, description = "It is begun.", body = ScreeningView)),
    extensions(("x-problem-codes" = json!([
        "screening-division-unknown", "screening-divisions-unfit", "screening-period-unfit"
    ])))
)]
#[post("")]
pub async fn create_screening(
    caller: Caller,
    draft: Json<ScreeningDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a screening
///
/// What it is called, how long it lasts, where it looks; until it is closed. 修改排查。
#[utoipa::path(
    tag = "screenings",
    params(ScreeningPath),
    responses((status = 200, description = "The screening.", body = ScreeningView)),
    extensions(("x-problem-codes" = json!([
        "screening-division-unknown", "screening-divisions-unfit", "screening-period-unfit", "screening-closed"
    ])))
)]
#[patch("/{screening}")]
pub async fn update_screening(
    caller: Caller,
    path: Path<ScreeningPath>,
    seen: IfMatch,
    patch: Json<ScreeningPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.screening, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// Close a screening
///
/// No more leads are noted; those that are open are handled as before. 结束排查。
#[utoipa::path(
    tag = "screenings",
    params(ScreeningPath),
    responses((status = 201, description = "It is closed.", body = ScreeningView)),
    extensions(("x-problem-codes" = json!(["screening-closed"])))
)]
#[post("/{screening}/closure")]
pub async fn create_screening_closure(
    caller: Caller,
    path: Path<ScreeningPath>,
    draft: Json<ScreeningClosureDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::close(act, path.screening, draft.into_inner())).await.map(Created)
}
