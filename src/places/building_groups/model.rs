//! Rows of building groups.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, OrganisationId};
use crate::access::division::Division;
use crate::id;
use crate::places::buildings::BuildingId;
use crate::places::estates::EstateId;
use crate::schema::{building_group_members, building_group_titles, building_groups};

id! {
    /// A building group's id.
    BuildingGroupId
}
id! {
    /// The id of a title that a building group won.
    BuildingGroupTitleId
}

/// A building group as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = building_groups)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct BuildingGroupRow {
    pub id: BuildingGroupId,
    pub estate_id: EstateId,
    pub division: Division,
    pub name: String,
    pub slogan: String,
    pub introduction: String,
    pub brand_name: Option<String>,
    pub brand_story: Option<String>,
    pub leader_id: Option<AccountId>,
    pub deputy_id: Option<AccountId>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl BuildingGroupRow {
    /// Who leads it: the leader, the deputy.
    pub fn led_by(&self) -> impl Iterator<Item = AccountId> {
        self.leader_id.into_iter().chain(self.deputy_id)
    }
}

impl Governed for BuildingGroupRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.signed_in.is_some_and(|(account, _)| self.led_by().any(|leader| leader == account))
    }
}

/// A building group with the names of those who lead it.
#[derive(Clone, Debug, Queryable)]
pub struct NamedGroupRow {
    pub group: BuildingGroupRow,
    pub leader_name: Option<String>,
    pub deputy_name: Option<String>,
}

/// A building group about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = building_groups)]
pub struct NewBuildingGroup {
    pub id: BuildingGroupId,
    pub estate_id: EstateId,
    pub division: Division,
    pub name: String,
    pub slogan: String,
    pub introduction: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewBuildingGroup {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A building, or one unit of it; the whole building has unit `""`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable, Selectable)]
#[diesel(table_name = building_group_members)]
pub struct Member {
    pub building_id: BuildingId,
    pub unit: String,
}

/// A building or a unit of it, with the building's number.
#[derive(Clone, Debug, Queryable)]
pub struct MemberRow {
    pub building_id: BuildingId,
    pub building_number: String,
    pub unit: String,
}

/// A title with the name of who granted it.
#[derive(Clone, Debug, Queryable)]
pub struct TitleRow {
    pub id: BuildingGroupTitleId,
    pub title: String,
    pub granted_by: OrganisationId,
    pub granted_by_name: String,
    pub granted_on: NaiveDate,
}

/// A title about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = building_group_titles)]
pub struct NewTitle {
    pub id: BuildingGroupTitleId,
    pub building_group_id: BuildingGroupId,
    pub title: String,
    pub granted_by: OrganisationId,
    pub granted_on: NaiveDate,
    pub created_at: DateTime<Utc>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub estate: Option<EstateId>,
    pub building: Option<BuildingId>,
}

/// A change of a building group.
#[derive(Default, AsChangeset)]
#[diesel(table_name = building_groups)]
pub struct BuildingGroupChange {
    pub name: Option<String>,
    pub slogan: Option<String>,
    pub introduction: Option<String>,
    pub brand_name: Option<String>,
    pub brand_story: Option<String>,
    pub leader_id: Option<Option<AccountId>>,
    pub deputy_id: Option<Option<AccountId>>,
}
