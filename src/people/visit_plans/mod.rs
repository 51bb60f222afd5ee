//! Visit plans 日常走访制 (H7): who of a committee is to be visited how often, by whom, and how far that has come. The coverage counts
//! visits 走访, not receptions; a plan counts each person or each home. A plan that goes by a label 标签 is as absent as one that
//! does not exist to whoever does not see that label on people of the committee: its name, its numbers and its list would tell
//! who carries it. A label that is retired stays on those who have it, and so do the plans that go by it; no other plan begins to.

mod actions;
pub mod http;
mod model;
mod store;
mod target;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::Rule;

pub use model::{VisitPlanRole, VisitPlanUnit};
pub use store::coverage_sql;
pub use target::VisitTarget;

actions!("visit-plans", allows, {
    List = "list_visit_plans",
    Find = "find_visit_plan",
    Create = "create_visit_plan",
    Update = "update_visit_plan",
    ListCoverage = "list_visit_coverage",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find | Action::ListCoverage => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::Create | Action::Update => match role {
            CommitteeWorker | CommitteeHead => Reach::Range,
            _ => Reach::Never,
        },
    }
}

/// A plan is a committee's.
pub static NOT_COMMITTEE: Rule = Rule::invalid(
    "visit-plan-division-not-committee",
    "A visit plan belongs to one committee that has not been abolished; this is none.",
    "走访计划必须属于一个未撤销的居委会或村委会。",
);
/// The committee has a plan of this name.
pub static TAKEN: Rule = Rule::refused(
    "visit-plan-name-taken",
    "The committee has a visit plan of this name already.",
    "本居村委已有同名走访计划。",
);
/// A plan ends before it begins.
pub static TERM_INVALID: Rule = Rule::invalid(
    "visit-plan-term-invalid",
    "The plan ends before it begins.",
    "走访计划的结束日期早于开始日期。",
);
/// Nobody of the committee has this account.
pub static RESPONSIBLE_UNKNOWN: Rule = Rule::invalid(
    "visit-plan-responsible-unknown",
    "Who is responsible holds a post that reaches the committee.",
    "责任人须为本居村委或其上级的在岗人员。",
);
/// The committee has no such building group.
pub static GROUP_UNKNOWN: Rule = Rule::invalid(
    "visit-plan-group-unknown",
    "The committee has no such building group.",
    "本居村委没有该楼组。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&NOT_COMMITTEE, &TAKEN, &TERM_INVALID, &RESPONSIBLE_UNKNOWN, &GROUP_UNKNOWN];
