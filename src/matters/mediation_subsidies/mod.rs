//! What mediators and lawyers are paid for cases 补贴台账 (F8; 人民调解法 6, 16), case by case 以案定补. A line is written when a case is filed, once for
//! each mediator and lawyer who still sits at its table, in the transaction that files it; nothing of it ever changes, and a mistake is
//! taken back by a line of its own, with a reason. Police, judicial office and departments have their salary: nobody is paid for sitting
//! for one of them, and no official for sitting as something else.

mod actions;
mod crediting;
pub mod http;
mod model;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use crediting::credit;
pub use rules::RULES;

actions!("mediation-subsidies", allows, {
    List = "list_mediation_subsidies",
    ListTotals = "list_mediation_subsidy_totals",
    CreateReversal = "create_mediation_subsidy_reversal",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::ListTotals => match role {
            Visitor => Reach::Never,
            StreetOfficer | DistrictOfficer | CityOfficer | JusticeOfficer => Reach::Range,
            _ => Reach::Own,
        },
        Action::CreateReversal => match role {
            StreetOfficer | JusticeOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
