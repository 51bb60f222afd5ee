//! The course of a call: what can be done with it in which state. One table for all; a test walks it through HTTP, pair by pair.

use crate::text_enum;

text_enum! {
    /// Where a call stands.
    pub enum VolunteerCallState {
        /// 草稿
        Draft = "draft",
        /// 招募中
        Published = "published",
        /// 截止报名
        Closed = "closed",
        /// 已结束
        Finished = "finished",
        /// 已取消
        Cancelled = "cancelled",
    }
}

impl VolunteerCallState {
    /// Whether something of it is still to come.
    pub fn is_over(self) -> bool {
        matches!(self, VolunteerCallState::Finished | VolunteerCallState::Cancelled)
    }
}

text_enum! {
    /// What is done with a call or its shifts. Steps that change no state are listed, too: they are possible in some states only.
    pub enum VolunteerCallStep {
        /// 修改
        Update = "updated",
        /// 发布
        Publish = "published",
        /// 截止报名
        Close = "closed",
        /// 取消
        Cancel = "cancelled",
        /// 结束
        Complete = "completed",
        /// 增加班次
        AddShift = "shift_added",
        /// 修改班次
        ChangeShift = "shift_changed",
        /// 报名
        SignUp = "signed_up",
        /// 退出
        Withdraw = "withdrawn",
        /// 审核报名
        Decide = "decided",
        /// 登记出勤: that somebody came, or did not. Whoever is there may go in any state.
        NoteAttendance = "attendance_noted",
        /// 更正出勤
        CorrectAttendance = "attendance_corrected",
    }
}

/// The state after a step; none where the step is not possible.
pub fn after(state: VolunteerCallState, step: VolunteerCallStep) -> Option<VolunteerCallState> {
    use VolunteerCallState::*;
    use VolunteerCallStep::*;
    match step {
        Publish => (state == Draft).then_some(Published),
        Close => (state == Published).then_some(Closed),
        Cancel => (!state.is_over()).then_some(Cancelled),
        Complete => (state == Closed).then_some(Finished),
        Update | ChangeShift => (!state.is_over()).then_some(state),
        AddShift => matches!(state, Draft | Published).then_some(state),
        SignUp => (state == Published).then_some(state),
        Withdraw | Decide | NoteAttendance => matches!(state, Published | Closed).then_some(state),
        // What was recorded wrongly is put right whenever it is found.
        CorrectAttendance => (state != Draft).then_some(state),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_stays_over_and_every_state_is_reached() {
        let mut reached = vec![VolunteerCallState::Draft];
        let mut at = 0;
        while let Some(state) = reached.get(at).copied() {
            for next in VolunteerCallStep::ALL.iter().filter_map(|step| after(state, *step)) {
                assert!(!state.is_over() || next == state, "{state:?} became {next:?}");
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        assert_eq!(reached.len(), VolunteerCallState::ALL.len());
    }
}
