//! Every query of agreements, whose case says who may know of them.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::parties::PartyId;
use super::model::{
    AgreementId, AgreementRow, ItemId, ItemRow, MediationAgreementState, MediationItemState, NewAgreement,
    NewItem, NewSignature, SignatureId, SignatureRow,
};
use crate::access::act::{Act, Look, Permit};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::matters::registry::{MatterId, Receipt};
use crate::schema::{
    mediation_agreement_items, mediation_agreements, mediation_annulments, mediation_confirmation_parties,
    mediation_confirmations, mediation_parties, mediation_penalty_waivers, mediation_signatures,
};

/// The agreements of a case, the newest first.
pub fn of(look: &mut Look<'_>, case: MatterId) -> Result<Vec<AgreementRow>> {
    let made = mediation_agreements::table.filter(mediation_agreements::case_id.eq(case));
    let made = made.order(mediation_agreements::id.desc());
    Ok(made.select(AgreementRow::as_select()).load(look.conn)?)
}

/// One page of them.
pub fn page(
    look: &mut Look<'_>,
    case: MatterId,
    pager: &Pager<'_, AgreementId>,
) -> Result<Vec<AgreementRow>> {
    let mut query = mediation_agreements::table.filter(mediation_agreements::case_id.eq(case)).into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(mediation_agreements::id.lt(after));
    }
    let order = query.order(mediation_agreements::id.desc()).limit(pager.fetch());
    Ok(order.select(AgreementRow::as_select()).load(look.conn)?)
}

/// One of a case.
pub fn find(look: &mut Look<'_>, case: MatterId, id: AgreementId) -> Result<AgreementRow> {
    let one = mediation_agreements::table.find(id).filter(mediation_agreements::case_id.eq(case));
    Ok(one.select(AgreementRow::as_select()).first(look.conn)?)
}

/// The one that waits for signatures, or that is in force.
pub fn in_state(
    look: &mut Look<'_>,
    case: MatterId,
    state: MediationAgreementState,
) -> Result<Option<AgreementRow>> {
    let one = mediation_agreements::table
        .filter(mediation_agreements::case_id.eq(case).and(mediation_agreements::state.eq(state)));
    Ok(one.select(AgreementRow::as_select()).first(look.conn).optional()?)
}

/// The one of a number, for anybody who has it.
pub fn by_number(look: &mut Look<'_>, number: &Receipt) -> Result<AgreementRow> {
    let one = mediation_agreements::table.filter(mediation_agreements::number.eq(number.clone()));
    Ok(one.select(AgreementRow::as_select()).first(look.conn)?)
}

/// What is to be done by an agreement, in its order.
pub fn items(look: &mut Look<'_>, agreement: AgreementId) -> Result<Vec<ItemRow>> {
    use mediation_agreement_items as item;
    let all = item::table.filter(item::agreement_id.eq(agreement)).order((item::position, item::instalment));
    Ok(all.select(ItemRow::as_select()).load(look.conn)?)
}

/// Who signed an agreement, the first first.
pub fn signatures(look: &mut Look<'_>, agreement: AgreementId) -> Result<Vec<SignatureRow>> {
    let all = mediation_signatures::table.filter(mediation_signatures::agreement_id.eq(agreement));
    Ok(all.order(mediation_signatures::id).select(SignatureRow::as_select()).load(look.conn)?)
}

/// Of which case a signature is.
pub fn case_of_signature(look: &mut Look<'_>, id: SignatureId) -> Result<MatterId> {
    let one = mediation_signatures::table.inner_join(mediation_agreements::table);
    let one = one.filter(mediation_signatures::id.eq(id)).select(mediation_agreements::case_id);
    Ok(one.first(look.conn)?)
}

/// Adds an agreement with what is to be done by it.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewAgreement, items: &[NewItem]) -> Result<()> {
    diesel::insert_into(mediation_agreements::table).values(new).execute(act.conn)?;
    diesel::insert_into(mediation_agreement_items::table).values(items).execute(act.conn)?;
    Ok(())
}

/// Adds a signature; whoever signed it already is refused.
pub fn sign<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewSignature, twice: &'static Rule) -> Result<()> {
    diesel::insert_into(mediation_signatures::table).values(new).execute(act.conn).on_constraints(&[
        ("mediation_signatures_agreement_id_party_id_key", twice, ""),
        ("mediation_signatures_mediator_key", twice, ""),
        ("mediation_signatures_committee_key", twice, ""),
    ])?;
    Ok(())
}

/// It is in force from that day; the one before it is no more.
pub fn take_effect<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    (case, id): (MatterId, AgreementId),
    on: NaiveDate,
) -> Result<()> {
    use MediationAgreementState::{Effective, Superseded};
    end(act, case, (Effective, Superseded))?;
    let in_force = (mediation_agreements::state.eq(Effective), mediation_agreements::effective_on.eq(on));
    diesel::update(mediation_agreements::table.find(id)).set(in_force).execute(act.conn)?;
    Ok(())
}

/// What is in a state is not from now on.
pub fn end(
    look: &mut Look<'_>,
    case: MatterId,
    (from, to): (MediationAgreementState, MediationAgreementState),
) -> Result<()> {
    let ended = (mediation_agreements::state.eq(to), mediation_agreements::ended_at.eq(look.now));
    let live = mediation_agreements::table
        .filter(mediation_agreements::case_id.eq(case).and(mediation_agreements::state.eq(from)));
    diesel::update(live).set(ended).execute(look.conn)?;
    Ok(())
}

/// Notes how something is kept, and how much of it is paid.
pub fn keep<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    id: ItemId,
    (state, paid_fen): (MediationItemState, i64),
) -> Result<()> {
    use mediation_agreement_items as item;
    let kept = (item::state.eq(state), item::paid_fen.eq(paid_fen));
    diesel::update(item::table.find(id)).set(kept).execute(act.conn)?;
    Ok(())
}

/// What was to be done by that day and is not is late.
pub(super) fn mark_late(look: &mut Look<'_>, agreement: AgreementId, on: NaiveDate) -> Result<()> {
    use mediation_agreement_items as item;
    let late = item::table
        .filter(item::agreement_id.eq(agreement).and(item::due_on.le(on)).and(item::late_at.is_null()))
        .filter(item::state.eq_any([MediationItemState::Open, MediationItemState::Partly]));
    diesel::update(late).set(item::late_at.eq(look.now)).execute(look.conn)?;
    Ok(())
}

/// By when the next of it is to be done that is not late yet.
pub(super) fn next_due(look: &mut Look<'_>, agreement: AgreementId) -> Result<Option<NaiveDate>> {
    use mediation_agreement_items as item;
    let owed = item::table
        .filter(item::agreement_id.eq(agreement).and(item::late_at.is_null()))
        .filter(item::state.eq_any([MediationItemState::Open, MediationItemState::Partly]));
    Ok(owed.select(diesel::dsl::min(item::due_on)).first(look.conn)?)
}

/// Whether a court was asked to confirm it, and has not refused.
pub fn is_before_court(look: &mut Look<'_>, agreement: AgreementId) -> Result<bool> {
    use mediation_confirmations as asked;
    let live = asked::table
        .filter(asked::agreement_id.eq(agreement).and(asked::state.eq_any(["applied", "confirmed"])));
    Ok(diesel::select(diesel::dsl::exists(live)).get_result(look.conn)?)
}

/// The day on which a court revoked an agreement, or found it void.
pub fn annulled_on(look: &mut Look<'_>, agreement: AgreementId) -> Result<Option<NaiveDate>> {
    use mediation_annulments as annulled;
    let one = annulled::table.filter(annulled::agreement_id.eq(agreement)).select(annulled::decided_on);
    Ok(one.first(look.conn).optional()?)
}

/// Whether the police are to decide whether somebody is punished.
pub fn waits_for_police(look: &mut Look<'_>, case: MatterId) -> Result<bool> {
    use mediation_penalty_waivers as asked;
    let waiting = asked::table.filter(asked::case_id.eq(case).and(asked::state.eq("applied")));
    Ok(diesel::select(diesel::dsl::exists(waiting)).get_result(look.conn)?)
}

/// The parties that have not joined a request for confirmation which another began; none where there is no such request.
pub fn unjoined(look: &mut Look<'_>, case: MatterId, agreement: AgreementId) -> Result<Vec<PartyId>> {
    use {mediation_confirmation_parties as joined, mediation_confirmations as asked};
    let begun = asked::table.filter(asked::agreement_id.eq(agreement).and(asked::state.eq("joining")));
    let Some(begun) = begun.select(asked::id).first::<uuid::Uuid>(look.conn).optional()? else {
        return Ok(Vec::new());
    };
    let there = joined::table.filter(joined::confirmation_id.eq(begun)).select(joined::party_id);
    let silent = mediation_parties::table
        .filter(mediation_parties::case_id.eq(case).and(mediation_parties::id.ne_all(there)));
    Ok(silent.order(mediation_parties::id).select(mediation_parties::id).load(look.conn)?)
}
