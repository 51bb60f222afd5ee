//! Issuing, showing, revoking and verifying certificates.

use serde_json::json;

use super::model::{
    CertificateId, CertificateRow, CertificateStatus, Facts, Issuer, NewCertificate, Served, Shown,
};
use super::rules::{DAYS_REVERSED, ISSUER_UNFIT, NOTHING, REVOKED};
use super::views::{CertificateDocumentView, CertificateVerificationView, CertificateView, Told};
use super::wire::{CertificateDraft, CertificatePatch, CertificateRevocationDraft};
use super::{Action, store};
use crate::access::act::{Act, Event, Look, Permit};
use crate::access::actor::ResidentId;
use crate::access::division::Division;
use crate::activities::{volunteer_hours, volunteer_rules};
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::problem::{NOT_FOUND, Problem, Result};
use crate::matters::registry::Receipt;
use crate::people::document::Document;
use crate::people::subjects::{self, Subject};

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
    let facts = facts(act, &subjects, &served)?;
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
        facts,
        shown: Shown::only(draft.shows.as_slice()),
        created_at: act.now,
        updated_at: act.now,
    };
    let row = store::insert(act, subject, &new, &served.stays)?;
    record(act, Action::Create, &row)?;
    let told = tell(act, &row)?;
    Ok(CertificateView::new(row, told, address))
}

/// What else it tells, as it stands at this moment. Stars are of all hours, whoever organised them, as the ledger says them.
fn facts(act: &mut Act<'_>, subjects: &[Permit<Subject>], served: &Served) -> Result<Facts> {
    let of: Vec<ResidentId> = subjects.iter().map(|subject| subject.resident).collect();
    let place = subjects.first().map_or(Division::SHANGHAI, |subject| subject.division);
    let minutes = volunteer_hours::total(act, &of)?;
    let stars = volunteer_rules::store::all(act.conn)?.reached(place, local_date(act.now), minutes);
    Ok(Facts {
        handler: store::handler(act, &served.stays)?,
        contact: served.contact.clone(),
        recognitions: store::honours(act, &of)?.join("；"),
        stars: Some(stars),
    })
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

/// A certificate of the caller's record, or of a child's whose guardian they are. To have asked for it once is not enough: the child has
/// grown up since, or the record is found to be somebody else's.
fn own(look: &mut Look<'_>, id: CertificateId) -> Result<CertificateRow> {
    let row = store::load(look, id)?;
    subjects::find_ever(look, Some(row.resident_id))?;
    Ok(row)
}

/// A certificate as it is printed for its holder, who has all of it to give; one that was revoked is not.
pub fn find_printed(look: &mut Look<'_>, id: CertificateId, address: &str) -> Result<CertificateView> {
    look.scope(Action::FindSheet)?;
    let row = own(look, id)?;
    if row.revoked_at.is_some() {
        return REVOKED.refuse();
    }
    let told = tell(look, &row)?;
    Ok(CertificateView::new(row, told, address))
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
    own(act, id)?;
    let row = store::lock_own(act, id)?;
    seen.check(row.version)?;
    let row = store::show(act, id, Shown::only(patch.shows.as_slice()))?;
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
        return REVOKED.refuse();
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
        "shows": row.shown.fields().iter().map(|field| field.as_str()).collect::<Vec<_>>()
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
