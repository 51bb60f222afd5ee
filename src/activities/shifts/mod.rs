//! Shifts 班次 of a call: where, when, and for how many. Of a fixed one the hours are set; in a flexible one they are chosen within a
//! window; an open-ended one has no last day. Who signed up is `shift_signups`' matter; how many places are taken is written by that
//! alone, in functions of the database that hold the row of the shift.

mod actions;
pub mod http;
mod model;
mod rules;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

use super::volunteer_calls::organises;

pub use actions::{cancel, tell_cancelled};
pub use model::{NewShift, ShiftId, ShiftKind, ShiftRow};
pub use rules::{BEGUN, MOST, RULES, TOO_MANY, must_be_near};
pub use wire::{ShiftPath, ShiftView};

actions!("shifts", allows, {
    List = "list_shifts",
    Find = "find_shift",
    Create = "create_shift",
    Update = "update_shift",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        // Whoever sees the call.
        Action::List | Action::Find => match role {
            Role::Visitor => Reach::Never,
            _ => Reach::Own,
        },
        Action::Create | Action::Update => organises(role),
    }
}
