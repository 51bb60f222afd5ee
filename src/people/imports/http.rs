//! Handlers of imports.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{ImportDraft, ImportPath, ImportView};
use super::{Action, actions};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Accepted, Found, Listed};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::kit::workbook::{Workbook, WorkbookFile};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_imports).service(find_import).service(find_import_report).service(create_import);
}

/// List imports
///
/// Those within the range of one's posts, the newest first. 导入任务列表。
#[utoipa::path(
    tag = "residents",
    params(PageQuery),
    responses((status = 200, description = "One page of imports.", body = Page<ImportView>))
)]
#[get("")]
pub async fn list_imports(caller: Caller, query: Query<PageQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &(), query.limit, query.cursor.as_deref())?;
        actions::page(look, &pager)
    });
    page.await.map(Listed)
}

/// Find an import
///
/// How far it is, what it did, and, for whoever sent it, where the report of bad rows is fetched. 导入进度与报告。
#[utoipa::path(
    tag = "residents",
    params(ImportPath),
    responses((status = 200, description = "The import.", body = ImportView))
)]
#[get("/{import}")]
pub async fn find_import(caller: Caller, path: Path<ImportPath>, gate: Data<Gate>) -> Result<Found> {
    let id = path.import;
    gate.read(caller, move |look| actions::find(look, id)).await.map(Found)
}

/// Fetch an import's report
///
/// The bad rows as they stood in the list, below its own heading, as XLSX; one more column (错误原因) says of each which row it was,
/// which columns are wrong, and why. Mended, the same file is imported again: that column is not read. The last line says how many bad
/// rows were left out, if any. Kept for a week. Numbers stand in it whole: it is there for whoever sent the list and for nobody else, and
/// that it was fetched is recorded. 下载导入错误报告。
#[utoipa::path(
    tag = "residents",
    params(ImportPath),
    responses((
        status = 200,
        description = "The workbook.",
        body = WorkbookFile,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )),
    extensions(("x-problem-codes" = json!(["import-without-report"])))
)]
#[get("/{import}/report")]
pub async fn find_import_report(
    caller: Caller,
    path: Path<ImportPath>,
    gate: Data<Gate>,
) -> Result<Workbook> {
    let id = path.import;
    let content = gate.fetch(caller.again(), move |look| actions::find_report(look, id)).await?;
    let noted = gate.write(caller, move |act| actions::note_report(act, id)).await;
    noted.map(|_| Workbook { content, name: "report" })
}

/// Import a list of residents
///
/// Send the file first (`POST /v1/files`), then name it here. The first row names the columns in Chinese or as this API does
/// (姓名, 证件类型, 证件号码, 电话, 性别, 出生日期, 国籍, 民族, 文化程度, 政治面貌, 户籍地, 居住类型, 外部编号, 区划代码, and of the home
/// 小区, 楼栋, 单元, 室号, 居住关系, of the household 户编号, 与户主关系); 姓名 and one of 证件号码, 电话, 外部编号 are needed. People are recognised by external id or
/// document, else by name and telephone number, so that the same list twice makes nobody twice; an empty cell leaves what is known. A
/// row that names another document than the record its external id leads to is refused, and so is one with another name, unless day of
/// birth or telephone number agree. Bad rows come back in a report. In the mode `all` the list is gone through twice: it is checked
/// whole before anything is written, and then written in batches. What others change in between may still refuse a row of the second
/// time, and the report tells which. A row with 楼栋 and 室号 says where the person is at home: the dwelling must be there, in the row's
/// committee (小区 is needed where two estates have a building of that number, 单元 where two units have a dwelling of that number). They
/// are its occupant from today on, or its tenant where 居住关系 says so, with `import` as the source; who is registered here only
/// (户在人不在) does not live there, be it by the row or, where that says no 居住类型, by their record. What is so already stays; but who is
/// known in the home as not living there lives there from now on where the row says so, by 居住类型 or by 居住关系. Nobody is moved away:
/// whoever lives in another home is refused. A list makes no owners, since it can't say their shares
/// (`PUT /v1/dwellings/{dwelling}/owners`): who is 业主 lives there, and who owns only (仅为业主) is entered without a home. A
/// row with 户编号 and 与户主关系 (in the words of GB/T 4761) says what the person is to the head of the household of that number in the
/// committee, which is made where there is none, at home where its head lives. Its head 户主 must be known, or stand in an earlier row,
/// among the rows of the household that stand together, or in the same 500 rows: lists that are longer are sorted by household. A list
/// takes nobody out of a household and changes no head; who is in another household is refused. What is wrong with the household alone
/// does not hold the person back: they go in, and the row comes back in the report and counts among the bad ones, too. Where
/// the list and the archive differ on the head, none of the household's rows are taken for it. A dry run counts the 30 members of a
/// household among rows that stand together. 批量导入居民。
#[utoipa::path(
    tag = "residents",
    responses((status = 202, description = "It will be imported.", body = ImportView)),
    extensions(("x-problem-codes" = json!(["import-division-unknown", "import-file-not-list", "file-unknown"])))
)]
#[post("")]
pub async fn create_import(caller: Caller, draft: Json<ImportDraft>, gate: Data<Gate>) -> Result<Accepted> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Accepted)
}
