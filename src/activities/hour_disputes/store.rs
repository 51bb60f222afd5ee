//! Every query of disputes.

use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{DisputeRow, HourDisputeId, HourDisputeOutcome, NewDispute};
use super::rules::PENDING;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::role::Role;
use crate::access::within::{beyond, within};
use crate::activities::shift_signups::ShiftSignupId;
use crate::activities::volunteer_calls::{VolunteerCall, VolunteerCallId, holds};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::schema::{
    attendance_corrections, attendances, building_groups, hour_disputes, shift_signups, shifts,
    volunteer_calls,
};

/// One page of one's own, those of one's range, and those of what one's building group organises; all, or those that wait for their answer,
/// or those that have it.
pub fn page(
    look: &mut Look<'_>,
    is_open: Option<bool>,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<DisputeRow>> {
    let scope = look.scope(Action::List)?;
    let account = look.actor.account()?;
    let led = building_groups::leader_id.eq(account).or(building_groups::deputy_id.eq(account));
    let is_leader = look.actor.standings.iter().any(|standing| standing.role == Role::GroupLeader);
    let places = look.actor.standings.iter().filter_map(|standing| Division::of_start(standing.range));
    let held: Vec<Division> = places.filter(|place| holds(&look.actor, *place)).collect();
    let mut query =
        hour_disputes::table
            .inner_join(shift_signups::table.inner_join(
                shifts::table.inner_join(volunteer_calls::table.left_join(building_groups::table)),
            ))
            .select(DisputeRow::as_select())
            .into_boxed();
    let seen = within(hour_disputes::division, &scope)
        .or(hour_disputes::account_id.eq(account))
        .or(hour_disputes::division.eq_any(held));
    query = match is_leader {
        true => query.filter(seen.or(led.assume_not_null())),
        false => query.filter(seen),
    };
    query = match is_open {
        Some(true) => query.filter(hour_disputes::outcome.is_null()),
        Some(false) => query.filter(hour_disputes::outcome.is_not_null()),
        None => query,
    };
    if let Some(after) = pager.after {
        query = query.filter(beyond(hour_disputes::division, hour_disputes::id, after));
    }
    Ok(query.order((hour_disputes::division, hour_disputes::id)).limit(pager.fetch()).load(look.conn)?)
}

/// The disputes of a sign-up, the first first.
pub fn of(look: &mut Look<'_>, signup: ShiftSignupId) -> Result<Vec<DisputeRow>> {
    let all = hour_disputes::table.filter(hour_disputes::signup_id.eq(signup)).order(hour_disputes::id);
    Ok(all.select(DisputeRow::as_select()).load(look.conn)?)
}

/// A dispute, whoever looks, with its call: whether the caller sees that is asked of it.
pub fn load(look: &mut Look<'_>, id: HourDisputeId) -> Result<(DisputeRow, VolunteerCallId)> {
    let one = hour_disputes::table
        .inner_join(shift_signups::table.inner_join(shifts::table))
        .filter(hour_disputes::id.eq(id));
    Ok(one.select((DisputeRow::as_select(), shifts::call_id)).first(look.conn)?)
}

/// Who wrote down what is disputed: noted the coming or the going, or corrected it, before it was disputed.
pub fn recorders(look: &mut Look<'_>, dispute: &DisputeRow) -> Result<Vec<Option<AccountId>>> {
    let until = dispute.created_at;
    let stays = || attendances::table.filter(attendances::signup_id.eq(dispute.signup_id));
    let came = stays().filter(attendances::created_at.le(until)).select(attendances::noted_by);
    let left_before = attendances::left_noted_at.is_null().or(attendances::left_noted_at.le(until));
    let left = stays().filter(left_before).select(attendances::left_noted_by);
    let corrected = attendance_corrections::table
        .inner_join(attendances::table)
        .filter(attendances::signup_id.eq(dispute.signup_id))
        .filter(attendance_corrections::created_at.le(until))
        .select(attendance_corrections::corrected_by.nullable());
    Ok(came.union(left).union(corrected).load(look.conn)?)
}

/// Whether something that is disputed was put right since: a stay that had begun by then was changed, or is noted only now. What the end
/// of the call noted by itself is no correction.
pub fn is_corrected(look: &mut Look<'_>, dispute: &DisputeRow) -> Result<bool> {
    let since = dispute.created_at;
    let changed = attendances::table
        .filter(attendances::signup_id.eq(dispute.signup_id).and(attendances::updated_at.gt(since)))
        .filter(attendances::arrived_at.is_null().or(attendances::arrived_at.le(since)))
        .filter(attendances::source.ne("completion").or(attendances::version.gt(1)));
    Ok(diesel::select(diesel::dsl::exists(changed)).get_result(look.conn)?)
}

/// Adds a dispute.
pub fn insert(act: &mut Act<'_>, new: &NewDispute) -> Result<DisputeRow> {
    diesel::insert_into(hour_disputes::table)
        .values(new)
        .returning(DisputeRow::as_returning())
        .get_result(act.conn)
        .on_constraint("hour_disputes_signup_id_stage_key", &PENDING)
}

/// Writes the answer, unless there is one; answers whether there was none.
pub fn answer(
    act: &mut Act<'_>,
    _: &Permit<VolunteerCall>,
    id: HourDisputeId,
    (outcome, answer): (HourDisputeOutcome, String),
) -> Result<Option<DisputeRow>> {
    let open = hour_disputes::table.find(id).filter(hour_disputes::outcome.is_null());
    let said = (
        hour_disputes::outcome.eq(outcome),
        hour_disputes::answer.eq(answer),
        hour_disputes::answered_by.eq(act.actor.account()?),
        hour_disputes::answered_at.eq(act.now),
    );
    let changed = diesel::update(open).set(said).returning(DisputeRow::as_returning());
    Ok(changed.get_result(act.conn).optional()?)
}
