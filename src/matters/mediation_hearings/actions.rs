//! Holding a hearing: it begins, goes on another day, ends, or is called off.

use super::planning::{Cast, must_be_fit, run};
use super::rules::{self, CLASHES, MINUTES_WRITTEN, TEXT_MISSING};
use super::views::MediationHearingView;
use super::wire::{
    MediationHearingAdjournmentDraft, MediationHearingCancellationDraft, MediationHearingConclusionDraft,
    MediationHearingOpeningDraft,
};
use super::{Action, shown};
use crate::access::act::Act;
use crate::kit::problem::Result;
use crate::kit::text::{Line, Prose};
use crate::matters::mediation_cases::course::MediationStep;
use crate::matters::mediation_cases::hearings::{
    self, HearingChange, HearingId, HearingRow, MediationHearingState,
};
use crate::matters::mediation_cases::{CaseMove, advance};
use crate::matters::registry::{MatterId, STATE_UNFIT};

fn must_stand(hearing: &HearingRow, states: &[MediationHearingState]) -> Result<()> {
    STATE_UNFIT.unless(states.contains(&hearing.state))
}

/// Begins it: who came is written down, and must be enough for the grade.
pub fn open(
    act: &mut Act<'_>,
    (id, hearing): (MatterId, HearingId),
    draft: MediationHearingOpeningDraft,
) -> Result<MediationHearingView> {
    let (case, stance) = run(act, Action::CreateOpening, id, MediationStep::Open)?;
    let planned = hearings::find(act, id, hearing)?.hearing;
    must_stand(&planned, &[MediationHearingState::Scheduled])?;
    rules::must_be_now(&planned, act.now)?;
    let cast = Cast::of(&case.0, Some(draft.seats.as_slice()), Some(draft.parties.as_slice()))?;
    must_be_fit(act, &case.0, &cast, (planned.is_open, act.now))?;
    let came = cast.wanted();
    hearings::hold(act, planned.room_id.0, &came)?;
    // Whoever came without being expected is nowhere else, either.
    hearings::expect(act, &case, &planned, (&came, false), CLASHES)?;
    hearings::attend(act, &case, hearing, &came)?;
    let begun =
        HearingChange { begun_at: Some(act.now), ..HearingChange::to(MediationHearingState::InSession) };
    hearings::change(act, &case, hearing, &begun, CLASHES)?;
    advance(act, Action::CreateOpening, &case, CaseMove::new(MediationStep::Open))?;
    shown::one(act, stance, id, hearing)
}

/// Goes on another day, with what follows until then.
pub fn adjourn(
    act: &mut Act<'_>,
    (id, hearing): (MatterId, HearingId),
    draft: MediationHearingAdjournmentDraft,
) -> Result<MediationHearingView> {
    use MediationHearingState::{Adjourned, Concluded, InSession};
    let (case, stance) = run(act, Action::CreateAdjournment, id, MediationStep::Adjourn)?;
    let held = hearings::find(act, id, hearing)?.hearing;
    must_stand(&held, &[InSession, Concluded])?;
    // Not one of an earlier round.
    if !hearings::is_latest(act, &held)? {
        return STATE_UNFIT.refuse();
    }
    let (minutes, next_steps) = (draft.minutes.into_inner(), draft.next_steps.into_inner());
    if !held.minutes.is_empty() && !minutes.is_empty() {
        return MINUTES_WRITTEN.refuse();
    }
    if held.minutes.is_empty() && minutes.is_empty() {
        return Err(TEXT_MISSING.at("/minutes"));
    }
    if next_steps.is_empty() {
        return Err(TEXT_MISSING.at("/next_steps"));
    }
    let change = HearingChange {
        ended_at: Some(held.ended_at.unwrap_or(act.now)),
        minutes: Some(minutes).filter(|text| !text.is_empty()),
        next_steps: Some(next_steps),
        ..HearingChange::to(Adjourned)
    };
    hearings::change(act, &case, hearing, &change, CLASHES)?;
    advance(act, Action::CreateAdjournment, &case, CaseMove::new(MediationStep::Adjourn))?;
    shown::one(act, stance, id, hearing)
}

/// Ends it with its minutes, or writes those down of one that has ended.
pub fn conclude(
    act: &mut Act<'_>,
    (id, hearing): (MatterId, HearingId),
    draft: MediationHearingConclusionDraft,
) -> Result<MediationHearingView> {
    use MediationHearingState::{Concluded, InSession};
    let (case, stance) = run(act, Action::CreateConclusion, id, MediationStep::Conclude)?;
    let held = hearings::find(act, id, hearing)?.hearing;
    must_stand(&held, &[InSession, Concluded])?;
    if !held.minutes.is_empty() {
        return MINUTES_WRITTEN.refuse();
    }
    if draft.minutes.is_empty() {
        return Err(TEXT_MISSING.at("/minutes"));
    }
    let change = HearingChange {
        ended_at: Some(held.ended_at.unwrap_or(act.now)),
        minutes: Some(Prose::into_inner(draft.minutes)),
        next_steps: Some(Prose::into_inner(draft.next_steps)),
        ..HearingChange::to(Concluded)
    };
    hearings::change(act, &case, hearing, &change, CLASHES)?;
    advance(act, Action::CreateConclusion, &case, CaseMove::new(MediationStep::Conclude))?;
    shown::one(act, stance, id, hearing)
}

/// Calls a planned one off: its room and its people are free.
pub fn cancel(
    act: &mut Act<'_>,
    (id, hearing): (MatterId, HearingId),
    draft: MediationHearingCancellationDraft,
) -> Result<MediationHearingView> {
    let (case, stance) = run(act, Action::CreateCancellation, id, MediationStep::CancelHearing)?;
    let planned = hearings::find(act, id, hearing)?.hearing;
    must_stand(&planned, &[MediationHearingState::Scheduled])?;
    let reason = Some(Line::into_inner(draft.reason));
    let change = HearingChange { reason, ..HearingChange::to(MediationHearingState::Cancelled) };
    hearings::change(act, &case, hearing, &change, CLASHES)?;
    advance(act, Action::CreateCancellation, &case, CaseMove::new(MediationStep::CancelHearing))?;
    shown::one(act, stance, id, hearing)
}
