//! Recurring shifts 固定班次 of a team of volunteers (G5, G6): the weekly pattern that the team keeps, or another, is laid out over some
//! weeks of a call, leaving out public holidays 法定节假日 where that is wished. What is there already is left as it is, so that the weeks
//! after are made by asking again. Until some hours before each shift its places are for the team, then for everybody whom the call is
//! for. Nobody is put into a shift.

mod actions;
pub mod http;
mod layout;
mod rules;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

use super::volunteer_calls::organises;

pub use rules::RULES;

actions!("shift-series", allows, {
    Create = "create_shift_series",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::Create => organises(role),
    }
}
