//! Enrolments 扫码录入 (A7): a worker scans the code that somebody shows, and the committee's record of that person is begun, or what it
//! lacks is filled in. The person agrees by showing the code, which is good for half a minute and counts once, having been shown the
//! privacy notice of that version (个人信息保护法 arts. 14, 17). Whoever has an account finds that among their consents; once they took it
//! back (15), no scan fills anything in, in whatever committee and by whatever code leads to them, until they agree anew by themselves.
//! What is kept already stays.
//!
//! Of whoever is under 14 by any record of theirs no consent is written down, since a child agrees to nothing (31): whether its guardian
//! agrees is not asked here, and is for the worker to see to. What the guardian took back counts as if the child had.
//!
//! Taken over is the minimum. Of one of our own codes: the telephone number of the account, which the account has proved, and the account
//! itself, which is bound to the record as a residency would be. Of a code of the city's: name, identity card and number, where the
//! city tells them. What the record says already stays.

mod actions;
pub mod http;
mod model;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;
pub use store::join;

actions!("enrolments", allows, {
    Create = "create_enrolment",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Create => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
