//! Which dwelling a row means. Numbers are the same with and without their word: 247 and 247号楼, 502 and 502室, 1 and 1单元.

use std::collections::{BTreeMap, BTreeSet};

use diesel::pg::PgConnection;

use super::model::{BuildingFound, DwellingFound};
use super::{Fault, store};
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::people::imports::columns::Column;
use crate::people::imports::model::WrittenHome;
use crate::people::imports::rules::{
    BUILDING_AMBIGUOUS, BUILDING_UNKNOWN, DWELLING_AMBIGUOUS, DWELLING_UNKNOWN,
};
use crate::places::addresses::folded;
use crate::places::buildings::BuildingId;
use crate::places::dwellings::DwellingId;

/// What follows the number of a building, of a unit, of a dwelling: words of one family mean the same, the longest first. A block 幢 may
/// have several doors 号, so that 3幢 is not 3号.
const OF_BUILDING: &[&[&str]] = &[&["号楼", "号", "楼"], &["幢", "栋"]];
const OF_UNIT: &[&[&str]] = &[&["单元"]];
const OF_DWELLING: &[&[&str]] = &[&["号室", "室", "号"]];

/// The ways of writing a number: as it stands first, then without its word, then with each of the word's family; of any where it has none.
fn forms(text: &str, families: &[&[&str]]) -> Vec<String> {
    let plain = folded(text);
    let worded = families.iter().find_map(|family| {
        let bare = family.iter().find_map(|word| plain.strip_suffix(word))?;
        Some((bare, family.to_vec()))
    });
    let (bare, words) = worded.unwrap_or_else(|| (plain.as_str(), families.concat()));
    let mut forms = vec![text.to_owned(), plain.clone()];
    if !bare.is_empty() {
        forms.push(bare.to_owned());
        forms.extend(words.iter().map(|word| format!("{bare}{word}")));
    }
    forms
}

/// The buildings and dwellings that some rows could mean.
#[derive(Default)]
pub struct Dwellings {
    buildings: BTreeMap<Division, Vec<BuildingFound>>,
    dwellings: BTreeMap<BuildingId, Vec<DwellingFound>>,
}

impl Dwellings {
    /// Looks up what these homes could be, each in its committee: two statements for all of them, none for none.
    pub fn of(conn: &mut PgConnection, wanted: &[(Division, &WrittenHome)]) -> Result<Self> {
        let mut known = Dwellings::default();
        if wanted.is_empty() {
            return Ok(known);
        }
        let codes: BTreeSet<Division> = wanted.iter().map(|(division, _)| *division).collect();
        let numbers: BTreeSet<String> =
            wanted.iter().flat_map(|(_, home)| forms(&home.building, OF_BUILDING)).collect();
        let (codes, numbers) = (Vec::from_iter(codes), Vec::from_iter(numbers));
        for building in store::buildings(conn, &codes, &numbers)? {
            known.buildings.entry(building.division).or_default().push(building);
        }
        let mut pairs: BTreeSet<(BuildingId, String)> = BTreeSet::new();
        for (division, home) in wanted {
            if let Ok(building) = known.building(*division, home) {
                pairs.extend(forms(&home.number, OF_DWELLING).into_iter().map(|number| (building, number)));
            }
        }
        for dwelling in store::dwellings(conn, pairs.into_iter())? {
            known.dwellings.entry(dwelling.building_id).or_default().push(dwelling);
        }
        Ok(known)
    }

    /// The dwelling that a row means, in the committee that the row goes to.
    pub fn find(&self, division: Division, home: &WrittenHome) -> std::result::Result<DwellingId, Fault> {
        let building = self.building(division, home)?;
        let units = forms(&home.unit, OF_UNIT);
        let here: Vec<&DwellingFound> = self.dwellings.get(&building).into_iter().flatten().collect();
        let in_unit = here.into_iter().filter(|one| home.unit.is_empty() || units.contains(&one.unit));
        let in_unit: Vec<&DwellingFound> = in_unit.collect();
        match closest(&in_unit, &forms(&home.number, OF_DWELLING), |one| &one.number).as_slice() {
            [] => Err((&DWELLING_UNKNOWN, Column::Dwelling)),
            [one] => Ok(one.id),
            _ => Err((&DWELLING_AMBIGUOUS, Column::Unit)),
        }
    }

    fn building(&self, division: Division, home: &WrittenHome) -> std::result::Result<BuildingId, Fault> {
        let estate = home.estate.as_deref().map(folded);
        let is_there = |one: &&BuildingFound| estate.as_ref().is_none_or(|name| *name == folded(&one.estate));
        let here: Vec<&BuildingFound> =
            self.buildings.get(&division).into_iter().flatten().filter(is_there).collect();
        match closest(&here, &forms(&home.building, OF_BUILDING), |one| &one.number).as_slice() {
            [] => Err((&BUILDING_UNKNOWN, Column::Building)),
            [one] => Ok(one.id),
            _ => Err((&BUILDING_AMBIGUOUS, Column::Building)),
        }
    }
}

/// Those that are written as the row does, or else those that mean the same.
fn closest<'a, T>(all: &[&'a T], forms: &[String], number: impl Fn(&T) -> &String) -> Vec<&'a T> {
    let exact: Vec<&T> = all.iter().copied().filter(|&one| forms.first() == Some(number(one))).collect();
    match exact.is_empty() {
        true => all.iter().copied().filter(|&one| forms.contains(number(one))).collect(),
        false => exact,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(estate: Option<&str>, building: &str, unit: &str, number: &str) -> WrittenHome {
        WrittenHome {
            estate: estate.map(str::to_owned),
            building: building.to_owned(),
            unit: unit.to_owned(),
            number: number.to_owned(),
            tie: None,
        }
    }

    /// 宝钢五村 with 247号, which has two units; 宝林五村 with 247号 and 12幢.
    fn known() -> Dwellings {
        let mut known = Dwellings::default();
        let buildings = [("宝钢五村", "247号"), ("宝林五村", "247号"), ("宝林五村", "12幢")];
        for (estate, number) in buildings {
            let id = BuildingId::new();
            let building = BuildingFound {
                id,
                division: Division::SHANGHAI,
                number: number.to_owned(),
                estate: estate.to_owned(),
            };
            known.buildings.entry(Division::SHANGHAI).or_default().push(building);
            let doors =
                if estate == "宝钢五村" { vec![("1", "502"), ("2", "502")] } else { vec![("", "3室")] };
            for (unit, number) in doors {
                let dwelling = DwellingFound {
                    id: DwellingId::new(),
                    building_id: id,
                    unit: unit.to_owned(),
                    number: number.to_owned(),
                };
                known.dwellings.entry(id).or_default().push(dwelling);
            }
        }
        known
    }

    #[test]
    fn a_dwelling_is_found_however_its_numbers_are_written() {
        let known = known();
        let code = |home: &WrittenHome| {
            let found = known.find(Division::SHANGHAI, home);
            found
                .map_or_else(|(rule, column)| format!("{} {}", column.as_str(), rule.code), |_| String::new())
        };
        for good in [
            home(Some("宝钢五村"), "247", "2单元", "502室"),
            home(Some("宝钢 五村"), "２４７号", "1", "502"),
            home(Some("宝林五村"), "247号", "", "3"),
            home(None, "12", "", "3室"),
            home(None, "12栋", "", "3"),
        ] {
            assert_eq!(code(&good), "", "{good:?}");
        }
        for (bad, told) in [
            (home(None, "247", "1", "502"), "building import-row-building-ambiguous"),
            (home(None, "12号楼", "", "3"), "building import-row-building-unknown"),
            (home(None, "248", "1", "502"), "building import-row-building-unknown"),
            (home(Some("宝钢五村"), "12", "", "3"), "building import-row-building-unknown"),
            (home(Some("宝钢五村"), "247", "", "502"), "unit import-row-dwelling-ambiguous"),
            (home(Some("宝钢五村"), "247", "3", "502"), "dwelling import-row-dwelling-unknown"),
            (home(None, "12", "1", "3"), "dwelling import-row-dwelling-unknown"),
        ] {
            assert_eq!(code(&bad), told, "{bad:?}");
        }
        assert!(known.find(Division::parse("310113003005").unwrap(), &home(None, "12", "", "3")).is_err());
    }
}
