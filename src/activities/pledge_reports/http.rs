//! Handlers of uses and reports.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{ReportRow, UseRow};
use super::wire::{
    PledgeReportAnswerDraft, PledgeReportDraft, PledgeReportPath, PledgeReportView, PledgeUseDraft,
    PledgeUseView,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::activities::pledges::{self, PledgePath};
use crate::kit::answer::{Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;

/// Registers the operations below a pledge.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_pledge_uses)
        .service(create_pledge_use)
        .service(list_pledge_reports)
        .service(create_pledge_report)
        .service(create_pledge_report_answer);
}

/// List what came of a pledge
///
/// The newest first. 使用记录。
#[utoipa::path(
    tag = "volunteering",
    params(PledgePath, PageQuery),
    responses((status = 200, description = "One page of uses.", body = Page<PledgeUseView>))
)]
#[get("/{pledge}/uses")]
pub async fn list_pledge_uses(
    caller: Caller,
    path: Path<PledgePath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let page = gate.snapshot(caller, move |look| {
        look.scope(Action::ListUses)?;
        let pledge = pledges::seen(look, path.pledge)?;
        let cursor = query.cursor.as_deref();
        let pager = look.pager(Action::ListUses, &path.pledge, query.limit, cursor)?;
        let rows = store::uses(look, &pledge, &pager)?;
        pager.page(rows, |row: &UseRow| row.id.0, PledgeUseView::from)
    });
    page.await.map(Listed)
}

/// Note a use of a pledge
///
/// For the community, of a pledge that it accepted; not by who made it. 登记使用。
#[utoipa::path(
    tag = "volunteering",
    params(PledgePath),
    responses((status = 201, description = "The use.", body = PledgeUseView)),
    extensions(("x-problem-codes" = json!(["pledge-state-unfit", "pledge-own", "pledge-use-day-unfit"])))
)]
#[post("/{pledge}/uses")]
pub async fn create_pledge_use(
    caller: Caller,
    path: Path<PledgePath>,
    draft: Json<PledgeUseDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create_use(act, path.pledge, draft.into_inner()))
        .await
        .map(Created)
}

/// List the reports of a pledge
///
/// What both sides told each other, by year. 双向报告列表。
#[utoipa::path(
    tag = "volunteering",
    params(PledgePath, PageQuery),
    responses((status = 200, description = "One page of reports.", body = Page<PledgeReportView>))
)]
#[get("/{pledge}/reports")]
pub async fn list_pledge_reports(
    caller: Caller,
    path: Path<PledgePath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let page = gate.snapshot(caller, move |look| {
        look.scope(Action::List)?;
        let pledge = pledges::seen(look, path.pledge)?;
        let cursor = query.cursor.as_deref();
        let pager = look.pager(Action::List, &path.pledge, query.limit, cursor)?;
        let rows = store::reports(look, &pledge, &pager)?;
        pager.page(rows, |row: &ReportRow| row.year, PledgeReportView::from)
    });
    page.await.map(Listed)
}

/// Report of a year
///
/// What was done, for the community to who pledged: once a year, with the sums of what was noted. 年度报告。
#[utoipa::path(
    tag = "volunteering",
    params(PledgePath),
    responses((status = 201, description = "The report.", body = PledgeReportView)),
    extensions(("x-problem-codes" = json!([
        "pledge-state-unfit", "pledge-own", "pledge-report-year-unfit", "pledge-report-made"
    ])))
)]
#[post("/{pledge}/reports")]
pub async fn create_pledge_report(
    caller: Caller,
    path: Path<PledgePath>,
    draft: Json<PledgeReportDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create_report(act, path.pledge, draft.into_inner()))
        .await
        .map(Created)
}

/// Answer the report of a year
///
/// By who pledged, once. 回复年度报告。
#[utoipa::path(
    tag = "volunteering",
    params(PledgeReportPath),
    responses((status = 201, description = "The report, answered.", body = PledgeReportView)),
    extensions(("x-problem-codes" = json!(["pledge-state-unfit", "pledge-report-answered"])))
)]
#[post("/{pledge}/reports/{year}/answer")]
pub async fn create_pledge_report_answer(
    caller: Caller,
    path: Path<PledgeReportPath>,
    draft: Json<PledgeReportAnswerDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let PledgeReportPath { pledge, year } = path.into_inner();
    gate.write(caller, move |act| actions::answer(act, pledge, year.get(), &draft.into_inner()))
        .await
        .map(Created)
}
