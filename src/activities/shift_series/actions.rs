//! Making the shifts of some weeks.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::Action;
use super::layout::{Laid, Weekly, lay_out, left_out};
use super::rules::{EMPTY, PATTERN_MISSING, PATTERN_UNFIT, TEAM_UNFIT};
use super::wire::{ShiftSeriesDraft, ShiftSeriesView};
use crate::access::act::{Act, Event};
use crate::activities::shifts::{
    self, MOST, NewShift, ShiftId, ShiftKind, ShiftView, TOO_MANY, must_be_near,
};
use crate::activities::volunteer_calls::{
    self, VolunteerCall, VolunteerCallId, VolunteerCallState, VolunteerCallStep,
};
use crate::activities::volunteer_teams::{self, VolunteerTeam, VolunteerTeamId, WeeklyShift};
use crate::kit::list::Few;
use crate::kit::named::Named;
use crate::kit::number::Whole;
use crate::kit::problem::{Problem, Result};
use crate::matters::calendar;

/// Makes the shifts of a pattern that are not there yet.
pub fn create(act: &mut Act<'_>, call: VolunteerCallId, draft: ShiftSeriesDraft) -> Result<ShiftSeriesView> {
    act.scope(Action::Create)?;
    let call = volunteer_calls::seen_for(act, Action::Create, call, VolunteerCallStep::AddShift)?;
    let team = draft.volunteer_team;
    let kept = theirs(act, &call, team)?.row.pattern;
    let lines = week(draft.pattern, kept)?;
    let pattern: Vec<Weekly> = lines.iter().map(Weekly::from).collect();
    let first = draft.first_on.get();
    let weeks = (first, u64::try_from(draft.weeks.get()).map_err(Problem::fault)?);
    let off = if draft.skips_holidays { Some(calendar::load(act.conn, first)?) } else { None };
    let laid = lay_out(&pattern, weeks, off.as_ref());
    let there = shifts::store::of_team(act, &call, team)?;
    let is_new = |one: &&Laid| {
        one.starts_at > act.now && !there.contains(&(one.starts_at, lines[one.line].place.to_string()))
    };
    let fresh: Vec<Laid> = laid.iter().filter(is_new).copied().collect();
    let last = fresh.last().ok_or(&EMPTY)?;
    must_be_near(last.starts_at, act.now, "/weeks")?;
    let all = i64::try_from(fresh.len()).map_err(Problem::fault)? + shifts::store::count(act, call.row.id)?;
    if all > MOST {
        return TOO_MANY.refuse();
    }
    let before = draft.team_first_until_hours.map(|hours| TimeDelta::hours(i64::from(hours.get())));
    let new: Vec<NewShift> =
        fresh.iter().map(|one| shift(act, &call, (team, &lines[one.line]), one, before)).collect();
    let rows = shifts::store::insert_all(act, &call, &new)?;
    let detail = json!({ "volunteer_team": team, "shifts": rows.len() });
    let (id, division) = (call.row.id.to_string(), Some(call.row.division));
    act.record(Event { action: Action::Create, id, division, detail })?;
    Ok(ShiftSeriesView {
        skipped: laid.len() - fresh.len(),
        shifts: rows.into_iter().map(ShiftView::from).collect(),
        holidays: left_out(&pattern, weeks, off.as_ref()),
    })
}

/// What is done each week: as was said, or as the team keeps it.
fn week(said: Option<Few<WeeklyShift, 1, 14>>, kept: Value) -> Result<Vec<WeeklyShift>> {
    let week = said.map_or_else(|| WeeklyShift::read(kept), Few::into_inner);
    match WeeklyShift::reversed(&week) {
        Some(n) => Err(PATTERN_UNFIT.at(format!("/pattern/{n}/until"))),
        None if week.is_empty() => Err(PATTERN_MISSING.at("/pattern")),
        None => Ok(week),
    }
}

/// A team of who organises the call, that goes on.
fn theirs(act: &mut Act<'_>, call: &VolunteerCall, id: VolunteerTeamId) -> Result<VolunteerTeam> {
    let team = volunteer_teams::store::find(act, id).or_refuse(&TEAM_UNFIT, "/volunteer_team")?;
    if team.serves(&call.row) { Ok(team) } else { Err(TEAM_UNFIT.at("/volunteer_team")) }
}

fn shift(
    act: &Act<'_>,
    call: &VolunteerCall,
    (team, line): (VolunteerTeamId, &WeeklyShift),
    laid: &Laid,
    before: Option<TimeDelta>,
) -> NewShift {
    NewShift {
        id: ShiftId::new(),
        call_id: call.row.id,
        division: call.row.division,
        role: line.role.to_string(),
        place: line.place.to_string(),
        kind: ShiftKind::Fixed,
        starts_at: laid.starts_at,
        ends_at: Some(laid.ends_at),
        capacity: Whole::get(line.capacity),
        needs_approval: false,
        withdraw_until: None,
        own_first_until: before.map(|before| laid.starts_at - before),
        is_open: call.row.state == VolunteerCallState::Published,
        team_id: Some(team),
        created_at: act.now,
        updated_at: act.now,
    }
}
