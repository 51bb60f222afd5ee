//! Handlers of emergency orders.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{EmergencyOrderDraft, EmergencyOrderPath, EmergencyOrderQuery, EmergencyOrderView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Found, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_emergency_orders)
        .service(find_emergency_order)
        .service(create_emergency_order)
        .service(create_emergency_order_end);
}

/// List emergency orders
///
/// Those of the range of one's posts, and those of the levels above that hold there. 应急令列表。
#[utoipa::path(
    tag = "emergency-orders",
    params(EmergencyOrderQuery),
    responses((status = 200, description = "One page of emergency orders.", body = Page<EmergencyOrderView>))
)]
#[get("")]
pub async fn list_emergency_orders(
    caller: Caller,
    query: Query<EmergencyOrderQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), EmergencyOrderView::from)
    });
    page.await.map(Listed)
}

/// See an emergency order
///
/// One that holds in the range of one's posts, or in a part of it. 应急令详情。
#[utoipa::path(
    tag = "emergency-orders",
    params(EmergencyOrderPath),
    responses((status = 200, description = "The emergency order.", body = EmergencyOrderView))
)]
#[get("/{emergency_order}")]
pub async fn find_emergency_order(
    caller: Caller,
    path: Path<EmergencyOrderPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    let id = path.emergency_order;
    gate.read(caller, move |look| store::find(look, id).map(EmergencyOrderView::from)).await.map(Found)
}

/// Order an emergency
///
/// While it is in force, the clocks of matters in its range run by the policies of emergencies. Of several at one place that of
/// the smallest place holds, and of its orders the latest. 发布应急令（平急转换）。
#[utoipa::path(
    tag = "emergency-orders",
    responses((status = 201, description = "The emergency order.", body = EmergencyOrderView)),
    extensions(("x-problem-codes" = json!(["emergency-order-division-unknown", "emergency-order-term-unfit"])))
)]
#[post("")]
pub async fn create_emergency_order(
    caller: Caller,
    draft: Json<EmergencyOrderDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Call an emergency off
///
/// Before its end, also before it began. 提前终止应急令。
#[utoipa::path(
    tag = "emergency-orders",
    params(EmergencyOrderPath),
    responses((status = 201, description = "The emergency order, which is over.", body = EmergencyOrderView)),
    extensions(("x-problem-codes" = json!(["emergency-order-ended"])))
)]
#[post("/{emergency_order}/end")]
pub async fn create_emergency_order_end(
    caller: Caller,
    path: Path<EmergencyOrderPath>,
    gate: Data<Gate>,
) -> Result<Created> {
    let id = path.emergency_order;
    gate.write(caller, move |act| actions::create_end(act, id)).await.map(Created)
}
