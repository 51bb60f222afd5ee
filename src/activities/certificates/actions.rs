//! Issuing, showing, revoking and verifying certificates.

use serde_json::json;

use super::model::{
    CertificateField, CertificateId, CertificateRow, CertificateStatus, Issuer, NewCertificate,
};
use super::rules::{DAYS_REVERSED, ISSUER_UNFIT, NOTHING, REVOKED};
use super::wire::{
    CertificateDocumentView, CertificateDraft, CertificatePatch, CertificateRevocationDraft,
    CertificateVerificationView, CertificateView, Told,
};
use super::{Action, store};
use crate::access::act::{Act, Event, Look};
use crate::access::actor::ResidentId;
use crate::activities::shift_signups::own_records_ever;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::problem::{NOT_FOUND, Problem, Result};
use crate::matters::registry::Receipt;
use crate::people::document::Document;
use crate::people::subjects;

/// Issues a certificate of what one organiser recorded. Free, and as often as one asks.
pub fn create(
    act: &mut Act<'_>,
    wanted: Option<ResidentId>,
    draft: CertificateDraft,
    address: &str,
) -> Result<CertificateView> {
    act.scope(Action::Create)?;
    let issuer = match (draft.organisation, draft.building_group) {
        (Some(id), None) => Issuer::Organisation(id),
        (None, Some(id)) => Issuer::Group(id),
        _ => return Err(ISSUER_UNFIT.at("/organisation")),
    };
    let days = (draft.from.map(Day::get), draft.until.map(Day::get));
    if days.0.zip(days.1).is_some_and(|(from, until)| from > until) {
        return Err(DAYS_REVERSED.at("/from"));
    }
    let mut subjects = Vec::new();
    for subject in subjects::ever(act, wanted)? {
        subjects.push(act.permit(Action::Create, subject)?);
    }
    let subject = subjects.first().ok_or(&NOT_FOUND)?;
    let served = store::served(act, &subjects, issuer, days)?.ok_or(&NOTHING)?;
    let (shows_name, shows_document, shows_content) = shown(&draft.shows.into_inner());
    let new = NewCertificate {
        id: CertificateId::new(),
        number: Receipt::random()?,
        resident_id: subject.resident,
        account_id: act.actor.account()?,
        division: served.division,
        organisation_id: draft.organisation,
        building_group_id: draft.building_group,
        issuer_name: served.issuer_name,
        served_from: served.from,
        served_until: served.until,
        minutes: i32::try_from(served.minutes).map_err(Problem::fault)?,
        content: served.titles.join("；"),
        shows_name,
        shows_document,
        shows_content,
        created_at: act.now,
        updated_at: act.now,
    };
    let row = store::insert(act, subject, &new, &served.stays)?;
    record(act, Action::Create, &row)?;
    let told = tell(act, &row)?;
    Ok(CertificateView::new(row, told, address))
}

fn shown(fields: &[CertificateField]) -> (bool, bool, bool) {
    let has = |field: CertificateField| fields.contains(&field);
    (has(CertificateField::Name), has(CertificateField::Document), has(CertificateField::Content))
}

/// What a certificate tells at this moment.
pub fn tell(look: &mut Look<'_>, row: &CertificateRow) -> Result<Told> {
    let current_minutes = store::current(look, row)?;
    let status = match row.revoked_at {
        Some(_) => CertificateStatus::Revoked,
        None if current_minutes != i64::from(row.minutes) => CertificateStatus::Corrected,
        None => CertificateStatus::Valid,
    };
    let holder = store::holder(look, row)?;
    let document = match holder.as_ref().map(|one| (one.document_kind, &one.document_sealed)) {
        Some((Some(kind), Some(sealed))) => {
            let number = Document::open(look.ring, kind, sealed)?.masked();
            Some(CertificateDocumentView { kind, number })
        }
        _ => None,
    };
    Ok(Told { status, current_minutes, name: holder.map(|one| one.name), document })
}

/// Says what whoever has the number is shown from now on.
pub fn update(
    act: &mut Act<'_>,
    id: CertificateId,
    seen: &IfMatch,
    patch: CertificatePatch,
    address: &str,
) -> Result<CertificateView> {
    act.scope(Action::Update)?;
    let own = own_records_ever(act)?;
    let row = store::lock_own(act, id, &own)?;
    seen.check(row.version)?;
    let row = store::show(act, id, shown(&patch.shows.into_inner()))?;
    record(act, Action::Update, &row)?;
    let told = tell(act, &row)?;
    Ok(CertificateView::new(row, told, address))
}

/// Revokes a certificate, for good.
pub fn revoke(
    act: &mut Act<'_>,
    id: CertificateId,
    draft: CertificateRevocationDraft,
) -> Result<CertificateVerificationView> {
    let row = store::lock(act, id)?;
    let row = act.permit(Action::Revoke, row)?;
    if row.revoked_at.is_some() {
        return Err((&REVOKED).into());
    }
    let row = store::revoke(act, &row, draft.reason.into_inner())?;
    record(act, Action::Revoke, &row)?;
    act.announce("certificate.revoked", json!({ "certificate": id }))?;
    let told = tell(act, &row)?;
    Ok(CertificateVerificationView::new(row, told))
}

/// What whoever has the number is shown. One that can't be a number is none.
pub fn verify(look: &mut Look<'_>, number: &str) -> Result<CertificateVerificationView> {
    let number = Receipt::asked(number)?;
    let row = store::by_number(look, &number)?;
    let told = tell(look, &row)?;
    Ok(CertificateVerificationView::new(row, told))
}

fn record(act: &mut Act<'_>, action: Action, row: &CertificateRow) -> Result<()> {
    let detail = json!({
        "organisation": row.organisation_id, "building_group": row.building_group_id, "minutes": row.minutes,
        "shows": { "name": row.shows_name, "document": row.shows_document, "content": row.shows_content }
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
