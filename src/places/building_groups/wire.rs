//! Building groups in JSON.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{
    BuildingGroupChange, BuildingGroupId, BuildingGroupTitleId, Filter, Member, MemberRow, TitleRow,
};
use crate::access::actor::{AccountId, OrganisationId};
use crate::access::division::Division;
use crate::access::phone::Mobile;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::page::Limit;
use crate::kit::patch::Change;
use crate::kit::text::{Label, Line, Prose};
use crate::places::buildings::BuildingId;
use crate::places::estates::EstateId;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BuildingGroupQuery {
    /// Only groups in this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only groups of this estate.
    pub estate: Option<EstateId>,
    /// Only groups that this building, or a unit of it, belongs to.
    pub building: Option<BuildingId>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl BuildingGroupQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, estate: self.estate, building: self.building }
    }
}

/// The building group in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct BuildingGroupPath {
    /// The building group.
    pub building_group: BuildingGroupId,
}

/// A building, or one unit of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BuildingGroupMemberDraft {
    /// The building, of the group's estate.
    pub building: BuildingId,
    /// The unit 单元; empty for the whole building.
    #[serde(default)]
    #[schema(example = "1")]
    pub unit: Label<20>,
}

/// The members of a group, 1 to 50.
pub type Members = Few<BuildingGroupMemberDraft, 1, 50>;

/// Members as kept.
pub fn kept(members: Members) -> Vec<Member> {
    let kept = |member: BuildingGroupMemberDraft| Member {
        building_id: member.building,
        unit: member.unit.into_inner(),
    };
    members.into_inner().into_iter().map(kept).collect()
}

/// Found a building group.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BuildingGroupDraft {
    /// Its estate, whose committee becomes the group's. Stays.
    pub estate: EstateId,
    /// Its name.
    #[schema(example = "247号楼组")]
    pub name: Line<60>,
    /// What it says of itself in one sentence.
    #[serde(default)]
    #[schema(example = "远亲不如近邻")]
    pub slogan: Prose<100>,
    /// What it tells of itself.
    #[serde(default)]
    pub introduction: Prose<2000>,
    /// Its buildings and units; none of them is in another group.
    #[schema(value_type = Vec<BuildingGroupMemberDraft>, min_items = 1, max_items = 50)]
    pub members: Members,
}

/// Change a building group.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BuildingGroupPatch {
    /// Its name.
    #[serde(default)]
    #[schema(value_type = Line<60>, example = "247号楼组")]
    pub name: Change<Line<60>>,
    /// What it says of itself in one sentence.
    #[serde(default)]
    #[schema(value_type = Prose<100>, example = "远亲不如近邻")]
    pub slogan: Change<Prose<100>>,
    /// What it tells of itself.
    #[serde(default)]
    #[schema(value_type = Prose<2000>)]
    pub introduction: Change<Prose<2000>>,
    /// Its buildings and units, in place of those it had.
    #[serde(default)]
    #[schema(value_type = Vec<BuildingGroupMemberDraft>, min_items = 1, max_items = 50)]
    pub members: Change<Members>,
}

impl BuildingGroupPatch {
    /// As written to the row, and the members where they change.
    pub fn into_change(self) -> (BuildingGroupChange, Option<Vec<Member>>) {
        let change = BuildingGroupChange {
            name: self.name.map(Line::into_inner),
            slogan: self.slogan.map(Prose::into_inner),
            introduction: self.introduction.map(Prose::into_inner),
            ..BuildingGroupChange::default()
        };
        (change, self.members.map(kept))
    }
}

/// Say who leads a building group. Both are always said; null means nobody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BuildingGroupLeaderDraft {
    /// The number of the leader's 楼组长 account.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    pub leader_phone: Option<Mobile>,
    /// The number of the deputy's account.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    pub deputy_phone: Option<Mobile>,
}

/// Give a building group its brand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BuildingGroupBrandDraft {
    /// Its name.
    #[schema(example = "“梯”升男友力")]
    pub name: Line<60>,
    /// How it came about.
    #[schema(example = "加装电梯期间，年轻住户轮流帮老人提菜上楼。")]
    pub story: Prose<2000>,
}

/// Enter a title that a building group won.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BuildingGroupTitleDraft {
    /// The title.
    #[schema(example = "活力楼组")]
    pub title: Line<60>,
    /// The organisation that granted it: the caller's own, or one within their range.
    pub granted_by: OrganisationId,
    /// The day it was granted; today or before.
    pub granted_on: Day,
}

/// A building, or one unit of it, in a building group.
#[derive(Serialize, ToSchema)]
pub struct BuildingGroupMemberView {
    /// The building.
    pub building: BuildingId,
    /// Its number 楼号.
    #[schema(example = "247号")]
    pub building_number: String,
    /// The unit 单元; empty for the whole building.
    #[schema(example = "1")]
    pub unit: String,
}

impl From<MemberRow> for BuildingGroupMemberView {
    fn from(row: MemberRow) -> Self {
        Self { building: row.building_id, building_number: row.building_number, unit: row.unit }
    }
}

/// Who leads a building group.
#[derive(Serialize, ToSchema)]
pub struct BuildingGroupLeaderView {
    /// The account.
    pub id: AccountId,
    /// How others see it.
    #[schema(example = "陈阿姨")]
    pub display_name: String,
}

/// The brand of a building group.
#[derive(Serialize, ToSchema)]
pub struct BuildingGroupBrandView {
    /// Its name.
    #[schema(example = "“梯”升男友力")]
    pub name: String,
    /// How it came about.
    pub story: String,
}

/// A title that a building group won.
#[derive(Serialize, ToSchema)]
pub struct BuildingGroupTitleView {
    /// Its id.
    pub id: BuildingGroupTitleId,
    /// The title.
    #[schema(example = "活力楼组")]
    pub title: String,
    /// The organisation that granted it.
    pub granted_by: OrganisationId,
    /// That organisation's name.
    #[schema(example = "友谊路街道办事处")]
    pub granted_by_name: String,
    /// The day it was granted.
    pub granted_on: NaiveDate,
}

impl From<TitleRow> for BuildingGroupTitleView {
    fn from(row: TitleRow) -> Self {
        let TitleRow { id, title, granted_by, granted_by_name, granted_on } = row;
        Self { id, title, granted_by, granted_by_name, granted_on }
    }
}

impl View for BuildingGroupTitleView {}
