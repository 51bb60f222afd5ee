//! Sessions 会话: signing in, refreshing, signing out. Refresh tokens rotate; an old one used again ends the session.

mod actions;
mod guesses;
pub mod http;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::{Kind, Rule};

pub use actions::{require_recent, require_recent_second_factor};
pub use guesses::{Attempt, Guesses};
pub use store::{end_all, end_others, weaken};

actions!("sessions", allows, {
    Create = "create_session",
    Refresh = "create_token",
    List = "list_sessions",
    Delete = "delete_session",
    ListKeys = "list_keys",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::Create | Action::Refresh | Action::ListKeys => Reach::Everywhere,
        Action::List | Action::Delete => match role {
            Role::Visitor => Reach::Never,
            _ => Reach::Own,
        },
    }
}

/// Number, password, code or second factor: which of them is wrong is not told.
pub static CREDENTIALS_WRONG: Rule = Rule {
    code: "credentials-wrong",
    kind: Kind::Unauthenticated,
    en: "The number, the password or the code is wrong.",
    zh: "手机号、密码或验证码不正确。",
};
/// The password was right; now the second factor.
pub static SECOND_FACTOR_NEEDED: Rule = Rule {
    code: "second-factor-needed",
    kind: Kind::Unauthenticated,
    en: "Give the code of your authenticator app as well.",
    zh: "请同时输入动态口令。",
};
/// Too many failures for this number or from this address.
pub static LOCKED: Rule = Rule {
    code: "sign-in-locked",
    kind: Kind::TooMany,
    en: "Too many failed attempts; wait a little.",
    zh: "登录失败次数过多，请稍后再试。",
};
/// The refresh token is unknown, ended, or was used before.
pub static REFRESH_INVALID: Rule = Rule {
    code: "refresh-token-invalid",
    kind: Kind::Unauthenticated,
    en: "This refresh token does not count any more; sign in again.",
    zh: "登录已失效，请重新登录。",
};

/// What a stolen token must not do asks for a fresh sign-in.
pub static NOT_RECENT: Rule = Rule {
    code: "sign-in-not-recent",
    kind: Kind::Forbidden,
    en: "Sign in again first: this session began more than 15 minutes ago.",
    zh: "请重新登录后再试：本次登录已超过 15 分钟。",
};

/// What only the second factor's owner may do asks for a session that began with it.
pub static WITHOUT_SECOND_FACTOR: Rule = Rule {
    code: "sign-in-without-second-factor",
    kind: Kind::Forbidden,
    en: "Sign in again with your second factor first: this session began without one.",
    zh: "请使用动态口令重新登录后再试：本次登录未使用第二因素。",
};

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &CREDENTIALS_WRONG,
    &SECOND_FACTOR_NEEDED,
    &LOCKED,
    &REFRESH_INVALID,
    &NOT_RECENT,
    &WITHOUT_SECOND_FACTOR,
];
