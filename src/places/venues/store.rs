//! Every query of venues.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Double};
use uuid::Uuid;

use super::Action;
use super::model::{Filter, NewVenue, VenueChange, VenueId, VenueRow};
use super::rules::{DIVISION_UNKNOWN, NAME_TAKEN};
use super::short_code::ShortCode;
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::places::coordinates::{METRES_A_DEGREE, Near};
use crate::schema::venues;

const CONSTRAINTS: &[(&str, &Rule, &str)] = &[
    ("venues_division_name_key", &NAME_TAKEN, "/name"),
    ("venues_division_fkey", &DIVISION_UNKNOWN, "/division"),
];

/// What the caller sees: what is open, in the scope; what is closed, where they look after it.
macro_rules! seen {
    ($look:expr, $scope:expr) => {{
        let kept = $look.scope(Action::Update).unwrap_or_else(|_| Scope::nothing());
        venues::table
            .filter(within(venues::division, $scope))
            .filter(venues::status.eq("active").or(within(venues::division, &kept)))
            .select(VenueRow::as_select())
    }};
}

/// One page of what the caller sees, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<VenueRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = seen!(look, &scope).into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(venues::kind.eq(kind));
    }
    if let Some(near @ Near { point, metres }) = filter.near {
        // A box for the index, then the circle in it: over some kilometres the ground is flat.
        let (radius, east, (wide, high)) = (f64::from(metres), near.metres_east(), near.reach());
        let circle = sql::<Bool>("((venues.latitude - ")
            .bind::<Double, _>(point.latitude)
            .sql(") * ")
            .bind::<Double, _>(METRES_A_DEGREE)
            .sql(") ^ 2 + ((venues.longitude - ")
            .bind::<Double, _>(point.longitude)
            .sql(") * ")
            .bind::<Double, _>(east)
            .sql(") ^ 2 <= ")
            .bind::<Double, _>(radius * radius);
        query = query
            .filter(venues::latitude.between(point.latitude - high, point.latitude + high))
            .filter(venues::longitude.between(point.longitude - wide, point.longitude + wide))
            .filter(circle);
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(venues::division, venues::id, after));
    }
    Ok(query.order((venues::division, venues::id)).limit(pager.fetch()).load(look.conn)?)
}

/// A venue the caller sees.
pub fn find(look: &mut Look<'_>, id: VenueId) -> Result<VenueRow> {
    find_for(look, Action::Find, id)
}

/// A venue the caller sees and can see this part of: 404 where they can't see it there, 403 where they never can.
pub fn find_for(look: &mut Look<'_>, action: Action, id: VenueId) -> Result<VenueRow> {
    let scope = look.scope(action)?;
    Ok(seen!(look, &scope).filter(venues::id.eq(id)).first(look.conn)?)
}

/// The venue of a code, where the caller sees it.
pub fn find_by_code(look: &mut Look<'_>, code: &ShortCode) -> Result<VenueRow> {
    let scope = look.scope(Action::Find)?;
    Ok(seen!(look, &scope).filter(venues::short_code.eq(code.as_str())).first(look.conn)?)
}

/// Whether a venue lies in a division.
pub fn is_in(look: &mut Look<'_>, id: VenueId, division: Division) -> Result<bool> {
    let there = venues::table.filter(venues::id.eq(id).and(venues::division.eq(division)));
    Ok(diesel::select(diesel::dsl::exists(there)).get_result(look.conn)?)
}

/// A venue the caller sees, locked; others may still name it.
pub fn lock(act: &mut Act<'_>, id: VenueId) -> Result<VenueRow> {
    let scope = act.scope(Action::Find)?;
    Ok(seen!(act, &scope).filter(venues::id.eq(id)).for_no_key_update().first(act.conn)?)
}

/// Adds a venue.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewVenue>) -> Result<VenueRow> {
    diesel::insert_into(venues::table)
        .values(&**new)
        .returning(VenueRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Changes a venue.
pub fn update(act: &mut Act<'_>, venue: &Permit<VenueRow>, change: VenueChange) -> Result<VenueRow> {
    let next = (change, venues::version.eq(venues::version + 1), venues::updated_at.eq(act.now));
    diesel::update(venues::table.find(venue.id))
        .set(next)
        .returning(VenueRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}
