//! Staffing rules of mediation 调解力量配备规则 (F3, F4): how many mediators a room needs, from how many weekly hours on somebody who serves
//! part time counts as one of them, and how long a mediator's term is. Rows with what they stand on, not constants: no law says
//! "two to a room"; three years are 人民调解法 art. 9. A closer rule takes the place of a wider one, and a newer that of an older.

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
pub use model::{MediationRoomKind, StaffingMeasure, StaffingRuleRow};
pub use rules::RULES;
pub use store::find;

actions!("mediation-staffing-rules", allows, {
    List = "list_mediation_staffing_rules",
    Create = "create_mediation_staffing_rule",
    CreateEnd = "create_mediation_staffing_rule_end",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // How many should be there is everybody's to know, as all policies are.
        Action::List => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::Create | Action::CreateEnd => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
