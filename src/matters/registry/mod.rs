//! The register of matters 事项: what every kind has in common, whatever it is called: a receipt number, a place, a state, who answers
//! for it, whose it is, and by when. A kind keeps the rest in a table of its own, and says which state follows which.

mod actions;
pub mod http;
mod model;
mod receipt;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::Rule;

pub use model::{Audience, Grade, MatterChange, MatterId, MatterRow, NewMatter};
pub use receipt::Receipt;
pub use store::{insert, kind, lock, open_children, touch, try_lock, update, write};
pub use wire::{MatterCategoryView, MatterOrganisationView, last_day, read_receipt};

actions!("matters", allows, {
    List = "list_matters",
    CreateParent = "create_matter_parent",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // Reports 检举 are left out: whoever may see those has a list of their own.
        Action::List => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | Dispatcher | DistrictOfficer | CityOfficer => {
                Reach::Range
            }
            _ => Reach::Never,
        },
        Action::CreateParent => match role {
            StreetOfficer | Dispatcher | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}

/// What was asked does not follow from the state the matter is in: somebody else was faster, or it was never possible.
pub static STATE_UNFIT: Rule = Rule::refused(
    "matter-state-unfit",
    "The matter's state does not allow this; it may have moved meanwhile.",
    "事项当前状态不允许此操作，可能已有变化。",
);
/// No receipt number is written like that.
pub static RECEIPT_INVALID: Rule = Rule::invalid(
    "matter-receipt-invalid",
    "There is no such receipt number: its check digit does not fit.",
    "受理编号有误：校验位不符。",
);
/// The matter that was named to be part of cannot be.
pub static PARENT_UNFIT: Rule = Rule::invalid(
    "matter-parent-unfit",
    "A matter can be part of an open one in range that is no part itself, and not of itself.",
    "只能并入本辖区内未办结且自身未被并入的事项，不能并入自身。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&STATE_UNFIT, &RECEIPT_INVALID, &PARENT_UNFIT];
