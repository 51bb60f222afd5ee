//! Handlers of shifts.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::ShiftRow;
use super::wire::{ShiftDraft, ShiftPatch, ShiftPath, ShiftView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::activities::volunteer_calls::{self, VolunteerCallPath};
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;

/// Registers the operations below a call.
pub fn call_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_shifts).service(create_shift);
}

/// Registers the operations on one shift.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(find_shift).service(update_shift);
}

/// List the shifts of a call
///
/// For whoever sees the call, by their beginning; with how many places are taken and how many wait, not by whom. 班次列表。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerCallPath, PageQuery),
    responses((status = 200, description = "One page of shifts.", body = Page<ShiftView>))
)]
#[get("/{volunteer_call}/shifts")]
pub async fn list_shifts(
    caller: Caller,
    path: Path<VolunteerCallPath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (call, query) = (path.volunteer_call, query.into_inner());
    let page = gate.read(caller, move |look| {
        look.scope(Action::List)?;
        volunteer_calls::store::find(look, call)?;
        let (limit, cursor) = (query.limit, query.cursor.as_deref());
        let pager = look.pager(Action::List, &call, limit, cursor)?;
        let rows = store::page(look, call, &pager)?;
        pager.page(rows, |row: &ShiftRow| (row.starts_at, row.id.0), ShiftView::from)
    });
    page.await.map(Listed)
}

/// See a shift
///
/// For whoever sees its call, as in the list. 班次详情。
#[utoipa::path(
    tag = "volunteering",
    params(ShiftPath),
    responses((status = 200, description = "The shift.", body = ShiftView))
)]
#[get("/{shift}")]
pub async fn find_shift(caller: Caller, path: Path<ShiftPath>, gate: Data<Gate>) -> Result<Found> {
    gate.read(caller, move |look| store::find(look, path.shift).map(ShiftView::from)).await.map(Found)
}

/// Add a shift
///
/// To a draft or a published call, for who organises it; for a team of theirs first, where one is named. 增加班次。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerCallPath),
    responses((status = 201, description = "The shift.", body = ShiftView)),
    extensions(("x-problem-codes" = json!([
        "volunteer-call-state-unfit", "shift-times-unfit", "shift-deadline-unfit", "shift-team-unfit", "shift-too-many"
    ])))
)]
#[post("/{volunteer_call}/shifts")]
pub async fn create_shift(
    caller: Caller,
    path: Path<VolunteerCallPath>,
    draft: Json<ShiftDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.volunteer_call, draft.into_inner()))
        .await
        .map(Created)
}

/// Change a shift
///
/// Before it begins, for who organises it. With more places, who waits longest moves up; cancelled, everybody signed up is told, and
/// reads why.
/// 修改班次。
#[utoipa::path(
    tag = "volunteering",
    params(ShiftPath),
    responses((status = 200, description = "The shift.", body = ShiftView)),
    extensions(("x-problem-codes" = json!([
        "volunteer-call-state-unfit", "shift-times-unfit", "shift-deadline-unfit", "shift-signed-up", "shift-capacity-taken",
        "shift-reason-unfit", "shift-begun"
    ])))
)]
#[patch("/{shift}")]
pub async fn update_shift(
    caller: Caller,
    path: Path<ShiftPath>,
    seen: IfMatch,
    patch: Json<ShiftPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.shift, &seen, patch.into_inner()))
        .await
        .map(Changed)
}
