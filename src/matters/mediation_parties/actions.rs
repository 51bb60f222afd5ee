//! Parties join, agree, refuse, withdraw.

use super::wire::{MediationConsentDraft, MediationWithdrawalDraft};
use super::{Action, CONSENT_GIVEN, CONSENT_UNFIT, PARTY_UNKNOWN};
use crate::access::act::{Act, Governed, Permit};
use crate::kit::problem::Result;
use crate::kit::text::Line;
use crate::matters::mediation_cases::course::MediationStep;
use crate::matters::mediation_cases::parties::{self, PartyConsent, PartyRow};
use crate::matters::mediation_cases::{
    self, AsParty, AsRunner, Case, CaseChange, CaseMove, MediationCaseDetailView, MediationConsent,
    MediationConsentBy, MediationEndReason, MediationPartyDraft, PARTIES_MANY, advance,
};
use crate::matters::registry::{Audience, MatterId};
use crate::matters::timeline::Entry;

/// So many parties has a case at most.
const MOST: usize = 20;

/// Adds somebody who is in dispute, too. Who runs it may; the newcomer is asked like everybody.
pub fn add(act: &mut Act<'_>, id: MatterId, draft: MediationPartyDraft) -> Result<MediationCaseDetailView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(Action::CreateParty, AsRunner(case))?;
    mediation_cases::must_be_anothers(&case.0, &act.actor)?;
    if case.0.parties.len() >= MOST {
        return PARTIES_MANY.refuse();
    }
    mediation_cases::enter_party(act, &case, (id, case.0.matter.division), draft, "")?;
    mediation_cases::must_sit_apart(act, id)?;
    advance(act, Action::CreateParty, &case, CaseMove::new(MediationStep::AddParty))?;
    mediation_cases::find(act, id)
}

/// Says whether a party wants it: the party itself, or whoever runs it for one that said so otherwise.
pub fn consent(
    act: &mut Act<'_>,
    id: MatterId,
    draft: MediationConsentDraft,
) -> Result<MediationCaseDetailView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    if let Some(own) = case.party_of(&act.actor).cloned() {
        let is_own = draft.party.is_none_or(|party| party == own.id);
        let is_in_app = draft.by.is_none_or(|by| by == MediationConsentBy::App);
        if !is_own {
            return Err(PARTY_UNKNOWN.at("/party"));
        }
        if !is_in_app {
            return Err(CONSENT_UNFIT.at("/by"));
        }
        let case = act.permit(Action::CreateConsent, AsParty(case))?;
        return say(act, &case, &own, MediationConsentBy::App, draft);
    }
    let case = act.permit(Action::CreateConsent, AsRunner(case))?;
    let named = case.0.parties.iter().find(|party| Some(party.id) == draft.party).cloned();
    let party = named.ok_or_else(|| PARTY_UNKNOWN.at("/party"))?;
    let by = draft.by.filter(|by| *by != MediationConsentBy::App).ok_or_else(|| CONSENT_UNFIT.at("/by"))?;
    say(act, &case, &party, by, draft)
}

fn say<T: Governed + AsRef<Case>>(
    act: &mut Act<'_>,
    case: &Permit<T>,
    party: &PartyRow,
    by: MediationConsentBy,
    draft: MediationConsentDraft,
) -> Result<MediationCaseDetailView> {
    let (matter, own) = {
        let case: &Case = (**case).as_ref();
        (case.matter.id, case.own.clone())
    };
    if party.agrees() && draft.is_agreed {
        return CONSENT_GIVEN.refuse();
    }
    let consent = if draft.is_agreed { MediationConsent::Agreed } else { MediationConsent::Refused };
    let said = PartyConsent {
        consent,
        consent_by: Some(by),
        consented_at: Some(act.now),
        consent_noted_by: Some(act.actor.account()?),
        wants_open: draft.wants_open,
    };
    parties::consent(act, case, party.id, &said)?;
    let step = if draft.is_agreed { MediationStep::Consent } else { MediationStep::Refuse };
    if !draft.is_agreed {
        let change = CaseChange {
            end_reason: Some(Some(MediationEndReason::PartyRefused)),
            routes: Some(mediation_cases::told(mediation_cases::routes(own.source, own.dispute_type))),
            ..CaseChange::default()
        };
        mediation_cases::change(act, case, matter, &change)?;
    }
    let mut said = CaseMove::new(step);
    said.entry.reason = Some(party.side.as_str());
    advance(act, Action::CreateConsent, case, said)?;
    if !draft.note.is_empty() {
        let entry = Entry::of("consent_noted").saying(draft.note.into_inner()).to(Audience::Staff);
        mediation_cases::note(act, matter, entry)?;
    }
    mediation_cases::find(act, matter)
}

/// A party takes it out of mediation, at any time before there is an agreement (人民调解法 23).
pub fn withdraw(
    act: &mut Act<'_>,
    id: MatterId,
    draft: MediationWithdrawalDraft,
) -> Result<MediationCaseDetailView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(Action::CreateWithdrawal, AsParty(case))?;
    let own = &case.0.own;
    let routes = mediation_cases::routes(own.source, own.dispute_type);
    let change = CaseChange {
        end_reason: Some(Some(MediationEndReason::PartyStopped)),
        routes: Some(mediation_cases::told(draft.route.map_or(routes, |route| vec![route]))),
        ..CaseChange::default()
    };
    mediation_cases::change(act, &case, id, &change)?;
    let withdrawn = CaseMove::new(MediationStep::Withdraw).saying(Line::into_inner(draft.note));
    advance(act, Action::CreateWithdrawal, &case, withdrawn)?;
    mediation_cases::find(act, id)
}
