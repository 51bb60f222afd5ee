//! Rows of residencies.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, ResidentId};
use crate::access::division::Division;
use crate::people::document::DocumentKind;
use crate::places::buildings::BuildingId;
use crate::schema::residencies;
use crate::{id, text_enum};

id! {
    /// A residency's id.
    ResidencyId
}

text_enum! {
    /// How far somebody is with showing who they are.
    pub enum ResidencyStatus {
        /// 待核实: the committee will look at it
        Pending = "pending",
        /// 已认证
        Verified = "verified",
        /// 未通过
        Refused = "refused",
        /// 已被后一次申请取代，或账号已注销
        Superseded = "superseded",
        /// 已撤回: by who asked, before it was decided
        Withdrawn = "withdrawn",
    }
}

/// A residency as kept. What was said is there as long as it is pending.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = residencies)]
pub struct ResidencyRow {
    pub id: ResidencyId,
    pub account_id: AccountId,
    pub division: Division,
    pub building_id: Option<BuildingId>,
    pub unit: Option<String>,
    pub number: Option<String>,
    pub name: Option<String>,
    pub document_kind: Option<DocumentKind>,
    pub document_sealed: Option<Vec<u8>>,
    pub document_hash: Option<Vec<u8>>,
    pub status: ResidencyStatus,
    pub resident_id: Option<ResidentId>,
    pub reason: String,
    pub decided_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

impl Governed for ResidencyRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.signed_in.is_some_and(|(account, _)| account == self.account_id)
    }
}

/// The record of the committee that has the document somebody showed, and the account it is bound to, unless that is closed.
#[derive(Clone, Debug, Queryable)]
pub struct Candidate {
    pub resident: ResidentId,
    pub name: String,
    pub account: Option<AccountId>,
}

/// A residency about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = residencies, treat_none_as_default_value = false)]
pub struct NewResidency {
    pub id: ResidencyId,
    pub account_id: AccountId,
    pub division: Division,
    pub building_id: Option<BuildingId>,
    pub unit: Option<String>,
    pub number: Option<String>,
    pub name: Option<String>,
    pub document_kind: Option<DocumentKind>,
    pub document_sealed: Option<Vec<u8>>,
    pub document_hash: Option<Vec<u8>>,
    pub status: ResidencyStatus,
    pub resident_id: Option<ResidentId>,
    pub decided_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

impl Governed for NewResidency {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.signed_in.is_some_and(|(account, _)| account == self.account_id)
    }
}

/// How a residency ended, and nothing left of what was said.
#[derive(AsChangeset)]
#[diesel(table_name = residencies, treat_none_as_null = true)]
pub struct Ending {
    pub status: ResidencyStatus,
    pub resident_id: Option<ResidentId>,
    pub reason: String,
    pub decided_by: Option<AccountId>,
    pub decided_at: DateTime<Utc>,
    pub building_id: Option<BuildingId>,
    pub unit: Option<String>,
    pub number: Option<String>,
    pub name: Option<String>,
    pub document_kind: Option<DocumentKind>,
    pub document_sealed: Option<Vec<u8>>,
    pub document_hash: Option<Vec<u8>>,
}

impl Ending {
    /// With that status, decided by somebody or by itself.
    pub fn new(status: ResidencyStatus, by: Option<AccountId>, now: DateTime<Utc>) -> Self {
        Ending {
            status,
            resident_id: None,
            reason: String::new(),
            decided_by: by,
            decided_at: now,
            building_id: None,
            unit: None,
            number: None,
            name: None,
            document_kind: None,
            document_sealed: None,
            document_hash: None,
        }
    }
}

/// What must agree in one record, all of it; the number of the account only where the record has one.
pub struct Claim {
    pub division: Division,
    pub building: BuildingId,
    pub units: [String; 2],
    pub numbers: [String; 2],
    pub name: String,
    pub document_hash: [u8; 32],
    pub phone_hash: Option<Vec<u8>>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug)]
pub struct Filter {
    pub division: Option<Division>,
    pub status: ResidencyStatus,
}
