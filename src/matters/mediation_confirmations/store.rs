//! Every query of requests for confirmation, whose case says who may know of them.

use diesel::prelude::*;

use super::model::{
    ConfirmationChange, ConfirmationId, ConfirmationRow, MediationConfirmationState, NewConfirmation,
    NewJoined,
};
use crate::access::act::{Act, Look, Permit};
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::matters::mediation_cases::agreements::AgreementId;
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::registry::MatterId;
use crate::schema::{mediation_agreements, mediation_confirmation_parties, mediation_confirmations};

/// The last request of a case that was found.
pub fn last(look: &mut Look<'_>, case: MatterId) -> Result<ConfirmationRow> {
    let of_case = mediation_confirmations::table
        .inner_join(mediation_agreements::table)
        .filter(mediation_agreements::case_id.eq(case))
        .order(mediation_confirmations::id.desc());
    Ok(of_case.select(ConfirmationRow::as_select()).first(look.conn)?)
}

/// Of which case one is.
pub fn case_of(look: &mut Look<'_>, id: ConfirmationId) -> Result<MatterId> {
    let one = mediation_confirmations::table.find(id).inner_join(mediation_agreements::table);
    Ok(one.select(mediation_agreements::case_id).first(look.conn)?)
}

/// The request that an agreement has, and that the court has not refused.
pub fn live(look: &mut Look<'_>, agreement: AgreementId) -> Result<Option<ConfirmationRow>> {
    let one = mediation_confirmations::table
        .filter(mediation_confirmations::agreement_id.eq(agreement))
        .filter(mediation_confirmations::state.ne(MediationConfirmationState::Refused));
    Ok(one.select(ConfirmationRow::as_select()).first(look.conn).optional()?)
}

/// The parties that joined.
pub fn joined(look: &mut Look<'_>, id: ConfirmationId) -> Result<Vec<PartyId>> {
    use mediation_confirmation_parties as joined;
    let all = joined::table.filter(joined::confirmation_id.eq(id)).order(joined::party_id);
    Ok(all.select(joined::party_id).load(look.conn)?)
}

/// Begins a request.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewConfirmation) -> Result<()> {
    diesel::insert_into(mediation_confirmations::table).values(new).execute(act.conn)?;
    Ok(())
}

/// A party joins, once.
pub fn join<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewJoined, twice: &'static Rule) -> Result<()> {
    diesel::insert_into(mediation_confirmation_parties::table)
        .values(new)
        .execute(act.conn)
        .on_constraint("mediation_confirmation_parties_pkey", twice)?;
    Ok(())
}

/// Changes a request, and moves its version.
pub fn update<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    id: ConfirmationId,
    change: &ConfirmationChange,
) -> Result<ConfirmationRow> {
    use mediation_confirmations as asked;
    let moved = (asked::version.eq(asked::version + 1), asked::updated_at.eq(act.now));
    let changed = diesel::update(asked::table.find(id)).set((change, moved));
    Ok(changed.returning(ConfirmationRow::as_returning()).get_result(act.conn)?)
}
