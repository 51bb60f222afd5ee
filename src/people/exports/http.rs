//! Handlers of exports.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{ExportDraft, ExportPath, ExportView};
use super::{Action, actions};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Accepted, Found, Listed};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_exports).service(find_export).service(create_export);
}

/// List one's exports
///
/// The lists that one asked for and, by the posts one holds now, might still ask for, the newest first. 我的导出任务。
#[utoipa::path(
    tag = "residents",
    params(PageQuery),
    responses((status = 200, description = "One page of exports.", body = Page<ExportView>))
)]
#[get("")]
pub async fn list_exports(caller: Caller, query: Query<PageQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &(), query.limit, query.cursor.as_deref())?;
        actions::page(look, &pager)
    });
    page.await.map(Listed)
}

/// Find an export
///
/// How far it is, and where the list is fetched: by whoever asked for it, as long as they might still ask for it. 导出进度。
#[utoipa::path(
    tag = "residents",
    params(ExportPath),
    responses((status = 200, description = "The export.", body = ExportView))
)]
#[get("/{export}")]
pub async fn find_export(caller: Caller, path: Path<ExportPath>, gate: Data<Gate>) -> Result<Found> {
    let id = path.export;
    gate.read(caller, move |look| actions::find(look, id)).await.map(Found)
}

/// Ask for a list of residents
///
/// The residents of a division as CSV or XLSX, numbers masked, for a purpose that is kept. It is written in the background; ask
/// for it until it is done. 导出居民名单（号码脱敏）。
#[utoipa::path(
    tag = "residents",
    responses((status = 202, description = "It will be written.", body = ExportView)),
    extensions(("x-problem-codes" = json!(["export-division-unknown"])))
)]
#[post("")]
pub async fn create_export(caller: Caller, draft: Json<ExportDraft>, gate: Data<Gate>) -> Result<Accepted> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Accepted)
}
