//! Every query of the map.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Double};

use super::Action;
use super::model::{PlacedCall, Places};
use crate::access::act::Look;
use crate::activities::shifts::ShiftKind;
use crate::activities::volunteer_calls::VolunteerCallId;
use crate::kit::problem::Result;
use crate::places::coordinates::{METRES_A_DEGREE, Near};
use crate::schema::{building_groups, organisations, shifts, volunteer_calls};

/// As many stand on a map.
const MOST: i64 = 100;

/// The open calls for everybody round a point, the closest first; of two as close the older. An index gives the box, and what is in it is
/// sorted: none could carry the distance from wherever somebody looks, but in degrees, of which those to the east are shorter.
pub fn near(look: &mut Look<'_>, near: Near) -> Result<Vec<PlacedCall>> {
    look.scope(Action::Find)?;
    let (wide, high) = near.reach();
    let (east, north) = (near.point.longitude, near.point.latitude);
    let (longitude, latitude) =
        (volunteer_calls::longitude.assume_not_null(), volunteer_calls::latitude.assume_not_null());
    // Over some kilometres the ground is flat.
    let away = sql::<Double>("(volunteer_calls.latitude - ")
        .bind::<Double, _>(north)
        .sql(") ^ 2 + ((volunteer_calls.longitude - ")
        .bind::<Double, _>(east)
        .sql(") * ")
        .bind::<Double, _>(near.metres_east() / METRES_A_DEGREE)
        .sql(") ^ 2");
    let mut calls: Vec<PlacedCall> = volunteer_calls::table
        .left_join(organisations::table)
        .left_join(building_groups::table)
        // As the index says it: of a parameter nobody knows beforehand that it is the same.
        .filter(sql::<Bool>("volunteer_calls.visibility = 'public'"))
        .filter(sql::<Bool>("volunteer_calls.state = 'published'"))
        .filter(volunteer_calls::latitude.between(north - high, north + high))
        .filter(volunteer_calls::longitude.between(east - wide, east + wide))
        .order((away, volunteer_calls::id))
        .limit(MOST)
        .select((
            volunteer_calls::id,
            volunteer_calls::division,
            volunteer_calls::title,
            (volunteer_calls::organisation_id, organisations::name.nullable()),
            (volunteer_calls::building_group_id, building_groups::name.nullable()),
            longitude,
            latitude,
        ))
        .load(look.conn)?;
    let metres = |call: &PlacedCall| call.point().map_or(f64::INFINITY, |at| near.point.metres_to(at));
    calls.retain(|call| metres(call) <= f64::from(near.metres));
    Ok(calls)
}

/// What can still be taken of calls.
pub fn places(look: &mut Look<'_>, calls: &[PlacedCall]) -> Result<HashMap<VolunteerCallId, Places>> {
    let ids: Vec<VolunteerCallId> = calls.iter().map(|call| call.id).collect();
    let is_ahead = shifts::kind.eq(ShiftKind::Fixed).and(shifts::starts_at.gt(look.now)).or(shifts::kind
        .ne(ShiftKind::Fixed)
        .and(shifts::ends_at.is_null().or(shifts::ends_at.gt(look.now))));
    let rows: Vec<(VolunteerCallId, DateTime<Utc>, i32, i32)> = shifts::table
        .filter(shifts::call_id.eq_any(ids).and(shifts::is_open))
        .filter(is_ahead.assume_not_null())
        .order(shifts::starts_at)
        .select((shifts::call_id, shifts::starts_at, shifts::capacity, shifts::taken))
        .load(look.conn)?;
    let mut places = HashMap::<VolunteerCallId, Places>::new();
    for (call, starts_at, capacity, taken) in rows {
        let so_far = places.entry(call).or_default();
        so_far.next_shift_at.get_or_insert(starts_at);
        so_far.free += i64::from(capacity - taken);
    }
    Ok(places)
}
