//! Handlers of dispute entries.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::PlacedEntryRow;
use super::views::{DisputeEntryDetailView, DisputeEntryView};
use super::wire::{
    DisputeAnswerDraft, DisputeEntryDraft, DisputeEntryPath, DisputeEntryQuery, DisputeEntrySight,
    DisputeHandoverDraft,
};
use super::{Action, actions, filing, store};
use crate::access::act::Look;
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Found, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::people::subjects::SubjectQuery;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_dispute_entries)
        .service(find_dispute_entry)
        .service(create_dispute_entry)
        .service(create_dispute_entry_acceptance)
        .service(create_dispute_entry_answer)
        .service(create_dispute_entry_handover);
}

/// List dispute entries
///
/// One's own, the newest first; what one's organisation received; or that there are some in the range of one's posts, committee by
/// committee. What they are about is in no list. 解纷一件事列表。
#[utoipa::path(
    tag = "mediation",
    params(DisputeEntryQuery),
    responses((status = 200, description = "One page of entries.", body = Page<DisputeEntryView>))
)]
#[get("")]
pub async fn list_dispute_entries(
    caller: Caller,
    query: Query<DisputeEntryQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    gate.read(caller, move |look| page(look, &query)).await.map(Listed)
}

fn page(look: &mut Look<'_>, query: &DisputeEntryQuery) -> Result<Page<DisputeEntryView>> {
    let filter = query.filter();
    let has_range = !look.scope(Action::List)?.ranges.is_empty();
    let unless_told = if has_range { DisputeEntrySight::Range } else { DisputeEntrySight::Own };
    let sight = query.of.unwrap_or(unless_told);
    let pager = look.pager(Action::List, &(&sight, &filter), query.limit, query.cursor.as_deref())?;
    let rows = match sight {
        DisputeEntrySight::Range => store::page_of_range(look, &filter, &pager)?,
        DisputeEntrySight::Own => store::page_of_own(look, &filter, &pager)?,
        DisputeEntrySight::Received => store::page_of_received(look, &filter, &pager)?,
    };
    let place = |row: &PlacedEntryRow| (row.entry.division, row.entry.id.0);
    pager.page(rows, place, DisputeEntryView::from)
}

/// See a dispute entry
///
/// Where it went, where it stands and what came of it; of a mediation, its case as it stands just now. Whoever merely has the range is told
/// that there is one (`read_as`). 解纷一件事详情。
#[utoipa::path(
    tag = "mediation",
    params(DisputeEntryPath),
    responses((status = 200, description = "The entry.", body = DisputeEntryDetailView))
)]
#[get("/{dispute_entry}")]
pub async fn find_dispute_entry(
    caller: Caller,
    path: Path<DisputeEntryPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    let id = path.dispute_entry;
    gate.snapshot(caller, move |look| actions::find(look, id)).await.map(Found)
}

/// Tell a dispute
///
/// Once: by a verified resident for themselves or, with `for`, for a child under 14 whose guardian they are; or by staff for somebody
/// (`on_behalf`). By the rules of the place it goes to the police, to a court, to legal aid or to mediation; what is mediated is a case at
/// once, with whose it is as applicant, and a child's guardian speaking for it. An `Idempotency-Key` is asked for. 解纷一件事。
#[utoipa::path(
    tag = "mediation",
    params(SubjectQuery),
    responses((status = 201, description = "It went its way.", body = DisputeEntryDetailView)),
    extensions(("x-problem-codes" = json!([
        "idempotency-key-missing", "dispute-entry-division-not-committee", "dispute-entry-residency-missing",
        "dispute-entry-person-unfit", "dispute-entry-other-unfit", "dispute-entry-too-many", "dispute-entry-route-unknown",
        "mediation-organisation-unknown", "mediation-resident-unknown", "mediation-guardian-missing", "not-found"
    ])))
)]
#[post("")]
pub async fn create_dispute_entry(
    caller: Caller,
    query: Query<SubjectQuery>,
    draft: Json<DisputeEntryDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let (caller, wanted) = (caller.with_key()?, query.subject);
    gate.write(caller, move |act| filing::create(act, wanted, draft.into_inner())).await.map(Created)
}

/// Take a dispute entry
///
/// For the organisation that received it: it is theirs. 接收转来的纠纷。
#[utoipa::path(
    tag = "mediation",
    params(DisputeEntryPath),
    responses((status = 201, description = "It is taken.", body = DisputeEntryDetailView)),
    extensions(("x-problem-codes" = json!(["dispute-entry-state-unfit"])))
)]
#[post("/{dispute_entry}/acceptance")]
pub async fn create_dispute_entry_acceptance(
    caller: Caller,
    path: Path<DisputeEntryPath>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::accept(act, path.dispute_entry)).await.map(Created)
}

/// Answer a dispute entry
///
/// For the organisation that received it: what came of it, in a few words that the entrant reads. 答复转来的纠纷。
#[utoipa::path(
    tag = "mediation",
    params(DisputeEntryPath),
    responses((status = 201, description = "It is answered.", body = DisputeEntryDetailView)),
    extensions(("x-problem-codes" = json!(["dispute-entry-state-unfit"])))
)]
#[post("/{dispute_entry}/answer")]
pub async fn create_dispute_entry_answer(
    caller: Caller,
    path: Path<DisputeEntryPath>,
    draft: Json<DisputeAnswerDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::answer(act, path.dispute_entry, draft.into_inner()))
        .await
        .map(Created)
}

/// Hand a dispute entry on
///
/// For the organisation that received it, once and with a reason: it is not theirs and goes another way. The entrant is told. What goes to
/// mediation is a case at once, in which the guardian who told it for a child speaks if they are its guardian still; a case is refused or
/// failed in its own place, which tells the other ways. 转办。
#[utoipa::path(
    tag = "mediation",
    params(DisputeEntryPath),
    responses((status = 201, description = "It went another way.", body = DisputeEntryDetailView)),
    extensions(("x-problem-codes" = json!([
        "dispute-entry-state-unfit", "dispute-entry-handed-already", "dispute-entry-route-same", "mediation-organisation-unknown",
        "mediation-guardian-missing"
    ])))
)]
#[post("/{dispute_entry}/handover")]
pub async fn create_dispute_entry_handover(
    caller: Caller,
    path: Path<DisputeEntryPath>,
    draft: Json<DisputeHandoverDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::hand_over(act, path.dispute_entry, draft.into_inner()))
        .await
        .map(Created)
}
