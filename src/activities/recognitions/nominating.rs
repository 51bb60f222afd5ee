//! Nominating a resident, applying for a building group, and what the nominee says to it.

use super::model::{
    Agreeing, NewRecognition, Nomination, Recognition, RecognitionChange, RecognitionId, RecognitionPart,
    RecognitionState,
};
use super::rules::{GUARDIAN_MISSING, NOMINEE_UNFIT, STATE_UNFIT};
use super::wire::{RecognitionAgreementDraft, RecognitionDraft};
use super::{Action, store};
use crate::access::act::{Act, Governed, Look};
use crate::access::actor::ResidentId;
use crate::access::division::Division;
use crate::activities::recognition_rules::RecognitionKind;
use crate::activities::volunteer_calls::leads;
use crate::activities::volunteer_teams::kept;
use crate::kit::clock::local_date;
use crate::kit::named::Named;
use crate::kit::problem::{FORBIDDEN, NOT_FOUND, Result};
use crate::people::subjects::{self, Subject, is_child};
use crate::places::building_groups::{self, BuildingGroupId};

/// Why a title ended that its holder gave back.
const GIVEN_BACK: &str = "本人撤回同意";

/// Who is nominated: the record or the group, where it lies, and whether it is the caller's own.
struct Nominee {
    resident: Option<ResidentId>,
    group: Option<BuildingGroupId>,
    division: Division,
    is_own: bool,
}

/// The record, where it is the caller's own or a child's whose guardian they are.
pub fn own_subject(look: &mut Look<'_>, wanted: Option<ResidentId>) -> Result<Option<Subject>> {
    match subjects::find(look, wanted) {
        Ok(subject) => Ok(Some(subject)),
        Err(problem) if *problem.rule() == NOT_FOUND => Ok(None),
        Err(problem) => Err(problem),
    }
}

fn person(act: &mut Act<'_>, wanted: Option<ResidentId>) -> Result<Nominee> {
    let nominee =
        |resident, division, is_own| Nominee { resident: Some(resident), group: None, division, is_own };
    if let Some(subject) = own_subject(act, wanted)? {
        return Ok(nominee(subject.resident, subject.division, true));
    }
    let wanted = wanted.ok_or_else(|| NOMINEE_UNFIT.at("/resident"))?;
    // Whether there is nobody of that id, or somebody out of reach, is not told.
    let division = store::place_of(act, wanted)?.ok_or(&FORBIDDEN)?;
    Ok(nominee(wanted, division, false))
}

fn group(act: &mut Act<'_>, id: BuildingGroupId) -> Result<Nominee> {
    let known = building_groups::find(act, id).or_refuse(&NOMINEE_UNFIT, "/building_group")?.group;
    // Only who leads it speaks for it.
    match leads(&act.actor, known.division, [known.leader_id, known.deputy_id]) {
        true => Ok(Nominee { resident: None, group: Some(id), division: known.division, is_own: true }),
        false => FORBIDDEN.refuse(),
    }
}

/// Writes a nomination down. Who applies for a group that they lead agreed by that.
pub fn nominate(act: &mut Act<'_>, draft: RecognitionDraft) -> Result<RecognitionId> {
    act.scope(Action::Create)?;
    let nominee = match (draft.kind, draft.resident, draft.building_group) {
        (RecognitionKind::CommunityStar, wanted, None) => person(act, wanted)?,
        (RecognitionKind::VitalGroup, None, Some(id)) => group(act, id)?,
        _ => return Err(NOMINEE_UNFIT.at("/kind")),
    };
    let account = act.actor.account()?;
    let is_group = nominee.group.is_some();
    let new = NewRecognition {
        id: RecognitionId::new(),
        division: nominee.division,
        kind: draft.kind,
        resident_id: nominee.resident,
        building_group_id: nominee.group,
        title: draft.title.into_inner(),
        story: draft.story.into_inner(),
        skills: kept(draft.skills),
        state: if is_group { RecognitionState::Agreed } else { RecognitionState::Nominated },
        nominated_by: account,
        shows: if is_group { RecognitionPart::ALL.iter().copied().map(Some).collect() } else { Vec::new() },
        is_findable: is_group,
        agreed_by: is_group.then_some(account),
        agreed_at: is_group.then_some(act.now),
        reason: String::new(),
        created_at: act.now,
        updated_at: act.now,
    };
    let nomination = act.permit(Action::Create, Nomination { new, is_own: nominee.is_own })?;
    store::insert(act, &nomination)?;
    Ok(nomination.new.id)
}

/// A recognition whose nominee the caller speaks for. A child's own account does not.
pub fn spoken_for(act: &mut Act<'_>, recognition: Recognition) -> Result<Agreeing> {
    let Some(resident) = recognition.row.resident_id else {
        let is_own = recognition.is_own(&act.actor);
        return Ok(Agreeing { recognition, is_own });
    };
    let subject = own_subject(act, Some(resident))?;
    let is_childs = subject.is_some_and(|one| is_child(one.born_on, local_date(act.now)));
    if is_childs && recognition.account == act.actor.account().ok() {
        return GUARDIAN_MISSING.refuse();
    }
    Ok(Agreeing { recognition, is_own: subject.is_some() })
}

/// What changes with what the nominee says.
pub fn change_of(
    act: &Act<'_>,
    recognition: &Recognition,
    draft: &RecognitionAgreementDraft,
) -> Result<RecognitionChange> {
    let state = recognition.row.state;
    if !state.is_open() && state != RecognitionState::Confirmed {
        return STATE_UNFIT.refuse();
    }
    let account = act.actor.account()?;
    let said = RecognitionChange {
        shows: Some(if recognition.row.resident_id.is_some() || !draft.agrees {
            draft.parts()
        } else {
            RecognitionPart::ALL.iter().copied().map(Some).collect()
        }),
        is_findable: Some(draft.agrees && draft.is_findable),
        ..RecognitionChange::default()
    };
    if draft.agrees {
        let state = (state == RecognitionState::Nominated).then_some(RecognitionState::Agreed);
        return Ok(RecognitionChange { state, agreed_by: Some(account), agreed_at: Some(act.now), ..said });
    }
    let (state, reason) = match state {
        RecognitionState::Confirmed => (RecognitionState::Withdrawn, Some(GIVEN_BACK.to_owned())),
        _ => (RecognitionState::Declined, None),
    };
    let (decided_by, decided_at) = (Some(account), Some(act.now));
    Ok(RecognitionChange { state: Some(state), reason, decided_by, decided_at, ..said })
}
