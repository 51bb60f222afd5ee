//! Handlers of the register.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::NamedMatterRow;
use super::wire::{MatterParentDraft, MatterPath, MatterQuery, MatterView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_matters).service(create_matter_parent);
}

/// List matters
///
/// Everything that must be handled within the range of one's posts, whatever its kind, committee by committee, the oldest first.
/// Reports 检举 are left out. What waits on oneself is `GET /v1/me/inbox`. 事项总表。
#[utoipa::path(
    tag = "matters",
    params(MatterQuery),
    responses((status = 200, description = "One page of matters.", body = Page<MatterView>)),
    extensions(("x-problem-codes" = json!(["matter-receipt-invalid"])))
)]
#[get("")]
pub async fn list_matters(caller: Caller, query: Query<MatterQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter()?;
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let now = look.now;
        let rows = store::page(look, &filter, &pager)?;
        let place = |row: &NamedMatterRow| (row.matter.division, row.matter.id.0);
        pager.page(rows, place, |row| MatterView::new(row, now))
    });
    page.await.map(Listed)
}

/// Make a matter part of a joint operation
///
/// One matter of which many are part, handled by many organisations together (条块联动); it can't close while a part is open.
/// 并入联合行动。
#[utoipa::path(
    tag = "matters",
    params(MatterPath),
    responses((status = 200, description = "The matter.", body = MatterView)),
    extensions(("x-problem-codes" = json!(["matter-parent-unfit"])))
)]
#[post("/{matter}/parent")]
pub async fn create_matter_parent(
    caller: Caller,
    path: Path<MatterPath>,
    draft: Json<MatterParentDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::set_parent(act, path.matter, draft.into_inner().parent))
        .await
        .map(Changed)
}
