//! Making and changing a visit plan, and its coverage.

use chrono::NaiveDate;
use serde_json::json;

use super::model::{NamedPlanRow, NewPlan, PlanChange, PlanRow, VisitPlanId, VisitPlanRole};
use super::target::VisitTarget;
use super::views::{VisitCoverageView, VisitDueView};
use super::wire::{EveryDays, VisitPlanDraft, VisitPlanPatch, VisitPlanView, VisitResponsibleDraft};
use super::{Action, GROUP_UNKNOWN, NOT_COMMITTEE, RESPONSIBLE_UNKNOWN, TERM_INVALID, store};
use crate::access::act::{Act, Event, Look};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::posts;
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::kit::text::Line;
use crate::people::labels::{self, LABEL_UNKNOWN, LabelId, RETIRED};
use crate::places::{building_groups, divisions};

/// Makes a plan in a committee within reach.
pub fn create(act: &mut Act<'_>, draft: VisitPlanDraft) -> Result<VisitPlanView> {
    let division = act.permit(Action::Create, draft.division)?.into_inner();
    divisions::require_committee(act, division, &NOT_COMMITTEE, "/division")?;
    let starts_on = draft.starts_on.map_or(local_date(act.now), Day::get);
    let ends_on = draft.ends_on.map(Day::get);
    must_end_later(starts_on, ends_on)?;
    must_be_here(act, division, draft.target)?;
    if let Some(label) = draft.label {
        must_be_seen(act, division, label)?;
    }
    let (responsible_id, responsible_role) = responsible(act, division, draft.responsible)?;
    let (target, target_age, target_residence, target_building_group_id) = draft.target.kept();
    let new = NewPlan {
        id: VisitPlanId::new(),
        division,
        name: draft.name.into_inner(),
        unit: draft.unit,
        target,
        target_age,
        target_residence,
        target_building_group_id,
        every_days: draft.every_days.get(),
        starts_on,
        ends_on,
        responsible_id,
        responsible_role,
        created_at: act.now,
        updated_at: act.now,
        label_id: draft.label,
    };
    let new = act.permit(Action::Create, new)?;
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    store::find(act, Action::Find, row.id).map(VisitPlanView::from)
}

/// Changes a plan.
pub fn update(
    act: &mut Act<'_>,
    id: VisitPlanId,
    seen: &IfMatch,
    patch: VisitPlanPatch,
) -> Result<VisitPlanView> {
    let plan = store::lock(act, id)?;
    let plan = act.permit(Action::Update, plan)?;
    seen.check(plan.version)?;
    let starts_on = patch.starts_on.map(Day::get);
    let ends_on = patch.ends_on.map(Day::get);
    must_end_later(starts_on.unwrap_or(plan.starts_on), ends_on.unwrap_or(plan.ends_on))?;
    let mut change = PlanChange {
        name: patch.name.map(Line::into_inner),
        unit: patch.unit.0,
        every_days: patch.every_days.map(EveryDays::get),
        starts_on,
        ends_on,
        label_id: patch.label.map(std::convert::identity),
        ..PlanChange::default()
    };
    // The label it goes by already may have been retired since.
    let label = change.label_id.flatten().filter(|label| plan.label_id != Some(*label));
    if let Some(label) = label {
        must_be_seen(act, plan.division, label)?;
    }
    if let Some(target) = patch.target.0 {
        must_be_here(act, plan.division, target)?;
        let (target, age, residence, group) = target.kept();
        change.target = Some(target);
        change.target_age = Some(age);
        change.target_residence = Some(residence);
        change.target_building_group_id = Some(group);
    }
    if let Some(draft) = patch.responsible.0 {
        let (account, role) = responsible(act, plan.division, draft)?;
        change.responsible_id = Some(account);
        change.responsible_role = Some(role);
    }
    let row = store::update(act, &plan, change)?;
    record(act, Action::Update, &row)?;
    store::find(act, Action::Find, id).map(VisitPlanView::from)
}

fn must_end_later(starts_on: NaiveDate, ends_on: Option<NaiveDate>) -> Result<()> {
    let is_backwards = ends_on.is_some_and(|day| day < starts_on);
    if is_backwards { Err(TERM_INVALID.at("/ends_on")) } else { Ok(()) }
}

/// A building group must be the committee's own.
fn must_be_here(act: &mut Act<'_>, division: Division, target: VisitTarget) -> Result<()> {
    let VisitTarget::BuildingGroup { building_group } = target else { return Ok(()) };
    let pointer = "/target/building_group";
    let group = building_groups::find(act, building_group).or_refuse(&GROUP_UNKNOWN, pointer)?;
    if group.group.division == division { Ok(()) } else { Err(GROUP_UNKNOWN.at(pointer)) }
}

/// A plan begins to go by a label that the planner sees on people of the committee, and that is still set.
fn must_be_seen(act: &mut Act<'_>, division: Division, label: LabelId) -> Result<()> {
    let label = labels::store::find_on_people(act, label, division).or_refuse(&LABEL_UNKNOWN, "/label")?;
    RETIRED.unless(label.retired_on.is_none())
}

fn responsible(
    act: &mut Act<'_>,
    division: Division,
    draft: VisitResponsibleDraft,
) -> Result<(Option<AccountId>, Option<VisitPlanRole>)> {
    match draft {
        VisitResponsibleDraft::Role { role } => Ok((None, Some(role))),
        VisitResponsibleDraft::Account { account } => {
            if posts::reaching(act, &[account], division)?.is_empty() {
                return Err(RESPONSIBLE_UNKNOWN.at("/responsible/account"));
            }
            Ok((Some(account), None))
        }
    }
}

/// How far a plan that was found has come, and whom to visit next: today, or as it was on the plan's last day.
pub fn coverage(
    look: &mut Look<'_>,
    plan: &NamedPlanRow,
    pager: &Pager<'_, store::Place>,
) -> Result<VisitCoverageView> {
    let plan = &plan.plan;
    let today = local_date(look.now);
    let day = plan.ends_on.map_or(today, |last| last.min(today));
    let rows = store::coverage(look, plan, day, pager)?;
    let (due, visited, overdue) =
        rows.first().map(|row| (row.due, row.visited, row.overdue)).unwrap_or_default();
    let lines: Vec<_> = rows.into_iter().filter_map(|row| VisitDueView::of(row, day)).collect();
    let next = pager.page(lines, |(place, _)| *place, |(_, view)| view)?;
    Ok(VisitCoverageView { due, visited, overdue, next })
}

fn record(act: &mut Act<'_>, action: Action, row: &PlanRow) -> Result<()> {
    let detail = json!({ "target": row.target.as_str(), "label": row.label_id, "version": row.version });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
