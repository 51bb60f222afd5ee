//! Handlers of visits.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::NamedVisitRow;
use super::views::{OwnVisitView, VisitDetailView, VisitView};
use super::wire::{VisitDraft, VisitPatch, VisitPath, VisitQuery};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_visits).service(find_visit).service(create_visit).service(update_visit);
}

/// Registers what the visited person sees, which has an address of its own.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_own_visits);
}

/// List visits
///
/// Visits and receptions within the range of one's posts, committee by committee, the newest first. 走访和接待记录列表。
#[utoipa::path(
    tag = "visits",
    params(VisitQuery),
    responses((status = 200, description = "One page of visits.", body = Page<VisitView>))
)]
#[get("")]
pub async fn list_visits(caller: Caller, query: Query<VisitQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        let place = |row: &NamedVisitRow| (row.visit.division, row.visit.visited_at, row.visit.id.0);
        pager.page(rows, place, VisitView::from)
    });
    page.await.map(Listed)
}

/// See a visit
///
/// With what was said and found. 走访、接待记录详情。
#[utoipa::path(
    tag = "visits",
    params(VisitPath),
    responses((status = 200, description = "The visit.", body = VisitDetailView))
)]
#[get("/{visit}")]
pub async fn find_visit(caller: Caller, path: Path<VisitPath>, gate: Data<Gate>) -> Result<Found> {
    let id = path.visit;
    gate.read(caller, move |look| actions::find(look, id)).await.map(Found)
}

/// Write down a visit
///
/// A visit to somebody or to a home, or a reception in the office, with what was found. A visit is often written down on a bad
/// line, so an `Idempotency-Key` is asked for. 登记走访、接待。
#[utoipa::path(
    tag = "visits",
    responses((status = 201, description = "The visit.", body = VisitDetailView)),
    extensions(("x-problem-codes" = json!([
        "idempotency-key-missing", "visit-division-not-committee", "visit-subject-missing", "visit-resident-unknown",
        "visit-home-unknown", "visit-companion-unknown", "visit-moment-invalid", "visit-follow-up-early",
        "visit-follows-unknown", "visit-follows-other", "visit-followed-up-already", "visit-photo-invalid", "file-unknown"
    ])))
)]
#[post("")]
pub async fn create_visit(caller: Caller, draft: Json<VisitDraft>, gate: Data<Gate>) -> Result<Created> {
    let caller = caller.with_key()?;
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a visit
///
/// By its author or the committee's head, within seven days of its entry. Findings can be added and put into other words; a
/// finding that is dealt with is closed instead. 修改走访、接待记录。
#[utoipa::path(
    tag = "visits",
    params(VisitPath),
    responses((status = 200, description = "The visit.", body = VisitDetailView)),
    extensions(("x-problem-codes" = json!([
        "visit-subject-missing", "visit-resident-unknown", "visit-home-unknown", "visit-companion-unknown",
        "visit-moment-invalid", "visit-follow-up-early", "visit-follows-other", "visit-followed-up-already",
        "visit-change-late", "visit-finding-unknown", "visit-too-much", "visit-photo-invalid", "file-unknown"
    ])))
)]
#[patch("/{visit}")]
pub async fn update_visit(
    caller: Caller,
    path: Path<VisitPath>,
    seen: IfMatch,
    patch: Json<VisitPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.visit, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// List the visits to oneself
///
/// When one was visited or received, by whom, what was said, and what kinds of things were found; the newest first. What staff
/// note for themselves, the words of findings and photos are left out, since they may speak of others: who wants to know more
/// asks the committee. 我的被走访、接待记录。
#[utoipa::path(
    tag = "me",
    params(PageQuery),
    responses((status = 200, description = "One page of visits.", body = Page<OwnVisitView>))
)]
#[get("")]
pub async fn list_own_visits(caller: Caller, query: Query<PageQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::ListOwn, &(), query.limit, query.cursor.as_deref())?;
        actions::own_page(look, &pager)
    });
    page.await.map(Listed)
}
