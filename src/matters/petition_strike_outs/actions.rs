//! Writing a strike-out down, carrying it out, and cancelling it.

use serde_json::json;

use super::model::{NewStrikeOut, StrikeOutId, StrikeOutRow, StrikeOutState};
use super::rules::{CONDITION_UNFIT, STATE_UNFIT};
use super::wire::{StrikeOutDraft, StrikeOutView};
use super::{Action, store};
use crate::access::act::{Act, Event, Look, Permit};
use crate::kit::named::Named;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::matters::petition_signatures::{self, NOT_JOINT};
use crate::matters::petitions::{self, Petition, PetitionKind, must_be_anothers};
use crate::matters::registry::{Audience, MatterId};
use crate::matters::timeline::{self, Entry};
use crate::places::building_groups;

/// The strike-outs of a petition.
pub fn list(look: &mut Look<'_>, id: MatterId, query: &PageQuery) -> Result<Page<StrikeOutView>> {
    let (petition, _) = petitions::seen(look, id)?;
    let petition = look.permit(Action::List, petition)?;
    must_be_anothers(&petition, &look.actor)?;
    let pager = look.pager(Action::List, &id, query.limit, query.cursor.as_deref())?;
    let rows = store::page(look, &petition, &pager)?;
    pager.page(rows, |row| row.id, StrikeOutView::from)
}

/// Writes a strike-out down, and says how many signatures it meets.
pub fn create(act: &mut Act<'_>, id: MatterId, draft: StrikeOutDraft) -> Result<StrikeOutView> {
    let (petition, _) = petitions::lock(act, id)?;
    let petition = act.permit(Action::Create, petition)?;
    must_be_anothers(&petition, &act.actor)?;
    if petition.own.kind != PetitionKind::JointPetition {
        return NOT_JOINT.refuse();
    }
    let condition = draft.condition(id)?;
    if let Some(group) = condition.building_group {
        let there = building_groups::find(act, group).or_refuse(&CONDITION_UNFIT, "/building_group")?;
        if there.group.division != petition.matter.division {
            return Err(CONDITION_UNFIT.at("/building_group"));
        }
    }
    let met = store::count(act, &condition)?;
    let new = NewStrikeOut {
        id: StrikeOutId::new(),
        petition_id: id,
        division: petition.matter.division,
        signed_from: condition.signed_from,
        signed_before: condition.signed_before,
        building_group_id: condition.building_group,
        accounts_since: condition.accounts_since,
        reason: draft.reason.into_inner(),
        state: StrikeOutState::Draft,
        met: number(met),
        created_by: act.actor.account()?,
        created_at: act.now,
    };
    let row = store::insert(act, &petition, &new)?;
    record(act, Action::Create, &petition, &row)?;
    Ok(row.into())
}

fn number<N>(count: N) -> i32
where
    i32: TryFrom<N>,
{
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A strike-out and its petition, which is locked, so that nobody decides over either meanwhile.
fn lock(act: &mut Act<'_>, action: Action, id: StrikeOutId) -> Result<(Permit<StrikeOutRow>, Petition)> {
    let petition = store::find(act, id)?.petition_id;
    let (petition, _) = petitions::lock(act, petition)?;
    must_be_anothers(&petition, &act.actor)?;
    let strike_out = store::find(act, id)?;
    Ok((act.permit(action, strike_out)?, petition))
}

/// Carries a strike-out out: what its condition meets now does not count any more, and the thresholds follow.
pub fn carry_out(act: &mut Act<'_>, id: StrikeOutId) -> Result<StrikeOutView> {
    let (strike_out, petition) = lock(act, Action::CreateExecution, id)?;
    if strike_out.state != StrikeOutState::Draft {
        return STATE_UNFIT.refuse();
    }
    let struck = store::strike(act, &strike_out)?;
    let row = store::decide(act, &strike_out, StrikeOutState::CarriedOut, Some(number(struck)))?;
    record(act, Action::CreateExecution, &petition, &row)?;
    tell(act, &petition, "signatures_struck_out", struck)?;
    petition_signatures::store::take(act, petition.matter.id, struck)?;
    petition_signatures::settle(act, petition.matter.id)?;
    Ok(row.into())
}

/// Cancels a strike-out: a draft is left, and what was struck out counts again.
pub fn cancel(act: &mut Act<'_>, id: StrikeOutId) -> Result<StrikeOutView> {
    let (strike_out, petition) = lock(act, Action::CreateCancellation, id)?;
    if strike_out.state == StrikeOutState::Cancelled {
        return STATE_UNFIT.refuse();
    }
    let restored = store::restore(act, &strike_out)?;
    let row = store::decide(act, &strike_out, StrikeOutState::Cancelled, strike_out.struck)?;
    record(act, Action::CreateCancellation, &petition, &row)?;
    if restored > 0 {
        tell(act, &petition, "signatures_restored", restored)?;
        petition_signatures::store::add(act, &[(petition.matter.id, number(restored))])?;
        petition_signatures::settle(act, petition.matter.id)?;
    }
    Ok(row.into())
}

/// Staff read how many; the reason stands in the strike-out.
fn tell(act: &mut Act<'_>, petition: &Petition, event: &'static str, count: usize) -> Result<()> {
    let entry = Entry::of(event).saying(count.to_string()).to(Audience::Staff);
    timeline::append(act, petition.matter.id, petition.state.as_str(), entry)
}

fn record(act: &mut Act<'_>, action: Action, petition: &Petition, row: &StrikeOutRow) -> Result<()> {
    let detail =
        json!({ "strike_out": row.id, "state": row.state.as_str(), "met": row.met, "struck": row.struck });
    let (id, division) = (petition.matter.id.to_string(), Some(petition.matter.division));
    act.record(Event { action, id, division, detail })
}
