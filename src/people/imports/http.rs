//! Handlers of imports.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{ImportDraft, ImportPath, ImportQuery, ImportView};
use super::{Action, actions};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Accepted, Found, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_imports).service(find_import).service(create_import);
}

/// List imports
///
/// Those within the range of one's posts, the newest first. 导入任务列表。
#[utoipa::path(
    tag = "residents",
    params(ImportQuery),
    responses((status = 200, description = "One page of imports.", body = Page<ImportView>))
)]
#[get("")]
pub async fn list_imports(
    caller: Caller,
    query: Query<ImportQuery>,
    gate: Data<Gate>,
) -> Result<Listed<ImportView>> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(look.ring, Action::List, "", query.limit, query.cursor.as_deref())?;
        actions::page(look, &pager)
    });
    page.await.map(Listed)
}

/// Find an import
///
/// How far it is, what it did, and where the report of bad rows is fetched. 导入进度与报告。
#[utoipa::path(
    tag = "residents",
    params(ImportPath),
    responses((status = 200, description = "The import.", body = ImportView))
)]
#[get("/{import}")]
pub async fn find_import(
    caller: Caller,
    path: Path<ImportPath>,
    gate: Data<Gate>,
) -> Result<Found<ImportView>> {
    let id = path.import;
    gate.read(caller, move |look| actions::find(look, id)).await.map(Found)
}

/// Import a list of residents
///
/// Send the file first (`POST /v1/files`), then name it here. The first row names the columns in Chinese or as this API does
/// (姓名, 证件类型, 证件号码, 电话, 性别, 出生日期, 国籍, 民族, 文化程度, 政治面貌, 户籍地, 居住类型, 外部编号, 区划代码); 姓名 and one
/// of 证件号码, 电话, 外部编号 are needed. People are recognised by external id or document, else by name and telephone number,
/// so that the same list twice makes nobody twice; an empty cell leaves what is known. A row that names another document than
/// the record its external id leads to is refused. Bad rows are named in a report. In the mode `all` the list is gone through
/// twice: it is checked whole before anything is written, and then written in batches. What others change in between may still
/// refuse a row of the second time, and the report tells which. 批量导入居民。
#[utoipa::path(
    tag = "residents",
    responses((status = 202, description = "It will be imported.", body = ImportView)),
    extensions(("x-problem-codes" = json!(["import-division-unknown", "import-file-not-list", "file-unknown"])))
)]
#[post("")]
pub async fn create_import(caller: Caller, draft: Json<ImportDraft>, gate: Data<Gate>) -> Result<Accepted> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Accepted)
}
