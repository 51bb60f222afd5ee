//! Joining and leaving a team, looking through its roster, and saying who leads it.

use serde_json::json;

use super::model::{Joining, MemberRow, Membership, NamedMember, NewMember, VolunteerTeamMemberId};
use super::rules::{LEADER_UNFIT, OUTSIDE, must_fit};
use super::views::{NamedVolunteerTeamMemberView, VolunteerTeamMemberView};
use super::wire::{VolunteerTeamMemberDraft, VolunteerTeamMemberQuery};
use super::{Action, store};
use crate::access::act::{Act, Event, Look};
use crate::activities::volunteer_teams::store::{captain, find, lock, update};
use crate::activities::volunteer_teams::{
    DISSOLVED, LedTeam, VolunteerTeam, VolunteerTeamId, VolunteerTeamStatus, kept, record,
};
use crate::kit::answer::Nothing;
use crate::kit::clock::local_date;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::matters::petitions::store::own_groups;
use crate::people::subjects::{self, Subject};

/// Joins a team, for oneself.
pub fn create(
    act: &mut Act<'_>,
    id: VolunteerTeamId,
    draft: VolunteerTeamMemberDraft,
) -> Result<VolunteerTeamMemberView> {
    act.scope(Action::Create)?;
    let team = find(act, id)?;
    if team.row.status == VolunteerTeamStatus::Dissolved {
        return DISSOLVED.refuse();
    }
    let subject = inside(act, &team)?;
    must_fit(team.row.kind, subject.born_on, local_date(act.now))?;
    let new = NewMember {
        id: VolunteerTeamMemberId::new(),
        team_id: id,
        resident_id: subject.resident,
        account_id: act.actor.account()?,
        skills: kept(draft.skills),
        joined_at: act.now,
    };
    let joining = act.permit(Action::Create, Joining { new, division: team.row.division })?;
    let row = store::insert(act, &joining)?;
    note(act, Action::Create, &team, &row)?;
    Ok(row.into())
}

/// The record by which the caller is of the place that a team serves.
fn inside(look: &mut Look<'_>, team: &VolunteerTeam) -> Result<Subject> {
    let range = team.row.division.range();
    let own = subjects::own(look)?.into_iter().find(|subject| range.contains(subject.division));
    let is_near = match team.row.building_group_id {
        Some(group) => own_groups(look)?.contains(&group),
        None => true,
    };
    own.filter(|_| is_near).ok_or_else(|| (&OUTSIDE).into())
}

/// Leaves a team; who organises it may let somebody go, too.
pub fn delete(act: &mut Act<'_>, team: VolunteerTeamId, id: VolunteerTeamMemberId) -> Result<Nothing> {
    act.scope(Action::Delete)?;
    let team = find(act, team)?;
    let row = store::lock(act, team.row.id, id)?;
    let membership = act.permit(Action::Delete, Membership { row, team })?;
    store::leave(act, &membership)?;
    note(act, Action::Delete, &membership.team, &membership.row)?;
    Ok(Nothing {})
}

/// Who is in a team. The look is recorded.
pub fn list(
    act: &mut Act<'_>,
    id: VolunteerTeamId,
    query: &VolunteerTeamMemberQuery,
) -> Result<Page<NamedVolunteerTeamMemberView>> {
    act.scope(Action::List)?;
    let team = find(act, id)?;
    let captain = captain(act, id)?;
    let roster = act.permit(Action::List, LedTeam { team, captain })?;
    let skill = query.skill.as_ref().map(|skill| skill.to_string());
    let pager = act.pager(Action::List, &(id, &skill), query.limit, query.cursor.as_deref())?;
    let rows = store::page(act, &roster, skill.as_deref(), &pager)?;
    let detail = json!({ "by_skill": skill.is_some() });
    let division = Some(roster.team.row.division);
    act.record(Event { action: Action::List, id: id.to_string(), division, detail })?;
    pager.page(rows, |named: &NamedMember| named.row.id.0, NamedVolunteerTeamMemberView::from)
}

/// Says who leads a team.
pub fn lead(
    act: &mut Act<'_>,
    id: VolunteerTeamId,
    seen: &IfMatch,
    member: VolunteerTeamMemberId,
) -> Result<VolunteerTeamMemberView> {
    act.scope(Action::UpdateLeader)?;
    let team = lock(act, id)?;
    let team = act.permit(Action::UpdateLeader, team)?;
    seen.check(team.row.version)?;
    let row = store::lock(act, id, member).or_refuse(&LEADER_UNFIT, "/member")?;
    store::lead(act, &team, member)?;
    update(act, &team, &Default::default())?;
    let now = find(act, id)?;
    record(act, Action::UpdateLeader, &now)?;
    Ok(MemberRow { is_leader: true, ..row }.into())
}

fn note(act: &mut Act<'_>, action: Action, team: &VolunteerTeam, row: &MemberRow) -> Result<()> {
    let detail = json!({ "volunteer_team": team.row.id, "is_leader": row.is_leader });
    act.record(Event { action, id: row.id.to_string(), division: Some(team.row.division), detail })
}
