//! Drawing up an agreement, and showing it.

use chrono::NaiveDate;

use super::Action;
use super::document::{self, Called};
use super::rules::{AGREED_ON_UNFIT, BEFORE_COURT, DUE_PAST, ITEM_PARTY_UNKNOWN, ITEM_UNFIT, TEXT_MISSING};
use super::signing;
use super::views::{MediationAgreementVerificationView, MediationAgreementView};
use super::wire::{MediationAgreementDraft, MediationItemDraft};
use super::writing::{self, Writing};
use crate::access::act::{Act, Look};
use crate::access::files::hex;
use crate::kit::clock::local_date;
use crate::kit::crypto::sha256;
use crate::kit::day::Day;
use crate::kit::problem::{FORBIDDEN, Result};
use crate::matters::mediation_cases::agreements::{
    self, AgreementId, AgreementRow, ItemId, MediationAgreementForm, MediationAgreementState,
    MediationItemKind, MediationItemState, NewAgreement, NewItem,
};
use crate::matters::mediation_cases::course::{MediationStep, after};
use crate::matters::mediation_cases::{self, AsRunner, Case, CaseMove, advance};
use crate::matters::registry::{MatterId, Receipt, STATE_UNFIT};

/// A case whose facts the caller reads.
pub fn must_be_told(look: &mut Look<'_>, id: MatterId) -> Result<Case> {
    let (case, stance) = mediation_cases::seen(look, id)?;
    if stance.is_told_facts() { Ok(case) } else { FORBIDDEN.refuse() }
}

/// An agreement with all that belongs to it, for whoever reads its case.
pub fn stand(look: &mut Look<'_>, row: AgreementRow, address: &str) -> Result<MediationAgreementView> {
    let (items, signed) = (agreements::items(look, row.id)?, agreements::signatures(look, row.id)?);
    let signed = signed.into_iter().map(|one| signing::view(look, one)).collect::<Result<Vec<_>>>()?;
    Ok(MediationAgreementView::new(row, (items, signed), address))
}

/// One of a case.
pub fn find(
    look: &mut Look<'_>,
    (id, agreement): (MatterId, AgreementId),
    address: &str,
) -> Result<MediationAgreementView> {
    must_be_told(look, id)?;
    let row = agreements::find(look, id, agreement)?;
    stand(look, row, address)
}

/// The same as a page.
pub fn draw(look: &mut Look<'_>, (id, agreement): (MatterId, AgreementId), address: &str) -> Result<String> {
    let case = must_be_told(look, id)?;
    let row = agreements::find(look, id, agreement)?;
    let (parties, _) = mediation_cases::party_names(look, &case)?;
    let shown = stand(look, row, address)?;
    let accounts: Vec<_> = shown.signatures.iter().filter_map(|one| one.account).collect();
    let names = mediation_cases::names(look, &accounts)?;
    let others = accounts.iter().map(|account| names.get(account).cloned().unwrap_or_default()).collect();
    document::draw(&shown, &Called { parties, others })
}

/// What whoever has the number is told.
pub fn verify(look: &mut Look<'_>, number: &str) -> Result<MediationAgreementVerificationView> {
    let row = agreements::by_number(look, &Receipt::asked(number)?)?;
    let ended_on = match row.state {
        MediationAgreementState::Annulled => agreements::annulled_on(look, row.id)?,
        _ => row.ended_at.map(local_date),
    };
    Ok(MediationAgreementVerificationView {
        number: row.number,
        state: row.state,
        drawn_up_on: local_date(row.created_at),
        effective_on: row.effective_on,
        ended_on,
        text_sha256: hex(&row.text_sha256),
    })
}

/// Draws up an agreement, which then waits for signatures; or notes an oral one, which is in force from the day it was made.
pub fn create(
    act: &mut Act<'_>,
    id: MatterId,
    draft: MediationAgreementDraft,
    address: &str,
) -> Result<MediationAgreementView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(Action::Create, AsRunner(case))?;
    mediation_cases::must_be_anothers(&case.0, &act.actor)?;
    let is_oral = draft.form == MediationAgreementForm::Oral;
    let step = match (is_oral, case.0.state.is_bound()) {
        (false, _) => MediationStep::Draft,
        (true, false) => MediationStep::Agree,
        (true, true) => MediationStep::Amend,
    };
    after(case.0.state, step).ok_or(&STATE_UNFIT)?;
    must_be_free(act, id)?;
    let on = made_on(act, &case.0, &draft)?;
    let (new, items) = put_down(act, &case.0, draft, on)?;
    use MediationAgreementState::{Signing, Superseded};
    agreements::end(act, id, (Signing, Superseded))?;
    agreements::insert(act, &case, &new, &items)?;
    if is_oral {
        agreements::take_effect(act, &case, (id, new.id), on)?;
    }
    advance(act, Action::Create, &case, CaseMove::new(step))?;
    let row = agreements::find(act, id, new.id)?;
    stand(act, row, address)
}

/// What a court was asked to confirm is not superseded.
fn must_be_free(act: &mut Act<'_>, id: MatterId) -> Result<()> {
    let Some(in_force) = agreements::in_state(act, id, MediationAgreementState::Effective)? else {
        return Ok(());
    };
    match agreements::is_before_court(act, in_force.id)? {
        true => BEFORE_COURT.refuse(),
        false => Ok(()),
    }
}

/// The day an oral agreement was made; of a written one, the day it is drawn up.
fn made_on(act: &Act<'_>, case: &Case, draft: &MediationAgreementDraft) -> Result<NaiveDate> {
    let today = local_date(act.now);
    match (draft.form, draft.agreed_on.map(Day::get)) {
        (MediationAgreementForm::Written, None) => Ok(today),
        (MediationAgreementForm::Oral, Some(on))
            if on <= today && on >= local_date(case.matter.created_at) =>
        {
            Ok(on)
        }
        _ => Err(AGREED_ON_UNFIT.at("/agreed_on")),
    }
}

/// The agreement as it is kept: its text is written once, and hashed.
fn put_down(
    act: &mut Act<'_>,
    case: &Case,
    draft: MediationAgreementDraft,
    on: NaiveDate,
) -> Result<(NewAgreement, Vec<NewItem>)> {
    for (is_missing, at) in [(draft.basis.is_empty(), "/basis"), (draft.terms.is_empty(), "/terms")] {
        if is_missing {
            return Err(TEXT_MISSING.at(at));
        }
    }
    let id = AgreementId::new();
    let items = owed(case, id, draft.items.into_inner(), on)?;
    let (parties, office) = mediation_cases::party_names(act, case)?;
    let number = Receipt::random()?;
    let text = writing::write(&Writing {
        number: &number,
        receipt: &case.matter.receipt,
        office: office.as_deref(),
        form: draft.form,
        parties: &parties,
        basis: &draft.basis,
        terms: &draft.terms,
        items: &items,
        on,
    })?;
    let new = NewAgreement {
        id,
        case_id: case.matter.id,
        number,
        form: draft.form,
        state: MediationAgreementState::Signing,
        basis: draft.basis.into_inner(),
        terms: draft.terms.into_inner(),
        text_sha256: sha256(text.as_bytes()).to_vec(),
        text,
        created_by: act.actor.account()?,
        created_at: act.now,
        effective_on: None,
    };
    Ok((new, items))
}

/// What is to be done, instalment by instalment.
fn owed(
    case: &Case,
    agreement_id: AgreementId,
    drafts: Vec<MediationItemDraft>,
    on: NaiveDate,
) -> Result<Vec<NewItem>> {
    let mut items = Vec::new();
    for (at, draft) in drafts.into_iter().enumerate() {
        let pointer = format!("/items/{at}");
        for (party, field) in [(draft.debtor, "debtor"), (draft.creditor, "creditor")] {
            if !case.parties.iter().any(|one| one.id == party) {
                return Err(ITEM_PARTY_UNKNOWN.at(format!("{pointer}/{field}")));
            }
        }
        let parts = parts(&draft).filter(|_| draft.debtor != draft.creditor);
        let parts = parts.ok_or_else(|| ITEM_UNFIT.at(pointer.clone()))?;
        for (n, (due_on, amount_fen)) in parts.into_iter().enumerate() {
            if due_on.is_some_and(|due| due < on) {
                return Err(DUE_PAST.at(pointer));
            }
            items.push(NewItem {
                id: ItemId::new(),
                agreement_id,
                position: at as i32 + 1,
                instalment: n as i32 + 1,
                kind: draft.kind,
                debtor_id: draft.debtor,
                creditor_id: draft.creditor,
                amount_fen,
                act: draft.act.to_string(),
                due_on,
                state: MediationItemState::Open,
                paid_fen: 0,
            });
        }
    }
    Ok(items)
}

/// The day and the amount of each part of an item; none where it is no item.
fn parts(draft: &MediationItemDraft) -> Option<Vec<(Option<NaiveDate>, Option<i64>)>> {
    let instalments = draft.instalments.as_slice();
    let due_on = draft.due_on.map(Day::get);
    match draft.kind {
        MediationItemKind::Payment if !instalments.is_empty() && due_on.is_none() => {
            let part = |one: &super::wire::MediationInstalmentDraft| {
                (Some(one.due_on.get()), Some(one.amount_fen.get()))
            };
            Some(instalments.iter().map(part).collect())
        }
        MediationItemKind::Act if instalments.is_empty() && !draft.act.is_empty() => {
            Some(vec![(due_on, None)])
        }
        _ => None,
    }
}
