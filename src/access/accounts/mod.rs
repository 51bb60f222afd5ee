//! Accounts 账号: a person by their telephone number, with a password and, for staff, a second factor.

mod actions;
pub mod http;
pub mod model;
mod proof;
mod recovery;
pub mod store;
mod totp;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::{Kind, Rule};

pub use actions::{Opening, open, reset_totp};

pub use recovery::{RecoveryCode, redeem as redeem_recovery_code};
pub use totp::{SEAL as TOTP_SEAL, TotpCode, redeem as redeem_totp};

actions!("accounts", allows, {
    Create = "create_account",
    FindMe = "find_me",
    UpdateMe = "update_me",
    UpdatePassword = "update_password",
    CreateTotp = "create_totp",
    CreateTotpConfirmation = "create_totp_confirmation",
    DeleteTotp = "delete_totp",
    CreateRecoveryCodes = "create_recovery_codes",
    DeleteMe = "delete_me",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::Create => Reach::Everywhere,
        Action::FindMe
        | Action::UpdateMe
        | Action::UpdatePassword
        | Action::CreateTotp
        | Action::CreateTotpConfirmation
        | Action::DeleteTotp
        | Action::CreateRecoveryCodes
        | Action::DeleteMe => match role {
            Role::Visitor => Reach::Never,
            _ => Reach::Own,
        },
    }
}

/// The number has an account. Told only to who has shown, by a code, that the number is theirs.
pub static PHONE_TAKEN: Rule =
    Rule::refused("account-phone-taken", "This number already has an account.", "该手机号已注册。");
/// The current password is wrong.
pub static PASSWORD_WRONG: Rule = Rule {
    code: "account-password-wrong",
    kind: Kind::Forbidden,
    en: "The current password is wrong.",
    zh: "当前密码不正确。",
};
/// There is a second factor already.
pub static TOTP_EXISTS: Rule =
    Rule::refused("totp-exists", "This account already has a second factor.", "该账号已启用第二因素。");
/// There is no second factor.
pub static TOTP_MISSING: Rule =
    Rule::refused("totp-missing", "This account has no second factor.", "该账号未启用第二因素。");
/// The second factor's code is wrong.
pub static TOTP_WRONG: Rule =
    Rule::invalid("totp-wrong", "This code is wrong or was used.", "动态口令错误或已使用。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &PHONE_TAKEN,
    &PASSWORD_WRONG,
    &TOTP_EXISTS,
    &TOTP_MISSING,
    &TOTP_WRONG,
    &crate::access::passwords::PASSWORD_WEAK,
];
