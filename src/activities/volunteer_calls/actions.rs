//! Writing and changing a call.

use serde_json::json;
use uuid::Uuid;

use super::course::{VolunteerCallState, VolunteerCallStep};
use super::model::{CallChange, Founding, NewCall, VolunteerCall, VolunteerCallId, holds};
use super::rules::{
    ORGANISER_UNFIT, PETITION_TOLD, PETITION_UNFIT, Terms, must_agree, must_be_safe, must_differ, must_follow,
};
use super::views::{VolunteerCallDetailView, VolunteerCallNeedView};
use super::wire::{VolunteerCallDraft, VolunteerCallOrganiserDraft, VolunteerCallPatch, kept};
use super::{Action, VOLUNTEER_CALLS, store};
use crate::access::act::{Act, Event, Look, Permit};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::files::{self, Attachment, FileId};
use crate::access::policy;
use crate::kit::clock::local_date;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::number::Whole;
use crate::kit::problem::{FORBIDDEN, NOT_FOUND, Result};
use crate::matters::petitions::{self, PetitionKind};
use crate::matters::registry::{self, MatterId};
use crate::matters::timeline::{self, Entry};
use crate::places::coordinates::Point;
use crate::places::{building_groups, organisations};

/// A call the caller sees, with what belongs to it.
pub fn find(look: &mut Look<'_>, id: VolunteerCallId) -> Result<VolunteerCallDetailView> {
    let call = store::find(look, id)?;
    view(look, call)
}

fn view(look: &mut Look<'_>, call: VolunteerCall) -> Result<VolunteerCallDetailView> {
    let id = call.row.id;
    let (wanted, filled) = (store::needs(look, id)?, store::filled(look, id)?);
    let needs = wanted.into_iter().map(|need| VolunteerCallNeedView::new(need, &filled)).collect();
    let poster = files::of(look, VOLUNTEER_CALLS, id.0)?.pop();
    let petition = call.row.petition_id;
    let petition = if is_seen(look, petition)? { petition } else { None };
    Ok(VolunteerCallDetailView { call: call.into(), needs, poster, petition })
}

/// Whether the caller sees the petition, where one is named.
pub fn is_seen(look: &mut Look<'_>, petition: Option<MatterId>) -> Result<bool> {
    let Some(id) = petition else { return Ok(true) };
    match petitions::seen(look, id) {
        Ok(_) => Ok(true),
        Err(problem) if [&NOT_FOUND, &FORBIDDEN].contains(&problem.rule()) => Ok(false),
        Err(problem) => Err(problem),
    }
}

/// A petition that a call answers is seen by who writes the call as staff, since the call's title gets into its course, and is of where
/// the call is for. A report 检举 is none: nothing of it gets about.
fn must_answer(look: &mut Look<'_>, petition: Option<MatterId>, division: Division) -> Result<()> {
    let Some(id) = petition else { return Ok(()) };
    let (petition, stance) = petitions::seen(look, id).or_refuse(&PETITION_UNFIT, "/petition")?;
    let is_near = division.range().contains(petition.matter.division);
    let is_fit = stance.is_staff() && is_near && petition.own.kind != PetitionKind::Report;
    if is_fit { Ok(()) } else { Err(PETITION_UNFIT.at("/petition")) }
}

/// In the course of a petition, who asked reads of a call that others may read: that it came of it, and its title.
pub fn tell_petition(act: &mut Act<'_>, call: &VolunteerCall) -> Result<()> {
    let Some(id) = call.row.petition_id else { return Ok(()) };
    registry::lock(act, id)?;
    let petition = petitions::load(act, id)?;
    let entry = Entry::of("volunteer_call_published").saying(&call.row.title).by(call.row.organisation_id);
    timeline::append(act, id, petition.state.as_str(), entry)
}

/// The door to a poster: whoever sees the call passes.
pub fn door(look: &mut Look<'_>, id: Uuid) -> Result<()> {
    store::find(look, VolunteerCallId(id)).map(drop)
}

/// Writes a call, as a draft.
pub fn create(act: &mut Act<'_>, draft: VolunteerCallDraft) -> Result<VolunteerCallDetailView> {
    act.scope(Action::Create)?;
    let leaders = organiser_leaders(act, Action::Create, draft.division, &draft.organiser)?;
    let asked = draft.requirements;
    let insurance = draft.insurance;
    let location = draft.location.map(Point::to_wgs84);
    let new = NewCall {
        id: VolunteerCallId::new(),
        division: draft.division,
        organisation_id: draft.organiser.organisation,
        building_group_id: draft.organiser.building_group,
        title: draft.title.into_inner(),
        story: draft.story.into_inner(),
        minimum_age: asked.minimum_age.map(Whole::get),
        maximum_age: asked.maximum_age.map(Whole::get),
        skill: asked.skill.into_inner(),
        training: asked.training.into_inner(),
        risks: draft.risks.into_inner(),
        is_dangerous: draft.is_dangerous,
        insurer: insurance.as_ref().map(|one| one.insurer.to_string()),
        insurance_policy: insurance.as_ref().map(|one| one.policy.to_string()),
        insured_until: insurance.map(|one| one.until.get()),
        visibility: draft.visibility,
        contact: draft.contact.into_inner(),
        longitude: location.map(|at| at.longitude),
        latitude: location.map(|at| at.latitude),
        petition_id: draft.petition,
        state: VolunteerCallState::Draft,
        created_by: act.actor.account()?,
        created_at: act.now,
        updated_at: act.now,
    };
    let (id, division) = (new.id, new.division);
    let founding = act.permit(Action::Create, Founding { new, leaders })?;
    must_agree(&Terms {
        ages: (founding.new.minimum_age, founding.new.maximum_age),
        is_dangerous: founding.new.is_dangerous,
        risks: &founding.new.risks,
        visibility: founding.new.visibility,
        is_of_group: founding.new.building_group_id.is_some(),
    })?;
    must_answer(act, founding.new.petition_id, division)?;
    let needs = kept(id, draft.needs.into_inner());
    must_differ(&needs)?;
    store::insert(act, &founding, &needs)?;
    hang(act, id, division, draft.poster)?;
    refresh(act, Action::Create, id)
}

/// Who leads the group that organises it; nobody where an organisation does. What is not of the division is refused, and so is an
/// organisation that the caller does not act for: who organises records hours, and certificates of them are in its name.
pub fn organiser_leaders<A: policy::Action>(
    act: &mut Act<'_>,
    action: A,
    division: Division,
    organiser: &VolunteerCallOrganiserDraft,
) -> Result<[Option<AccountId>; 2]> {
    let unfit = || ORGANISER_UNFIT.at("/organiser");
    match (organiser.organisation, organiser.building_group) {
        (Some(organisation), None) => {
            let known = organisations::store::find(act, organisation)
                .or_refuse(&ORGANISER_UNFIT, "/organiser/organisation")?;
            let is_open = known.closed_on.is_none_or(|day| day > local_date(act.now));
            let is_near = division.range().covers(known.division.range())
                || known.division.range().covers(division.range());
            // Who organises nothing there is told so by the permit.
            let is_held = holds(&act.actor, division);
            let is_theirs = act.actor.acts_for(action, division, known.id, known.division)
                || is_held && known.division == division
                || !act.actor.may(action, Some(division), is_held);
            if is_open && is_near && is_theirs { Ok([None, None]) } else { Err(unfit()) }
        }
        (None, Some(group)) => {
            let known =
                building_groups::find(act, group).or_refuse(&ORGANISER_UNFIT, "/organiser/building_group")?;
            let leaders = [known.group.leader_id, known.group.deputy_id];
            if known.group.division == division { Ok(leaders) } else { Err(unfit()) }
        }
        _ => Err(unfit()),
    }
}

fn hang(act: &mut Act<'_>, id: VolunteerCallId, division: Division, poster: Option<FileId>) -> Result<()> {
    if let Some(poster) = poster {
        let to = Attachment { resource: VOLUNTEER_CALLS, id: id.0, division };
        files::attach_one(act, poster, &to, "/poster")?;
    }
    Ok(())
}

/// Changes a call that is not over.
pub fn update(
    act: &mut Act<'_>,
    id: VolunteerCallId,
    seen: &IfMatch,
    mut patch: VolunteerCallPatch,
) -> Result<VolunteerCallDetailView> {
    let call = seen_for(act, Action::Update, id, VolunteerCallStep::Update)?;
    seen.check(call.row.version)?;
    let (needs, poster) = (patch.needs.0.take(), patch.poster.0.take());
    let change = patch.into_change();
    let row = &call.row;
    must_agree(&Terms {
        ages: (change.minimum_age.unwrap_or(row.minimum_age), change.maximum_age.unwrap_or(row.maximum_age)),
        is_dangerous: change.is_dangerous.unwrap_or(row.is_dangerous),
        risks: change.risks.as_deref().unwrap_or(&row.risks),
        visibility: change.visibility.unwrap_or(row.visibility),
        is_of_group: row.building_group_id.is_some(),
    })?;
    must_stay_safe(act, &call, &change)?;
    let petition = change.petition_id.filter(|petition| *petition != row.petition_id);
    if petition.is_some() && row.published_at.is_some() {
        return PETITION_TOLD.refuse();
    }
    must_answer(act, petition.flatten(), row.division)?;
    store::update(act, &call, &change)?;
    if let Some(needs) = needs {
        let needs = kept(id, needs.into_inner());
        must_differ(&needs)?;
        store::set_needs(act, &call, &needs)?;
    }
    hang(act, id, row.division, poster)?;
    refresh(act, Action::Update, id)
}

/// Refuses what would put those who are signed up in danger: work becomes dangerous, or is insured for a shorter time than before, and
/// somebody comes who is not insured then, or is not known to be of age.
fn must_stay_safe(act: &mut Act<'_>, call: &Permit<VolunteerCall>, change: &CallChange) -> Result<()> {
    let (before, insured_until) =
        (call.row.insured_until, change.insured_until.unwrap_or(call.row.insured_until));
    let is_less_safe = !call.row.is_dangerous || insured_until < before;
    if !change.is_dangerous.unwrap_or(call.row.is_dangerous) || !is_less_safe {
        return Ok(());
    }
    let expected = store::expected(act, call)?;
    must_be_safe(insured_until, &expected, act.now)
}

/// A call the caller sees, locked, with proof that they may do this to it and that it follows from its state.
pub fn seen_for<A: policy::Action>(
    act: &mut Act<'_>,
    action: A,
    id: VolunteerCallId,
    step: VolunteerCallStep,
) -> Result<Permit<VolunteerCall>> {
    let call = store::lock(act, id)?;
    let call = act.permit(action, call)?;
    must_follow(call.row.state, step)?;
    Ok(call)
}

/// Records what happened to a call, tells who listens, and answers with the call as it is now.
pub fn refresh<A: policy::Action>(
    act: &mut Act<'_>,
    action: A,
    id: VolunteerCallId,
) -> Result<VolunteerCallDetailView> {
    let call = store::load(act, id)?;
    let detail = json!({ "state": call.row.state.as_str(), "version": call.row.version });
    act.record(Event { action, id: id.to_string(), division: Some(call.row.division), detail })?;
    act.announce(
        "volunteer_call.changed",
        json!({ "volunteer_call": id, "state": call.row.state.as_str() }),
    )?;
    view(act, call)
}
