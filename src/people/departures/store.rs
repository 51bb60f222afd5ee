//! Every query of departures.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::Action;
use super::model::{DepartureRow, NewDeparture};
use crate::access::act::{Act, Look, Permit};
use crate::access::within::within;
use crate::kit::problem::Result;
use crate::people::residents::{OnePerson, ResidentDetailRow, ResidentId, ResidentStatus};
use crate::schema::{resident_departures, residents};

/// The departure that closed a resident's record.
pub fn find(look: &mut Look<'_>, resident: ResidentId) -> Result<DepartureRow> {
    let scope = look.scope(Action::Find)?;
    let open = resident_departures::table
        .inner_join(residents::table)
        .filter(within(residents::division, &scope))
        .filter(resident_departures::resident_id.eq(resident))
        .filter(resident_departures::closed_at.is_null())
        .filter(residents::status.ne_all(ResidentStatus::HIDDEN));
    Ok(open.select(DepartureRow::as_select()).first(look.conn)?)
}

/// Adds a departure.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewDeparture>) -> Result<DepartureRow> {
    let row = diesel::insert_into(resident_departures::table).values(&**new);
    Ok(row.returning(DepartureRow::as_returning()).get_result(act.conn)?)
}

/// Closes the departure of a record that opens again; answers it.
pub fn close(act: &mut Act<'_>, resident: &Permit<ResidentDetailRow>) -> Result<Option<DepartureRow>> {
    let open = resident_departures::table
        .filter(resident_departures::resident_id.eq(resident.resident.id))
        .filter(resident_departures::closed_at.is_null());
    let closed = diesel::update(open).set(resident_departures::closed_at.eq(act.now));
    Ok(closed.returning(DepartureRow::as_returning()).get_result(act.conn).optional()?)
}

/// Gives one record's departures to another record of the same person, whose own say whether they are here. Those of another
/// committee stay with the record that it knows.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    use resident_departures::{closed_at, division, resident_id};
    let open = resident_departures::table.filter(resident_id.eq(pair.from).and(closed_at.is_null()));
    diesel::update(open).set(closed_at.eq(Some::<DateTime<Utc>>(act.now))).execute(act.conn)?;
    diesel::update(
        resident_departures::table.filter(resident_id.eq(pair.from).and(division.eq(pair.division))),
    )
    .set(resident_id.eq(pair.into))
    .execute(act.conn)?;
    Ok(())
}

/// Empties where somebody went.
pub fn empty_all_of(act: &mut Act<'_>, resident: ResidentId) -> Result<()> {
    diesel::update(resident_departures::table.filter(resident_departures::resident_id.eq(resident)))
        .set(resident_departures::destination.eq(""))
        .execute(act.conn)?;
    Ok(())
}
