//! Whom a plan is about: what the archive knows of everybody.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kit::number::Whole;
use crate::people::residents::Residence;
use crate::places::building_groups::BuildingGroupId;
use crate::text_enum;

/// An age in years.
pub type Age = Whole<0, 150>;

/// Whom a plan is about. Those who only are registered here 户在人不在, or own a home here without living in it, are meant only
/// where their kind of residence is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(example = json!({ "kind": "age_from", "age": 80 }))]
pub enum VisitTarget {
    /// Everybody who lives here 全体居民.
    AllResidents {},
    /// Whoever lives here and is of this age or older 高龄老人.
    AgeFrom {
        /// The age in years.
        age: Age,
    },
    /// Whoever resides so 人户状态.
    Residence {
        /// How they reside.
        residence: Residence,
    },
    /// Whoever lives in this building group 楼组.
    BuildingGroup {
        /// The building group, of the plan's committee.
        building_group: BuildingGroupId,
    },
}

text_enum! {
    /// The word of a target, as kept.
    pub enum VisitTargetKind {
        /// 全体居民
        AllResidents = "all_residents",
        /// 高龄老人
        AgeFrom = "age_from",
        /// 人户状态
        Residence = "residence",
        /// 楼组
        BuildingGroup = "building_group",
    }
}

/// A target as it is kept: its word, and the one value that the word needs.
pub type Kept = (VisitTargetKind, Option<i32>, Option<Residence>, Option<BuildingGroupId>);

impl VisitTarget {
    /// As it is kept.
    pub fn kept(self) -> Kept {
        match self {
            VisitTarget::AllResidents {} => (VisitTargetKind::AllResidents, None, None, None),
            VisitTarget::AgeFrom { age } => (VisitTargetKind::AgeFrom, Some(age.get()), None, None),
            VisitTarget::Residence { residence } => (VisitTargetKind::Residence, None, Some(residence), None),
            VisitTarget::BuildingGroup { building_group } => {
                (VisitTargetKind::BuildingGroup, None, None, Some(building_group))
            }
        }
    }

    /// Of what is kept. A check of the table sees to it that the value is there.
    pub fn of((kind, age, residence, building_group): Kept) -> Self {
        let all = VisitTarget::AllResidents {};
        match kind {
            VisitTargetKind::AllResidents => all,
            VisitTargetKind::AgeFrom => {
                age.and_then(Age::new).map_or(all, |age| VisitTarget::AgeFrom { age })
            }
            VisitTargetKind::Residence => {
                residence.map_or(all, |residence| VisitTarget::Residence { residence })
            }
            VisitTargetKind::BuildingGroup => {
                building_group.map_or(all, |building_group| VisitTarget::BuildingGroup { building_group })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_was_sent() {
        for sent in [
            serde_json::json!({ "kind": "all_residents" }),
            serde_json::json!({ "kind": "age_from", "age": 80 }),
            serde_json::json!({ "kind": "residence", "residence": "from_other_province" }),
            serde_json::json!({ "kind": "building_group", "building_group": uuid::Uuid::nil() }),
        ] {
            let target: VisitTarget = serde_json::from_value(sent.clone()).unwrap();
            assert_eq!(serde_json::to_value(VisitTarget::of(target.kept())).unwrap(), sent);
        }
        for bad in [
            serde_json::json!({ "kind": "age_from" }),
            serde_json::json!({ "kind": "age_from", "age": 151 }),
            serde_json::json!({ "kind": "all_residents", "age": 80 }),
            serde_json::json!({ "kind": "everybody" }),
            serde_json::json!("all_residents"),
        ] {
            assert!(serde_json::from_value::<VisitTarget>(bad.clone()).is_err(), "{bad}");
        }
    }
}
