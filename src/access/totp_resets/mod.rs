//! Resets of a second factor 重置第二因素: for who has lost both the authenticator and the recovery codes.
//!
//! By the security administrator, who has seen the person. Security administrators and auditors are reset on the command line
//! only, as they are made there.

mod actions;
pub mod http;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::{Kind, Rule};

actions!("totp-resets", allows, { Create = "create_totp_reset", });

fn allows(action: Action, role: Role) -> Reach {
    match (action, role) {
        (Action::Create, Role::SecurityAdmin) => Reach::Range,
        (Action::Create, _) => Reach::Never,
    }
}

/// Nobody resets their own.
pub static OWN: Rule =
    Rule::refused("totp-reset-own", "Nobody resets their own second factor.", "不能重置自己的第二因素。");
/// The three administrators are kept apart.
pub static RESERVED: Rule = Rule {
    code: "totp-reset-reserved",
    kind: Kind::Forbidden,
    en: "The second factor of security administrators and auditors is reset by the operator.",
    zh: "安全管理员与审计管理员的第二因素只能由运维人员重置。",
};

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&OWN, &RESERVED];
