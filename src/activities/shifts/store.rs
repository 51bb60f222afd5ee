//! Every query of shifts. Lock order: the call, then its shifts in the order of their ids, then sign-ups.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::Action;
use super::model::{NewShift, ShiftChange, ShiftId, ShiftRow};
use crate::access::act::{Act, Look, Permit};
use crate::activities::volunteer_calls::{self, VolunteerCall, VolunteerCallId};
use crate::activities::volunteer_teams::VolunteerTeamId;
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::schema::{shift_signups, shifts};

/// One page of the shifts of a call that was found, by their beginning.
pub fn page(
    look: &mut Look<'_>,
    call: VolunteerCallId,
    pager: &Pager<'_, (DateTime<Utc>, Uuid)>,
) -> Result<Vec<ShiftRow>> {
    let mut query = shifts::table.filter(shifts::call_id.eq(call)).select(ShiftRow::as_select()).into_boxed();
    if let Some((at, id)) = pager.after {
        query = query.filter(shifts::starts_at.gt(at).or(shifts::starts_at.eq(at).and(shifts::id.gt(id))));
    }
    Ok(query.order((shifts::starts_at, shifts::id)).limit(pager.fetch()).load(look.conn)?)
}

/// A shift of a call that the caller sees.
pub fn find(look: &mut Look<'_>, id: ShiftId) -> Result<ShiftRow> {
    look.scope(Action::Find)?;
    let shift = load(look, id)?;
    volunteer_calls::store::find(look, shift.call_id)?;
    Ok(shift)
}

/// A shift, whoever looks: whether the caller sees its call is asked of that.
pub fn load(look: &mut Look<'_>, id: ShiftId) -> Result<ShiftRow> {
    Ok(shifts::table.find(id).select(ShiftRow::as_select()).first(look.conn)?)
}

/// The same, locked.
pub fn lock(act: &mut Act<'_>, id: ShiftId) -> Result<ShiftRow> {
    let one = shifts::table.find(id).select(ShiftRow::as_select()).for_no_key_update();
    Ok(one.first(act.conn)?)
}

/// All shifts of a call, locked.
pub fn lock_all(act: &mut Act<'_>, call: &Permit<VolunteerCall>) -> Result<Vec<ShiftRow>> {
    let all = shifts::table.filter(shifts::call_id.eq(call.row.id)).order(shifts::id);
    Ok(all.select(ShiftRow::as_select()).for_no_key_update().load(act.conn)?)
}

/// How many shifts a call has.
pub fn count(act: &mut Act<'_>, call: VolunteerCallId) -> Result<i64> {
    Ok(shifts::table.filter(shifts::call_id.eq(call)).count().get_result(act.conn)?)
}

/// Whether somebody has a place, waits or asks for one.
pub fn has_signups(look: &mut Look<'_>, id: ShiftId) -> Result<bool> {
    let active = shift_signups::table
        .filter(shift_signups::shift_id.eq(id))
        .filter(shift_signups::state.eq_any(["requested", "held", "waiting"]));
    Ok(diesel::select(diesel::dsl::exists(active)).get_result(look.conn)?)
}

/// Adds a shift.
pub fn insert(act: &mut Act<'_>, _: &Permit<VolunteerCall>, new: &NewShift) -> Result<ShiftRow> {
    let added = diesel::insert_into(shifts::table).values(new).returning(ShiftRow::as_returning());
    Ok(added.get_result(act.conn)?)
}

/// When and where a call that was locked has shifts of a team that were not cancelled.
pub fn of_team(
    act: &mut Act<'_>,
    call: &Permit<VolunteerCall>,
    team: VolunteerTeamId,
) -> Result<Vec<(DateTime<Utc>, String)>> {
    let there = shifts::table.filter(shifts::call_id.eq(call.row.id).and(shifts::team_id.eq(team)));
    let there = there.filter(shifts::is_cancelled.eq(false));
    Ok(there.select((shifts::starts_at, shifts::place)).load(act.conn)?)
}

/// Adds several shifts.
pub fn insert_all(act: &mut Act<'_>, _: &Permit<VolunteerCall>, new: &[NewShift]) -> Result<Vec<ShiftRow>> {
    let added = diesel::insert_into(shifts::table).values(new).returning(ShiftRow::as_returning());
    Ok(added.get_results(act.conn)?)
}

/// Changes a shift of a call; its version moves even if nothing else does.
pub fn update(
    act: &mut Act<'_>,
    call: &Permit<VolunteerCall>,
    id: ShiftId,
    change: &ShiftChange,
) -> Result<ShiftRow> {
    let moved = (shifts::version.eq(shifts::version + 1), shifts::updated_at.eq(act.now));
    // The permit is for the call's own, and for no other.
    let own = shifts::table.find(id).filter(shifts::call_id.eq(call.row.id));
    let changed = diesel::update(own).set((change, moved));
    Ok(changed.returning(ShiftRow::as_returning()).get_result(act.conn)?)
}

/// Opens or closes the places of all shifts of a call that were locked.
pub fn set_open(act: &mut Act<'_>, call: &Permit<VolunteerCall>, is_open: bool) -> Result<()> {
    let all = shifts::table.filter(shifts::call_id.eq(call.row.id).and(shifts::is_cancelled.eq(false)));
    diesel::update(all).set(shifts::is_open.eq(is_open)).execute(act.conn)?;
    Ok(())
}

/// What became of a sign-up.
#[derive(Clone, Debug, QueryableByName)]
#[expect(missing_docs, reason = "named as the columns")]
pub struct Became {
    #[diesel(sql_type = SqlUuid)]
    #[diesel(column_name = "signup")]
    pub signup: Uuid,
    #[diesel(sql_type = Text)]
    #[diesel(column_name = "became")]
    pub became: String,
}

/// A sign-up is decided or ends, or the shift gets another size; whoever waits longest moves up into what is free.
pub fn change_places(
    act: &mut Act<'_>,
    shift: ShiftId,
    signup: Option<(Uuid, &str)>,
    capacity: Option<i32>,
) -> Result<Vec<Became>> {
    let changed = diesel::sql_query("SELECT signup, became FROM change_shift_places($1, $2, $3, $4, $5)")
        .bind::<Timestamptz, _>(act.now)
        .bind::<SqlUuid, _>(shift.0)
        .bind::<Nullable<SqlUuid>, _>(signup.map(|(id, _)| id))
        .bind::<Nullable<Text>, _>(signup.map(|(_, state)| state))
        .bind::<Nullable<Integer>, _>(capacity);
    Ok(changed.load(act.conn)?)
}

#[derive(QueryableByName)]
struct Ended {
    #[diesel(sql_type = SqlUuid)]
    #[diesel(column_name = "signup")]
    signup: Uuid,
}

/// Cancels a shift that was locked, with the reason where there is one; answers whose sign-ups ended with it.
pub fn cancel(
    act: &mut Act<'_>,
    _: &Permit<VolunteerCall>,
    id: ShiftId,
    reason: Option<&str>,
) -> Result<Vec<Uuid>> {
    let ended = diesel::sql_query("SELECT signup FROM cancel_shift($1, $2)")
        .bind::<Timestamptz, _>(act.now)
        .bind::<SqlUuid, _>(id.0)
        .load::<Ended>(act.conn)?;
    diesel::update(shifts::table.find(id)).set(shifts::cancelled_because.eq(reason)).execute(act.conn)?;
    Ok(ended.into_iter().map(|one| one.signup).collect())
}
