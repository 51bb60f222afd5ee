//! Rows of pledges.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::access::role::Role;
use crate::schema::pledges;
use crate::{id, text_enum};

id! {
    /// A pledge's id.
    PledgeId
}

text_enum! {
    /// What is offered.
    pub enum PledgeKind {
        /// 服务
        Services = "services",
        /// 时间
        Hours = "hours",
        /// 场地
        Places = "places",
        /// 技能
        Skills = "skills",
        /// 物资
        Goods = "goods",
    }
}

text_enum! {
    /// Where a pledge stands.
    pub enum PledgeState {
        /// 已报到，待居村确认
        Offered = "offered",
        /// 已接受
        Accepted = "accepted",
        /// 未接受
        Declined = "declined",
        /// 已结束
        Completed = "completed",
    }
}

/// A pledge as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = pledges)]
pub struct PledgeRow {
    pub id: PledgeId,
    pub division: Division,
    pub organisation_id: Option<OrganisationId>,
    pub resident_id: Option<ResidentId>,
    pub kind: PledgeKind,
    pub offer: String,
    pub hours: Option<i32>,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub state: PledgeState,
    pub reason: String,
    pub pledged_by: AccountId,
    pub decided_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A pledge with whose it is, and what came of it.
#[derive(Clone, Debug, Queryable)]
pub struct Pledge {
    /// The pledge.
    pub row: PledgeRow,
    /// The name of the organisation.
    pub organisation_name: Option<String>,
    /// The name of the member; none where their record is sealed or deleted.
    pub name: Option<String>,
    /// The account of the member.
    pub account: Option<AccountId>,
    /// How often it was used.
    pub uses: Option<i64>,
    /// How many minutes together.
    pub minutes: Option<i64>,
}

/// Whether somebody holds the head post of an organisation: whoever acts in its name, not those who work in it.
pub fn heads(actor: &Actor, organisation: OrganisationId) -> bool {
    use Role::*;
    actor.standings.iter().any(|standing| {
        let is_head = match standing.role {
            CommitteeHead
            | StreetOfficer
            | DepartmentOfficer
            | DistrictOfficer
            | CityOfficer
            | PoliceOfficer
            | JusticeOfficer
            | Lawyer
            | PropertyStaff
            | OwnersCommitteeMember => true,
            Visitor | Resident | GroupLeader | CommitteeWorker | Dispatcher | Mediator | SystemAdmin
            | SecurityAdmin | Auditor | Application => false,
        };
        is_head && standing.organisation == Some(organisation)
    })
}

impl Pledge {
    /// Whether the actor is who pledged it, or acts for the organisation that did.
    pub fn is_pledgers(&self, actor: &Actor) -> bool {
        let is_theirs = self.account.is_some() && actor.account().ok() == self.account;
        is_theirs || self.row.organisation_id.is_some_and(|organisation| heads(actor, organisation))
    }
}

impl Governed for Pledge {
    fn division(&self) -> Option<Division> {
        Some(self.row.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        self.is_pledgers(actor)
    }
}

/// A pledge about to be written.
#[derive(Insertable)]
#[diesel(table_name = pledges, treat_none_as_default_value = false)]
pub struct NewPledge {
    pub id: PledgeId,
    pub division: Division,
    pub organisation_id: Option<OrganisationId>,
    pub resident_id: Option<ResidentId>,
    pub kind: PledgeKind,
    pub offer: String,
    pub hours: Option<i32>,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub state: PledgeState,
    pub reason: String,
    pub pledged_by: AccountId,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewPledge {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    /// The member's record was found as the caller's own; an organisation is spoken for by who holds its head post.
    fn is_own(&self, actor: &Actor) -> bool {
        self.organisation_id.is_none_or(|organisation| heads(actor, organisation))
    }
}

/// What changes of a pledge.
#[derive(Default, AsChangeset)]
#[diesel(table_name = pledges)]
pub struct PledgeChange {
    pub offer: Option<String>,
    pub hours: Option<Option<i32>>,
    pub ends_on: Option<Option<NaiveDate>>,
    pub state: Option<PledgeState>,
    pub reason: Option<String>,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub kind: Option<PledgeKind>,
    pub state: Option<PledgeState>,
    pub organisation: Option<OrganisationId>,
}
