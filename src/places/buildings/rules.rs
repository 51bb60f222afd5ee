//! What must hold of a building's units.

use crate::kit::problem::{Result, Rule};

/// The estate has a building of this number already.
pub static TAKEN: Rule = Rule::refused(
    "building-number-taken",
    "The estate has a building of this number already.",
    "该小区已有相同楼号的楼栋。",
);
/// There is no such estate.
pub static ESTATE_UNKNOWN: Rule =
    Rule::invalid("building-estate-unknown", "There is no such estate.", "没有该小区。");
/// The same unit twice.
pub static UNIT_REPEATED: Rule =
    Rule::invalid("building-unit-repeated", "The building has this unit twice.", "单元重复。");
/// Dwellings or building groups are in a unit that would go.
pub static UNIT_IN_USE: Rule = Rule::refused(
    "building-unit-in-use",
    "Dwellings or building groups would be left in a unit that the building no longer has.",
    "仍有房屋或楼组属于将被删除的单元。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&TAKEN, &ESTATE_UNKNOWN, &UNIT_REPEATED, &UNIT_IN_USE];

/// Whether a dwelling of that unit can be in a building of these: one with units has its dwellings in them, one
/// without has them in unit `""`.
pub fn has_unit(units: &[Option<String>], unit: &str) -> bool {
    match units {
        [] => unit.is_empty(),
        units => units.iter().flatten().any(|known| known == unit),
    }
}

/// Every unit has its own name.
pub fn must_differ(units: &[Option<String>]) -> Result<()> {
    let repeated = units.iter().enumerate().find(|(i, unit)| units[..*i].contains(unit));
    repeated.map_or(Ok(()), |(i, _)| Err(UNIT_REPEATED.at(format!("/units/{i}"))))
}

/// Every unit in use stays.
pub fn must_keep(next: &[Option<String>], used: &[String]) -> Result<()> {
    let is_kept = used.iter().all(|unit| has_unit(next, unit));
    if is_kept { Ok(()) } else { Err(UNIT_IN_USE.at("/units")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(names: &[&str]) -> Vec<Option<String>> {
        names.iter().map(|name| Some((*name).to_owned())).collect()
    }

    #[test]
    fn a_repeated_unit_is_pointed_at() {
        assert!(must_differ(&units(&["1", "2"])).is_ok());
        let problem = must_differ(&units(&["1", "2", "1"])).unwrap_err();
        assert_eq!(format!("{:?}", problem.faults()[0].place), r#"Pointer("/units/2")"#);
    }

    #[test]
    fn what_is_in_use_stays() {
        let used = ["1".to_owned()];
        assert!(must_keep(&units(&["1", "2"]), &used).is_ok());
        assert!(must_keep(&units(&["2"]), &used).is_err());
        assert!(must_keep(&[], &used).is_err());
        let whole = [String::new()];
        assert!(must_keep(&[], &whole).is_ok());
        assert!(must_keep(&units(&["1"]), &whole).is_err(), "its dwellings would be in no unit");
        assert!(must_keep(&units(&["1"]), &[]).is_ok());
    }
}
