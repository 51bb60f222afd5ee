//! Handlers of mediation rooms.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{NamedRoomRow, ShortRow};
use super::views::{MediationRoomShortfallView, MediationRoomView};
use super::wire::{
    MediationRoomDraft, MediationRoomPatch, MediationRoomPath, MediationRoomQuery,
    MediationRoomShortfallQuery,
};
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
    config
        .service(list_mediation_rooms)
        .service(find_mediation_room)
        .service(create_mediation_room)
        .service(update_mediation_room);
}

/// Registers what rooms are short of people.
pub fn shortfall_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_mediation_room_shortfalls);
}

/// List mediation rooms
///
/// Where people mediate, by place, organisation and kind; staff of the range see rooms that are not used, too. 调解室、站、点列表。
#[utoipa::path(
    tag = "mediation-rooms",
    params(MediationRoomQuery),
    responses((status = 200, description = "One page of rooms.", body = Page<MediationRoomView>))
)]
#[get("")]
pub async fn list_mediation_rooms(
    caller: Caller,
    query: Query<MediationRoomQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let (filter, system) = (query.filter(), query.coord_system);
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        let key = |row: &NamedRoomRow| (row.room.division, row.room.id.0);
        pager.page(rows, key, |row| MediationRoomView::from(row).shown_in(system))
    });
    page.await.map(Listed)
}

/// See a mediation room
///
/// Where it is, whose, for how many, and when it is open. 调解室详情。
#[utoipa::path(
    tag = "mediation-rooms",
    params(MediationRoomPath, CoordQuery),
    responses((status = 200, description = "The room.", body = MediationRoomView))
)]
#[get("/{mediation_room}")]
pub async fn find_mediation_room(
    caller: Caller,
    path: Path<MediationRoomPath>,
    query: Query<CoordQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    let found = gate.read(caller, move |look| {
        let found = store::find(look, path.mediation_room)?;
        Ok(MediationRoomView::from(found).shown_in(query.coord_system))
    });
    found.await.map(Found)
}

/// Add a mediation room
///
/// Of an organisation that works there, in a division within the range of one's post. 登记调解室。
#[utoipa::path(
    tag = "mediation-rooms",
    responses((status = 201, description = "The room is entered.", body = MediationRoomView)),
    extensions(("x-problem-codes" = json!([
        "mediation-room-division-unknown", "mediation-room-organisation-unfit", "mediation-room-name-taken",
        "opening-hours-invalid"
    ])))
)]
#[post("")]
pub async fn create_mediation_room(
    caller: Caller,
    draft: Json<MediationRoomDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a mediation room
///
/// What it is called, what kind it is, where, for how many, when it is open, or whether it is used. 修改调解室。
#[utoipa::path(
    tag = "mediation-rooms",
    params(MediationRoomPath),
    responses((status = 200, description = "As it now is.", body = MediationRoomView)),
    extensions(("x-problem-codes" = json!(["mediation-room-name-taken", "opening-hours-invalid"])))
)]
#[patch("/{mediation_room}")]
pub async fn update_mediation_room(
    caller: Caller,
    path: Path<MediationRoomPath>,
    seen: IfMatch,
    patch: Json<MediationRoomPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.mediation_room, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// List rooms that are short of mediators
///
/// Rooms in use, within the range of one's posts, that have fewer mediators today than the closest staffing rule asks for: how many
/// are needed, how many are there, and who serves full time or part time. 调解力量缺口清单。
#[utoipa::path(
    tag = "mediation-rooms",
    params(MediationRoomShortfallQuery),
    responses((status = 200, description = "One page of rooms.", body = Page<MediationRoomShortfallView>))
)]
#[get("")]
pub async fn list_mediation_room_shortfalls(
    caller: Caller,
    query: Query<MediationRoomShortfallQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.snapshot(caller, move |look| {
        let action = Action::ListShortfalls;
        let pager = look.pager(action, &query.division, query.limit, query.cursor.as_deref())?;
        let rows = store::page_short(look, query.division, &pager)?;
        let serving = store::serving_in(look, &rows)?;
        let key = |row: &ShortRow| (row.room.division, row.room.id.0);
        pager.page(rows, key, |row| MediationRoomShortfallView::new(row, &serving))
    });
    page.await.map(Listed)
}
