//! Handlers of cases.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::ListedCase;
use super::views::{MediationCaseDetailView, MediationCaseView};
use super::wire::{
    MediationCaseDraft, MediationCasePatch, MediationCasePath, MediationCaseQuery, MediationSight,
};
use super::{Action, actions, filing, seeing, store};
use crate::access::act::Look;
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::{FORBIDDEN, Result};
use crate::matters::timeline::{self, MatterEventView};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_mediation_cases)
        .service(find_mediation_case)
        .service(create_mediation_case)
        .service(update_mediation_case)
        .service(list_mediation_case_events);
}

/// List mediation cases
///
/// One's own: those one is a party of, sits at the table of or registered, the newest first; or that there are some in the range of
/// one's posts, committee by committee, the oldest first. What they are about is in no list. 调解案件列表。
#[utoipa::path(
    tag = "mediation",
    params(MediationCaseQuery),
    responses((status = 200, description = "One page of cases.", body = Page<MediationCaseView>))
)]
#[get("")]
pub async fn list_mediation_cases(
    caller: Caller,
    query: Query<MediationCaseQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    gate.read(caller, move |look| page(look, &query)).await.map(Listed)
}

fn page(look: &mut Look<'_>, query: &MediationCaseQuery) -> Result<Page<MediationCaseView>> {
    let (filter, now) = (query.filter(), look.now);
    let has_range = !look.scope(Action::List)?.ranges.is_empty();
    let unless_told = if has_range { MediationSight::Range } else { MediationSight::Own };
    let sight = query.of.unwrap_or(unless_told);
    let pager = look.pager(Action::List, &(&sight, &filter), query.limit, query.cursor.as_deref())?;
    let rows = match sight {
        MediationSight::Range => store::page_of_range(look, &filter, &pager)?,
        MediationSight::Own => store::page_of_own(look, &filter, &pager)?,
    };
    let place = |row: &ListedCase| (row.matter.division, row.matter.id.0);
    pager.page(rows, place, |row| MediationCaseView::new(row, now))
}

/// See a mediation case
///
/// As a party, as who sits at the table or was asked to, as the office that has it, or, for whoever has the range, that there is one:
/// each is told what is for them (`read_as`). 调解案件详情。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView))
)]
#[get("/{mediation_case}")]
pub async fn find_mediation_case(
    caller: Caller,
    path: Path<MediationCasePath>,
    gate: Data<Gate>,
) -> Result<Found> {
    let id = path.mediation_case;
    gate.snapshot(caller, move |look| actions::find(look, id)).await.map(Found)
}

/// Register a mediation case
///
/// What the police refer, what a petition, a visitor or a court brings, with who is in dispute. What comes of a screening or of a
/// dispute entry begins there and is not registered here. Nothing begins before every party has agreed; it is free of charge
/// (人民调解法 4, 17). An `Idempotency-Key` is asked for. 登记调解案件。
#[utoipa::path(
    tag = "mediation",
    responses((status = 201, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!([
        "idempotency-key-missing", "mediation-division-not-committee", "mediation-incident-unfit", "mediation-petition-unfit",
        "mediation-source-unfit", "mediation-office-unknown", "mediation-party-unfit", "mediation-resident-unknown",
        "mediation-organisation-unknown", "mediation-party-twice", "mediation-guardian-missing", "mediation-representation-unfit"
    ])))
)]
#[post("")]
pub async fn create_mediation_case(
    caller: Caller,
    draft: Json<MediationCaseDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let caller = caller.with_key()?;
    gate.write(caller, move |act| filing::register(act, draft.into_inner())).await.map(Created)
}

/// Change a mediation case
///
/// What it is about, how hard it is, whether it may turn violent: by whoever runs it, until there is an agreement. 修改案情。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 200, description = "The case.", body = MediationCaseDetailView)),
    extensions(("x-problem-codes" = json!(["mediation-own-case", "matter-state-unfit"])))
)]
#[patch("/{mediation_case}")]
pub async fn update_mediation_case(
    caller: Caller,
    path: Path<MediationCasePath>,
    seen: IfMatch,
    patch: Json<MediationCasePatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.mediation_case, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// List what happened to a mediation case
///
/// The first first: parties read what is for everybody, the table and the office what they do besides. 调解过程。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath, PageQuery),
    responses((status = 200, description = "One page of the timeline.", body = Page<MatterEventView>))
)]
#[get("/{mediation_case}/events")]
pub async fn list_mediation_case_events(
    caller: Caller,
    path: Path<MediationCasePath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (id, query) = (path.mediation_case, query.into_inner());
    let page = gate.read(caller, move |look| {
        look.scope(Action::ListEvents)?;
        let (_, stance) = seeing::seen(look, id)?;
        let reader = stance.reader(&look.actor).ok_or(&FORBIDDEN)?;
        let pager = look.pager(Action::ListEvents, &(&id, &reader), query.limit, query.cursor.as_deref())?;
        let rows = timeline::page(look, id, &reader, &pager)?;
        pager.page(rows, |row| row.event.id, |row| MatterEventView::new(row, None))
    });
    page.await.map(Listed)
}
