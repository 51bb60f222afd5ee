//! Codes 码 (G7, A7): what somebody shows at a door. Our own, SG1, is signed by us for 30 seconds and one use, names a pseudonym of the day
//! instead of a person, and is verified by anybody with the published keys, online or not. The city's 随申码 and other codes can be
//! verified by their issuers alone, who are asked.
//!
//! The verifier (`sg1.rs`, `base45.rs`) stands by itself, to be ported to gates.

mod actions;
pub mod base45;
pub mod city;
pub mod http;
mod keys;
mod rules;
pub mod sg1;
mod signer;
mod subjects;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use actions::{Shown, look_at, look_to_record};
pub use keys::{KeySet, OFFLINE, Pair, SEAL, load, rotate};
pub use rules::{EXPIRED, RULES};
pub use signer::Codes;
pub use subjects::{open, seal};
pub use wire::{CodeType, ScannedCode};

actions!("codes", allows, {
    Create = "create_code",
    CreateBatch = "create_code_batch",
    FindImage = "find_code_image",
    CreateVerification = "create_code_verification",
    ListKeys = "list_code_keys",
});

/// A verification tells nobody's name or place, so whoever has a post of daily work may ask for one anywhere.
fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Create | Action::CreateBatch | Action::FindImage => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::CreateVerification => match role {
            Visitor | Resident | SystemAdmin | SecurityAdmin | Auditor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::ListKeys => Reach::Everywhere,
    }
}
