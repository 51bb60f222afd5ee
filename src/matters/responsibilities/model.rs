//! Rows of responsibilities, and of what is proposed to change in them.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::access::act::Governed;
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::matters::categories::CategoryId;
use crate::matters::dispatches::DispatchRole;
use crate::schema::{responsibilities, responsibility_proposals};
use crate::{id, text_enum};

id! {
    /// A responsibility's id.
    ResponsibilityId
}
id! {
    /// A proposal's id.
    ResponsibilityProposalId
}

text_enum! {
    /// What became of a proposal.
    pub enum ProposalStatus {
        /// 待决定
        Pending = "pending",
        /// 已采纳
        Accepted = "accepted",
        /// 未采纳
        Refused = "refused",
    }
}

/// A responsibility as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = responsibilities)]
pub struct ResponsibilityRow {
    pub id: ResponsibilityId,
    pub division: Division,
    pub category_id: CategoryId,
    pub organisation_id: OrganisationId,
    pub role: DispatchRole,
    pub legal_basis: String,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for ResponsibilityRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A responsibility with the names that belong to it.
#[derive(Clone, Debug, Queryable)]
pub struct NamedResponsibilityRow {
    pub responsibility: ResponsibilityRow,
    pub category_code: String,
    pub category_name: String,
    pub organisation_name: String,
}

/// A responsibility about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = responsibilities, treat_none_as_default_value = false)]
pub struct NewResponsibility {
    pub id: ResponsibilityId,
    pub division: Division,
    pub category_id: CategoryId,
    pub organisation_id: OrganisationId,
    pub role: DispatchRole,
    pub legal_basis: String,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewResponsibility {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A change of a responsibility.
#[derive(AsChangeset)]
#[diesel(table_name = responsibilities)]
pub struct ResponsibilityChange {
    pub role: Option<DispatchRole>,
    pub legal_basis: Option<String>,
    pub ends_on: Option<Option<NaiveDate>>,
}

/// From which day to which somebody is responsible, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable)]
pub struct Stint {
    pub id: ResponsibilityId,
    pub organisation: OrganisationId,
    pub role: DispatchRole,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
}

/// Who is responsible in a division or above it on one day, and why.
#[derive(Clone, Debug, Queryable)]
pub struct ResponsibleRow {
    /// What the map says.
    pub responsibility: ResponsibilityId,
    /// For which division.
    pub division: Division,
    /// Who.
    pub organisation: OrganisationId,
    /// The organisation's name.
    pub name: String,
    /// As what.
    pub role: DispatchRole,
    /// By which law.
    pub legal_basis: String,
}

/// What a list is narrowed to.
#[derive(Clone, Debug)]
pub struct Filter {
    pub division: Option<Division>,
    pub category: Option<CategoryId>,
    pub organisation: Option<OrganisationId>,
}

/// A proposal as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = responsibility_proposals)]
pub struct ProposalRow {
    pub id: ResponsibilityProposalId,
    pub dispatch_id: Uuid,
    pub division: Division,
    pub category_id: CategoryId,
    pub organisation_id: OrganisationId,
    pub status: ProposalStatus,
    pub decided_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

impl Governed for ProposalRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A proposal with the names that belong to it.
#[derive(Clone, Debug, Queryable)]
pub struct NamedProposalRow {
    pub proposal: ProposalRow,
    pub category_code: String,
    pub category_name: String,
    pub organisation_name: String,
}

/// A proposal about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = responsibility_proposals)]
pub struct NewProposal {
    pub id: ResponsibilityProposalId,
    pub dispatch_id: Uuid,
    pub division: Division,
    pub category_id: CategoryId,
    pub organisation_id: OrganisationId,
    pub status: ProposalStatus,
    pub created_at: DateTime<Utc>,
}

/// What a list of proposals is narrowed to.
#[derive(Clone, Debug)]
pub struct ProposalFilter {
    pub division: Option<Division>,
    pub status: ProposalStatus,
}
