//! Signatures 联名签名 of joint petitions (E1): verified residents of the petition's range sign once, and may take it back until it
//! closes. How many signed is exact at any moment and told to whoever sees the petition; who signed is shown to nobody but by
//! permission, not even to who asked. Thresholds are policies: from so many on a level of the line must answer by a day.
//!
//! Signing is the one write that a whole quarter does at once, so it is written in batches ([`signing`]). The thresholds are
//! followed by the worker, at most a second behind ([`thresholds`]).

mod actions;
pub mod http;
mod model;
mod rules;
pub mod signing;
pub mod store;
mod thresholds;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::SignatureId;
pub use rules::{NOT_JOINT, RULES};
pub use store::{join_petitioners, join_signers};
pub use thresholds::{follow_next, settle};

actions!("petition-signatures", allows, {
    Create = "create_petition_signature",
    Delete = "delete_petition_signature",
    List = "list_petition_signatures",
    FindCounts = "find_petition_signature_counts",
    UpdateDeliberation = "update_petition_deliberation",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // In one's own name only.
        Action::Create | Action::Delete => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
        // The committee lives next door to the signers: who signed is seen from a level above.
        Action::List => match role {
            StreetOfficer | DistrictOfficer => Reach::Range,
            _ => Reach::Never,
        },
        // Whoever sees the petition.
        Action::FindCounts => match role {
            Visitor => Reach::Never,
            _ => Reach::Own,
        },
        Action::UpdateDeliberation => match role {
            CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
