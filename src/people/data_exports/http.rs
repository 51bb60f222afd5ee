//! Handlers of data exports.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{DataExportContentView, DataExportPath, DataExportView};
use super::{Action, actions};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Accepted, Changed, Found, Listed};
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_data_exports)
        .service(create_data_export)
        .service(find_data_export_content)
        .service(find_data_export);
}

/// List one's copies
///
/// Copies of what is kept of oneself, the newest first; each is gone after a week. 我的个人信息副本。
#[utoipa::path(
    tag = "me",
    params(PageQuery),
    responses((status = 200, description = "One page of copies.", body = Page<DataExportView>))
)]
#[get("")]
pub async fn list_data_exports(caller: Caller, query: Query<PageQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &(), query.limit, query.cursor.as_deref())?;
        actions::page(look, &pager)
    });
    page.await.map(Listed)
}

/// Find a copy
///
/// How far it is, and where it is fetched. 个人信息副本进度。
#[utoipa::path(
    tag = "me",
    params(DataExportPath),
    responses((status = 200, description = "The copy.", body = DataExportView))
)]
#[get("/{data_export}")]
pub async fn find_data_export(caller: Caller, path: Path<DataExportPath>, gate: Data<Gate>) -> Result<Found> {
    let id = path.data_export;
    gate.read(caller, move |look| actions::find(look, id)).await.map(Found)
}

/// Fetch a copy
///
/// All that is kept of oneself, by section, numbers whole. That it was fetched is recorded. 下载个人信息副本。
#[utoipa::path(
    tag = "me",
    params(DataExportPath),
    responses((status = 200, description = "What is kept.", body = DataExportContentView)),
    extensions(("x-problem-codes" = json!(["data-export-not-written"])))
)]
#[get("/{data_export}/content")]
pub async fn find_data_export_content(
    caller: Caller,
    path: Path<DataExportPath>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let id = path.data_export;
    gate.write(caller, move |act| actions::fetch(act, id)).await.map(Changed)
}

/// Ask for a copy of what is kept of oneself
///
/// Written in the background, in a moment; five a day. 申请个人信息副本（个人信息保护法第四十五条）。
#[utoipa::path(
    tag = "me",
    responses((status = 202, description = "It will be written.", body = DataExportView)),
    extensions(("x-problem-codes" = json!(["data-export-too-many"])))
)]
#[post("")]
pub async fn create_data_export(caller: Caller, gate: Data<Gate>) -> Result<Accepted> {
    gate.write(caller, actions::create).await.map(Accepted)
}
