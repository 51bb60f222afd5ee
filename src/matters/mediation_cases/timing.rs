//! What each step of a case does to its clocks.

use super::course::{MediationState, MediationStep};
use crate::matters::clocks::Effect;
use crate::matters::policies::ClockKind;

/// What a step does to the clocks, in order.
pub fn effects(state: MediationState, step: MediationStep) -> &'static [Effect] {
    use ClockKind::{Acceptance, Confirmation, FollowUp, Performance, Resolution};
    use Effect::*;
    match step {
        MediationStep::Accept => &[Stop(Acceptance), Start(Resolution)],
        MediationStep::Decline | MediationStep::Withdraw | MediationStep::Close => &[StopAll],
        MediationStep::Refuse if state == MediationState::Registered => &[StopAll],
        MediationStep::Refuse | MediationStep::Fail => &[Stop(Resolution)],
        MediationStep::Agree => &[Stop(Resolution), Start(Confirmation), Start(FollowUp)],
        // What replaces an agreement has 30 days of its own.
        MediationStep::Amend => &[Stop(Confirmation), Start(Confirmation)],
        MediationStep::ApplyConfirmation => &[Stop(Confirmation)],
        MediationStep::FollowUp if state.is_bound() => &[Stop(FollowUp), Start(FollowUp)],
        MediationStep::Complete => &[Stop(FollowUp), Stop(Performance), Stop(Confirmation)],
        MediationStep::Breach => &[Stop(FollowUp), Stop(Performance)],
        MediationStep::Annul => &[Stop(FollowUp), Stop(Performance), Stop(Confirmation)],
        MediationStep::Reopen => &[Stop(Confirmation), Start(Resolution)],
        MediationStep::Change
        | MediationStep::AddParty
        | MediationStep::Consent
        | MediationStep::AskSeat
        | MediationStep::TakeSeat
        | MediationStep::DeclineSeat
        | MediationStep::Object
        | MediationStep::DecideObjection
        | MediationStep::Note
        | MediationStep::AddEvidence
        | MediationStep::Schedule
        | MediationStep::Move
        | MediationStep::CancelHearing
        | MediationStep::Serve
        | MediationStep::Open
        | MediationStep::Adjourn
        | MediationStep::AskExtension
        | MediationStep::AnswerExtension
        | MediationStep::Conclude
        | MediationStep::Extend
        | MediationStep::Draft
        | MediationStep::Sign
        | MediationStep::Perform
        | MediationStep::JoinConfirmation
        | MediationStep::DecideConfirmation
        | MediationStep::PlanFollowUp
        | MediationStep::FollowUp
        | MediationStep::AskWaiver
        | MediationStep::DecideWaiver => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::super::course::after;
    use super::*;

    #[test]
    fn what_ends_a_case_ends_its_clocks() {
        for state in MediationState::ALL {
            for step in MediationStep::ALL {
                if let Some(next) = after(*state, *step).filter(|_| state.is_open()) {
                    assert_eq!(
                        !next.is_open(),
                        effects(*state, *step) == [Effect::StopAll],
                        "{state:?} {step:?}"
                    );
                }
            }
        }
    }
}
