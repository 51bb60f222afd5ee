//! Handlers of summons.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{NamedSummonsRow, RecordRow};
use super::wire::{
    SummonsAnswerDraft, SummonsAttendanceDraft, SummonsDraft, SummonsPath, SummonsQuery, SummonsRecordQuery,
    SummonsRecordView, SummonsRefusalDraft, SummonsView,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Found, Listed};
use crate::kit::clock::local_date;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_summons)
        .service(find_summons)
        .service(create_summons)
        .service(create_summons_acceptance)
        .service(create_summons_refusal)
        .service(create_summons_attendance)
        .service(create_summons_answer)
        .service(create_summons_withdrawal);
}

/// Registers the record of each organisation.
pub fn record_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_summons_records);
}

/// List summons
///
/// What was called within the range of one's posts, and what the organisations of one's posts are called to. 约请列表。
#[utoipa::path(
    tag = "summons",
    params(SummonsQuery),
    responses((status = 200, description = "One page of summons.", body = Page<SummonsView>))
)]
#[get("")]
pub async fn list_summons(caller: Caller, query: Query<SummonsQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        let key = |row: &NamedSummonsRow| (row.summons.division, row.summons.id.0);
        pager.page(rows, key, SummonsView::from)
    });
    page.await.map(Listed)
}

/// See a summons
///
/// With what was replied, who came, and what was answered. 约请详情。
#[utoipa::path(
    tag = "summons",
    params(SummonsPath),
    responses((status = 200, description = "The summons.", body = SummonsView))
)]
#[get("/{summons}")]
pub async fn find_summons(caller: Caller, path: Path<SummonsPath>, gate: Data<Gate>) -> Result<Found> {
    gate.read(caller, move |look| store::find(look, path.summons).map(SummonsView::from)).await.map(Found)
}

/// Summon an organisation
///
/// To a meeting, to answer a question, or both; for a street or a district within the range of one's posts. It waits in the
/// organisation's inbox. 约请职能部门。
#[utoipa::path(
    tag = "summons",
    responses((status = 201, description = "It is called.", body = SummonsView)),
    extensions(("x-problem-codes" = json!([
        "summons-division-unknown", "summons-organisation-unknown", "summons-matter-unknown", "summons-empty",
        "summons-meeting-unfit", "summons-reply-unfit"
    ])))
)]
#[post("")]
pub async fn create_summons(caller: Caller, draft: Json<SummonsDraft>, gate: Data<Gate>) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Accept a summons
///
/// For the organisation that is called: it comes, or answers. 应约。
#[utoipa::path(
    tag = "summons",
    params(SummonsPath),
    responses((status = 201, description = "It is accepted.", body = SummonsView)),
    extensions(("x-problem-codes" = json!(["summons-state-changed"])))
)]
#[post("/{summons}/acceptance")]
pub async fn create_summons_acceptance(
    caller: Caller,
    path: Path<SummonsPath>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::accept(act, path.summons)).await.map(Created)
}

/// Refuse a summons
///
/// For the organisation that is called, with the reason. 谢绝约请。
#[utoipa::path(
    tag = "summons",
    params(SummonsPath),
    responses((status = 201, description = "It is refused.", body = SummonsView)),
    extensions(("x-problem-codes" = json!(["summons-state-changed"])))
)]
#[post("/{summons}/refusal")]
pub async fn create_summons_refusal(
    caller: Caller,
    path: Path<SummonsPath>,
    draft: Json<SummonsRefusalDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::refuse(act, path.summons, draft.into_inner())).await.map(Created)
}

/// Note who came
///
/// For who called, once the meeting has begun. Whoever never replied can be noted, too. 登记出席情况。
#[utoipa::path(
    tag = "summons",
    params(SummonsPath),
    responses((status = 201, description = "It is noted.", body = SummonsView)),
    extensions(("x-problem-codes" = json!(["summons-state-changed", "summons-not-met"])))
)]
#[post("/{summons}/attendance")]
pub async fn create_summons_attendance(
    caller: Caller,
    path: Path<SummonsPath>,
    draft: Json<SummonsAttendanceDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::note_attendance(act, path.summons, &draft.into_inner()))
        .await
        .map(Created)
}

/// Answer a summons
///
/// For the organisation that is called, once, after it accepted or the meeting was held. 答复约请事项。
#[utoipa::path(
    tag = "summons",
    params(SummonsPath),
    responses((status = 201, description = "It is answered.", body = SummonsView)),
    extensions(("x-problem-codes" = json!(["summons-state-changed", "summons-answer-missing"])))
)]
#[post("/{summons}/answer")]
pub async fn create_summons_answer(
    caller: Caller,
    path: Path<SummonsPath>,
    draft: Json<SummonsAnswerDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::answer(act, path.summons, draft.into_inner())).await.map(Created)
}

/// Withdraw a summons
///
/// For who called, before anything came of it. It is not counted. 撤回约请。
#[utoipa::path(
    tag = "summons",
    params(SummonsPath),
    responses((status = 201, description = "It is withdrawn.", body = SummonsView)),
    extensions(("x-problem-codes" = json!(["summons-state-changed"])))
)]
#[post("/{summons}/withdrawal")]
pub async fn create_summons_withdrawal(
    caller: Caller,
    path: Path<SummonsPath>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::withdraw(act, path.summons)).await.map(Created)
}

/// List what became of summons
///
/// Organisation by organisation: how often it was called within the range of one's posts, what it replied, whether it came and
/// whether it answered. 约请履约记录。
#[utoipa::path(
    tag = "summons",
    params(SummonsRecordQuery),
    responses((status = 200, description = "One page of records.", body = Page<SummonsRecordView>))
)]
#[get("")]
pub async fn list_summons_records(
    caller: Caller,
    query: Query<SummonsRecordQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let (limit, cursor) = (query.limit, query.cursor.as_deref());
        let pager = look.pager(Action::ListRecords, &query.division, limit, cursor)?;
        let rows = store::records(look, query.division, local_date(look.now), &pager)?;
        pager.page(rows, |(row, _): &(RecordRow, String)| row.organisation.0, SummonsRecordView::from)
    });
    page.await.map(Listed)
}
