//! A building group as it is answered.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{BuildingGroupId, NamedGroupRow};
use super::wire::{
    BuildingGroupBrandView, BuildingGroupLeaderView, BuildingGroupMemberView, BuildingGroupTitleView,
};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::places::estates::EstateId;

/// A building group 楼组.
#[derive(Serialize, ToSchema)]
pub struct BuildingGroupView {
    /// Its id.
    pub id: BuildingGroupId,
    /// Its estate.
    pub estate: EstateId,
    /// The committee it lies in, that of its estate.
    pub division: Division,
    /// Its name.
    #[schema(example = "247号楼组")]
    pub name: String,
    /// What it says of itself in one sentence; empty when it says nothing.
    #[schema(example = "远亲不如近邻")]
    pub slogan: String,
    /// What it tells of itself; empty when it tells nothing.
    pub introduction: String,
    /// Its brand; null while it has none.
    pub brand: Option<BuildingGroupBrandView>,
    /// Its leader 楼组长; null while there is none.
    pub leader: Option<BuildingGroupLeaderView>,
    /// Its deputy; null while there is none.
    pub deputy: Option<BuildingGroupLeaderView>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<NamedGroupRow> for BuildingGroupView {
    fn from(row: NamedGroupRow) -> Self {
        let NamedGroupRow { group, leader_name, deputy_name } = row;
        let brand = group.brand_name.zip(group.brand_story);
        let leader = |(id, display_name)| BuildingGroupLeaderView { id, display_name };
        Self {
            id: group.id,
            estate: group.estate_id,
            division: group.division,
            name: group.name,
            slogan: group.slogan,
            introduction: group.introduction,
            brand: brand.map(|(name, story)| BuildingGroupBrandView { name, story }),
            leader: group.leader_id.zip(leader_name).map(leader),
            deputy: group.deputy_id.zip(deputy_name).map(leader),
            version: group.version,
            created_at: group.created_at,
            updated_at: group.updated_at,
        }
    }
}

/// A building group with its members and its titles.
#[derive(Serialize, ToSchema)]
pub struct BuildingGroupDetailView {
    /// The building group.
    #[serde(flatten)]
    pub group: BuildingGroupView,
    /// Its buildings and units, by number.
    pub members: Vec<BuildingGroupMemberView>,
    /// The titles it won, the newest first, 100 at most.
    pub titles: Vec<BuildingGroupTitleView>,
}

impl View for BuildingGroupView {}

impl View for BuildingGroupDetailView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.group.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/building-groups/{}", self.group.id))
    }
}
