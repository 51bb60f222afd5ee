//! Rows of recognitions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::activities::recognition_rules::RecognitionKind;
use crate::activities::volunteer_calls::leads;
use crate::places::building_groups::{BuildingGroupId, BuildingGroupTitleId};
use crate::schema::{recognition_points, recognitions};
use crate::{id, text_enum};

id! {
    /// A recognition's id.
    RecognitionId
}

text_enum! {
    /// Where a recognition stands.
    pub enum RecognitionState {
        /// 已提名: the nominee has not agreed yet
        Nominated = "nominated",
        /// 本人同意
        Agreed = "agreed",
        /// 公示中
        Publicised = "publicised",
        /// 已命名
        Confirmed = "confirmed",
        /// 未通过
        Refused = "refused",
        /// 本人不同意
        Declined = "declined",
        /// 已撤销
        Withdrawn = "withdrawn",
    }
}

impl RecognitionState {
    /// What everybody sees, as far as the nominee lets them.
    pub const PUBLIC: [RecognitionState; 2] = [RecognitionState::Publicised, RecognitionState::Confirmed];

    /// Whether it is not decided yet.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Nominated | Self::Agreed | Self::Publicised)
    }
}

text_enum! {
    /// What a nominee lets be shown.
    pub enum RecognitionPart {
        /// 姓名
        Name = "name",
        /// 事迹
        Story = "story",
        /// 技能
        Skills = "skills",
    }
}

/// A recognition as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = recognitions)]
pub struct RecognitionRow {
    pub id: RecognitionId,
    pub division: Division,
    pub kind: RecognitionKind,
    pub resident_id: Option<ResidentId>,
    pub building_group_id: Option<BuildingGroupId>,
    pub title: String,
    pub story: String,
    pub skills: Vec<Option<String>>,
    pub state: RecognitionState,
    pub nominated_by: AccountId,
    pub shows: Vec<Option<RecognitionPart>>,
    pub is_findable: bool,
    pub agreed_at: Option<DateTime<Utc>>,
    pub publicised_until: Option<DateTime<Utc>>,
    pub granted_by: Option<OrganisationId>,
    pub title_id: Option<BuildingGroupTitleId>,
    pub decided_at: Option<DateTime<Utc>>,
    pub reason: String,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A recognition with whose it is.
#[derive(Clone, Debug, Queryable)]
pub struct Recognition {
    /// The recognition.
    pub row: RecognitionRow,
    /// The person's name; none where their record is sealed or deleted.
    pub name: Option<String>,
    /// The account of the person.
    pub account: Option<AccountId>,
    /// The name of the building group.
    pub group_name: Option<String>,
    /// Who leads that.
    pub leader: Option<AccountId>,
    /// The deputy.
    pub deputy: Option<AccountId>,
}

impl Governed for Recognition {
    fn division(&self) -> Option<Division> {
        Some(self.row.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        let is_theirs = self.account.is_some() && actor.account().ok() == self.account;
        is_theirs || leads(actor, self.row.division, [self.leader, self.deputy])
    }
}

/// As whom somebody sees a recognition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// As staff of the range, or as whose it is.
    Whole,
    /// As anybody: what the nominee agreed to.
    Shown,
}

/// A nomination about to be written.
#[derive(Insertable)]
#[diesel(table_name = recognitions, treat_none_as_default_value = false)]
pub struct NewRecognition {
    pub id: RecognitionId,
    pub division: Division,
    pub kind: RecognitionKind,
    pub resident_id: Option<ResidentId>,
    pub building_group_id: Option<BuildingGroupId>,
    pub title: String,
    pub story: String,
    pub skills: Vec<Option<String>>,
    pub state: RecognitionState,
    pub nominated_by: AccountId,
    pub shows: Vec<Option<RecognitionPart>>,
    pub is_findable: bool,
    pub agreed_by: Option<AccountId>,
    pub agreed_at: Option<DateTime<Utc>>,
    pub reason: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A nomination about to be written, and whether it is of oneself or of a group that one leads.
pub struct Nomination {
    pub new: NewRecognition,
    pub is_own: bool,
}

impl Governed for Nomination {
    fn division(&self) -> Option<Division> {
        Some(self.new.division)
    }

    fn is_own(&self, _: &Actor) -> bool {
        self.is_own
    }
}

/// A recognition whose nominee the caller is, or is guardian of, or leads.
pub struct Agreeing {
    pub recognition: Recognition,
    pub is_own: bool,
}

impl Governed for Agreeing {
    fn division(&self) -> Option<Division> {
        Some(self.recognition.row.division)
    }

    fn is_own(&self, _: &Actor) -> bool {
        self.is_own
    }
}

/// What changes of a recognition.
#[derive(Default, AsChangeset)]
#[diesel(table_name = recognitions)]
pub struct RecognitionChange {
    pub state: Option<RecognitionState>,
    pub shows: Option<Vec<Option<RecognitionPart>>>,
    pub is_findable: Option<bool>,
    pub agreed_by: Option<AccountId>,
    pub agreed_at: Option<DateTime<Utc>>,
    pub publicised_at: Option<DateTime<Utc>>,
    pub publicised_until: Option<DateTime<Utc>>,
    pub granted_by: Option<OrganisationId>,
    pub title_id: Option<BuildingGroupTitleId>,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<DateTime<Utc>>,
    pub reason: Option<String>,
}

/// What was given for one criterion.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = recognition_points)]
pub struct PointsRow {
    pub recognition_id: RecognitionId,
    pub criterion: String,
    pub name: String,
    pub points: i32,
    pub most: i32,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub kind: Option<RecognitionKind>,
    pub state: Option<RecognitionState>,
    pub building_group: Option<BuildingGroupId>,
    pub skill: Option<String>,
}
