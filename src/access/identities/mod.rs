//! Identities 第三方身份: a WeChat user linked to an account, so that a mini-program signs in without a number.

mod actions;
pub mod http;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::{Kind, Rule};

pub use actions::hash_of;
pub use store::{find_account, forget};

actions!("identities", allows, {
    Create = "create_identity",
    Delete = "delete_identity",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::Create | Action::Delete => match role {
            Role::Visitor => Reach::Never,
            _ => Reach::Own,
        },
    }
}

/// The WeChat user belongs to another account. Told only to who has shown, by a code of WeChat's, that they are that user.
pub static TAKEN: Rule = Rule::refused(
    "identity-taken",
    "This WeChat user is linked to another account.",
    "该微信用户已绑定其他账号。",
);
/// The WeChat user has no account yet.
pub static NOT_LINKED: Rule = Rule {
    code: "identity-not-linked",
    kind: Kind::Unauthenticated,
    en: "This WeChat user has no account here yet: sign in by number first, then link it.",
    zh: "该微信用户尚未绑定账号，请先用手机号登录后绑定。",
};

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&TAKEN, &NOT_LINKED];
