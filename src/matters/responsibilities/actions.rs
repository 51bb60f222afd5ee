//! Saying who handles what, asking it, and correcting it.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::model::{
    NewProposal, NewResponsibility, ProposalRow, ProposalStatus, ResponsibilityId, ResponsibilityProposalId,
    ResponsibilityRow, ResponsibleRow, Stint,
};
use super::rules::{
    CATEGORY_UNKNOWN, ORGANISATION_UNKNOWN, PROPOSAL_DECIDED, PROPOSAL_OUTDATED, deciding, hand_over,
    must_be_a_term, must_be_free,
};
use super::views::{ResponsibilityProposalView, ResponsibilityView, ResponsibleView};
use super::wire::{
    ProposalDecision, ProposalDecisionDraft, ResponsibilityDraft, ResponsibilityPatch, ResponsibleQuery,
};
use super::{Action, store};
use crate::access::act::{Act, Event, Look, Permit};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::kit::text::Prose;
use crate::matters::categories::{self, CategoryId};
use crate::matters::dispatches::DispatchRole;
use crate::places::{divisions, organisations};

/// Who handles a category in a place on a day: the lead first, then who assists.
pub fn responsible(
    look: &mut Look<'_>,
    category: CategoryId,
    division: Division,
    on: NaiveDate,
) -> Result<Vec<ResponsibleRow>> {
    store::line(look, category, division, on).map(|line| deciding(&line))
}

/// The same, with all that the map says of the place.
pub fn find_responsible(look: &mut Look<'_>, query: &ResponsibleQuery) -> Result<ResponsibleView> {
    look.scope(Action::FindResponsible)?;
    let on = query.on.map_or_else(|| local_date(look.now), Day::get);
    categories::store::find(look, query.category)?;
    divisions::store::find(look, query.division)?;
    let line = store::line(look, query.category, query.division, on)?;
    let deciding = deciding(&line);
    Ok(ResponsibleView::new((query.category, query.division, on), line, &deciding))
}

/// Adds a responsibility in a division within reach.
pub fn create(act: &mut Act<'_>, draft: ResponsibilityDraft) -> Result<ResponsibilityView> {
    let today = local_date(act.now);
    let new = act.permit(
        Action::Create,
        NewResponsibility {
            id: ResponsibilityId::new(),
            division: draft.division,
            category_id: draft.category,
            organisation_id: draft.organisation,
            role: draft.role,
            legal_basis: draft.legal_basis.into_inner(),
            starts_on: draft.starts_on.map_or(today, Day::get),
            ends_on: draft.ends_on.map(Day::get),
            created_at: act.now,
            updated_at: act.now,
        },
    )?;
    must_be_a_term(new.starts_on, new.ends_on)?;
    let category = categories::store::find(act, new.category_id).or_refuse(&CATEGORY_UNKNOWN, "/category")?;
    if !category.applies_in(new.division) {
        return Err(CATEGORY_UNKNOWN.at("/category"));
    }
    if !is_open(act, new.organisation_id)? {
        return Err(ORGANISATION_UNKNOWN.at("/organisation"));
    }
    store::hold_place(act, new.category_id, new.division)?;
    let others = store::stints(act, new.category_id, new.division, new.starts_on)?;
    must_be_free(&stint_of(&new), &others)?;
    store::insert(act, &new)?;
    let row = store::find(act, new.id)?;
    record(act, Action::Create, &row.responsibility)?;
    Ok(row.into())
}

/// Changes a responsibility.
pub fn update(
    act: &mut Act<'_>,
    id: ResponsibilityId,
    seen: &IfMatch,
    patch: ResponsibilityPatch,
) -> Result<ResponsibilityView> {
    // The place before the row, as everybody who changes one.
    let known = store::find(act, id)?.responsibility;
    store::hold_place(act, known.category_id, known.division)?;
    let responsibility = store::lock(act, id)?;
    let responsibility = act.permit(Action::Update, responsibility)?;
    seen.check(responsibility.version)?;
    let after = Stint {
        id,
        organisation: responsibility.organisation_id,
        role: patch.role.0.unwrap_or(responsibility.role),
        starts_on: responsibility.starts_on,
        ends_on: patch.ends_on.clone().over(responsibility.ends_on.map(Day::from)).map(Day::get),
    };
    must_be_a_term(after.starts_on, after.ends_on)?;
    let others = store::stints(act, known.category_id, known.division, after.starts_on)?;
    must_be_free(&after, &others)?;
    let row = store::update(act, &responsibility, patch.into())?;
    record(act, Action::Update, &row)?;
    store::find(act, id).map(ResponsibilityView::from)
}

/// A dispatch came back: another organisation should lead. Nothing where the map says so already.
pub fn propose(
    act: &mut Act<'_>,
    dispatch: Uuid,
    division: Division,
    category: CategoryId,
    organisation: OrganisationId,
) -> Result<()> {
    let today = local_date(act.now);
    let known = responsible(act, category, division, today)?;
    if known.iter().any(|row| row.role == DispatchRole::Lead && row.organisation == organisation) {
        return Ok(());
    }
    let new = NewProposal {
        id: ResponsibilityProposalId::new(),
        dispatch_id: dispatch,
        division,
        category_id: category,
        organisation_id: organisation,
        status: ProposalStatus::Pending,
        created_at: act.now,
    };
    store::insert_proposal(act, &new)
}

/// Decides about a proposal. Accepted, the organisation leads from today on, and who led before does so no more.
pub fn decide(
    act: &mut Act<'_>,
    id: ResponsibilityProposalId,
    draft: ProposalDecisionDraft,
) -> Result<ResponsibilityProposalView> {
    let proposal = store::lock_proposal(act, id)?;
    let proposal = act.permit(Action::Decide, proposal)?;
    if proposal.status != ProposalStatus::Pending {
        return PROPOSAL_DECIDED.refuse();
    }
    let (status, made) = match draft.decision {
        ProposalDecision::Accepted => (ProposalStatus::Accepted, apply(act, &proposal, draft.legal_basis)?),
        ProposalDecision::Refused => (ProposalStatus::Refused, None),
    };
    store::decide(act, &proposal, status)?;
    let detail = json!({
        "status": status.as_str(), "dispatch": proposal.dispatch_id, "category": proposal.category_id,
        "organisation": proposal.organisation_id, "responsibility": made
    });
    let (action, division) = (Action::Decide, Some(proposal.division));
    act.record(Event { action, id: id.to_string(), division, detail })?;
    store::find_proposal(act, id).map(ResponsibilityProposalView::from)
}

fn apply(
    act: &mut Act<'_>,
    proposal: &Permit<ProposalRow>,
    legal_basis: Prose<500>,
) -> Result<Option<ResponsibilityId>> {
    if !is_open(act, proposal.organisation_id)? {
        return PROPOSAL_OUTDATED.refuse();
    }
    let today = local_date(act.now);
    store::hold_place(act, proposal.category_id, proposal.division)?;
    let stints = store::stints(act, proposal.category_id, proposal.division, today)?;
    let Some(handover) = hand_over(proposal.organisation_id, &stints, today)? else { return Ok(None) };
    for (stint, last) in &handover.ends {
        store::end(act, proposal, stint.id, *last)?;
    }
    let new = NewResponsibility {
        id: ResponsibilityId::new(),
        division: proposal.division,
        category_id: proposal.category_id,
        organisation_id: proposal.organisation_id,
        role: DispatchRole::Lead,
        legal_basis: legal_basis.into_inner(),
        starts_on: handover.starts_on,
        ends_on: handover.ends_on,
        created_at: act.now,
        updated_at: act.now,
    };
    let new = act.permit(Action::Decide, new)?;
    store::insert(act, &new)?;
    Ok(Some(new.id))
}

fn is_open(act: &mut Act<'_>, id: OrganisationId) -> Result<bool> {
    let organisation =
        organisations::store::find(act, id).or_refuse(&ORGANISATION_UNKNOWN, "/organisation")?;
    Ok(organisation.closed_on.is_none_or(|last| last > local_date(act.now)))
}

fn stint_of(new: &NewResponsibility) -> Stint {
    let NewResponsibility { id, organisation_id, role, starts_on, ends_on, .. } = *new;
    Stint { id, organisation: organisation_id, role, starts_on, ends_on }
}

fn record(act: &mut Act<'_>, action: Action, row: &ResponsibilityRow) -> Result<()> {
    let detail = json!({
        "category": row.category_id, "organisation": row.organisation_id, "role": row.role.as_str(),
        "ends_on": row.ends_on, "version": row.version
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
