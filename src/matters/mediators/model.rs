//! Rows of rosters.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, OrganisationId};
use crate::access::division::Division;
use crate::access::role::Role;
use crate::matters::disputes::{DisputeType, MediationLanguage};
use crate::schema::mediators;
use crate::{id, text_enum};

id! {
    /// The id of an entry in a roster: one person for one term.
    MediatorId
}

text_enum! {
    /// As what somebody stands in a roster.
    pub enum MediatorKind {
        /// 人民调解员
        Mediator = "mediator",
        /// 律师
        Lawyer = "lawyer",
        /// 专家
        Expert = "expert",
    }
}

impl MediatorKind {
    /// Which post whoever stands there must hold; of experts any will do.
    pub fn post(self) -> Option<Role> {
        match self {
            MediatorKind::Mediator => Some(Role::Mediator),
            MediatorKind::Lawyer => Some(Role::Lawyer),
            MediatorKind::Expert => None,
        }
    }
}

text_enum! {
    /// Where an entry stands, besides its term.
    pub enum MediatorStatus {
        /// 在册
        Active = "active",
        /// 暂停
        Suspended = "suspended",
        /// 除名
        Removed = "removed",
    }
}

/// An entry as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediators)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct MediatorRow {
    pub id: MediatorId,
    pub division: Division,
    pub organisation_id: OrganisationId,
    pub account_id: Option<AccountId>,
    pub kind: MediatorKind,
    pub name: String,
    pub expertise: Vec<Option<DisputeType>>,
    pub languages: Vec<Option<MediationLanguage>>,
    pub max_load: i32,
    pub is_part_time: bool,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub status: MediatorStatus,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl MediatorRow {
    /// Whether the entry stands on that day: its last day is one of them.
    pub fn stands(&self, on: NaiveDate) -> bool {
        self.status == MediatorStatus::Active
            && self.starts_on <= on
            && self.ends_on.is_none_or(|last| on <= last)
    }
}

impl Governed for MediatorRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.signed_in.is_some_and(|(account, _)| self.account_id == Some(account))
    }
}

/// An entry with the name of its organisation.
#[derive(Clone, Debug, Queryable)]
#[expect(missing_docs, reason = "named as what they hold")]
pub struct NamedMediatorRow {
    pub mediator: MediatorRow,
    pub organisation_name: String,
}

/// An entry about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediators, treat_none_as_default_value = false)]
pub struct NewMediator {
    pub id: MediatorId,
    pub division: Division,
    pub organisation_id: OrganisationId,
    pub account_id: Option<AccountId>,
    pub kind: MediatorKind,
    pub name: String,
    pub expertise: Vec<DisputeType>,
    pub languages: Vec<MediationLanguage>,
    pub max_load: i32,
    pub is_part_time: bool,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub status: MediatorStatus,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewMediator {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A change of an entry.
#[derive(AsChangeset)]
#[diesel(table_name = mediators)]
pub struct MediatorChange {
    pub name: Option<String>,
    pub expertise: Option<Vec<DisputeType>>,
    pub languages: Option<Vec<MediationLanguage>>,
    pub max_load: Option<i32>,
    pub is_part_time: Option<bool>,
    pub ends_on: Option<Option<NaiveDate>>,
    pub status: Option<MediatorStatus>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub kind: Option<MediatorKind>,
    pub dispute_type: Option<DisputeType>,
    pub language: Option<MediationLanguage>,
    pub organisation: Option<OrganisationId>,
    pub status: Option<MediatorStatus>,
}

impl Filter {
    /// Whether it asks what only those are told who see the whole entry.
    pub fn asks_for_records(&self) -> bool {
        self.organisation.is_some() || self.status.is_some()
    }
}
