//! Handlers of agreements.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::views::{MediationAgreementVerificationView, MediationAgreementView};
use super::wire::{
    MediationAgreementDraft, MediationAgreementNumberPath, MediationAgreementPath, MediationSignatureDraft,
};
use super::{Action, actions, signing};
use crate::access::caller::{Caller, Visitor};
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Found, Listed};
use crate::kit::html::{FoundOrPage, PrintedPage, PrintedPageFile};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::matters::mediation_cases::{MediationCasePath, agreements};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_mediation_case_agreements)
        .service(create_mediation_case_agreement)
        .service(find_mediation_case_agreement)
        .service(find_mediation_case_agreement_document)
        .service(create_mediation_case_signature);
}

/// Registers what anybody may ask.
pub fn verification_routes(config: &mut ServiceConfig<'_>) {
    config.service(find_mediation_agreement_verification);
}

/// List the agreements of a case
///
/// The newest first: the one in force, the one that waits for signatures, and those they superseded. 调解协议列表。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath, PageQuery),
    responses((status = 200, description = "One page of agreements.", body = Page<MediationAgreementView>))
)]
#[get("/{mediation_case}/agreements")]
pub async fn list_mediation_case_agreements(
    caller: Caller,
    path: Path<MediationCasePath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (id, query, address) = (path.mediation_case, query.into_inner(), gate.tokens().issuer().to_owned());
    let page = gate.snapshot(caller, move |look| {
        look.scope(Action::List)?;
        actions::must_be_told(look, id)?;
        let pager = look.pager(Action::List, &id, query.limit, query.cursor.as_deref())?;
        let rows = agreements::page(look, id, &pager)?;
        let page = pager.page(rows, |row| row.id, |row| row)?;
        page.try_map(|row| actions::stand(look, row, &address))
    });
    page.await.map(Listed)
}

/// See an agreement
///
/// By its parties, its table and its office: the text with its hash, what is to be done and how far that is, who signed. 调解协议。
#[utoipa::path(
    tag = "mediation",
    params(MediationAgreementPath),
    responses((status = 200, description = "The agreement.", body = MediationAgreementView))
)]
#[get("/{mediation_case}/agreements/{agreement}")]
pub async fn find_mediation_case_agreement(
    caller: Caller,
    path: Path<MediationAgreementPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    let MediationAgreementPath { mediation_case, agreement } = path.into_inner();
    let address = gate.tokens().issuer().to_owned();
    let found = gate.snapshot(caller, move |look| {
        look.scope(Action::Find)?;
        actions::find(look, (mediation_case, agreement), &address)
    });
    found.await.map(Found)
}

/// Print an agreement
///
/// A page of A4 with the text, who signed, the hash, and the address and QR code where anybody verifies it; browsers print it and turn
/// it into PDF. 调解协议书打印页。
#[utoipa::path(
    tag = "mediation",
    params(MediationAgreementPath),
    responses((status = 200, description = "The page.", body = PrintedPageFile, content_type = "text/html"))
)]
#[get("/{mediation_case}/agreements/{agreement}/document")]
pub async fn find_mediation_case_agreement_document(
    caller: Caller,
    path: Path<MediationAgreementPath>,
    gate: Data<Gate>,
) -> Result<PrintedPage> {
    let MediationAgreementPath { mediation_case, agreement } = path.into_inner();
    let address = gate.tokens().issuer().to_owned();
    let drawn = gate.fetch_snapshot(caller, move |look| {
        look.scope(Action::FindDocument)?;
        actions::draw(look, (mediation_case, agreement), &address)
    });
    drawn.await.map(PrintedPage)
}

/// Draw up an agreement
///
/// By whoever runs the case. A written one waits for the signatures of every party, a mediator, and the committee's seal; it supersedes
/// one that still waits, and once signed the one in force. An oral one is noted, and in force from the day it was made (人民调解法 28–30).
/// It is never edited. 制作调解协议。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 201, description = "The agreement.", body = MediationAgreementView)),
    extensions(("x-problem-codes" = json!([
        "mediation-agreement-text-missing", "mediation-item-unfit", "mediation-item-party-unknown", "mediation-item-due-past",
        "mediation-agreed-on-unfit", "mediation-agreement-before-court", "mediation-own-case", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/agreements")]
pub async fn create_mediation_case_agreement(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationAgreementDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let address = gate.tokens().issuer().to_owned();
    gate.write(caller, move |act| actions::create(act, path.mediation_case, draft.into_inner(), &address))
        .await
        .map(Created)
}

/// Sign an agreement
///
/// By a party in the app, or on paper as noted by whoever runs the case; by a mediator; and with the committee's seal. What is signed is
/// the hash of the text. With the last signature the agreement is in force, and the 30 days for a joint request to the court begin
/// (人民调解法 29, 33). 签署调解协议。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 201, description = "The agreement.", body = MediationAgreementView)),
    extensions(("x-problem-codes" = json!([
        "mediation-signer-unfit", "mediation-agreement-other", "mediation-agreement-not-signing", "mediation-signed-already",
        "mediation-signature-paper-missing", "mediation-signed-on-unfit", "file-unknown", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/signatures")]
pub async fn create_mediation_case_signature(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationSignatureDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let address = gate.tokens().issuer().to_owned();
    let signed = gate.write(caller, move |act| {
        let row = signing::sign(act, path.mediation_case, draft.into_inner())?;
        actions::stand(act, row, &address)
    });
    signed.await.map(Created)
}

/// Verify an agreement
///
/// For anybody who was shown its number or its QR code: whether it is in force, superseded, given up or annulled by a court, since when, and
/// the hash of its text. Nothing of the parties, nor of what was agreed. 核验调解协议。
#[utoipa::path(
    tag = "mediation",
    security(()),
    params(MediationAgreementNumberPath),
    responses((
        status = 200, description = "The agreement; a page, where `text/html` is asked for.",
        content((MediationAgreementVerificationView = "application/json"), (PrintedPageFile = "text/html"))
    ))
)]
#[get("/{number}")]
pub async fn find_mediation_agreement_verification(
    visitor: Visitor,
    path: Path<MediationAgreementNumberPath>,
    gate: Data<Gate>,
) -> Result<FoundOrPage> {
    let found = gate.fetch(visitor, move |look| actions::verify(look, &path.number)).await?;
    FoundOrPage::of(&found)
}
