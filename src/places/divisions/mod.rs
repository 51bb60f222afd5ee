//! Divisions 行政区划: the city's official map, from the city down to 6,509 committees (A1), with status and lineage
//! (A11, A12), and how to reach each office (H1).

mod actions;
pub mod http;
mod import;
mod model;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::{Kind, Rule};

pub use actions::{must_stand, require_committee};
pub use import::{Line, import};
pub use model::{DivisionRow, Level, Status};
pub use store::count;
pub use wire::DivisionPath;

actions!("divisions", allows, {
    List = "list_divisions",
    Find = "find_division",
    Update = "update_division",
    CreatePredecessor = "create_division_predecessor",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find => Reach::Everywhere,
        Action::Update => match role {
            CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::CreatePredecessor => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}

/// The opening hours contradict themselves.
pub static HOURS_INVALID: Rule =
    Rule::invalid("opening-hours-invalid", "The opening hours contradict themselves.", "开放时间自相矛盾。");
/// A division that was established does not go back to preparation.
pub static STATUS_BACKWARDS: Rule = Rule::refused(
    "division-status-backwards",
    "A division goes from preparing to established to abolished, never back.",
    "区划状态只能由筹建到正式再到撤销，不能倒退。",
);

/// What was abolished stays as it was and is read; nothing is added to it.
pub static ABOLISHED: Rule = Rule::refused(
    "division-abolished",
    "This division was abolished: nothing new is entered there.",
    "该区划已撤销，不能再登记新内容。",
);

/// Nobody decides whether their own division stands.
pub static STATUS_BY_LINE_ABOVE: Rule = Rule {
    code: "division-status-by-line-above",
    kind: Kind::Forbidden,
    en: "A division's status is changed by the line above it only.",
    zh: "区划状态只能由上级修改。",
};

/// Nor what their own division came from.
pub static LINEAGE_BY_LINE_ABOVE: Rule = Rule::refused(
    "division-lineage-by-line-above",
    "What a division came from is written down by the line above it only.",
    "区划沿革只能由上级登记。",
);
/// A committee comes from a committee, a street from a street.
pub static PREDECESSOR_UNFIT: Rule = Rule::invalid(
    "division-predecessor-unfit",
    "A division comes from another one of its own level.",
    "区划的前身须是同级的另一区划。",
);
/// It is written down already.
pub static PREDECESSOR_KNOWN: Rule =
    Rule::refused("division-predecessor-known", "That is on record already.", "该沿革已登记。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &HOURS_INVALID,
    &STATUS_BACKWARDS,
    &ABOLISHED,
    &STATUS_BY_LINE_ABOVE,
    &LINEAGE_BY_LINE_ABOVE,
    &PREDECESSOR_UNFIT,
    &PREDECESSOR_KNOWN,
];
