//! The course of a petition: which state follows which, and what each step does to its clocks. One table for all; a test walks it
//! through HTTP, pair by pair.

use crate::matters::clocks::Effect;
use crate::matters::policies::ClockKind;
use crate::text_enum;

text_enum! {
    /// Where a petition stands 办理状态.
    pub enum PetitionState {
        /// 待受理
        Submitted = "submitted",
        /// 已受理
        Accepted = "accepted",
        /// 已派单
        Dispatched = "dispatched",
        /// 办理中
        InProgress = "in_progress",
        /// 中止
        Suspended = "suspended",
        /// 已答复
        Resolved = "resolved",
        /// 已办结
        Closed = "closed",
        /// 不予受理
        Rejected = "rejected",
        /// 已撤回
        Withdrawn = "withdrawn",
        /// 已并案
        Merged = "merged",
    }
}

impl PetitionState {
    /// Whether it was taken and is not answered yet.
    pub fn is_handled(self) -> bool {
        use PetitionState::*;
        matches!(self, Accepted | Dispatched | InProgress | Suspended)
    }

    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        use PetitionState::*;
        match self {
            Submitted | Accepted | Dispatched | InProgress | Suspended | Resolved => true,
            Closed | Rejected | Withdrawn | Merged => false,
        }
    }
}

text_enum! {
    /// A step of a petition. Steps that change no state are listed, too: they are possible in some states only.
    pub enum PetitionStep {
        /// 受理
        Accept = "accepted",
        /// 不予受理
        Reject = "rejected",
        /// 撤回
        Withdraw = "withdrawn",
        /// 派单，主办
        Dispatch = "dispatched",
        /// 派单，协办
        DispatchAssist = "assist_dispatched",
        /// 签收，主办
        Take = "dispatch_accepted",
        /// 签收，协办
        TakeAssist = "assist_accepted",
        /// 退单，主办
        Return = "dispatch_returned",
        /// 退单，协办
        ReturnAssist = "assist_returned",
        /// 先行联系
        Contact = "contacted",
        /// 办理进展
        Progress = "progressed",
        /// 中止
        Suspend = "suspended",
        /// 恢复
        Resume = "resumed",
        /// 申请延期
        AskExtension = "extension_asked",
        /// 同意延期
        ApproveExtension = "extension_approved",
        /// 不同意延期
        RefuseExtension = "extension_refused",
        /// 答复
        Answer = "answered",
        /// 评价
        Rate = "rated",
        /// 重办
        Reopen = "reopened",
        /// 办结
        Close = "closed",
        /// 并案
        Merge = "merged",
        /// 申请复查、复核
        AskReview = "review_asked",
        /// 复查、复核答复
        AnswerReview = "review_answered",
        /// 代办确认
        Confirm = "confirmed",
    }
}

/// The state after a step; none where the step is not possible.
pub fn after(state: PetitionState, step: PetitionStep) -> Option<PetitionState> {
    use PetitionState::*;
    use PetitionStep::*;
    let is_handled = state.is_handled();
    match step {
        Accept => (state == Submitted).then_some(Accepted),
        Reject => (state == Submitted).then_some(Rejected),
        Withdraw => (state == Submitted || is_handled).then_some(Withdrawn),
        Merge => (state == Submitted || is_handled).then_some(Merged),
        // What the line began to handle itself can still be handed on; what an organisation leads is refused as taken.
        Dispatch => matches!(state, Accepted | InProgress).then_some(Dispatched),
        Take => (state == Dispatched).then_some(InProgress),
        Return => (state == Dispatched).then_some(Accepted),
        DispatchAssist => matches!(state, Dispatched | InProgress).then_some(state),
        TakeAssist | ReturnAssist => matches!(state, Dispatched | InProgress | Suspended).then_some(state),
        Contact => is_handled.then_some(state),
        Progress => matches!(state, Accepted | InProgress).then_some(InProgress),
        Suspend => (state == InProgress).then_some(Suspended),
        Resume => (state == Suspended).then_some(InProgress),
        AskExtension | ApproveExtension | RefuseExtension => {
            matches!(state, Accepted | Dispatched | InProgress).then_some(state)
        }
        Answer => matches!(state, Accepted | InProgress | Resolved).then_some(Resolved),
        Rate => (state == Resolved).then_some(Resolved),
        Reopen => (state == Resolved).then_some(InProgress),
        Close => (state == Resolved).then_some(Closed),
        AskReview | AnswerReview => matches!(state, Resolved | Closed).then_some(state),
        Confirm => (state == Submitted || is_handled).then_some(state),
    }
}

/// What a step does to the clocks, in order.
pub fn effects(state: PetitionState, step: PetitionStep) -> &'static [Effect] {
    use ClockKind::{
        Acceptance, Answer as Jointly, Dispatch as Taking, FirstContact, Rehandling, Resolution, Silence,
    };
    use Effect::*;
    match step {
        PetitionStep::Accept => &[Stop(Acceptance), Start(FirstContact), Start(Resolution)],
        PetitionStep::Dispatch => &[Start(Taking)],
        PetitionStep::Take | PetitionStep::Return => &[Stop(Taking)],
        PetitionStep::Contact => &[Stop(FirstContact)],
        PetitionStep::Suspend => &[Pause],
        PetitionStep::Resume => &[Resume],
        // An addition to an answer leaves the silence as it runs.
        PetitionStep::Answer if state == PetitionState::Resolved => &[],
        PetitionStep::Answer => {
            &[Stop(FirstContact), Stop(Resolution), Stop(Rehandling), Stop(Jointly), Start(Silence)]
        }
        PetitionStep::Reopen => &[Stop(Silence), Start(Rehandling)],
        PetitionStep::Close | PetitionStep::Reject | PetitionStep::Withdraw | PetitionStep::Merge => {
            &[StopAll]
        }
        PetitionStep::DispatchAssist
        | PetitionStep::TakeAssist
        | PetitionStep::ReturnAssist
        | PetitionStep::Progress
        | PetitionStep::AskExtension
        | PetitionStep::ApproveExtension
        | PetitionStep::RefuseExtension
        | PetitionStep::Rate
        | PetitionStep::AskReview
        | PetitionStep::AnswerReview
        | PetitionStep::Confirm => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_stays_over() {
        for state in PetitionState::ALL.iter().filter(|state| !state.is_open()) {
            for step in PetitionStep::ALL {
                let reviewed = matches!(step, PetitionStep::AskReview | PetitionStep::AnswerReview);
                let next = after(*state, *step);
                assert!(next.is_none() || reviewed && next == Some(*state), "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn every_open_state_can_come_to_an_end_and_every_state_is_reached() {
        let mut reached = vec![PetitionState::Submitted];
        let mut at = 0;
        while let Some(state) = reached.get(at).copied() {
            let next = PetitionStep::ALL.iter().filter_map(|step| after(state, *step));
            for next in next {
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        assert_eq!(reached.len(), PetitionState::ALL.len());
        for state in PetitionState::ALL.iter().filter(|state| state.is_open()) {
            assert!(
                PetitionStep::ALL.iter().any(|step| after(*state, *step).is_some_and(|next| next != *state))
            );
        }
    }

    #[test]
    fn what_ends_a_petition_ends_its_clocks() {
        for state in PetitionState::ALL {
            for step in PetitionStep::ALL {
                let ends = after(*state, *step).is_some_and(|next| !next.is_open() && next != *state);
                assert_eq!(
                    ends,
                    after(*state, *step).is_some() && effects(*state, *step) == [Effect::StopAll]
                );
            }
        }
    }
}
