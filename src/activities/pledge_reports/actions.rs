//! Noting uses, reporting of a year, and answering.

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::model::{NewReport, NewUse, PledgeReportId, PledgeUseId};
use super::rules::{ANSWERED, DAY_UNFIT, YEAR_UNFIT};
use super::wire::{
    PledgeReportAnswerDraft, PledgeReportDraft, PledgeReportView, PledgeUseDraft, PledgeUseView,
};
use super::{Action, store};
use crate::access::act::{Act, Event, Permit};
use crate::activities::pledges::store::lock;
use crate::activities::pledges::{
    Pledge, PledgeId, PledgeState, STATE_UNFIT, must_be_anothers, must_be_seen,
};
use crate::kit::clock::local_date;
use crate::kit::number::Whole;
use crate::kit::problem::{Problem, Result};

/// A pledge that the caller sees and may do that to, in a state that allows it; locked.
fn handled(
    act: &mut Act<'_>,
    action: Action,
    id: PledgeId,
    states: &[PledgeState],
) -> Result<Permit<Pledge>> {
    act.scope(action)?;
    let pledge = lock(act, id)?;
    must_be_seen(act, &pledge)?;
    let pledge = act.permit(action, pledge)?;
    if states.contains(&pledge.row.state) { Ok(pledge) } else { STATE_UNFIT.refuse() }
}

/// Notes a use, for the community.
pub fn create_use(act: &mut Act<'_>, id: PledgeId, draft: PledgeUseDraft) -> Result<PledgeUseView> {
    let pledge = handled(act, Action::CreateUse, id, &[PledgeState::Accepted])?;
    must_be_anothers(act, &pledge)?;
    let (used_on, row) = (draft.used_on.get(), &pledge.row);
    let is_over = row.ends_on.is_some_and(|end| end < used_on);
    if used_on < row.starts_on || used_on > local_date(act.now) || is_over {
        return Err(DAY_UNFIT.at("/used_on"));
    }
    let new = NewUse {
        id: PledgeUseId::new(),
        pledge_id: id,
        used_on,
        text: draft.text.into_inner(),
        minutes: draft.minutes.map(Whole::get),
        recorded_by: act.actor.account()?,
        created_at: act.now,
    };
    let row = store::insert_use(act, &pledge, &new)?;
    record(act, Action::CreateUse, &pledge, row.id.to_string(), row.used_on.year())?;
    Ok(row.into())
}

/// The first day of a year, and that of the next.
fn days_of(year: i32) -> Result<(NaiveDate, NaiveDate)> {
    let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).ok_or_else(|| Problem::fault("the calendar ends"));
    Ok((first(year)?, first(year + 1)?))
}

/// Reports of a year, for the community, with the sums of its notes.
pub fn create_report(act: &mut Act<'_>, id: PledgeId, draft: PledgeReportDraft) -> Result<PledgeReportView> {
    let pledge = handled(act, Action::Create, id, &[PledgeState::Accepted, PledgeState::Completed])?;
    must_be_anothers(act, &pledge)?;
    let (year, row) = (draft.year.get(), &pledge.row);
    let is_over = row.ends_on.is_some_and(|end| end.year() < year)
        || row.completed_at.is_some_and(|at| local_date(at).year() < year);
    if year < row.starts_on.year() || year > local_date(act.now).year() || is_over {
        return Err(YEAR_UNFIT.at("/year"));
    }
    let (uses, minutes) = store::sums(act, id, days_of(year)?)?;
    let new = NewReport {
        id: PledgeReportId::new(),
        pledge_id: id,
        year,
        uses: i32::try_from(uses).map_err(Problem::fault)?,
        minutes,
        text: draft.text.into_inner(),
        reported_by: act.actor.account()?,
        created_at: act.now,
    };
    let row = store::insert_report(act, &pledge, &new)?;
    record(act, Action::Create, &pledge, row.id.to_string(), year)?;
    act.announce("pledge.reported", json!({ "pledge": id, "year": year }))?;
    Ok(row.into())
}

/// Answers the report of a year, for who pledged.
pub fn answer(
    act: &mut Act<'_>,
    id: PledgeId,
    year: i32,
    draft: &PledgeReportAnswerDraft,
) -> Result<PledgeReportView> {
    let pledge = handled(act, Action::Answer, id, &[PledgeState::Accepted, PledgeState::Completed])?;
    let report = store::find_report(act, id, year)?;
    if report.answer.is_some() {
        return ANSWERED.refuse();
    }
    let row = store::answer(act, &pledge, &report, &draft.text)?;
    record(act, Action::Answer, &pledge, row.id.to_string(), year)?;
    Ok(row.into())
}

fn record(act: &mut Act<'_>, action: Action, pledge: &Pledge, id: String, year: i32) -> Result<()> {
    let detail = json!({ "pledge": pledge.row.id, "year": year });
    act.record(Event { action, id, division: Some(pledge.row.division), detail })
}
