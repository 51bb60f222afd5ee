//! Handlers of corrections.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{
    CorrectionDecisionDraft, CorrectionDraft, CorrectionPath, CorrectionQuery, CorrectionView,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Done, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::people::subjects::{self, SubjectQuery, SubjectsQuery};

/// Registers the operations below `/me/corrections`.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_my_corrections).service(create_correction).service(delete_correction);
}

/// Registers the committee's operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_corrections).service(create_correction_decision);
}

/// List the corrections one asked for
///
/// With what the committee answered; the newest first. Of one record at a time: who has records of several committees names the others
/// with `for`. 我的更正申请。
#[utoipa::path(
    tag = "me",
    params(SubjectsQuery),
    responses((status = 200, description = "One page of corrections.", body = Page<CorrectionView>)),
    extensions(("x-problem-codes" = json!(["not-found"])))
)]
#[get("")]
pub async fn list_my_corrections(
    caller: Caller,
    query: Query<SubjectsQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        look.scope(Action::ListOwn)?;
        let subject = subjects::find(look, query.subject)?;
        let subject = look.permit(Action::ListOwn, subject)?;
        let pager = look.pager(Action::ListOwn, &subject.resident, query.limit, query.cursor.as_deref())?;
        let rows = store::page_own(look, &subject, &pager)?;
        pager.page(rows, |row| row.id, |row| row)?.try_map(|row| CorrectionView::new(row, look.ring))
    });
    page.await.map(Listed)
}

/// Ask for a correction
///
/// Of one field of one's own record, or, with `for`, of that of a child under 14 whose guardian one is. The committee
/// answers. 申请更正。
#[utoipa::path(
    tag = "me",
    params(SubjectQuery),
    responses((status = 201, description = "It waits for its answer.", body = CorrectionView)),
    extensions(("x-problem-codes" = json!(["correction-pending", "not-found"])))
)]
#[post("")]
pub async fn create_correction(
    caller: Caller,
    query: Query<SubjectQuery>,
    draft: Json<CorrectionDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let wanted = query.subject;
    gate.write(caller, move |act| actions::create(act, wanted, draft.into_inner())).await.map(Created)
}

/// Take back a correction that one asked for
///
/// As who asked, until it is answered; the value is removed. 撤回更正申请。
#[utoipa::path(
    tag = "me",
    params(CorrectionPath),
    responses((status = 204, description = "It is taken back.")),
    extensions(("x-problem-codes" = json!(["correction-decided"])))
)]
#[delete("/{correction}")]
pub async fn delete_correction(caller: Caller, path: Path<CorrectionPath>, gate: Data<Gate>) -> Result<Done> {
    gate.write(caller, move |act| actions::delete(act, path.correction)).await.map(Done)
}

/// List corrections
///
/// What residents within the range of one's posts ask to have corrected. 更正申请列表。
#[utoipa::path(
    tag = "corrections",
    params(CorrectionQuery),
    responses((status = 200, description = "One page of corrections.", body = Page<CorrectionView>))
)]
#[get("")]
pub async fn list_corrections(
    caller: Caller,
    query: Query<CorrectionQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        let page = pager.page(rows, |row| (row.division, row.id.0), |row| row)?;
        page.try_map(|row| CorrectionView::new(row, look.ring))
    });
    page.await.map(Listed)
}

/// Answer a correction
///
/// Accepted, it changes the record; refused, with the reason. The person reads the answer, and the value is removed here.
/// 答复更正申请。
#[utoipa::path(
    tag = "corrections",
    params(CorrectionPath),
    responses((status = 201, description = "It is answered.", body = CorrectionView)),
    extensions(("x-problem-codes" = json!([
        "correction-decided", "correction-self-decided", "correction-answer-missing", "resident-identifier-missing",
        "resident-contradicts-document", "resident-born-ahead", "resident-document-taken", "resident-closed"
    ])))
)]
#[post("/{correction}/decision")]
pub async fn create_correction_decision(
    caller: Caller,
    path: Path<CorrectionPath>,
    draft: Json<CorrectionDecisionDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::decide(act, path.correction, draft.into_inner()))
        .await
        .map(Created)
}
