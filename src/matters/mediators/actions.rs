//! Entering people in rosters, and proposing them.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::json;

use super::model::{MediatorId, MediatorKind, MediatorRow, MediatorStatus, NamedMediatorRow, NewMediator};
use super::rules::{
    ACCOUNT_UNFIT, Candidate, NAME_MISSING, ORGANISATION_UNFIT, Ranked, SELF_ENTERED, TERM_REVERSED,
    TERM_TOO_LONG, Wish, last_day, must_be_a_term, rank,
};
use super::seeing::sees_record;
use super::views::{MediatorProposalView, MediatorView};
use super::wire::{MediatorDraft, MediatorPatch, distinct};
use super::{Action, store};
use crate::access::accounts;
use crate::access::act::{Act, Event, Governed as _, Look};
use crate::access::actor::{AccountId, OrganisationId};
use crate::access::division::Division;
use crate::access::posts;
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::number::Whole;
use crate::kit::patch::Patch;
use crate::kit::problem::{FORBIDDEN, NOT_FOUND, Result};
use crate::kit::text::Line;
use crate::matters::mediation_cases;
use crate::matters::mediation_staffing::{self, StaffingMeasure};
use crate::matters::registry::MatterId;
use crate::places::organisations;

/// Entries as the caller sees them, with what they carry.
pub fn views(look: &mut Look<'_>, rows: Vec<NamedMediatorRow>) -> Result<Vec<MediatorView>> {
    let (actor, today) = (look.actor.clone(), local_date(look.now));
    let ids: Vec<MediatorId> = rows.iter().map(|row| row.mediator.id).collect();
    let load = store::load_of(look, &ids)?;
    let view = |row: NamedMediatorRow| {
        let (sees, carried) = (sees_record(&actor, &row.mediator), carried(&load, row.mediator.id));
        MediatorView::new(row, sees, carried, today)
    };
    Ok(rows.into_iter().map(view).collect())
}

fn carried(load: &HashMap<MediatorId, i64>, id: MediatorId) -> i64 {
    load.get(&id).copied().unwrap_or_default()
}

/// An entry as the caller sees it.
pub fn find(look: &mut Look<'_>, id: MediatorId) -> Result<MediatorView> {
    let row = store::find(look, id)?;
    let (sees, today) = (sees_record(&look.actor, &row.mediator), local_date(look.now));
    let load = store::load_of(look, &[id])?;
    Ok(MediatorView::new(row, sees, carried(&load, id), today))
}

/// Enters somebody in a roster within reach.
pub fn create(act: &mut Act<'_>, draft: MediatorDraft) -> Result<MediatorView> {
    let today = local_date(act.now);
    act.permit(Action::Create, draft.division)?;
    must_work_there(act, draft.organisation, draft.division)?;
    let name = named(act, &draft)?;
    let starts_on = draft.starts_on.map_or(today, Day::get);
    let ends_on = term(act, (draft.kind, draft.division), starts_on, draft.ends_on.map(Day::get))?;
    must_be_a_term(starts_on, ends_on, today)?;
    let new = NewMediator {
        id: MediatorId::new(),
        division: draft.division,
        organisation_id: draft.organisation,
        account_id: draft.account,
        kind: draft.kind,
        name,
        expertise: distinct(draft.expertise.into_inner()),
        languages: distinct(draft.languages.into_inner()),
        max_load: Whole::get(draft.max_load),
        is_part_time: draft.is_part_time,
        starts_on,
        ends_on,
        status: MediatorStatus::Active,
        created_at: act.now,
        updated_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    store::hold(act, new.organisation_id, new.account_id, &new.name)?;
    store::insert(act, &new)?;
    let row = store::find(act, new.id)?;
    record(act, Action::Create, &row.mediator)?;
    find(act, new.id)
}

fn must_work_there(act: &mut Act<'_>, id: OrganisationId, division: Division) -> Result<()> {
    let organisation = organisations::store::find(act, id).or_refuse(&ORGANISATION_UNFIT, "/organisation")?;
    let is_open = organisation.closed_on.is_none_or(|last| last > local_date(act.now));
    match is_open && organisation.division.range().contains(division) {
        true => Ok(()),
        false => Err(ORGANISATION_UNFIT.at("/organisation")),
    }
}

/// What the person is called. An account holds the fitting post there, or above.
fn named(act: &mut Act<'_>, draft: &MediatorDraft) -> Result<String> {
    let Some(account) = draft.account else {
        if draft.kind != MediatorKind::Expert {
            return Err(ACCOUNT_UNFIT.at("/account"));
        }
        let name = draft.name.clone().ok_or_else(|| NAME_MISSING.at("/name"))?;
        return Ok(name.into_inner());
    };
    must_not_be_oneself(act, Some(account))?;
    let person = accounts::store::lock(act, account)?.ok_or_else(|| ACCOUNT_UNFIT.at("/account"))?;
    let held = posts::held_by(act, account)?;
    let is_fit = held.iter().any(|post| {
        draft.kind.post().is_none_or(|role| role == post.role)
            && post.division.range().contains(draft.division)
    });
    if !is_fit {
        return Err(ACCOUNT_UNFIT.at("/account"));
    }
    Ok(draft.name.clone().map_or(person.display_name, Line::into_inner))
}

fn must_not_be_oneself(act: &Act<'_>, account: Option<AccountId>) -> Result<()> {
    let own = act.actor.account()?;
    if account == Some(own) { SELF_ENTERED.refuse() } else { Ok(()) }
}

/// The last day of a term: of a mediator no later than the staffing rule says, and that day unless told.
fn term(
    act: &mut Act<'_>,
    (kind, division): (MediatorKind, Division),
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
) -> Result<Option<NaiveDate>> {
    if kind != MediatorKind::Mediator {
        return Ok(ends_on);
    }
    let measure = StaffingMeasure::MediatorTermMonths;
    let rule = mediation_staffing::find(act.conn, measure, division, starts_on)?;
    let longest = rule.and_then(|rule| last_day(starts_on, rule.amount));
    match (ends_on, longest) {
        (Some(last), Some(longest)) if last > longest => Err(TERM_TOO_LONG.at("/ends_on")),
        // Where no rule holds, somebody has to say it.
        (None, None) => Err(TERM_REVERSED.at("/ends_on")),
        (given, longest) => Ok(given.or(longest)),
    }
}

/// Changes an entry.
pub fn update(
    act: &mut Act<'_>,
    id: MediatorId,
    seen: &IfMatch,
    patch: MediatorPatch,
) -> Result<MediatorView> {
    let found = store::find(act, id)?;
    // The person before the row, as everybody who changes one.
    let known = &found.mediator;
    store::hold(act, known.organisation_id, known.account_id, &known.name)?;
    let row = store::lock(act, &found)?;
    let mediator = act.permit(Action::Update, row)?;
    seen.check(mediator.version)?;
    if mediator.is_own(&act.actor) {
        return SELF_ENTERED.refuse();
    }
    if patch.ends_on != Patch::Absent {
        let asked = patch.ends_on.clone().over(None).map(Day::get);
        let about = (mediator.kind, mediator.division);
        // An end can be emptied only where it needs none.
        if asked.is_none() && mediator.kind == MediatorKind::Mediator {
            return Err(TERM_REVERSED.at("/ends_on"));
        }
        let ends_on = term(act, about, mediator.starts_on, asked)?;
        must_be_a_term(mediator.starts_on, ends_on, local_date(act.now))?;
    }
    store::update(act, &mediator, patch.into())?;
    let row = store::find(act, id)?;
    record(act, Action::Update, &row.mediator)?;
    find(act, id)
}

/// Whether the caller runs a case or sits at its table; of one they don't see no more is told than of one that is none.
fn sits_at(look: &mut Look<'_>, case: MatterId) -> Result<bool> {
    match mediation_cases::seen(look, case) {
        Err(hidden) if *hidden.rule() == NOT_FOUND => Ok(false),
        seen => Ok(seen?.1.is_at_table()),
    }
}

/// Who is proposed for a dispute, the fittest first. For a case, whoever has to do with a party is known; who asks must sit at its table
/// or run it, since that tells of the parties.
pub fn propose(
    look: &mut Look<'_>,
    kind: MediatorKind,
    wish: &Wish,
    case: Option<MatterId>,
) -> Result<Vec<MediatorProposalView>> {
    let rows = store::candidates(look, kind, wish, local_date(look.now))?;
    let ids: Vec<MediatorId> = rows.iter().map(|row| row.mediator.id).collect();
    let conflicts = match case {
        None => Vec::new(),
        Some(case) if sits_at(look, case)? => store::in_conflict(look, case, &ids)?,
        Some(_) => return FORBIDDEN.refuse(),
    };
    let load = store::load_of(look, &ids)?;
    let candidate = |row: &NamedMediatorRow| {
        let row = &row.mediator;
        Candidate {
            id: row.id,
            division: row.division,
            expertise: row.expertise.iter().copied().flatten().collect(),
            languages: row.languages.iter().copied().flatten().collect(),
            is_part_time: row.is_part_time,
            load: carried(&load, row.id),
            max_load: row.max_load,
            has_conflict: conflicts.contains(&row.id),
        }
    };
    let candidates: Vec<Candidate> = rows.iter().map(candidate).collect();
    let mut known: HashMap<MediatorId, NamedMediatorRow> =
        rows.into_iter().map(|row| (row.mediator.id, row)).collect();
    let view = |ranked: Ranked| {
        let (id, row) = (ranked.id, known.remove(&ranked.id)?);
        Some(MediatorProposalView::new(ranked, row, carried(&load, id)))
    };
    Ok(rank(wish, &candidates).into_iter().filter_map(view).collect())
}

fn record(act: &mut Act<'_>, action: Action, row: &MediatorRow) -> Result<()> {
    let detail = json!({
        "kind": row.kind.as_str(), "organisation": row.organisation_id, "account": row.account_id,
        "starts_on": row.starts_on, "ends_on": row.ends_on, "status": row.status.as_str(), "version": row.version
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
