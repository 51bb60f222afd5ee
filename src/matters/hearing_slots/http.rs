//! Handlers of free times.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::ShownSlotRow;
use super::wire::{HearingSlotDraft, HearingSlotPath, HearingSlotQuery, HearingSlotView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Done, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::matters::mediation_rooms::{self, MediationRoomPath};

/// Registers the operations, below a room.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_hearing_slots).service(create_hearing_slot).service(delete_hearing_slot);
}

/// List the free times of a mediation room
///
/// Those to come, the earliest first, and whether each is still free; a hearing may take one, or any other time of the room. 调解室可约时段。
#[utoipa::path(
    tag = "mediation-rooms",
    params(MediationRoomPath, HearingSlotQuery),
    responses((status = 200, description = "One page of times.", body = Page<HearingSlotView>))
)]
#[get("/{mediation_room}/slots")]
pub async fn list_hearing_slots(
    caller: Caller,
    path: Path<MediationRoomPath>,
    query: Query<HearingSlotQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (id, query) = (path.mediation_room, query.into_inner());
    let page = gate.read(caller, move |look| {
        look.scope(Action::List)?;
        let room = mediation_rooms::store::find(look, id)?.room;
        let pager = look.pager(
            Action::List,
            &(&id, &query.from, &query.is_free),
            query.limit,
            query.cursor.as_deref(),
        )?;
        let rows = store::page(look, room.id, query.filter(look.now), &pager)?;
        pager.page(rows, |row: &ShownSlotRow| (row.slot.begins_at, row.slot.id.0), HearingSlotView::from)
    });
    page.await.map(Listed)
}

/// Enter a free time of a mediation room
///
/// By whoever keeps the room; a room's free times do not overlap. 发布可约时段。
#[utoipa::path(
    tag = "mediation-rooms",
    params(MediationRoomPath),
    responses((status = 201, description = "The time is free.", body = HearingSlotView)),
    extensions(("x-problem-codes" = json!([
        "hearing-slot-room-inactive", "hearing-slot-time-unfit", "hearing-slot-taken"
    ])))
)]
#[post("/{mediation_room}/slots")]
pub async fn create_hearing_slot(
    caller: Caller,
    path: Path<MediationRoomPath>,
    draft: Json<HearingSlotDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.mediation_room, draft.into_inner()))
        .await
        .map(Created)
}

/// Take a free time of a mediation room away
///
/// One that no hearing takes or ever took. 撤销可约时段。
#[utoipa::path(
    tag = "mediation-rooms",
    params(HearingSlotPath),
    responses((status = 204, description = "It is gone.")),
    extensions(("x-problem-codes" = json!(["hearing-slot-in-use"])))
)]
#[delete("/{mediation_room}/slots/{hearing_slot}")]
pub async fn delete_hearing_slot(
    caller: Caller,
    path: Path<HearingSlotPath>,
    gate: Data<Gate>,
) -> Result<Done> {
    let HearingSlotPath { mediation_room, hearing_slot } = path.into_inner();
    gate.write(caller, move |act| actions::delete(act, mediation_room, hearing_slot)).await.map(Done)
}
