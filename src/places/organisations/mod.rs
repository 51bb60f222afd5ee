//! Organisations 条块: committees, companies, stations, departments (A8, A13). Each has a territory 块, its division, and
//! may have a superior 条. Its members, with what else they hold 交叉任职 (D1), are its posts: `list_posts?organisation=`.

mod actions;
mod credit_code;
pub mod http;
mod model;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::Rule;

pub use actions::{find_open, must_be_open};
pub use credit_code::CreditCode;
pub use model::{NewOrganisation, OrganisationKind, OrganisationRow};

actions!("organisations", allows, {
    List = "list_organisations",
    Find = "find_organisation",
    Create = "create_organisation",
    Update = "update_organisation",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::Create | Action::Update => match role {
            CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}

/// The division has an organisation of this kind and name already.
pub static TAKEN: Rule = Rule::refused(
    "organisation-name-taken",
    "The division has an organisation of this kind and name already.",
    "该区划已有同类同名的组织。",
);
/// Another organisation has this unified social credit code.
pub static CREDIT_CODE_TAKEN: Rule = Rule::refused(
    "organisation-credit-code-taken",
    "Another organisation has this unified social credit code.",
    "该统一社会信用代码已被其他组织使用。",
);
/// An organisation can't stand above itself, however far up.
pub static SUPERIOR_CIRCULAR: Rule = Rule::refused(
    "organisation-superior-circular",
    "An organisation can't stand above itself, however far up.",
    "上级组织不能是本组织或其下级。",
);
/// Nothing new is entrusted to one that has closed.
pub static CLOSED: Rule =
    Rule::refused("organisation-closed", "This organisation has closed.", "该组织已撤销或停业。");
/// There is no such superior.
pub static SUPERIOR_UNKNOWN: Rule =
    Rule::invalid("organisation-superior-unknown", "There is no such organisation.", "没有该上级组织。");
/// There is no such division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("organisation-division-unknown", "There is no such division.", "没有该区划。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&TAKEN, &CREDIT_CODE_TAKEN, &SUPERIOR_CIRCULAR, &CLOSED, &SUPERIOR_UNKNOWN, &DIVISION_UNKNOWN];
