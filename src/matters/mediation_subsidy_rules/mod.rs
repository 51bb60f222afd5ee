//! How much is paid for a case 补贴标准 (F8): to mediators 误工补贴 (人民调解法 6, 16) and to the lawyers of 三所联动, by how hard it was and how it ended
//! 以案定补. Data, by place and day, each with what it stands on: no law says an amount. The closest place that says one holds.

mod actions;
pub mod http;
mod import;
mod model;
mod rules;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use import::{Line, import};
pub use model::{MediationSubsidyOutcome, MediationSubsidyRole, SubsidyRuleId, SubsidyRuleRow};
pub use rules::RULES;

actions!("mediation-subsidy-rules", allows, {
    List = "list_mediation_subsidy_rules",
    Create = "create_mediation_subsidy_rule",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // What is paid is everybody's to know, as all policies are; who is paid is the ledger's.
        Action::List => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        // The offices that pay; nobody who is paid, nor the judicial office that files the cases.
        Action::Create => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
