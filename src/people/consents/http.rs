//! Handlers of consents.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{ConsentDraft, ConsentPath, ConsentView, PrivacyNoticeView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Done, Listed, Public, Written};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::people::subjects::{SubjectQuery, SubjectsQuery};

/// Registers the operations below `/me/consents`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_consents).service(create_consent).service(delete_consent);
}

/// Registers the notice, which has an address of its own.
pub fn notice_routes(config: &mut ServiceConfig<'_>) {
    config.service(find_privacy_notice);
}

/// List one's consents
///
/// What one agreed to, also what was withdrawn; the newest first. 我的同意记录。
#[utoipa::path(
    tag = "me",
    params(SubjectsQuery),
    responses((status = 200, description = "One page of consents.", body = Page<ConsentView>)),
    extensions(("x-problem-codes" = json!(["not-found"])))
)]
#[get("")]
pub async fn list_consents(caller: Caller, query: Query<SubjectsQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let (party, _) = actions::party(look, query.subject)?;
        let pager = look.pager(Action::List, &query.subject, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &party, &pager)?;
        pager.page(rows, |row| row.id, ConsentView::from)
    });
    page.await.map(Listed)
}

/// Agree to something
///
/// To one purpose, having read the privacy notice of that version; to `third_party_sharing` of one `recipient` at a time (`GET
/// /v1/me/data-grants` tells who asks). For a child under 14 its guardian agrees, with `for`. 同意。
#[utoipa::path(
    tag = "me",
    params(SubjectQuery),
    responses((status = 201, description = "It is written down.", body = ConsentView)),
    extensions(("x-problem-codes" = json!([
        "consent-notice-stale", "consent-given", "consent-not-separate", "consent-guardian-needed",
        "consent-recipient-missing", "consent-recipient-unfit", "consent-recipient-unknown", "organisation-closed",
        "not-found"
    ])))
)]
#[post("")]
pub async fn create_consent(
    caller: Caller,
    query: Query<SubjectQuery>,
    draft: Json<ConsentDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let wanted = query.subject;
    gate.write(caller, move |act| actions::create(act, wanted, draft.into_inner())).await.map(Created)
}

/// Withdraw a consent
///
/// It counts no more from now on, and stays in the list as withdrawn; what is kept of one's health is deleted with the
/// consent to it. 撤回同意。
#[utoipa::path(
    tag = "me",
    params(ConsentPath, SubjectQuery),
    responses((status = 204, description = "It is withdrawn."))
)]
#[delete("/{consent}")]
pub async fn delete_consent(
    caller: Caller,
    path: Path<ConsentPath>,
    query: Query<SubjectQuery>,
    gate: Data<Gate>,
) -> Result<Done> {
    let wanted = query.subject;
    gate.write(caller, move |act| actions::delete(act, path.consent, wanted)).await.map(Done)
}

/// Read the privacy notice
///
/// What is kept of a person, why, how long, who else sees it, and the rights there are; in Chinese and English. Public.
/// 个人信息处理告知。
#[utoipa::path(
    tag = "service",
    security(()),
    responses((status = 200, description = "The notice in force.", body = PrivacyNoticeView))
)]
#[get("")]
pub async fn find_privacy_notice() -> Result<Public> {
    Written::of(&PrivacyNoticeView::current()).map(Public)
}
