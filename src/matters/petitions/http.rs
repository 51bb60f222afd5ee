//! Handlers of petitions.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::views::{PetitionContactView, PetitionDetailView};
use super::wire::{
    PetitionContactDraft, PetitionDraft, PetitionModerationDraft, PetitionPatch, PetitionPath,
    PetitionPublicationDraft,
};
use super::{Action, actions, filing, seeing};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::{FORBIDDEN, Result};
use crate::matters::timeline::{self, MatterEventView};
use crate::places::coordinates::{CoordQuery, Located as _};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(find_petition)
        .service(create_petition)
        .service(update_petition)
        .service(list_petition_events)
        .service(create_petition_confirmation)
        .service(create_petition_moderation)
        .service(create_petition_publication)
        .service(create_petition_contact_disclosure);
}

/// See a petition
///
/// As who asked, as staff of the range, as an organisation that works on it, or as a neighbour: each is told what is for them.
/// 诉求详情。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath, CoordQuery),
    responses((status = 200, description = "The petition.", body = PetitionDetailView))
)]
#[get("/{petition}")]
pub async fn find_petition(
    caller: Caller,
    path: Path<PetitionPath>,
    query: Query<CoordQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    let found = gate.snapshot(caller, move |look| {
        let found = actions::find(look, path.petition)?;
        Ok(found.shown_in(query.coord_system))
    });
    found.await.map(Found)
}

/// File a petition
///
/// By a verified resident where they live, or by staff on somebody's behalf (`on_behalf`), over the counter, the hotline, a visit or
/// another system. An `Idempotency-Key` is asked for. 提交诉求。
#[utoipa::path(
    tag = "petitions",
    responses((status = 201, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!([
        "idempotency-key-missing", "petition-resident-unverified", "petition-division-not-committee",
        "petition-category-unfit", "petition-fact-unknown", "petition-fact-missing", "petition-fact-invalid",
        "petition-evidence-missing", "petition-text-missing", "petition-place-unknown", "petition-petitioner-unknown",
        "petition-joint-unfit", "petition-report-unfit", "petition-report-elsewhere", "petition-accused-unknown",
        "petition-visit-finding-unknown", "petition-building-group-missing", "petition-daily-limit",
        "petition-external-id-unfit", "file-unknown"
    ])))
)]
#[post("")]
pub async fn create_petition(
    caller: Caller,
    draft: Json<PetitionDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let caller = caller.with_key()?;
    gate.write(caller, move |act| filing::file(act, draft.into_inner())).await.map(Created)
}

/// Change a petition
///
/// By who asked, as long as nobody has accepted it. 修改诉求。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!([
        "petition-change-late", "petition-text-missing", "petition-joint-unfit", "petition-report-unfit",
        "petition-building-group-missing", "matter-state-unfit", "file-unknown"
    ])))
)]
#[patch("/{petition}")]
pub async fn update_petition(
    caller: Caller,
    path: Path<PetitionPath>,
    seen: IfMatch,
    patch: Json<PetitionPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.petition, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// List what happened to a petition
///
/// The first first, as far as the reader may see: who asked reads what is for them, staff what they note for each other, and an
/// organisation what it notes for itself. 办理过程。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath, PageQuery),
    responses((status = 200, description = "One page of the timeline.", body = Page<MatterEventView>))
)]
#[get("/{petition}/events")]
pub async fn list_petition_events(
    caller: Caller,
    path: Path<PetitionPath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (id, query) = (path.petition, query.into_inner());
    let page = gate.read(caller, move |look| {
        look.scope(Action::ListEvents)?;
        let (petition, stance) = seeing::seen(look, id)?;
        let unnamed = petition.own.account_id.filter(|_| !stance.is_told_who_asked(&petition));
        let reader = stance.reader(&look.actor).ok_or(&FORBIDDEN)?;
        let pager =
            look.pager(Action::ListEvents, &format!("{id}{reader:?}"), query.limit, query.cursor.as_deref())?;
        let rows = timeline::page(look, id, &reader, &pager)?;
        pager.page(rows, |row| row.event.id, |row| MatterEventView::new(row, unnamed))
    });
    page.await.map(Listed)
}

/// Confirm what was entered for oneself
///
/// Who was spoken for says that it was so. 确认代办。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["matter-state-unfit"])))
)]
#[post("/{petition}/confirmation")]
pub async fn create_petition_confirmation(
    caller: Caller,
    path: Path<PetitionPath>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::confirm(act, path.petition)).await.map(Changed)
}

/// Say what neighbours read of a petition
///
/// Other words, or nothing at all; the words as they were written are kept. 内容审核。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-own-matter", "petition-text-missing", "matter-state-unfit"])))
)]
#[post("/{petition}/moderation")]
pub async fn create_petition_moderation(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionModerationDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::moderate(act, path.petition, draft.into_inner()))
        .await
        .map(Changed)
}

/// Publish a closed petition as an example
///
/// In words that name nobody, for everybody to read. 典型案例公开。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-own-matter", "petition-text-missing", "matter-state-unfit"])))
)]
#[post("/{petition}/publication")]
pub async fn create_petition_publication(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionPublicationDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::publish(act, path.petition, draft.into_inner())).await.map(Changed)
}

/// See the whole telephone number of who asked
///
/// For whoever works on the petition, to call them. It stands in the timeline, and among the person's disclosures. 先行联系查看号码。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The number.", body = PetitionContactView)),
    extensions(("x-problem-codes" = json!(["petition-own-matter"])))
)]
#[post("/{petition}/contact-disclosures")]
pub async fn create_petition_contact_disclosure(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionContactDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::disclose_contact(act, path.petition, draft.into_inner()))
        .await
        .map(Changed)
}
