//! Handlers of labels on people.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{LabelledPath, ResidentLabelDraft, ResidentLabelPath, ResidentLabelView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Done, Listed};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::people::residents;

/// Registers the operations below `/residents`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_resident_labels).service(create_resident_label).service(delete_resident_label);
}

/// List a resident's labels
///
/// Those that one's roles see. 居民的标签。
#[utoipa::path(
    tag = "labels",
    params(LabelledPath, PageQuery),
    responses((status = 200, description = "One page of labels.", body = Page<ResidentLabelView>))
)]
#[get("/{resident}/labels")]
pub async fn list_resident_labels(
    caller: Caller,
    path: Path<LabelledPath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let resident = residents::store::find(look, path.resident)?;
        let pager = look.pager(Action::List, &path.resident, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &resident, &pager)?;
        pager.page(rows, |row| row.id, ResidentLabelView::from)
    });
    page.await.map(Listed)
}

/// Set a label on a resident
///
/// One whose division covers the resident's committee, by a role that sets it. It ends when it is told to, and never later
/// than the label lasts. 为居民打标签。
#[utoipa::path(
    tag = "labels",
    params(LabelledPath),
    responses((status = 201, description = "The label is set.", body = ResidentLabelView)),
    extensions(("x-problem-codes" = json!([
        "label-unknown", "label-retired", "resident-label-set", "resident-label-until-unfit",
        "resident-label-reason-missing", "resident-closed"
    ])))
)]
#[post("/{resident}/labels")]
pub async fn create_resident_label(
    caller: Caller,
    path: Path<LabelledPath>,
    draft: Json<ResidentLabelDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.resident, draft.into_inner())).await.map(Created)
}

/// Take a label off a resident
///
/// By a role that sets it. That it was there, from when to when and by whom, stays on record. 撤销居民的标签。
#[utoipa::path(
    tag = "labels",
    params(ResidentLabelPath),
    responses((status = 204, description = "The label is taken off."))
)]
#[delete("/{resident}/labels/{label}")]
pub async fn delete_resident_label(
    caller: Caller,
    path: Path<ResidentLabelPath>,
    gate: Data<Gate>,
) -> Result<Done> {
    gate.write(caller, move |act| actions::delete(act, path.resident, path.label)).await.map(Done)
}
