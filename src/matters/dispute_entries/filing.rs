//! Telling a dispute: by whose it is, by a guardian for a child, or by staff for somebody; and making the mediation case of it.

use chrono::TimeDelta;

use super::actions::tell;
use super::model::{DisputeEntryId, DisputeEntryState, NewEntry, Telling};
use super::rules::{
    MOST_A_DAY, NOT_COMMITTEE, OTHER_UNFIT, PERSON_UNFIT, RESIDENCY_MISSING, ROUTE_UNKNOWN, TOO_MANY,
};
use super::told::{Told, mediate};
use super::views::DisputeEntryDetailView;
use super::wire::{DisputeBehalfDraft, DisputeEntryDraft, DisputeOtherDraft};
use super::{Action, store};
use crate::access::accounts;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::access::phone::Phone;
use crate::kit::clock::{local_date, start_of};
use crate::kit::problem::{Problem, Result};
use crate::kit::text::{Label, Line, Story};
use crate::matters::dispute_route_rules::{self, DisputeGround, DisputeRoute, RouteRuleRow};
use crate::matters::mediation_cases::{self, Known, parties};
use crate::people::subjects::{self, Subject};
use crate::places::divisions;

/// Whose it is.
struct Entrant {
    resident: Option<Known>,
    guardian: Option<ResidentId>,
    account: Option<AccountId>,
    name: Option<String>,
    phone: Option<Phone>,
}

/// Takes what is told, and sends it where it belongs.
pub fn create(
    act: &mut Act<'_>,
    wanted: Option<ResidentId>,
    draft: DisputeEntryDraft,
) -> Result<DisputeEntryDetailView> {
    let (telling, entrant) = match (&draft.on_behalf, wanted) {
        (Some(_), Some(_)) => return Err(PERSON_UNFIT.at("/on_behalf")),
        (Some(behalf), None) => another(act, draft.division, behalf)?,
        (None, wanted) => oneself(act, draft.division, wanted)?,
    };
    must_be_somebody(act, telling.division, &draft.other)?;
    let account = entrant.account;
    let told = told(telling.division, draft, entrant);
    let place = (told.division, local_date(act.now));
    let rule = dispute_route_rules::choose(act, place, told.dispute_type, &told.grounds)?;
    let rule = rule.ok_or(&ROUTE_UNKNOWN)?;
    let row = enter(act, &telling, told, (rule, account))?;
    tell(act, Action::Create, &row)?;
    super::actions::find(act, row.id)
}

/// Who tells it for themselves, or for a child in their care, does not flood the offices.
fn oneself(
    act: &mut Act<'_>,
    division: Option<Division>,
    wanted: Option<ResidentId>,
) -> Result<(Permit<Telling>, Entrant)> {
    let account = act.actor.account()?;
    let (subject, guardian) = subject(act, division, wanted)?;
    let telling = act.permit(Action::Create, Telling { division: subject.division, by: Some(account) })?;
    act.serialise(&act.ring.hash("dispute_entries", &[account.0.as_bytes()]))?;
    let today = start_of(local_date(act.now));
    if store::told_since(act, account, today)? >= MOST_A_DAY {
        return Err(Problem::from(&TOO_MANY).after_time(today + TimeDelta::days(1) - act.now));
    }
    let sealed = accounts::store::find_own(act)?.phone_sealed;
    let phone = Some(Phone::open(act.ring, &sealed)?);
    let resident = Some((subject.resident, subject.born_on));
    Ok((telling, Entrant { resident, guardian, account: Some(account), name: None, phone }))
}

/// Whose it is, who lives there; and for a child the caller's own record, which speaks for it.
fn subject(
    look: &mut Look<'_>,
    division: Option<Division>,
    wanted: Option<ResidentId>,
) -> Result<(Subject, Option<ResidentId>)> {
    let own = subjects::own(look)?;
    let lives_there = |one: &Subject| division.is_none_or(|division| division == one.division);
    let Some(wanted) = wanted else {
        let oneself = own.iter().find(|one| lives_there(one)).ok_or(&RESIDENCY_MISSING)?;
        return Ok((*oneself, None));
    };
    let subject = subjects::find(look, Some(wanted))?;
    if !lives_there(&subject) {
        return RESIDENCY_MISSING.refuse();
    }
    let is_own = own.iter().any(|one| one.resident == subject.resident);
    let closest = own.iter().find(|one| one.division == subject.division).or(own.first());
    Ok((subject, closest.filter(|_| !is_own).map(|one| one.resident)))
}

/// Staff tell it for somebody of their range.
fn another(
    act: &mut Act<'_>,
    division: Option<Division>,
    behalf: &DisputeBehalfDraft,
) -> Result<(Permit<Telling>, Entrant)> {
    let division = division.ok_or_else(|| NOT_COMMITTEE.at("/division"))?;
    let telling = act.permit(Action::Create, Telling { division, by: None })?;
    divisions::require_committee(act, division, &NOT_COMMITTEE, "/division")?;
    let phone = behalf.phone.clone();
    let entrant = match (behalf.resident, &behalf.name) {
        (Some(id), None) => {
            let known = mediation_cases::in_archive_of(act, id, division, "/on_behalf/resident")?;
            let account = parties::account_bound(act, known.0)?;
            Entrant { resident: Some(known), guardian: None, account, name: None, phone }
        }
        (None, Some(name)) => {
            let name = Some(name.to_string());
            Entrant { resident: None, guardian: None, account: None, name, phone }
        }
        _ => return Err(PERSON_UNFIT.at("/on_behalf")),
    };
    Ok((telling, entrant))
}

/// The other side is one of two things.
fn must_be_somebody(act: &mut Act<'_>, division: Division, other: &DisputeOtherDraft) -> Result<()> {
    match (other.organisation, &other.name) {
        (Some(id), None) => mediation_cases::must_be_of_line(act, id, division, "/other/organisation"),
        (None, Some(_)) => Ok(()),
        _ => Err(OTHER_UNFIT.at("/other")),
    }
}

fn told(division: Division, draft: DisputeEntryDraft, entrant: Entrant) -> Told {
    let mut grounds: Vec<DisputeGround> = draft.grounds.into_inner();
    grounds.sort_unstable_by_key(|ground| ground.as_str());
    grounds.dedup();
    Told {
        division,
        dispute_type: draft.dispute_type,
        grounds,
        facts: Story::into_inner(draft.facts),
        wanted: Label::into_inner(draft.wanted),
        place: Label::into_inner(draft.place),
        resident: entrant.resident,
        guardian: entrant.guardian,
        name: entrant.name,
        phone: entrant.phone,
        other_name: draft.other.name.map(Line::into_inner),
        other_organisation: draft.other.organisation,
        other_phone: draft.other.phone,
    }
}

/// Writes it, with its case where it is mediated.
fn enter(
    act: &mut Act<'_>,
    by: &Permit<Telling>,
    told: Told,
    (rule, account_id): (RouteRuleRow, Option<AccountId>),
) -> Result<super::model::EntryRow> {
    let is_mediated = rule.route == DisputeRoute::Mediation;
    let (case_id, organisation_id, state) = match is_mediated {
        true => (Some(mediate(act, by, &told)?), None, DisputeEntryState::Mediated),
        false => {
            let receiver = store::receiver(act, rule.route, told.division, told.other_organisation)?;
            (None, receiver, DisputeEntryState::Sent)
        }
    };
    let seal = |phone: &Option<Phone>, purpose| {
        phone.as_ref().map(|phone| phone.seal_for(act.ring, purpose)).transpose()
    };
    let new = NewEntry {
        id: DisputeEntryId::new(),
        division: told.division,
        dispute_type: told.dispute_type,
        grounds: told.grounds.iter().copied().map(Some).collect(),
        facts: told.facts,
        wanted: told.wanted,
        place: told.place,
        resident_id: told.resident.map(|(id, _)| id),
        account_id,
        name: told.name,
        phone_sealed: seal(&told.phone, store::PHONE_SEAL)?,
        other_name: told.other_name,
        other_organisation_id: told.other_organisation,
        other_phone_sealed: seal(&told.other_phone, store::OTHER_PHONE_SEAL)?,
        route: rule.route,
        legal_basis: rule.legal_basis,
        organisation_id,
        case_id,
        state,
        entered_by: act.actor.account()?,
        created_at: act.now,
        updated_at: act.now,
        guardian_id: told.guardian,
    };
    store::insert(act, by, &new)
}
