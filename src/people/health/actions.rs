//! Looking at somebody's health, writing it down, and forgetting it.

use chrono::NaiveDate;
use serde_json::json;

use super::kinds::ConsentHow;
use super::model::{HealthRow, NewHealth};
use super::rules::{CONSENT_AHEAD, NO_CONSENT};
use super::wire::{
    HealthConsentDraft, HealthSummaryView, NOTE_SEAL, ResidentHealthDraft, ResidentHealthView,
};
use super::{Action, store};
use crate::access::act::{Act, Event, Look, Permit};
use crate::access::division::Division;
use crate::kit::answer::Nothing;
use crate::kit::clock::local_date;
use crate::kit::crypto::Keyring;
use crate::kit::etag::IfMatch;
use crate::kit::problem::{NOT_FOUND, Result};
use crate::people::disclosures::{self, DisclosurePurpose, ResidentId};
use crate::people::residents::{self, ResidentDetailRow, ResidentStatus};

/// The day of a consent, how it was given, and the version of the notice.
type Consented = (NaiveDate, ConsentHow, i32);

/// Somebody's health, for a purpose that the person can read afterwards.
pub fn find(act: &mut Act<'_>, id: ResidentId, purpose: DisclosurePurpose) -> Result<ResidentHealthView> {
    let resident = residents::store::find(act, id)?;
    let resident = act.permit(Action::Find, resident)?;
    let row = store::find(act, &resident)?.ok_or(&NOT_FOUND)?;
    let standing = act.actor.standing_for(Action::Find, row.division);
    if disclosures::note(act, row.resident_id, standing, purpose, &["health"])? {
        let detail = json!({ "purpose": purpose.as_str() });
        let (id, division) = (row.resident_id.to_string(), Some(row.division));
        act.record(Event { action: Action::Find, id, division, detail })?;
    }
    ResidentHealthView::new(row, act.ring)
}

/// Writes somebody's health down, with the consent that is sent, the one on record, or the one they gave online.
pub fn update(
    act: &mut Act<'_>,
    id: ResidentId,
    seen: &IfMatch,
    draft: ResidentHealthDraft,
) -> Result<ResidentHealthView> {
    let resident = residents::store::lock(act, id)?;
    let resident = act.permit(Action::Update, resident)?;
    let before = store::find(act, &resident)?;
    let version = before.as_ref().map_or(0, |row| row.version);
    seen.check(version)?;
    if resident.resident.status != ResidentStatus::Present {
        return residents::CLOSED.refuse();
    }
    let consent = consent(act, &resident, draft.consent.as_ref(), before.as_ref())?;
    let new = new_health(act, &resident, draft, before.as_ref(), consent)?;
    let new = act.permit(Action::Update, new)?;
    let row = store::put(act, &new)?;
    let detail = json!({ "version": row.version, "consent_version": row.consent_version });
    act.record(Event { action: Action::Update, id: id.to_string(), division: Some(row.division), detail })?;
    ResidentHealthView::new(row, act.ring)
}

/// By which consent it is written: the day, how, and the version of the notice. What was given online is on record, and nobody else's to say.
fn consent(
    act: &mut Act<'_>,
    resident: &Permit<ResidentDetailRow>,
    sent: Option<&HealthConsentDraft>,
    before: Option<&HealthRow>,
) -> Result<Consented> {
    if sent.is_some_and(|sent| sent.consented_on.get() > local_date(act.now)) {
        return Err(CONSENT_AHEAD.at("/consent/consented_on"));
    }
    let on_paper = sent.filter(|sent| sent.how == ConsentHow::SignedPaper);
    if let Some(paper) = on_paper {
        return Ok((paper.consented_on.get(), paper.how, paper.version.get()));
    }
    if let Some(known) = before.filter(|_| sent.is_none()) {
        return Ok((known.consented_on, known.consent_how, known.consent_version));
    }
    let (given_at, version) = store::agreed(act, resident)?.ok_or(&NO_CONSENT)?;
    Ok((local_date(given_at), ConsentHow::InApp, version))
}

fn new_health(
    act: &Act<'_>,
    resident: &Permit<ResidentDetailRow>,
    draft: ResidentHealthDraft,
    before: Option<&HealthRow>,
    (consented_on, consent_how, consent_version): Consented,
) -> Result<NewHealth> {
    let mut conditions = draft.conditions.into_inner();
    conditions.sort_unstable_by_key(|condition| condition.as_str());
    conditions.dedup();
    Ok(NewHealth {
        resident_id: resident.resident.id,
        division: resident.resident.division,
        mobility: draft.mobility,
        care_level: draft.care_level,
        conditions,
        note_sealed: seal(act.ring, &draft.note)?,
        consented_on,
        consent_how,
        consent_version,
        updated_by: act.actor.account()?,
        // A record may go and come again, and no version of it is met twice.
        version: before.map_or_else(|| act.now.timestamp_micros(), |row| row.version + 1),
        updated_at: act.now,
    })
}

fn seal(ring: &Keyring, note: &str) -> Result<Option<Vec<u8>>> {
    if note.is_empty() { Ok(None) } else { ring.seal(NOTE_SEAL, note.as_bytes()).map(Some) }
}

/// Forgets somebody's health: the consent is withdrawn.
pub fn delete(act: &mut Act<'_>, id: ResidentId) -> Result<Nothing> {
    let resident = residents::store::lock(act, id)?;
    let resident = act.permit(Action::Delete, resident)?;
    if !store::forget(act, id)? {
        return NOT_FOUND.refuse();
    }
    let (division, detail) = (Some(resident.resident.division), json!({ "consent": "withdrawn" }));
    act.record(Event { action: Action::Delete, id: id.to_string(), division, detail })?;
    Ok(Nothing {})
}

/// Health in a division, in numbers; exact for those who may see each record there.
pub fn find_summary(look: &mut Look<'_>, division: Division) -> Result<HealthSummaryView> {
    let permitted = look.permit(Action::FindSummary, division)?;
    let may_list = look.actor.may(Action::Find, Some(division), false);
    let rows = store::summary(look, &permitted)?;
    Ok(HealthSummaryView::new(division, &rows, may_list))
}
