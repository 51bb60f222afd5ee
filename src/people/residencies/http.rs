//! Handlers of residencies.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::views::{MyResidencyView, ResidencyView};
use super::wire::{ResidencyDecisionDraft, ResidencyDraft, ResidencyPath, ResidencyQuery};
use super::{Action, Follower, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Done, Found, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::people::residents::ResidentDetailView;
use crate::people::subjects::SubjectQuery;

/// Registers the operations below `/me`.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config
        .service(find_residency)
        .service(create_residency)
        .service(delete_residency)
        .service(find_my_record);
}

/// Registers the committee's operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_residencies).service(create_residency_decision);
}

/// See how far one is with being verified
///
/// What one last said of oneself, and what became of it. Where one shows it to several committees, what waits comes before what was
/// decided. 居民认证进度。
#[utoipa::path(
    tag = "me",
    responses((status = 200, description = "As it now is.", body = MyResidencyView)),
    extensions(("x-problem-codes" = json!(["not-found"])))
)]
#[get("/residency")]
pub async fn find_residency(caller: Caller, gate: Data<Gate>) -> Result<Found> {
    gate.read(caller, |look| store::find_own(look).map(MyResidencyView::from)).await.map(Found)
}

/// Become a verified resident
///
/// By name, document and home. Where all three agree with a record of the committee, and the account's telephone number is the
/// record's if that has one, the account is bound to it at once: `verified`. Anything else is `pending`, and the committee looks
/// at it; why is not told. Said again, it replaces what waits. Five times a day for an account, and for a document. 居民认证。
#[utoipa::path(
    tag = "me",
    responses((status = 201, description = "Verified, or left to the committee.", body = MyResidencyView)),
    extensions(("x-problem-codes" = json!(["residency-building-unknown", "residency-held", "residency-too-many"])))
)]
#[post("/residency")]
pub async fn create_residency(
    caller: Caller,
    draft: Json<ResidencyDraft>,
    follower: Data<Follower>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner(), **follower)).await.map(Created)
}

/// Take back what one said of oneself
///
/// What one last said that waits; nothing of it is kept. 撤回居民认证申请。
#[utoipa::path(
    tag = "me",
    responses((status = 204, description = "It is taken back.")),
    extensions(("x-problem-codes" = json!(["residency-decided", "not-found"])))
)]
#[delete("/residency")]
pub async fn delete_residency(caller: Caller, gate: Data<Gate>) -> Result<Done> {
    gate.write(caller, actions::delete).await.map(Done)
}

/// Read one's own record
///
/// What the committee keeps of a verified resident, or of a child whose guardian one is; numbers masked. 我的居民档案。
#[utoipa::path(
    tag = "me",
    params(SubjectQuery),
    responses((status = 200, description = "The record.", body = ResidentDetailView)),
    extensions(("x-problem-codes" = json!(["not-found"])))
)]
#[get("/resident")]
pub async fn find_my_record(caller: Caller, query: Query<SubjectQuery>, gate: Data<Gate>) -> Result<Found> {
    let wanted = query.subject;
    gate.read(caller, move |look| actions::find_record(look, wanted)).await.map(Found)
}

/// List who says they are a resident
///
/// Whoever waits to be verified within the range of one's posts, with the committee's record of the same document, and
/// whether that is bound to another account already. 待核实的居民认证。
#[utoipa::path(
    tag = "residencies",
    params(ResidencyQuery),
    responses((status = 200, description = "One page.", body = Page<ResidencyView>))
)]
#[get("")]
pub async fn list_residencies(
    caller: Caller,
    query: Query<ResidencyQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        let page = pager.page(rows, |(row, _)| (row.division, row.id.0), |both| both)?;
        page.try_map(|(row, candidate)| ResidencyView::new(row, candidate, look.ring))
    });
    page.await.map(Listed)
}

/// Decide whether somebody is who they say
///
/// Confirmed, the account is bound to the record named, or a new one is entered of what was said; refused, with the
/// reason. What was said is removed. A record of another account is given over only where `takes_over` says so.
/// 核实居民认证。
#[utoipa::path(
    tag = "residencies",
    params(ResidencyPath),
    responses((status = 201, description = "It is decided.", body = ResidencyView)),
    extensions(("x-problem-codes" = json!([
        "residency-decided", "residency-self-decided", "residency-reason-missing", "residency-resident-unknown",
        "residency-document-differs", "residency-taken", "residency-held", "residency-residence-missing",
        "resident-document-taken", "resident-division-not-committee"
    ])))
)]
#[post("/{residency}/decision")]
pub async fn create_residency_decision(
    caller: Caller,
    path: Path<ResidencyPath>,
    draft: Json<ResidencyDecisionDraft>,
    follower: Data<Follower>,
    gate: Data<Gate>,
) -> Result<Created> {
    let written =
        gate.write(caller, move |act| actions::decide(act, path.residency, draft.into_inner(), **follower));
    written.await.map(Created)
}
