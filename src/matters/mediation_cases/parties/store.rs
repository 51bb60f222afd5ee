//! Every query of parties.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::hearings;
use super::super::kinds::{MediationConsent, MediationConsentBy, MediationPartyKind};
use super::model::{NewParty, PartyConsent, PartyId, PartyRow};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::matters::registry::MatterId;
use crate::people::residents::OnePerson;
use crate::schema::{matters, mediation_parties, residents};

/// The parties of a case that was found, the first first.
pub fn of(look: &mut Look<'_>, case: MatterId) -> Result<Vec<PartyRow>> {
    let parties =
        mediation_parties::table.filter(mediation_parties::case_id.eq(case)).order(mediation_parties::id);
    Ok(parties.select(PartyRow::as_select()).load(look.conn)?)
}

/// Adds a party; one that is in it already is refused, at the field that names it.
pub fn add<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    new: &NewParty,
    (twice, resident, organisation): (&'static Rule, &str, &str),
) -> Result<()> {
    diesel::insert_into(mediation_parties::table).values(new).execute(act.conn).on_constraints(&[
        ("mediation_parties_case_id_resident_id_key", twice, resident),
        ("mediation_parties_case_id_organisation_id_key", twice, organisation),
    ])?;
    Ok(())
}

/// Notes what a party said.
pub fn consent<T>(act: &mut Act<'_>, _: &Permit<T>, id: PartyId, said: &PartyConsent) -> Result<()> {
    diesel::update(mediation_parties::table.find(id)).set(said).execute(act.conn)?;
    Ok(())
}

/// Asks every party of a case anew, as when it is mediated once more (人民调解法 17).
pub fn ask_again(look: &mut Look<'_>, case: MatterId) -> Result<()> {
    let silent = (
        mediation_parties::consent.eq(MediationConsent::Pending),
        mediation_parties::consent_by.eq(None::<MediationConsentBy>),
        mediation_parties::consented_at.eq(None::<DateTime<Utc>>),
        mediation_parties::consent_noted_by.eq(None::<AccountId>),
    );
    diesel::update(mediation_parties::table.filter(mediation_parties::case_id.eq(case)))
        .set(silent)
        .execute(look.conn)?;
    Ok(())
}

/// The account that a resident's record is bound to.
pub fn account_bound(look: &mut Look<'_>, resident: ResidentId) -> Result<Option<AccountId>> {
    Ok(residents::table.find(resident).select(residents::account_id).first(look.conn)?)
}

/// What somebody was a party of in that committee becomes the dispute of the record that stays; in a case of both, the other is kept by name.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let here = matters::table.filter(matters::division.eq(pair.division)).select(matters::id);
    let both: Vec<MatterId> = mediation_parties::table
        .filter(mediation_parties::resident_id.eq(pair.into))
        .select(mediation_parties::case_id)
        .load(act.conn)?;
    let name: String = residents::table.find(pair.from).select(residents::name).first(act.conn)?;
    let doubled = mediation_parties::table
        .filter(mediation_parties::resident_id.eq(pair.from))
        .filter(mediation_parties::case_id.eq_any(here).and(mediation_parties::case_id.eq_any(&both)));
    let named = (
        mediation_parties::kind.eq(MediationPartyKind::Person),
        mediation_parties::name.eq(name),
        mediation_parties::resident_id.eq(None::<ResidentId>),
    );
    diesel::update(doubled).set(named).execute(act.conn)?;
    let known = mediation_parties::table
        .filter(mediation_parties::resident_id.eq(pair.from))
        .filter(mediation_parties::case_id.eq_any(here));
    diesel::update(known).set(mediation_parties::resident_id.eq(pair.into)).execute(act.conn)?;
    hearings::join(act, pair)
}

/// For whom somebody speaks in that committee, they do as the record that stays.
pub fn join_representatives(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let here = matters::table.filter(matters::division.eq(pair.division)).select(matters::id);
    let known = mediation_parties::table
        .filter(mediation_parties::representative_id.eq(pair.from))
        .filter(mediation_parties::case_id.eq_any(here));
    diesel::update(known).set(mediation_parties::representative_id.eq(pair.into)).execute(act.conn)?;
    Ok(())
}
