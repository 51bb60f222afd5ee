//! Handlers of typical cases.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::PostedRow;
use super::wire::{
    MediationCaseExamplePath, MediationCaseExampleView, MediationExampleDraft, MediationExamplePatch,
    MediationExamplePath, MediationExampleQuery, MediationExampleReviewDraft, MediationExampleView,
    MediationExampleWithdrawalDraft,
};
use super::{Action, actions, store};
use crate::access::caller::{Caller, Visitor};
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::posted::{Posted, PostedPage};
use crate::kit::problem::Result;
use crate::matters::mediation_cases::MediationCasePath;

/// Registers what everybody reads.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_mediation_examples).service(find_mediation_example);
}

/// Registers what whoever runs a case does.
pub fn case_routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_mediation_case_examples)
        .service(create_mediation_case_example)
        .service(update_mediation_case_example)
        .service(create_mediation_case_example_review)
        .service(create_mediation_case_example_withdrawal);
}

/// List typical cases
///
/// Disputes that were settled or not, and what is to be learnt from them, the newest first; nobody is named. Public. 典型案例。
#[utoipa::path(
    tag = "mediation",
    security(()),
    params(MediationExampleQuery),
    responses((status = 200, description = "One page of typical cases.", body = Page<MediationExampleView>))
)]
#[get("")]
pub async fn list_mediation_examples(
    visitor: Visitor,
    query: Query<MediationExampleQuery>,
    gate: Data<Gate>,
) -> Result<PostedPage> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(visitor, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        let place = |row: &PostedRow| (row.published_at.unwrap_or_default(), row.id);
        pager.page(rows, place, MediationExampleView::from)
    });
    page.await.map(PostedPage)
}

/// See a typical case
///
/// Public; which case it was is not told. 典型案例详情。
#[utoipa::path(
    tag = "mediation",
    security(()),
    params(MediationExamplePath),
    responses((status = 200, description = "The typical case.", body = MediationExampleView))
)]
#[get("/{mediation_example}")]
pub async fn find_mediation_example(
    visitor: Visitor,
    path: Path<MediationExamplePath>,
    gate: Data<Gate>,
) -> Result<Posted> {
    let id = path.mediation_example;
    let found = gate.read(visitor, move |look| store::find_posted(look, id).map(MediationExampleView::from));
    found.await.map(Posted)
}

/// List the typical cases that were written of a case
///
/// Drafts, published and withdrawn ones, the newest first, for whoever runs the case. 本案典型案例稿。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The typical cases, on one page.", body = Page<MediationCaseExampleView>))
)]
#[get("/{mediation_case}/examples")]
pub async fn list_mediation_case_examples(
    caller: Caller,
    path: Path<MediationCasePath>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let id = path.mediation_case;
    let page = gate.snapshot(caller, move |look| {
        let items = actions::list(look, id)?.into_iter().map(MediationCaseExampleView::from).collect();
        Ok(Page { items, next_cursor: None, has_more: false })
    });
    page.await.map(Listed)
}

/// Write a typical case
///
/// By whoever runs a case that was filed. A text that has the name, a number or the home of a party is refused. It waits for somebody else
/// of the judicial office to read it. 编写典型案例。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 201, description = "The draft.", body = MediationCaseExampleView)),
    extensions(("x-problem-codes" = json!([
        "mediation-example-case-open", "mediation-example-exists", "mediation-example-not-anonymous", "mediation-own-case"
    ])))
)]
#[post("/{mediation_case}/examples")]
pub async fn create_mediation_case_example(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationExampleDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Created)
}

/// Change a typical case
///
/// While it is a draft. 修改典型案例稿。
#[utoipa::path(
    tag = "mediation",
    params(MediationCaseExamplePath),
    responses((status = 200, description = "The draft.", body = MediationCaseExampleView)),
    extensions(("x-problem-codes" = json!([
        "mediation-example-not-draft", "mediation-example-not-anonymous", "mediation-own-case"
    ])))
)]
#[patch("/{mediation_case}/examples/{example}")]
pub async fn update_mediation_case_example(
    caller: Caller,
    path: Path<MediationCaseExamplePath>,
    seen: IfMatch,
    patch: Json<MediationExamplePatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let MediationCaseExamplePath { mediation_case, example } = path.into_inner();
    gate.write(caller, move |act| actions::update(act, (mediation_case, example), &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// Review a typical case
///
/// By somebody of the judicial office who neither wrote it nor changed it last: published, or returned with what is to be changed. It is held
/// against the parties once more. 审核典型案例。
#[utoipa::path(
    tag = "mediation",
    params(MediationCaseExamplePath),
    responses((status = 201, description = "As it now is.", body = MediationCaseExampleView)),
    extensions(("x-problem-codes" = json!([
        "mediation-example-not-draft", "mediation-example-reviewer-same", "mediation-example-changed",
        "mediation-example-note-missing", "mediation-example-not-anonymous", "mediation-own-case"
    ])))
)]
#[post("/{mediation_case}/examples/{example}/review")]
pub async fn create_mediation_case_example_review(
    caller: Caller,
    path: Path<MediationCaseExamplePath>,
    draft: Json<MediationExampleReviewDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let MediationCaseExamplePath { mediation_case, example } = path.into_inner();
    gate.write(caller, move |act| actions::review(act, (mediation_case, example), draft.into_inner()))
        .await
        .map(Created)
}

/// Withdraw a typical case
///
/// By whoever runs the case, with a reason: nobody else reads it from then on, and another may be written. 撤下典型案例。
#[utoipa::path(
    tag = "mediation",
    params(MediationCaseExamplePath),
    responses((status = 201, description = "As it now is.", body = MediationCaseExampleView)),
    extensions(("x-problem-codes" = json!(["mediation-example-withdrawn", "mediation-own-case"])))
)]
#[post("/{mediation_case}/examples/{example}/withdrawal")]
pub async fn create_mediation_case_example_withdrawal(
    caller: Caller,
    path: Path<MediationCaseExamplePath>,
    draft: Json<MediationExampleWithdrawalDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let MediationCaseExamplePath { mediation_case, example } = path.into_inner();
    gate.write(caller, move |act| actions::withdraw(act, (mediation_case, example), draft.into_inner()))
        .await
        .map(Created)
}
