//! Showing who one is, and deciding about it. Lock order: accounts, the residency, the record; as closing an account has it, so that
//! whose account is closed gets no record back.

use chrono::TimeDelta;
use serde_json::json;

use super::following::Follower;
use super::model::{Claim, Ending, NewResidency, ResidencyId, ResidencyRow, ResidencyStatus};
use super::rules::{
    BUILDING_UNKNOWN, DECIDED, DOCUMENT_DIFFERS, HELD, REASON_MISSING, RESIDENCE_MISSING, RESIDENT_UNKNOWN,
    SELF_DECIDED, TAKEN, TOO_MANY,
};
use super::views::{MyResidencyView, ResidencyView};
use super::wire::{ResidencyDecision, ResidencyDecisionDraft, ResidencyDraft, both_ways};
use super::{Action, store};
use crate::access::accounts;
use crate::access::act::{Act, Event, Look, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::kit::answer::Nothing;
use crate::kit::named::Named;
use crate::kit::problem::{Problem, Result};
use crate::people::document::Document;
use crate::people::names::PersonName;
use crate::people::residents::{
    self, Residence, ResidentDetailView, ResidentDraft, ResidentSource, ResidentStatus,
};
use crate::people::subjects;
use crate::places::buildings;

/// Within this, so many attempts are made by an account, and on a document.
const WINDOW: TimeDelta = TimeDelta::days(1);
const ATTEMPTS: usize = 5;

/// The record of oneself, or of a child whose guardian one is; numbers masked.
pub fn find_record(look: &mut Look<'_>, wanted: Option<ResidentId>) -> Result<ResidentDetailView> {
    look.scope(Action::FindRecord)?;
    let subject = subjects::find_ever(look, wanted)?;
    let subject = look.permit(Action::FindRecord, subject)?;
    let row = store::find_record(look, &subject)?;
    ResidentDetailView::new(row, look.ring)
}

/// Binds the account to the record in which name, document and home agree, and the telephone number where it has one, or leaves
/// it to the committee. What does not agree is not told, and takes the same statements.
pub fn create(act: &mut Act<'_>, draft: ResidencyDraft, follower: Follower) -> Result<MyResidencyView> {
    act.scope(Action::Create)?;
    let account = act.actor.account()?;
    let building = buildings::store::find(act, draft.home.building);
    let division = building.or_refuse(&BUILDING_UNKNOWN, "/home/building")?.division;
    let document_hash = draft.document.hash(act.ring);
    count_attempt(act, account, &document_hash)?;
    accounts::store::lock_own(act)?;
    store::supersede(act, account, division)?;
    if store::is_held(act, account, division)? {
        return HELD.refuse();
    }
    let claim = Claim {
        division,
        building: draft.home.building,
        units: both_ways(&draft.home.unit, "单元"),
        numbers: both_ways(&draft.home.number, "室"),
        name: draft.name.to_string(),
        document_hash,
        phone_hash: store::phone_hash(act, account)?,
    };
    let found = store::lock_match(act, &claim)?;
    // What is another account's is not taken from it unseen.
    let free = found.filter(|(_, holder)| holder.is_none()).map(|(resident, _)| resident);
    let new = new_residency(act, account, &draft.document, claim, free)?;
    let new = act.permit(Action::Create, new)?;
    let row = store::insert(act, &new)?;
    if let Some(resident) = free {
        // A closed account's, or nobody's.
        let was = store::holder(act, resident)?;
        bind(act, &new, (resident, was), account, follower)?;
    }
    record(act, Action::Create, &row)?;
    Ok(row.into())
}

/// Binds an account to a record that was another's before, or nobody's.
fn bind<T>(
    act: &mut Act<'_>,
    permit: &Permit<T>,
    (resident, was): (ResidentId, Option<AccountId>),
    account: AccountId,
    follower: Follower,
) -> Result<()> {
    store::bind(act, permit, resident, account)?;
    (follower.0)(act, resident, was)
}

/// What is kept: all that was said while it waits, nothing of it once the account is bound.
fn new_residency(
    act: &Act<'_>,
    account: AccountId,
    document: &Document,
    claim: Claim,
    resident: Option<ResidentId>,
) -> Result<NewResidency> {
    // Sealed in either case, which costs the same.
    let sealed = document.seal(act.ring)?;
    let [unit, _] = claim.units;
    let [number, _] = claim.numbers;
    let waits = resident.is_none();
    Ok(NewResidency {
        id: ResidencyId::new(),
        account_id: account,
        division: claim.division,
        building_id: waits.then_some(claim.building),
        unit: waits.then_some(unit),
        number: waits.then_some(number),
        name: waits.then_some(claim.name),
        document_kind: waits.then_some(document.kind()),
        document_sealed: waits.then_some(sealed),
        document_hash: waits.then(|| claim.document_hash.to_vec()),
        status: if waits { ResidencyStatus::Pending } else { ResidencyStatus::Verified },
        resident_id: resident,
        decided_at: resident.map(|_| act.now),
        created_at: act.now,
    })
}

/// One attempt after another, or a hundred at once would all be the first.
fn count_attempt(act: &mut Act<'_>, account: AccountId, document_hash: &[u8; 32]) -> Result<()> {
    let subjects = [
        act.ring.hash("residency.account", &[account.0.as_bytes()]),
        act.ring.hash("residency.document", &[document_hash]),
    ];
    for subject in &subjects {
        act.serialise(subject)?;
    }
    for subject in &subjects {
        let since = act.now - WINDOW;
        let tried = store::attempts(act, subject, since)?;
        if let Some(at) = tried.get(ATTEMPTS - 1) {
            return Err(Problem::from(&TOO_MANY).after_time(*at + WINDOW - act.now));
        }
    }
    for subject in &subjects {
        store::count_attempt(act, subject)?;
    }
    Ok(())
}

/// Takes back what one last said of oneself that waits. Nothing of it is left.
pub fn delete(act: &mut Act<'_>) -> Result<Nothing> {
    act.scope(Action::Delete)?;
    let residency = store::lock_own(act)?;
    let residency = act.permit(Action::Delete, residency)?;
    if residency.status != ResidencyStatus::Pending {
        return DECIDED.refuse();
    }
    let ending = Ending::new(ResidencyStatus::Withdrawn, None, act.now);
    let row = store::end(act, &residency, ending)?;
    record(act, Action::Delete, &row)?;
    act.announce("residency.withdrawn", json!({ "residency": row.id }))?;
    Ok(Nothing {})
}

/// Confirms or refuses what somebody said of themselves.
pub fn decide(
    act: &mut Act<'_>,
    id: ResidencyId,
    draft: ResidencyDecisionDraft,
    follower: Follower,
) -> Result<ResidencyView> {
    let (is_open, holder) = lock_accounts(act, id, draft.resident)?;
    let residency = store::lock(act, id)?;
    let residency = act.permit(Action::Decide, residency)?;
    // What a closed account said of itself ends within the hour.
    if residency.status != ResidencyStatus::Pending || !is_open {
        return DECIDED.refuse();
    }
    let by = act.actor.account()?;
    if residency.account_id == by {
        return SELF_DECIDED.refuse();
    }
    let mut ending = Ending::new(ResidencyStatus::Refused, Some(by), act.now);
    match draft.decision {
        ResidencyDecision::Refused if draft.reason.is_empty() => return Err(REASON_MISSING.at("/reason")),
        ResidencyDecision::Refused => {}
        ResidencyDecision::Confirmed => {
            let (resident, was) = match draft.resident {
                Some(resident) => (resident, take(act, &residency, (resident, holder), draft.takes_over)?),
                None => (enter(act, &residency, draft.residence)?, None),
            };
            bind(act, &residency, (resident, was), residency.account_id, follower)?;
            ending.status = ResidencyStatus::Verified;
            ending.resident_id = Some(resident);
        }
    }
    ending.reason = draft.reason.into_inner();
    let row = store::end(act, &residency, ending)?;
    record(act, Action::Decide, &row)?;
    act.announce("residency.decided", json!({ "residency": id }))?;
    ResidencyView::new(row, None, act.ring)
}

/// Locks the account of who said it, and of whose record it is to be; answers whether the first is open, and the second.
fn lock_accounts(
    act: &mut Act<'_>,
    id: ResidencyId,
    resident: Option<ResidentId>,
) -> Result<(bool, Option<AccountId>)> {
    let applicant = store::applicant(act, id)?;
    let holder = resident.map(|resident| store::holder(act, resident)).transpose()?.flatten();
    let both: Vec<AccountId> = [Some(applicant), holder].into_iter().flatten().collect();
    let open = accounts::store::lock_all(act, &both)?;
    Ok((open.contains(&applicant), holder))
}

/// Makes a record that the committee has nobody's, and answers whose it was. One with another document is another person's, and
/// one that became somebody's since the accounts were locked is theirs.
fn take(
    act: &mut Act<'_>,
    residency: &Permit<ResidencyRow>,
    (id, known): (ResidentId, Option<AccountId>),
    takes_over: bool,
) -> Result<Option<AccountId>> {
    let record = residents::store::lock(act, id).or_refuse(&RESIDENT_UNKNOWN, "/resident")?;
    if record.resident.division != residency.division || record.resident.status != ResidentStatus::Present {
        return Err(RESIDENT_UNKNOWN.at("/resident"));
    }
    let kept = store::document_hash(act, id)?;
    if kept.is_some() && kept != residency.document_hash {
        return DOCUMENT_DIFFERS.refuse();
    }
    match record.account_id.filter(|holder| *holder != residency.account_id) {
        Some(holder) if known == Some(holder) && (takes_over || !store::is_open(act, holder)?) => {
            store::unbind(act, residency, id, holder)?;
            Ok(Some(holder))
        }
        Some(_) => TAKEN.refuse(),
        None => Ok(record.account_id),
    }
}

/// A new record of what was said. The committee's own of the same document is not passed over: that is refused.
fn enter(
    act: &mut Act<'_>,
    residency: &Permit<ResidencyRow>,
    residence: Option<Residence>,
) -> Result<ResidentId> {
    let residence = residence.ok_or_else(|| RESIDENCE_MISSING.at("/residence"))?;
    let (Some(name), Some(kind), Some(sealed)) =
        (&residency.name, residency.document_kind, &residency.document_sealed)
    else {
        return Err(Problem::fault("a residency that waits says nothing"));
    };
    let draft = ResidentDraft {
        name: PersonName::new(name).map_err(Problem::fault)?,
        division: residency.division,
        document: Some(Document::open(act.ring, kind, sealed)?),
        phone: None,
        no_identifier: None,
        sex: None,
        born_on: None,
        nationality: None,
        ethnicity: None,
        education: None,
        political_status: None,
        registered_place: Default::default(),
        residence,
        external_id: None,
    };
    let new = residents::assemble(act.ring, act.now, draft, ResidentSource::Residency)?;
    Ok(residents::enter(act, new)?.resident.id)
}

fn record(act: &mut Act<'_>, action: Action, row: &ResidencyRow) -> Result<()> {
    let detail = json!({ "status": row.status.as_str(), "resident": row.resident_id });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })?;
    match action {
        Action::Create => act.announce("residency.created", json!({ "residency": row.id })),
        _ => Ok(()),
    }
}
