//! Walk-ins 现场报名 (G3): somebody who did not sign up stands at the door and shows their code. Whoever organises the shift scans it, and
//! they have a free place and are there, in one act. Nobody is assigned (志愿服务条例 25): only who shows a code of their own comes in,
//! who is told the risks (12); what is asked of who signs up is asked of them, too.

mod actions;
pub mod http;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

use super::volunteer_calls::organises;

pub use rules::RULES;

actions!("shift-walk-ins", allows, { Create = "create_shift_walk_in", });

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::Create => organises(role),
    }
}
