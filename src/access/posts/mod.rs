//! Posts 岗位: a person, a role, an organisation, a range of divisions, a term. One person may hold several (交叉任职).

mod actions;
mod following;
pub mod http;
mod store;
mod terms;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::{Kind, Rule};

pub use actions::{end_all, end_with, grant_with, held_by};
pub use following::Follower;
pub use store::{NewPost, PostId, grant_unless_held, held_anywhere, reaching, was_held_by};
pub use wire::HeldPostView;

actions!("posts", allows, {
    List = "list_posts",
    Create = "create_post",
    Delete = "delete_post",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List => match role {
            Visitor => Reach::Never,
            CommitteeWorker | CommitteeHead | StreetOfficer | Dispatcher | DistrictOfficer | CityOfficer
            | SystemAdmin | SecurityAdmin | Auditor => Reach::Range,
            _ => Reach::Own,
        },
        // Which roles may be granted by which is `Role::may_grant`, inside the same post's range.
        Action::Create => match role {
            CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer | SecurityAdmin => Reach::Range,
            _ => Reach::Never,
        },
        Action::Delete => match role {
            Visitor => Reach::Never,
            CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer | SecurityAdmin => Reach::Range,
            _ => Reach::Own,
        },
    }
}

/// Nobody grants at or above their own level, beyond their own range, or for an organisation outside of it.
pub static ABOVE_OWN: Rule = Rule {
    code: "post-above-own",
    kind: Kind::Forbidden,
    en: "A post of this role, range or organisation is not yours to grant or end.",
    zh: "您无权授予或撤销该级别、范围或组织的岗位。",
};
/// Nobody appoints themselves.
pub static SELF_GRANTED: Rule =
    Rule::refused("post-self-granted", "Nobody appoints themselves.", "不能为自己授予岗位。");
/// The person holds this post already, for some of these days. A term that begins after it ends is fine.
pub static TAKEN: Rule = Rule::refused(
    "post-held",
    "The person holds this post already in that time.",
    "该人员在此期间已担任此岗位。",
);
/// No account has this number.
pub static HOLDER_UNKNOWN: Rule =
    Rule::invalid("post-holder-unknown", "No account has this number.", "该手机号尚未注册账号。");
/// The organisation or division does not exist, or the organisation has closed.
pub static PLACE_UNKNOWN: Rule = Rule::invalid(
    "post-place-unknown",
    "There is no such organisation or division, or it has closed.",
    "没有该组织或区划，或其已撤销。",
);
/// A term ends before it begins.
pub static TERM_INVALID: Rule = Rule::invalid(
    "post-term-invalid",
    "The term ends before it begins, or has ended already.",
    "任期结束早于开始或已经结束。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&ABOVE_OWN, &SELF_GRANTED, &TAKEN, &HOLDER_UNKNOWN, &PLACE_UNKNOWN, &TERM_INVALID];
