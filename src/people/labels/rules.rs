//! What must hold of labels.

use crate::access::role::Role;
use crate::kit::problem::{Result, Rule};

/// There is no such label for this caller here.
pub static LABEL_UNKNOWN: Rule =
    Rule::invalid("label-unknown", "There is no such label here.", "此处没有该标签。");
/// The label is not set any more.
pub static RETIRED: Rule =
    Rule::refused("label-retired", "This label is retired, and set no more.", "该标签已停用，不能再设置。");
/// A code is used once on a line of divisions.
pub static CODE_TAKEN: Rule = Rule::refused(
    "label-code-taken",
    "A label of this division, of one above or of one below has this code already.",
    "本级、上级或下级区划已有相同代码的标签。",
);
/// A name is used once on a line of divisions.
pub static NAME_TAKEN: Rule = Rule::refused(
    "label-name-taken",
    "A label of this division, of one above or of one below has this name already.",
    "本级、上级或下级区划已有同名标签。",
);
/// City, districts and streets define labels.
pub static DIVISION_UNFIT: Rule = Rule::invalid(
    "label-division-unfit",
    "A label belongs to the city, a district or a street that has not been abolished; this is none.",
    "标签必须属于市、区或未撤销的街镇。",
);
/// Nobody defines the labels of another level.
pub static NOT_OWN_LEVEL: Rule = Rule::refused(
    "label-not-own-level",
    "A label is defined by the officer of exactly its division, not from above or below.",
    "标签只能由本级区划的干部定义，上级或下级不能代为定义。",
);
/// Roles that see people see labels on them; roles that count see numbers.
pub static ROLES_UNFIT: Rule = Rule::invalid(
    "label-roles-unfit",
    "A label is seen by roles that see people or count them, and set by those that see it on people.",
    "标签的可见角色须为可查看或统计居民的角色，可设置角色须为可查看居民且可见该标签的角色。",
);
/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&LABEL_UNKNOWN, &RETIRED, &CODE_TAKEN, &NAME_TAKEN, &DIVISION_UNFIT, &NOT_OWN_LEVEL, &ROLES_UNFIT];

/// Roles that see people, and so labels on them: as `list_residents` says.
pub const ON_PEOPLE: [Role; 6] = [
    Role::CommitteeWorker,
    Role::CommitteeHead,
    Role::StreetOfficer,
    Role::DistrictOfficer,
    Role::CityOfficer,
    Role::PoliceOfficer,
];
/// Roles that see no people, and may be shown how many carry a label.
pub const IN_NUMBERS: [Role; 2] = [Role::Dispatcher, Role::DepartmentOfficer];

/// Refuses roles that could not see, and setters who would not see.
pub fn must_fit(see: &[Role], set: &[Role]) -> Result<()> {
    if !see.iter().all(|role| ON_PEOPLE.contains(role) || IN_NUMBERS.contains(role)) {
        return Err(ROLES_UNFIT.at("/see_roles"));
    }
    if !set.iter().all(|role| ON_PEOPLE.contains(role) && see.contains(role)) {
        return Err(ROLES_UNFIT.at("/set_roles"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sets_a_label_sees_it_on_people() {
        assert!(must_fit(&[Role::PoliceOfficer, Role::Dispatcher], &[Role::PoliceOfficer]).is_ok());
        assert!(must_fit(&[Role::PoliceOfficer], &[Role::CommitteeWorker]).is_err());
        assert!(must_fit(&[Role::Dispatcher], &[Role::Dispatcher]).is_err());
        assert!(must_fit(&[Role::PropertyStaff], &[]).is_err());
    }
}
