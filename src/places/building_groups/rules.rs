//! What must hold of a building group: its members, its leaders, its titles.

use super::model::Member;
use crate::kit::problem::{Result, Rule};
use crate::places::buildings::{BuildingRow, has_unit};
use crate::places::estates::EstateId;

/// The estate has a group of this name already.
pub static TAKEN: Rule = Rule::refused(
    "building-group-name-taken",
    "The estate has a building group of this name already.",
    "该小区已有同名楼组。",
);
/// There is no such estate.
pub static ESTATE_UNKNOWN: Rule =
    Rule::invalid("building-group-estate-unknown", "There is no such estate.", "没有该小区。");
/// The estate has no such building.
pub static BUILDING_UNKNOWN: Rule = Rule::invalid(
    "building-group-building-unknown",
    "The estate has no such building.",
    "该小区没有此楼栋。",
);
/// The building has no such unit.
pub static UNIT_UNKNOWN: Rule =
    Rule::invalid("building-group-unit-unknown", "The building has no such unit.", "该楼栋没有此单元。");
/// The same building or unit twice, or a whole building and a unit of it.
pub static MEMBERS_OVERLAP: Rule = Rule::invalid(
    "building-group-members-overlap",
    "This building or unit is in the list already, alone or with the whole building.",
    "楼栋或单元在列表中重复。",
);
/// Another group has it.
pub static MEMBER_TAKEN: Rule = Rule::refused(
    "building-group-member-taken",
    "Another building group has this building or unit already.",
    "该楼栋或单元已属于其他楼组。",
);
/// No account has this number.
pub static LEADER_UNKNOWN: Rule =
    Rule::invalid("building-group-leader-unknown", "No account has this number.", "该手机号尚未注册账号。");
/// One person can't be both.
pub static DEPUTY_IS_LEADER: Rule = Rule::invalid(
    "building-group-deputy-is-leader",
    "The leader can't be their own deputy.",
    "楼组长与副组长不能是同一人。",
);
/// The group has won this title that day already.
pub static TITLE_TAKEN: Rule = Rule::refused(
    "building-group-title-taken",
    "The building group won this title on that day already.",
    "该楼组当日已获此称号。",
);
/// A title is entered when it was granted, not before.
pub static TITLE_AHEAD: Rule = Rule::invalid(
    "building-group-title-ahead",
    "The day of granting is still to come.",
    "授予日期尚未到来。",
);
/// There is no such organisation.
pub static GRANTER_UNKNOWN: Rule =
    Rule::invalid("building-group-granter-unknown", "There is no such organisation.", "没有该授予组织。");
/// Nobody grants a title in the name of those they have nothing to do with.
pub static GRANTER_UNFIT: Rule = Rule::invalid(
    "building-group-granter-unfit",
    "Name an organisation of this place, or one above it: your own, or one within your range.",
    "授予单位须为本区域或上级的组织，且为本人任职单位，或在本人管辖范围内。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &TAKEN,
    &ESTATE_UNKNOWN,
    &BUILDING_UNKNOWN,
    &UNIT_UNKNOWN,
    &MEMBERS_OVERLAP,
    &MEMBER_TAKEN,
    &LEADER_UNKNOWN,
    &DEPUTY_IS_LEADER,
    &TITLE_TAKEN,
    &TITLE_AHEAD,
    &GRANTER_UNKNOWN,
    &GRANTER_UNFIT,
];

/// Whether two have neighbours in common: the same unit, or a whole building and anything in it.
fn overlap(one: &Member, other: &Member) -> bool {
    let is_whole = one.unit.is_empty() || other.unit.is_empty();
    one.building_id == other.building_id && (is_whole || one.unit == other.unit)
}

/// No neighbour is in the list twice.
pub fn must_not_overlap(members: &[Member]) -> Result<()> {
    let again =
        members.iter().enumerate().find(|(i, member)| members[..*i].iter().any(|m| overlap(m, member)));
    again.map_or(Ok(()), |(i, _)| Err(MEMBERS_OVERLAP.at(format!("/members/{i}"))))
}

/// Every member is a building of the estate, whole or a unit that it has.
pub fn must_be_of(estate: EstateId, buildings: &[BuildingRow], members: &[Member]) -> Result<()> {
    for (i, member) in members.iter().enumerate() {
        let building = buildings.iter().find(|b| b.id == member.building_id && b.estate_id == estate);
        let building = building.ok_or_else(|| BUILDING_UNKNOWN.at(format!("/members/{i}/building")))?;
        if !member.unit.is_empty() && !has_unit(&building.units, &member.unit) {
            return Err(UNIT_UNKNOWN.at(format!("/members/{i}/unit")));
        }
    }
    Ok(())
}

/// No member is in another group.
pub fn must_be_free(members: &[Member], elsewhere: &[Member]) -> Result<()> {
    let taken = members.iter().position(|member| elsewhere.iter().any(|other| overlap(member, other)));
    taken.map_or(Ok(()), |i| Err(MEMBER_TAKEN.at(format!("/members/{i}"))))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::access::division::Division;
    use crate::kit::problem::Problem;
    use crate::places::buildings::BuildingId;

    fn member(building_id: BuildingId, unit: &str) -> Member {
        Member { building_id, unit: unit.to_owned() }
    }

    fn building(estate_id: EstateId, units: &[&str]) -> BuildingRow {
        BuildingRow {
            id: BuildingId::new(),
            estate_id,
            division: Division::SHANGHAI,
            number: "247号".into(),
            floors: None,
            has_lift: false,
            units: units.iter().map(|unit| Some((*unit).to_owned())).collect(),
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    fn told(result: Result<()>) -> (&'static str, String) {
        let problem: Problem = result.unwrap_err();
        (problem.rule().code, format!("{:?}", problem.faults()[0].place))
    }

    #[test]
    fn a_whole_building_and_its_units_overlap() {
        let (one, other) = (BuildingId::new(), BuildingId::new());
        assert!(must_not_overlap(&[member(one, "1"), member(one, "2"), member(other, "")]).is_ok());
        for again in [member(one, "1"), member(one, "")] {
            let fault = told(must_not_overlap(&[member(one, "1"), member(other, "1"), again]));
            assert_eq!(fault, ("building-group-members-overlap", r#"Pointer("/members/2")"#.into()));
        }
    }

    #[test]
    fn what_another_group_has_is_taken() {
        let (one, other) = (BuildingId::new(), BuildingId::new());
        let members = [member(one, "1"), member(other, "")];
        assert!(must_be_free(&members, &[member(one, "2")]).is_ok());
        let fault = told(must_be_free(&members, &[member(other, "3")]));
        assert_eq!(fault, ("building-group-member-taken", r#"Pointer("/members/1")"#.into()));
        assert!(must_be_free(&members, &[member(one, "")]).is_err());
    }

    #[test]
    fn members_are_of_the_estate() {
        let (estate, elsewhere) = (EstateId::new(), EstateId::new());
        let buildings = [building(estate, &["1", "2"]), building(estate, &[]), building(elsewhere, &[])];
        let [with_units, plain, foreign] = &buildings;
        let check = |members: &[Member]| must_be_of(estate, &buildings, members);
        assert!(check(&[member(with_units.id, "2"), member(plain.id, "")]).is_ok());
        assert!(check(&[member(with_units.id, "")]).is_ok());
        let unit = "building-group-unit-unknown";
        assert_eq!(
            told(check(&[member(with_units.id, "3")])),
            (unit, r#"Pointer("/members/0/unit")"#.into())
        );
        assert_eq!(told(check(&[member(plain.id, "1")])).0, unit);
        assert_eq!(told(check(&[member(foreign.id, "")])).0, "building-group-building-unknown");
    }
}
