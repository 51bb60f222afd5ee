//! Signing an agreement, and when it is in force.

use chrono::NaiveDate;
use uuid::Uuid;

use super::rules::{NOT_SIGNING, PAPER_MISSING, SIGNED_ALREADY, SIGNED_ON_UNFIT, SIGNER_UNFIT, TEXT_OTHER};
use super::views::MediationSignatureView;
use super::wire::MediationSignatureDraft;
use super::{Action, SIGNATURES};
use crate::access::act::{Act, Governed, Look, Permit};
use crate::access::files::{self, Attachment, hex};
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::problem::{NOT_FOUND, Result};
use crate::matters::mediation_cases::agreements::{
    self, AgreementRow, MediationAgreementState, MediationSignatureCapacity, MediationSignatureMeans,
    NewSignature, SignatureId, SignatureRow,
};
use crate::matters::mediation_cases::course::{MediationStep, after};
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::mediation_cases::{self, AsParty, AsRunner, Case, CaseMove, advance};
use crate::matters::registry::{MatterId, STATE_UNFIT};

/// Signs, for oneself or as what one is at the table; answers the agreement as it stands then.
pub fn sign(act: &mut Act<'_>, id: MatterId, draft: MediationSignatureDraft) -> Result<AgreementRow> {
    let (case, _) = mediation_cases::lock(act, id)?;
    match case.party_of(&act.actor).map(|party| party.id) {
        Some(own) => {
            let case = act.permit(Action::CreateSignature, AsParty(case))?;
            let is_fit = draft.capacity == MediationSignatureCapacity::Party
                && draft.means == MediationSignatureMeans::App
                && draft.party.is_none_or(|party| party == own);
            if !is_fit {
                return Err(SIGNER_UNFIT.at("/capacity"));
            }
            put(act, &case, Some(own), draft)
        }
        None => {
            let case = act.permit(Action::CreateSignature, AsRunner(case))?;
            let party = signer(act, &case.0, &draft).ok_or_else(|| SIGNER_UNFIT.at("/capacity"))?;
            put(act, &case, party, draft)
        }
    }
}

/// For whom somebody who runs the case signs: for a party that did on paper, as a mediator who sits there, or with the office's seal.
fn signer(act: &Act<'_>, case: &Case, draft: &MediationSignatureDraft) -> Option<Option<PartyId>> {
    let is_paper = draft.means == MediationSignatureMeans::Paper;
    match (draft.capacity, draft.party) {
        (MediationSignatureCapacity::Party, Some(party)) if is_paper => {
            case.parties.iter().any(|one| one.id == party).then_some(Some(party))
        }
        (MediationSignatureCapacity::Mediator, None) => {
            case.seat_of(&act.actor).filter(|seat| seat.mediates()).map(|_| None)
        }
        (MediationSignatureCapacity::Committee, None) => {
            let holder = case.matter.holder_id?;
            let mut standings = act.actor.standings.iter();
            standings.any(|one| one.organisation == Some(holder)).then_some(None)
        }
        _ => None,
    }
}

fn put<T: Governed + AsRef<Case>>(
    act: &mut Act<'_>,
    permit: &Permit<T>,
    party_id: Option<PartyId>,
    draft: MediationSignatureDraft,
) -> Result<AgreementRow> {
    let case: &Case = (**permit).as_ref();
    let id = case.matter.id;
    after(case.state, MediationStep::Sign).ok_or(&STATE_UNFIT)?;
    let made = agreements::of(act, id)?;
    let agreement = made.into_iter().find(|one| hex(&one.text_sha256) == draft.text_sha256);
    let agreement = agreement.ok_or(&TEXT_OTHER)?;
    if agreement.state != MediationAgreementState::Signing {
        return NOT_SIGNING.refuse();
    }
    let signed_on = signed_on(act, &agreement, &draft)?;
    let new = NewSignature {
        id: SignatureId::new(),
        agreement_id: agreement.id,
        capacity: draft.capacity,
        party_id,
        account_id: act.actor.account()?,
        means: draft.means,
        text_sha256: agreement.text_sha256.clone(),
        signed_on,
        created_at: act.now,
    };
    agreements::sign(act, permit, &new, &SIGNED_ALREADY)?;
    let to = Attachment { resource: SIGNATURES, id: new.id.0, division: case.matter.division };
    files::attach(act, &draft.files.into_inner(), &to, "/files")?;
    let signed = agreements::signatures(act, agreement.id)?;
    let step = match effective_on(case, &signed) {
        None => MediationStep::Sign,
        Some(on) => {
            agreements::take_effect(act, permit, (id, agreement.id), on)?;
            if case.state.is_bound() { MediationStep::Amend } else { MediationStep::Agree }
        }
    };
    let mut moved = CaseMove::new(step);
    moved.entry.reason = Some(draft.capacity.as_str());
    advance(act, Action::CreateSignature, permit, moved)?;
    agreements::find(act, id, agreement.id)
}

/// On which day it was signed: on paper, the one it says; in the app, today.
fn signed_on(act: &Act<'_>, agreement: &AgreementRow, draft: &MediationSignatureDraft) -> Result<NaiveDate> {
    let today = local_date(act.now);
    let said = draft.signed_on.map(Day::get);
    match draft.means {
        MediationSignatureMeans::App if said.is_none() => Ok(today),
        MediationSignatureMeans::App => Err(SIGNED_ON_UNFIT.at("/signed_on")),
        MediationSignatureMeans::Paper if draft.files.as_slice().is_empty() => {
            Err(PAPER_MISSING.at("/files"))
        }
        MediationSignatureMeans::Paper => {
            let on = said.ok_or_else(|| PAPER_MISSING.at("/signed_on"))?;
            let is_fit = on <= today && on >= local_date(agreement.created_at);
            if is_fit { Ok(on) } else { Err(SIGNED_ON_UNFIT.at("/signed_on")) }
        }
    }
}

/// From which day it is in force: that of the last signature, once every party, a mediator and the committee have signed (人民调解法 29).
fn effective_on(case: &Case, signed: &[SignatureRow]) -> Option<NaiveDate> {
    let has = |capacity| signed.iter().any(|one| one.capacity == capacity);
    let by_all = case.parties.iter().all(|party| signed.iter().any(|one| one.party_id == Some(party.id)));
    let is_complete =
        by_all && has(MediationSignatureCapacity::Mediator) && has(MediationSignatureCapacity::Committee);
    signed.iter().map(|one| one.signed_on).max().filter(|_| is_complete)
}

/// A signature with its files.
pub fn view(look: &mut Look<'_>, row: SignatureRow) -> Result<MediationSignatureView> {
    let files = files::of(look, SIGNATURES, row.id.0)?;
    Ok(MediationSignatureView::new(row, files))
}

/// The door to the pictures of a signature: whoever reads the agreement.
pub fn door(look: &mut Look<'_>, id: Uuid) -> Result<()> {
    let case = agreements::case_of_signature(look, SignatureId(id))?;
    let (_, stance) = mediation_cases::seen(look, case)?;
    NOT_FOUND.unless(stance.is_told_facts())
}
