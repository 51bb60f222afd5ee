//! Handlers of labels.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{LabelDraft, LabelPatch, LabelPath, LabelQuery, LabelView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_labels).service(create_label).service(update_label);
}

/// List labels
///
/// The definitions that apply where one's posts are and that one's roles see: the city's first, then district by district and
/// street by street. 标签目录（市、区、街镇三级）。
#[utoipa::path(
    tag = "labels",
    params(LabelQuery),
    responses((status = 200, description = "One page of labels.", body = Page<LabelView>))
)]
#[get("")]
pub async fn list_labels(caller: Caller, query: Query<LabelQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), LabelView::from)
    });
    page.await.map(Listed)
}

/// Define a label
///
/// For one's own city, district or street. A lower level adds to what stands above it and never redefines it: neither code
/// nor name may be used on the line. 新增标签。
#[utoipa::path(
    tag = "labels",
    responses((status = 201, description = "The label.", body = LabelView)),
    extensions(("x-problem-codes" = json!([
        "label-division-unfit", "label-not-own-level", "label-roles-unfit", "label-code-taken", "label-name-taken"
    ])))
)]
#[post("")]
pub async fn create_label(caller: Caller, draft: Json<LabelDraft>, gate: Data<Gate>) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a label
///
/// Its name, its description, who sees and sets it, and whether it is retired. Code, level and length stay. 修改、停用标签。
#[utoipa::path(
    tag = "labels",
    params(LabelPath),
    responses((status = 200, description = "As it now is.", body = LabelView)),
    extensions(("x-problem-codes" = json!(["label-not-own-level", "label-roles-unfit", "label-name-taken"])))
)]
#[patch("/{label}")]
pub async fn update_label(
    caller: Caller,
    path: Path<LabelPath>,
    seen: IfMatch,
    patch: Json<LabelPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.label, &seen, patch.into_inner()))
        .await
        .map(Changed)
}
