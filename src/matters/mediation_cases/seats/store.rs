//! Every query of seats and objections.

use diesel::prelude::*;

use super::model::{
    NewObjection, NewSeat, ObjectionDecided, ObjectionId, ObjectionRow, SeatId, SeatReply, SeatRow,
};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{AccountId, OrganisationId};
use crate::access::division::Division;
use crate::access::role::Role;
use crate::kit::clock::local_date;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::matters::registry::MatterId;
use crate::schema::{mediation_objections, mediation_seats, posts};

/// The seats of a case that was found, those that were left and declined among them.
pub fn of(look: &mut Look<'_>, case: MatterId) -> Result<Vec<SeatRow>> {
    let seats = mediation_seats::table.filter(mediation_seats::case_id.eq(case)).order(mediation_seats::id);
    Ok(seats.select(SeatRow::as_select()).load(look.conn)?)
}

/// Asks somebody to sit; a seat that is taken, and who sits there already, is refused.
pub fn add<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewSeat, taken: &'static Rule) -> Result<()> {
    diesel::insert_into(mediation_seats::table).values(new).execute(act.conn).on_constraints(&[
        ("mediation_seats_case_id_role_key", taken, "/role"),
        ("mediation_seats_case_id_account_id_key", taken, "/account"),
    ])?;
    Ok(())
}

/// Changes how a seat stands.
pub fn reply<T>(act: &mut Act<'_>, _: &Permit<T>, id: SeatId, said: &SeatReply) -> Result<()> {
    diesel::update(mediation_seats::table.find(id)).set(said).execute(act.conn)?;
    Ok(())
}

/// The objections of a case that was found.
pub fn objections(look: &mut Look<'_>, case: MatterId) -> Result<Vec<ObjectionRow>> {
    let made = mediation_objections::table
        .filter(mediation_objections::case_id.eq(case))
        .order(mediation_objections::id);
    Ok(made.select(ObjectionRow::as_select()).load(look.conn)?)
}

/// Notes an objection; one party objects to somebody once.
pub fn object<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewObjection, twice: &'static Rule) -> Result<()> {
    diesel::insert_into(mediation_objections::table).values(new).execute(act.conn).on_constraints(&[(
        "mediation_objections_seat_id_party_id_key",
        twice,
        "/seat",
    )])?;
    Ok(())
}

/// Notes what was decided.
pub fn decide<T>(act: &mut Act<'_>, _: &Permit<T>, id: ObjectionId, said: &ObjectionDecided) -> Result<()> {
    diesel::update(mediation_objections::table.find(id)).set(said).execute(act.conn)?;
    Ok(())
}

/// The post by which somebody may sit there, and its organisation; none where they hold no such post.
pub fn post(
    look: &mut Look<'_>,
    account: AccountId,
    role: Role,
    division: Division,
) -> Result<Option<Option<OrganisationId>>> {
    let today = local_date(look.now);
    let held = posts::table
        .filter(posts::account_id.eq(account).and(posts::role.eq(role)))
        .filter(posts::division.eq_any(division.line()))
        .filter(posts::ended_at.is_null().and(posts::starts_on.le(today)))
        .filter(posts::ends_on.is_null().or(posts::ends_on.ge(today)))
        .order(posts::id);
    Ok(held.select(posts::organisation_id).first(look.conn).optional()?)
}
