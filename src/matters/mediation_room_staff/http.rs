//! Handlers of who serves in a room.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{RoomStaffDraft, RoomStaffEndDraft, RoomStaffPath, RoomStaffQuery, RoomStaffView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Listed};
use crate::kit::clock::local_date;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::matters::mediation_rooms::{self, MediationRoomPath};

/// Registers the operations, below a room.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_mediation_room_staff)
        .service(create_mediation_room_staff)
        .service(create_mediation_room_staff_end);
}

/// List who serves in a mediation room
///
/// Mediators, lawyers and liaisons, full time or part time, in the order in which they were entered, those of other times too, unless
/// a day is told. 调解室人员。
#[utoipa::path(
    tag = "mediation-rooms",
    params(MediationRoomPath, RoomStaffQuery),
    responses((status = 200, description = "One page of people.", body = Page<RoomStaffView>))
)]
#[get("/{mediation_room}/staff")]
pub async fn list_mediation_room_staff(
    caller: Caller,
    path: Path<MediationRoomPath>,
    query: Query<RoomStaffQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (id, query) = (path.mediation_room, query.into_inner());
    let filter = query.filter();
    let page = gate.snapshot(caller, move |look| {
        let room = mediation_rooms::store::find(look, id)?.room;
        let room = look.permit(Action::List, room)?;
        let pager = look.pager(Action::List, &(&id, &filter), query.limit, query.cursor.as_deref())?;
        let (rows, today) = (store::page(look, &room, filter, &pager)?, local_date(look.now));
        pager.page(rows, |row| row.staff.id, |row| RoomStaffView::new(row, today))
    });
    page.await.map(Listed)
}

/// Put somebody into a mediation room
///
/// A mediator or a lawyer who stands in a roster for this place, by entry or by account, or a liaison by account. Nobody is in one
/// room twice at a time, or full time in two. 安排调解室人员。
#[utoipa::path(
    tag = "mediation-rooms",
    params(MediationRoomPath),
    responses((status = 201, description = "They serve there.", body = RoomStaffView)),
    extensions(("x-problem-codes" = json!([
        "mediation-room-staff-person-unfit", "mediation-room-inactive", "mediation-room-staff-term-reversed",
        "mediation-room-staff-taken", "mediation-room-staff-full-time-elsewhere"
    ])))
)]
#[post("/{mediation_room}/staff")]
pub async fn create_mediation_room_staff(
    caller: Caller,
    path: Path<MediationRoomPath>,
    draft: Json<RoomStaffDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.mediation_room, draft.into_inner()))
        .await
        .map(Created)
}

/// End somebody's time in a mediation room
///
/// On a day, which is the last, or at once. An end can be brought forward, and not put off; what was stays on record. 结束调解室任职。
#[utoipa::path(
    tag = "mediation-rooms",
    params(RoomStaffPath),
    responses((status = 201, description = "With its end.", body = RoomStaffView)),
    extensions(("x-problem-codes" = json!([
        "mediation-room-staff-ended", "mediation-room-staff-term-reversed"
    ])))
)]
#[post("/{mediation_room}/staff/{mediation_room_staff}/end")]
pub async fn create_mediation_room_staff_end(
    caller: Caller,
    path: Path<RoomStaffPath>,
    draft: Json<RoomStaffEndDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let which = (path.mediation_room, path.mediation_room_staff);
    gate.write(caller, move |act| actions::create_end(act, which, draft.into_inner())).await.map(Created)
}
