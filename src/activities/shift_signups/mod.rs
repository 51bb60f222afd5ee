//! Sign-ups 报名 for shifts: verified residents take a place themselves, or a guardian does for a child (上海市志愿服务条例 13); places are
//! exactly limited, who comes later waits in order, and moves up by itself when somebody withdraws. Nobody is in two places at a time.
//! Who signed up is shown to who organises it alone.
//!
//! Taking a place is what a whole quarter does at once, so it is written in batches ([`claiming`]); the row of the shift is held by one
//! function of the database, which also writes what happened to each place (`shift_events`), one line each, to be replayed.

mod actions;
mod candidates;
pub mod claiming;
pub mod http;
mod model;
mod rules;
pub mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

use super::volunteer_calls::organises;

pub use actions::{must_be_anothers, must_be_safe, own_records_ever};
pub use candidates::{hold, members, own_candidates};
pub use model::{
    Candidate, GuardianConsent, PersonId, ShiftSignupId, ShiftSignupState, SignupConfirmation, SignupRow,
};
pub use rules::{CLASH, CONSENT_MISSING, NOT_OPEN, OUTSIDE, OWN, RULES, closest, may_come};
pub use store::join;
pub use wire::ShiftSignupPath;

actions!("shift-signups", allows, {
    Create = "create_shift_signup",
    Delete = "delete_shift_signup",
    ListOwn = "list_own_shift_signups",
    List = "list_shift_signups",
    Decide = "create_shift_signup_decision",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        // In one's own name, or a child's. Nobody is assigned by anybody (志愿服务条例 25).
        Action::Create | Action::Delete | Action::ListOwn => match role {
            Role::Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::List | Action::Decide => organises(role),
    }
}
