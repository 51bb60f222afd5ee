//! Every query of who is in a team.

use diesel::prelude::*;
use uuid::Uuid;

use super::model::{Joining, MemberRow, Membership, NamedMember, VolunteerTeamMemberId};
use super::rules::JOINED;
use crate::access::act::{Act, Look, Permit};
use crate::activities::volunteer_teams::{LedTeam, VolunteerTeam, VolunteerTeamId};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::people::residents::OnePerson;
use crate::people::visit_findings::store::NAMED;
use crate::schema::{residents, volunteer_team_members as members};

/// One page of who is in a team, as they joined; only those who can do something, where that is asked.
pub fn page(
    look: &mut Look<'_>,
    roster: &Permit<LedTeam>,
    skill: Option<&str>,
    pager: &Pager<'_, Uuid>,
) -> Result<Vec<NamedMember>> {
    let is_named = residents::id.eq(members::resident_id).and(residents::status.eq_any(NAMED));
    let mut query = members::table
        .left_join(residents::table.on(is_named))
        .filter(members::team_id.eq(roster.team.row.id).and(members::left_at.is_null()))
        .select((MemberRow::as_select(), residents::name.nullable()))
        .into_boxed();
    if let Some(skill) = skill {
        query = query.filter(members::skills.contains(vec![Some(skill.to_owned())]));
    }
    if let Some(after) = pager.after {
        query = query.filter(members::id.gt(VolunteerTeamMemberId(after)));
    }
    Ok(query.order(members::id).limit(pager.fetch()).load(look.conn)?)
}

/// What one is in, the newest first.
pub fn page_own(look: &mut Look<'_>, pager: &Pager<'_, Uuid>) -> Result<Vec<MemberRow>> {
    let own = members::table
        .filter(members::account_id.eq(look.actor.account()?).and(members::left_at.is_null()))
        .select(MemberRow::as_select())
        .into_boxed();
    let own = match pager.after {
        Some(after) => own.filter(members::id.lt(VolunteerTeamMemberId(after))),
        None => own,
    };
    Ok(own.order(members::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// Somebody who is in a team; locked.
pub fn lock(act: &mut Act<'_>, team: VolunteerTeamId, id: VolunteerTeamMemberId) -> Result<MemberRow> {
    let one = members::table.find(id).filter(members::team_id.eq(team).and(members::left_at.is_null()));
    Ok(one.select(MemberRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Adds somebody.
pub fn insert(act: &mut Act<'_>, joining: &Permit<Joining>) -> Result<MemberRow> {
    diesel::insert_into(members::table)
        .values(&joining.new)
        .returning(MemberRow::as_returning())
        .get_result(act.conn)
        .on_constraint("volunteer_team_members_active_key", &JOINED)
}

/// Lets somebody go.
pub fn leave(act: &mut Act<'_>, membership: &Permit<Membership>) -> Result<()> {
    let gone = (members::left_at.eq(act.now), members::is_leader.eq(false));
    diesel::update(members::table.find(membership.row.id)).set(gone).execute(act.conn)?;
    Ok(())
}

/// Makes one of them the leader, in place of who was, in a team that was locked.
pub fn lead(act: &mut Act<'_>, team: &Permit<VolunteerTeam>, id: VolunteerTeamMemberId) -> Result<()> {
    let before = members::table.filter(members::team_id.eq(team.row.id).and(members::is_leader));
    diesel::update(before).set(members::is_leader.eq(false)).execute(act.conn)?;
    diesel::update(members::table.find(id)).set(members::is_leader.eq(true)).execute(act.conn)?;
    Ok(())
}

/// Gives what one record is in to another of the same person.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    diesel::update(members::table.filter(members::resident_id.eq(pair.from)))
        .set(members::resident_id.eq(pair.into))
        .execute(act.conn)?;
    Ok(())
}
