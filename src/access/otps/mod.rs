//! One-time codes 验证码: six digits, ten minutes, single use, capped per number and address.

mod actions;
pub mod http;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::{Kind, Rule};

pub use actions::{fits, redeem};
pub use wire::Code;

actions!("otps", allows, { Create = "create_otp", });

fn allows(action: Action, _: Role) -> Reach {
    match action {
        Action::Create => Reach::Everywhere,
    }
}

/// Too many codes were asked for.
pub static TOO_MANY: Rule = Rule {
    code: "otp-too-many",
    kind: Kind::TooMany,
    en: "Too many codes were asked for; wait a little.",
    zh: "获取验证码过于频繁，请稍后再试。",
};
/// The code is wrong, used, too old, or guessed at too often.
pub static WRONG: Rule =
    Rule::invalid("otp-wrong", "This code is wrong or has expired.", "验证码错误或已失效。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&TOO_MANY, &WRONG];
