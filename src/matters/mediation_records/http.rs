//! Handlers of notes and evidence.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{MediationEvidenceDraft, MediationEvidenceView, MediationNoteDraft, MediationNoteView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::{FORBIDDEN, Result};
use crate::matters::mediation_cases::{self, MediationCasePath};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_mediation_case_notes)
        .service(create_mediation_case_note)
        .service(list_mediation_case_evidence)
        .service(create_mediation_case_evidence);
}

/// List the notes of a case
///
/// The first first, as far as they are for the reader: those of one's own seat, those for the table, those for everybody. 调解记录。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath, PageQuery),
    responses((status = 200, description = "One page of notes.", body = Page<MediationNoteView>))
)]
#[get("/{mediation_case}/notes")]
pub async fn list_mediation_case_notes(
    caller: Caller,
    path: Path<MediationCasePath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (id, query) = (path.mediation_case, query.into_inner());
    let page = gate.read(caller, move |look| {
        look.scope(Action::ListNotes)?;
        let (_, stance) = mediation_cases::seen(look, id)?;
        if !stance.is_told_facts() {
            return FORBIDDEN.refuse();
        }
        let pager = look.pager(Action::ListNotes, &(&id, &stance), query.limit, query.cursor.as_deref())?;
        let rows = store::notes(look, id, stance, &pager)?;
        pager.page(rows, |row| row.id, MediationNoteView::from)
    });
    page.await.map(Listed)
}

/// Write something down at the table
///
/// For one's own seat alone, for the table, or for the parties, too. It is not changed; a later note adds to it. 记录。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 201, description = "The note.", body = MediationNoteView)),
    extensions(("x-problem-codes" = json!(["mediation-text-missing", "mediation-not-seated", "matter-state-unfit"])))
)]
#[post("/{mediation_case}/notes")]
pub async fn create_mediation_case_note(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationNoteDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::note(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Created)
}

/// List the evidence of a case
///
/// The first first, as far as the reader may see it: a party what it brought and what is for everybody. 证据目录。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath, PageQuery),
    responses((status = 200, description = "One page of evidence.", body = Page<MediationEvidenceView>))
)]
#[get("/{mediation_case}/evidence")]
pub async fn list_mediation_case_evidence(
    caller: Caller,
    path: Path<MediationCasePath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (id, query) = (path.mediation_case, query.into_inner());
    let page = gate.snapshot(caller, move |look| {
        look.scope(Action::ListEvidence)?;
        let (_, stance) = mediation_cases::seen(look, id)?;
        if !stance.is_told_facts() {
            return FORBIDDEN.refuse();
        }
        let pager =
            look.pager(Action::ListEvidence, &(&id, &stance), query.limit, query.cursor.as_deref())?;
        let rows = store::evidence(look, id, stance, &pager)?;
        let views = rows.into_iter().map(|row| actions::view(look, row)).collect::<Result<Vec<_>>>()?;
        pager.page(views, |view| view.id, |view| view)
    });
    page.await.map(Listed)
}

/// Show something
///
/// By a party or by who sits at the table, for whom they say: what one party shows the mediators in confidence the other does not see.
/// 提交证据。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 201, description = "The piece of evidence.", body = MediationEvidenceView)),
    extensions(("x-problem-codes" = json!(["mediation-not-seated", "matter-state-unfit", "file-unknown"])))
)]
#[post("/{mediation_case}/evidence")]
pub async fn create_mediation_case_evidence(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationEvidenceDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::show(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Created)
}
