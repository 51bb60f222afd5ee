//! The course of a case: which state follows which. One table for all; a test walks it through HTTP, pair by pair.

use crate::text_enum;

text_enum! {
    /// Where a case stands 案件状态.
    pub enum MediationState {
        /// 已登记
        Registered = "registered",
        /// 不予受理
        Declined = "declined",
        /// 已受理
        Accepted = "accepted",
        /// 已排期
        Scheduled = "scheduled",
        /// 调解中
        InMediation = "in_mediation",
        /// 择日再调
        Adjourned = "adjourned",
        /// 达成协议
        Agreed = "agreed",
        /// 调解不成
        Failed = "failed",
        /// 已撤回
        Withdrawn = "withdrawn",
        /// 履行中
        Performing = "performing",
        /// 已履行
        Performed = "performed",
        /// 未履行
        Breached = "breached",
        /// 已归档
        Closed = "closed",
    }
}

impl MediationState {
    /// Whether it was taken and did not come to an end yet.
    pub fn is_mediated(self) -> bool {
        use MediationState::*;
        matches!(self, Accepted | Scheduled | InMediation | Adjourned)
    }

    /// Whether there is an agreement that is to be kept.
    pub fn is_bound(self) -> bool {
        use MediationState::*;
        matches!(self, Agreed | Performing)
    }

    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        use MediationState::*;
        !matches!(self, Declined | Withdrawn | Closed)
    }
}

text_enum! {
    /// A step of a case. Steps that change no state are listed, too: they are possible in some states only.
    pub enum MediationStep {
        /// 受理
        Accept = "accepted",
        /// 不予受理
        Decline = "declined",
        /// 修改案情
        Change = "changed",
        /// 追加当事人
        AddParty = "party_added",
        /// 同意调解
        Consent = "consented",
        /// 明确拒绝调解
        Refuse = "refused",
        /// 邀请入席
        AskSeat = "seat_asked",
        /// 就席
        TakeSeat = "seat_accepted",
        /// 谢绝
        DeclineSeat = "seat_declined",
        /// 申请回避
        Object = "objected",
        /// 决定回避
        DecideObjection = "objection_decided",
        /// 记录
        Note = "noted",
        /// 提交证据
        AddEvidence = "evidence_added",
        /// 排期
        Schedule = "scheduled",
        /// 改期、变更应到人员
        Move = "hearing_changed",
        /// 取消调解会
        CancelHearing = "hearing_cancelled",
        /// 送达通知
        Serve = "notice_served",
        /// 开始调解
        Open = "opened",
        /// 择日再调
        Adjourn = "adjourned",
        /// 征求当事人同意延期
        AskExtension = "extension_asked",
        /// 当事人答复延期
        AnswerExtension = "extension_answered",
        /// 调解会结束，补记笔录
        Conclude = "hearing_concluded",
        /// 延期，经当事人同意
        Extend = "extended",
        /// 拟定协议
        Draft = "agreement_drafted",
        /// 签署协议
        Sign = "agreement_signed",
        /// 达成协议
        Agree = "agreed",
        /// 变更协议
        Amend = "agreement_amended",
        /// 调解不成
        Fail = "failed",
        /// 撤回
        Withdraw = "withdrawn",
        /// 履行
        Perform = "performed",
        /// 履行完毕
        Complete = "completed",
        /// 未履行
        Breach = "breached",
        /// 加入司法确认申请
        JoinConfirmation = "confirmation_joined",
        /// 共同申请司法确认
        ApplyConfirmation = "confirmation_applied",
        /// 法院决定
        DecideConfirmation = "confirmation_decided",
        /// 安排回访
        PlanFollowUp = "follow_up_planned",
        /// 回访
        FollowUp = "followed_up",
        /// 书面申请不予处罚 (治安管理处罚法 9)
        AskWaiver = "waiver_applied",
        /// 公安机关决定
        DecideWaiver = "waiver_decided",
        /// 重新调解
        Reopen = "reopened",
        /// 归档
        Close = "closed",
        /// 协议被人民法院撤销或者确认无效 (人民调解法 32, 33)
        Annul = "agreement_annulled",
    }
}

/// The state after a step; none where the step is not possible.
pub fn after(state: MediationState, step: MediationStep) -> Option<MediationState> {
    use MediationState::*;
    use MediationStep::*;
    let (is_new, is_mediated) = (state == Registered, state.is_mediated());
    match step {
        Accept => is_new.then_some(Accepted),
        Decline => is_new.then_some(Declined),
        Change | AddParty | Consent | AskSeat | TakeSeat | DeclineSeat => {
            (is_new || is_mediated).then_some(state)
        }
        // A clear refusal ends it, whenever it comes.
        Refuse => match state {
            Registered => Some(Declined),
            _ => is_mediated.then_some(Failed),
        },
        Object | DecideObjection | AskExtension | AnswerExtension | Extend => is_mediated.then_some(state),
        Draft | Sign => (is_at_terms(state) || state.is_bound()).then_some(state),
        Note | AddEvidence => (is_new || is_mediated || state.is_bound()).then_some(state),
        Schedule | Move | Serve | CancelHearing | Open | Adjourn | Conclude => after_hearing(state, step),
        Agree => is_at_terms(state).then_some(Agreed),
        Amend | JoinConfirmation | ApplyConfirmation => state.is_bound().then_some(state),
        // A court that was asked answers, also after what was agreed was ended by another.
        DecideConfirmation if state == Failed => Some(state),
        DecideConfirmation | PlanFollowUp | FollowUp => {
            (state.is_bound() || matches!(state, Performed | Breached)).then_some(state)
        }
        AskWaiver | DecideWaiver => (state == Performed).then_some(state),
        Fail => is_mediated.then_some(Failed),
        Withdraw => (is_new || is_mediated).then_some(Withdrawn),
        Perform => state.is_bound().then_some(Performing),
        Complete => state.is_bound().then_some(Performed),
        Breach => state.is_bound().then_some(Breached),
        Reopen => (state == Breached).then_some(Accepted),
        Close => matches!(state, Failed | Performed | Breached).then_some(Closed),
        // There is nothing to be kept any more. What was done, or not, before the court said so, was; so was what is filed. What is
        // mediated once more goes on, or came to its own end: the agreement that was broken stood all the while.
        Annul => match state {
            Registered | Declined => None,
            Agreed | Performing => Some(Failed),
            _ => Some(state),
        },
    }
}

/// The same of the steps of hearings.
fn after_hearing(state: MediationState, step: MediationStep) -> Option<MediationState> {
    use MediationState::*;
    use MediationStep::*;
    match step {
        // One hearing is planned at a time: another time for it is a move.
        Schedule => match state {
            Accepted => Some(Scheduled),
            Adjourned => Some(state),
            _ => None,
        },
        Move | Serve => matches!(state, Scheduled | Adjourned).then_some(state),
        CancelHearing => match state {
            Scheduled => Some(Accepted),
            _ => (state == Adjourned).then_some(state),
        },
        Open => matches!(state, Scheduled | Adjourned).then_some(InMediation),
        Adjourn => (state == InMediation).then_some(Adjourned),
        // What was agreed, or was not, is often written down afterwards.
        Conclude => (matches!(state, InMediation | Failed | Performed | Breached) || state.is_bound())
            .then_some(state),
        _ => None,
    }
}

/// Whether terms are being found.
fn is_at_terms(state: MediationState) -> bool {
    matches!(state, MediationState::InMediation | MediationState::Adjourned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_stays_over_though_a_court_may_say_something_of_it() {
        for state in MediationState::ALL.iter().filter(|state| !state.is_open()) {
            let possible: Vec<_> =
                MediationStep::ALL.iter().filter(|step| after(*state, **step).is_some()).collect();
            // What was declined never was agreed on.
            let was_taken = *state != MediationState::Declined;
            assert_eq!(possible == [&MediationStep::Annul], was_taken, "{state:?}");
            assert!(was_taken || possible.is_empty(), "{state:?}");
            assert_eq!(after(*state, MediationStep::Annul), was_taken.then_some(*state), "{state:?}");
        }
    }

    #[test]
    fn what_is_mediated_once_more_goes_on_though_a_court_ended_what_was_agreed_before() {
        for state in MediationState::ALL.iter().filter(|state| state.is_mediated()) {
            assert_eq!(after(*state, MediationStep::Annul), Some(*state), "{state:?}");
        }
    }

    #[test]
    fn every_open_state_can_come_to_an_end_and_every_state_is_reached() {
        let mut reached = vec![MediationState::Registered];
        let mut at = 0;
        while let Some(state) = reached.get(at).copied() {
            for next in MediationStep::ALL.iter().filter_map(|step| after(state, *step)) {
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        assert_eq!(reached.len(), MediationState::ALL.len());
        for state in MediationState::ALL.iter().filter(|state| state.is_open()) {
            assert!(
                MediationStep::ALL.iter().any(|step| after(*state, *step).is_some_and(|next| next != *state)),
                "{state:?}"
            );
        }
    }
}
