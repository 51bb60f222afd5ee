//! Taking one's signature back, seeing who signed and how many, and saying whether a petition is talked over.

use serde_json::json;

use super::rules::{self, NOT_JOINT, NOT_SIGNED, STRUCK_OUT};
use super::wire::{
    PetitionDeliberationDraft, PetitionGroupCountView, PetitionSignatureCountsView, PetitionSignatureView,
    PetitionThresholdView,
};
use super::{Action, store, thresholds};
use crate::access::act::{Act, Event, Look, Mine};
use crate::kit::answer::Nothing;
use crate::kit::etag::IfMatch;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::matters::clocks::{self, ClockRow};
use crate::matters::petitions::{
    self, Deliberation, Petition, PetitionChange, PetitionDetailView, PetitionKind, must_be_anothers,
};
use crate::matters::registry::{MatterChange, MatterId};
use crate::matters::timeline::{self, Entry};
use crate::people::small_counts::told;

/// Takes one's own signature back. Whoever signed may, even where they moved away and see the petition no more.
pub fn withdraw(act: &mut Act<'_>, id: MatterId) -> Result<Nothing> {
    let own = act.permit(Action::Delete, Mine)?;
    let account = act.actor.account()?;
    let known = store::known(act, &[id], &[account], &[])?;
    let petition = match known.first() {
        Some(_) => petitions::load(act, id)?,
        None => petitions::seen(act, id)?.0,
    };
    rules::must_be_signable(petition.own.kind, petition.state, petition.own.closes_at, act.now)?;
    if !store::delete_own(act, &own, id)? {
        let is_struck_out = known.iter().any(|one| one.is_struck_out);
        return Err(if is_struck_out { (&STRUCK_OUT).into() } else { (&NOT_SIGNED).into() });
    }
    record(act, Action::Delete, &petition)?;
    store::take(act, id, 1)?;
    Ok(Nothing {})
}

fn record(act: &mut Act<'_>, action: Action, petition: &Petition) -> Result<()> {
    let (id, division) = (petition.matter.id.to_string(), Some(petition.matter.division));
    act.record(Event { action, id, division, detail: json!({ "state": petition.state.as_str() }) })
}

/// Who signed. The look is recorded.
pub fn list(act: &mut Act<'_>, id: MatterId, query: PageQuery) -> Result<Page<PetitionSignatureView>> {
    let (petition, _) = petitions::seen(act, id)?;
    let petition = act.permit(Action::List, petition)?;
    must_be_anothers(&petition, &act.actor)?;
    must_be_joint(&petition)?;
    let pager = act.pager(Action::List, &id, query.limit, query.cursor.as_deref())?;
    let rows = store::page(act, &petition, &pager)?;
    record(act, Action::List, &petition)?;
    pager.page(rows, |row| row.id.0, PetitionSignatureView::from)
}

fn must_be_joint(petition: &Petition) -> Result<()> {
    match petition.own.kind {
        PetitionKind::JointPetition => Ok(()),
        _ => NOT_JOINT.refuse(),
    }
}

/// How many signed, and what follows from it.
pub fn counts(look: &mut Look<'_>, id: MatterId) -> Result<PetitionSignatureCountsView> {
    look.scope(Action::FindCounts)?;
    let (petition, _) = petitions::seen(look, id)?;
    must_be_joint(&petition)?;
    let groups = store::by_group(look, id)?.into_iter().filter_map(|(building_group, name, count)| {
        let signatures = told(count)?;
        Some(PetitionGroupCountView { building_group, name, signatures })
    });
    Ok(PetitionSignatureCountsView {
        petition: id,
        signatures: store::total(look, id)?,
        is_signed_by_me: store::is_signed_by_caller(look, id)?,
        closes_at: petition.own.closes_at,
        answer_state: petition.own.answer_state,
        building_groups: groups.collect(),
        thresholds: reached(look, &petition)?,
    })
}

fn reached(look: &mut Look<'_>, petition: &Petition) -> Result<Vec<PetitionThresholdView>> {
    let marks = thresholds::marks(look, petition.matter.id)?;
    let clocks = clocks::of(look, petition.matter.id)?;
    let views = thresholds::of(look, petition)?.into_iter().map(|policy| {
        let mark = marks.iter().find(|mark| mark.policy == policy.id);
        let is_its = |clock: &&ClockRow| clock.policy_id == Some(policy.id) && clock.stopped_at.is_none();
        PetitionThresholdView {
            policy: policy.id,
            signatures: policy.signatures.unwrap_or_default(),
            level: policy.level,
            amount: policy.amount,
            unit: policy.unit,
            reached_at: mark.map(|mark| mark.reached_at),
            taken_back_at: mark.and_then(|mark| mark.taken_back_at),
            due_on: clocks.iter().find(is_its).map(|clock| clock.due_on),
            legal_basis: policy.legal_basis,
        }
    });
    Ok(views.collect())
}

/// Says whether a joint petition is talked over, for the petitioner to read.
pub fn deliberate(
    act: &mut Act<'_>,
    id: MatterId,
    seen: &IfMatch,
    draft: PetitionDeliberationDraft,
) -> Result<PetitionDetailView> {
    let (petition, _) = petitions::lock(act, id)?;
    let petition = act.permit(Action::UpdateDeliberation, petition)?;
    must_be_anothers(&petition, &act.actor)?;
    must_be_joint(&petition)?;
    seen.check(petition.matter.version)?;
    let deliberation = Deliberation::from(draft.deliberation);
    let change = PetitionChange { deliberation: Some(deliberation), ..PetitionChange::default() };
    petitions::change(act, &petition, id, &change)?;
    let event = match deliberation {
        Deliberation::None => "deliberation_open",
        Deliberation::Planned => "deliberation_planned",
        Deliberation::Held => "deliberation_held",
        Deliberation::Refused => "deliberation_refused",
    };
    let entry = Entry::of(event).saying(draft.note.into_inner());
    timeline::append(act, id, petition.state.as_str(), entry)?;
    petitions::refresh(act, &petition, &MatterChange::default())?;
    record(act, Action::UpdateDeliberation, &petition)?;
    petitions::find(act, id)
}
