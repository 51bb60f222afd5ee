//! Handlers of erasures, and of records sealed by law.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{
    ErasureDecisionDraft, ErasureDraft, ErasurePath, ErasureQuery, ErasureView, ResidentErasureDraft,
    ResidentErasurePath, RestrictedResidentPath, RestrictedResidentQuery,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Done, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::people::residents::{ResidentDetailView, ResidentView};
use crate::people::subjects::{self, SubjectQuery, SubjectsQuery};

/// Registers the operations below `/me/erasures`.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_my_erasures).service(create_erasure).service(delete_erasure);
}

/// Registers the committee's operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_erasures).service(create_erasure_decision);
}

/// Registers what is asked for in the office, below `/residents`.
pub fn resident_routes(config: &mut ServiceConfig<'_>) {
    config.service(create_resident_erasure);
}

/// Registers the records sealed by law, which have an address of their own.
pub fn restricted_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_restricted_residents).service(find_restricted_resident);
}

/// List one's wishes to be deleted
///
/// With what became of each; the newest first. Without `for`, all that one asked for, also for a child, and what was asked for in the
/// office about one's own records. 我的删除申请。
#[utoipa::path(
    tag = "me",
    params(SubjectsQuery),
    responses((status = 200, description = "One page.", body = Page<ErasureView>)),
    extensions(("x-problem-codes" = json!(["not-found"])))
)]
#[get("")]
pub async fn list_my_erasures(
    caller: Caller,
    query: Query<SubjectsQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let subject = match query.subject {
            None => None,
            wanted => {
                let subject = subjects::find_ever(look, wanted)?;
                Some(look.permit(Action::ListOwn, subject)?)
            }
        };
        let pager = look.pager(Action::ListOwn, &query.subject, query.limit, query.cursor.as_deref())?;
        let rows = store::page_own(look, subject.as_ref(), &pager)?;
        pager.page(rows, |row| row.id, ErasureView::from)
    });
    page.await.map(Listed)
}

/// Ask to have one's record deleted
///
/// By article 47 of the Personal Information Protection Law (个人信息保护法第四十七条). The committee's head or the street decides.
/// With `for`, the record of a child under 14 whose guardian one is. 申请删除。
#[utoipa::path(
    tag = "me",
    params(SubjectQuery),
    responses((status = 201, description = "It waits for its decision.", body = ErasureView)),
    extensions(("x-problem-codes" = json!(["erasure-pending", "not-found"])))
)]
#[post("")]
pub async fn create_erasure(
    caller: Caller,
    query: Query<SubjectQuery>,
    draft: Json<ErasureDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let wanted = query.subject;
    gate.write(caller, move |act| actions::create(act, wanted, draft.into_inner())).await.map(Created)
}

/// Take back one's wish to be deleted
///
/// As who asked; where that was in the office as whose record it is, or their guardian for a child. Until it is decided. 撤回删除申请。
#[utoipa::path(
    tag = "me",
    params(ErasurePath),
    responses((status = 204, description = "It is taken back.")),
    extensions(("x-problem-codes" = json!(["erasure-decided"])))
)]
#[delete("/{erasure}")]
pub async fn delete_erasure(caller: Caller, path: Path<ErasurePath>, gate: Data<Gate>) -> Result<Done> {
    gate.write(caller, move |act| actions::delete(act, path.erasure)).await.map(Done)
}

/// List wishes to be deleted
///
/// Those of residents within the range of one's posts; among the erased, also records that nobody asked about and that were kept
/// long enough. 删除申请列表。
#[utoipa::path(
    tag = "erasures",
    params(ErasureQuery),
    responses((status = 200, description = "One page.", body = Page<ErasureView>))
)]
#[get("")]
pub async fn list_erasures(caller: Caller, query: Query<ErasureQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), ErasureView::from)
    });
    page.await.map(Listed)
}

/// Enter a wish to be deleted
///
/// Of who asks in the office, as who has no account does (个人信息保护法第五十条): the person, a guardian, or of who died a near relative
/// (第四十九条). It is decided as any other, but not by who entered it. 代为登记删除申请。
#[utoipa::path(
    tag = "erasures",
    params(ResidentErasurePath),
    responses((status = 201, description = "It waits for its decision.", body = ErasureView)),
    extensions(("x-problem-codes" = json!(["erasure-pending", "erasure-record-gone", "erasure-asker-unfit"])))
)]
#[post("/{resident}/erasures")]
pub async fn create_resident_erasure(
    caller: Caller,
    path: Path<ResidentErasurePath>,
    draft: Json<ResidentErasureDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::enter(act, path.resident, draft.into_inner())).await.map(Created)
}

/// Decide about a wish to be deleted
///
/// Erased: the record's numbers and everything it need not have are emptied, its account is freed, and it can't be brought
/// back. Sealed by law: it is kept, with the reason, and found by the committee's head only. Refused: with the reason.
/// 处理删除申请。
#[utoipa::path(
    tag = "erasures",
    params(ErasurePath),
    responses((status = 201, description = "It is decided.", body = ErasureView)),
    extensions(("x-problem-codes" = json!([
        "erasure-decided", "erasure-self-decided", "erasure-answer-missing", "erasure-record-gone", "erasure-ties"
    ])))
)]
#[post("/{erasure}/decision")]
pub async fn create_erasure_decision(
    caller: Caller,
    path: Path<ErasurePath>,
    draft: Json<ErasureDecisionDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::decide(act, path.erasure, draft.into_inner())).await.map(Created)
}

/// List records sealed by law
///
/// What is kept although its person asked to have it deleted. For committees' heads. 依法封存的档案。
#[utoipa::path(
    tag = "erasures",
    params(RestrictedResidentQuery),
    responses((status = 200, description = "One page of records.", body = Page<ResidentView>))
)]
#[get("")]
pub async fn list_restricted_residents(
    caller: Caller,
    query: Query<RestrictedResidentQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let RestrictedResidentQuery { division, limit, cursor } = query.into_inner();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::ListRestricted, &division, limit, cursor.as_deref())?;
        let rows = store::page_restricted(look, division, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), ResidentView::from)
    });
    page.await.map(Listed)
}

/// Find a record sealed by law
///
/// Numbers masked; it is recorded that somebody looked. For the committee's head. 查看依法封存的档案（留痕）。
#[utoipa::path(
    tag = "erasures",
    params(RestrictedResidentPath),
    responses((status = 200, description = "The record.", body = ResidentDetailView))
)]
#[get("/{resident}")]
pub async fn find_restricted_resident(
    caller: Caller,
    path: Path<RestrictedResidentPath>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::find_restricted(act, path.resident)).await.map(Changed)
}
