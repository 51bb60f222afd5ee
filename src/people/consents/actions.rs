//! Agreeing, and taking it back.

use serde_json::json;

use super::model::{ConsentId, ConsentPurpose, ConsentRow};
use super::notice;
use super::rules::{
    GUARDIAN_NEEDED, NOT_SEPARATE, NOTICE_STALE, RECIPIENT_MISSING, RECIPIENT_UNFIT, RECIPIENT_UNKNOWN,
};
use super::store::Party;
use super::wire::{ConsentDraft, ConsentView};
use super::{Action, store};
use crate::access::act::{Act, Event, Look, Permit};
use crate::access::actor::{AccountId, OrganisationId, ResidentId};
use crate::kit::answer::Nothing;
use crate::kit::clock::local_date;
use crate::kit::problem::{NOT_FOUND, Result};
use crate::people::health;
use crate::people::subjects::{self, Subject};
use crate::places::organisations;

/// For whom the caller speaks: a child they are guardian of, where one is named, else themselves.
pub fn party(look: &mut Look<'_>, wanted: Option<ResidentId>) -> Result<(Party, Vec<Subject>)> {
    let own = subjects::own(look)?;
    let records: Vec<ResidentId> = own.iter().map(|subject| subject.resident).collect();
    let party = match wanted.filter(|wanted| !records.contains(wanted)) {
        Some(child) => Party::Child(subjects::find(look, Some(child))?),
        None => Party::Oneself(records),
    };
    Ok((party, own))
}

/// Writes down what somebody agreed to. A child does not agree for itself.
pub fn create(act: &mut Act<'_>, wanted: Option<ResidentId>, draft: ConsentDraft) -> Result<ConsentView> {
    act.scope(Action::Create)?;
    let (party, own) = party(act, wanted)?;
    let today = local_date(act.now);
    let resident_id = match party {
        Party::Child(child) => Some(child.resident),
        Party::Oneself(_) if own.iter().any(|subject| subjects::is_child(subject.born_on, today)) => {
            return GUARDIAN_NEEDED.refuse();
        }
        Party::Oneself(_) => None,
    };
    if draft.notice_version.get() != notice::VERSION {
        return NOTICE_STALE.refuse();
    }
    if draft.purpose.is_separate() && !draft.is_separate {
        return Err(NOT_SEPARATE.at("/is_separate"));
    }
    let recipient_id = recipient(act, &draft)?;
    let consent = ConsentRow {
        id: ConsentId::new(),
        account_id: act.actor.account()?,
        resident_id,
        purpose: draft.purpose,
        notice_version: notice::VERSION,
        is_separate: draft.is_separate,
        given_at: act.now,
        withdrawn_at: None,
        recipient_id,
    };
    let consent = act.permit(Action::Create, consent)?;
    store::withdraw_older(act, &consent, &consent)?;
    store::insert(act, &consent)?;
    record(act, Action::Create, &consent)?;
    Ok(consent.into_inner().into())
}

/// To whom it is agreed: an organisation that is there and open, for what has a recipient; nobody for anything else.
fn recipient(look: &mut Look<'_>, draft: &ConsentDraft) -> Result<Option<OrganisationId>> {
    match (draft.purpose.has_recipient(), draft.recipient) {
        (true, Some(id)) => {
            organisations::find_open(look, id, &RECIPIENT_UNKNOWN, "/recipient").map(|found| Some(found.id))
        }
        (true, None) => Err(RECIPIENT_MISSING.at("/recipient")),
        (false, Some(_)) => Err(RECIPIENT_UNFIT.at("/recipient")),
        (false, None) => Ok(None),
    }
}

/// Writes down what somebody agreed to by what they did before a witness, by proof that the witness may. What counts under the notice in
/// force stays as it is. Nobody agrees to a recipient by that.
pub fn witness<T>(
    act: &mut Act<'_>,
    permit: &Permit<T>,
    account: AccountId,
    purpose: ConsentPurpose,
) -> Result<()> {
    let consent = ConsentRow {
        id: ConsentId::new(),
        account_id: account,
        resident_id: None,
        purpose,
        notice_version: notice::VERSION,
        is_separate: true,
        given_at: act.now,
        withdrawn_at: None,
        recipient_id: None,
    };
    store::withdraw_older(act, permit, &consent)?;
    store::insert_unless_given(act, permit, &consent)
}

/// Takes a consent back. What was done before stays as it was; what is kept by that consent alone is deleted.
pub fn delete(act: &mut Act<'_>, id: ConsentId, wanted: Option<ResidentId>) -> Result<Nothing> {
    let (party, _) = party(act, wanted)?;
    let consent = store::find(act, &party, id)?;
    let consent = act.permit(Action::Delete, consent)?;
    // Who is being enrolled at this moment is not taken to agree anew by that.
    if consent.purpose == ConsentPurpose::Enrolment {
        store::lock_party(act, &party)?;
    }
    // Before the consent, as merges lock.
    if consent.purpose == ConsentPurpose::Health {
        let records = match &party {
            Party::Child(child) => vec![child.resident],
            Party::Oneself(records) => records.clone(),
        };
        health::forget_all(act, &records)?;
    }
    if !store::withdraw(act, &party, &consent)? {
        return NOT_FOUND.refuse();
    }
    record(act, Action::Delete, &consent)?;
    act.announce("consent.withdrawn", json!({ "consent": id }))?;
    Ok(Nothing {})
}

fn record(act: &mut Act<'_>, action: Action, row: &ConsentRow) -> Result<()> {
    let detail = json!({
        "purpose": row.purpose.as_str(), "resident": row.resident_id, "recipient": row.recipient_id
    });
    act.record(Event { action, id: row.id.to_string(), division: None, detail })
}
