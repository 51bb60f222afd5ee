//! Rows of households.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::division::Division;
use crate::people::homes::DepartureId;
use crate::people::residents::ResidentId;
use crate::places::dwellings::DwellingId;
use crate::schema::{household_members, households};
use crate::{id, text_enum};

id! {
    /// A household's id.
    HouseholdId
}
id! {
    /// The id of somebody's time in a household.
    HouseholdMemberId
}

text_enum! {
    /// What somebody is to the head of the household 与户主关系.
    pub enum HouseholdRelation {
        /// 户主
        Head = "head",
        /// 配偶
        Spouse = "spouse",
        /// 子女
        Child = "child",
        /// 儿媳、女婿
        ChildInLaw = "child_in_law",
        /// 孙子女、外孙子女
        Grandchild = "grandchild",
        /// 父母
        Parent = "parent",
        /// 祖父母、外祖父母
        Grandparent = "grandparent",
        /// 兄弟姐妹
        Sibling = "sibling",
        /// 其他
        Other = "other",
    }
}

/// A household as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = households)]
pub struct HouseholdRow {
    pub id: HouseholdId,
    pub division: Division,
    pub dwelling_id: Option<DwellingId>,
    pub number: Option<String>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for HouseholdRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A household about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = households, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewHousehold {
    pub id: HouseholdId,
    pub division: Division,
    pub dwelling_id: Option<DwellingId>,
    pub number: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewHousehold {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A change of a household.
#[derive(Default, AsChangeset)]
#[diesel(table_name = households)]
pub struct HouseholdChange {
    pub dwelling_id: Option<Option<DwellingId>>,
    pub number: Option<Option<String>>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub dwelling: Option<DwellingId>,
    pub resident: Option<ResidentId>,
}

/// Somebody's time in a household.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = household_members)]
pub struct MemberRow {
    pub id: HouseholdMemberId,
    pub household_id: HouseholdId,
    pub division: Division,
    pub resident_id: ResidentId,
    pub relation: HouseholdRelation,
    pub joined_on: NaiveDate,
    pub left_on: Option<NaiveDate>,
}

impl MemberRow {
    /// Whether they are in it still.
    pub fn is_current(&self) -> bool {
        self.left_on.is_none()
    }
}

/// Somebody in a household, with their name.
#[derive(Clone, Debug, Queryable)]
pub struct NamedMemberRow {
    pub member: MemberRow,
    pub name: String,
}

/// Somebody's time in a household, about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = household_members)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewMember {
    pub id: HouseholdMemberId,
    pub household_id: HouseholdId,
    pub division: Division,
    pub resident_id: ResidentId,
    pub relation: HouseholdRelation,
    pub joined_on: NaiveDate,
    pub created_at: DateTime<Utc>,
}

/// A change of somebody's time in a household.
#[derive(Default, AsChangeset)]
#[diesel(table_name = household_members)]
pub struct MemberChange {
    pub resident_id: Option<ResidentId>,
    pub left_on: Option<Option<NaiveDate>>,
    pub departure_id: Option<Option<DepartureId>>,
}
