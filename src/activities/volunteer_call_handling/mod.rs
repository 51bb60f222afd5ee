//! The course of a call: published 发布, closed to sign-ups 截止, cancelled 取消, finished 结束. With it go its shifts, and who is signed up.

mod actions;
pub mod http;
mod rules;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

use super::volunteer_calls::organises;

pub use rules::RULES;

actions!("volunteer-calls", allows, {
    Publish = "create_volunteer_call_publication",
    Close = "create_volunteer_call_closure",
    Cancel = "create_volunteer_call_cancellation",
    Complete = "create_volunteer_call_completion",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::Publish | Action::Close | Action::Cancel | Action::Complete => organises(role),
    }
}
