//! Responsibilities as they are answered.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{
    NamedProposalRow, NamedResponsibilityRow, ProposalStatus, ResponsibilityId, ResponsibilityProposalId,
    ResponsibleRow,
};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::matters::categories::CategoryId;
use crate::matters::dispatches::DispatchRole;
use crate::matters::registry::{MatterCategoryView, MatterOrganisationView};

/// Who handles petitions of a category in a division.
#[derive(Serialize, ToSchema)]
pub struct ResponsibilityView {
    /// Its id.
    pub id: ResponsibilityId,
    /// Where: in this division and below, unless one below says otherwise.
    pub division: Division,
    /// For which category of petitions.
    pub category: MatterCategoryView,
    /// Who.
    pub organisation: MatterOrganisationView,
    /// As what.
    pub role: DispatchRole,
    /// By which law; empty when nothing is said.
    pub legal_basis: String,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; null when it is open.
    pub ends_on: Option<NaiveDate>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<NamedResponsibilityRow> for ResponsibilityView {
    fn from(row: NamedResponsibilityRow) -> Self {
        let NamedResponsibilityRow { responsibility, category_code, category_name, organisation_name } = row;
        Self {
            id: responsibility.id,
            division: responsibility.division,
            category: MatterCategoryView {
                id: responsibility.category_id,
                code: category_code,
                name: category_name,
            },
            organisation: MatterOrganisationView {
                id: responsibility.organisation_id,
                name: organisation_name,
            },
            role: responsibility.role,
            legal_basis: responsibility.legal_basis,
            starts_on: responsibility.starts_on,
            ends_on: responsibility.ends_on,
            version: responsibility.version,
            created_at: responsibility.created_at,
            updated_at: responsibility.updated_at,
        }
    }
}

impl View for ResponsibilityView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/responsibilities/{}", self.id))
    }
}

/// One thing that the map says of a place.
#[derive(Serialize, ToSchema)]
pub struct ResponsibilityTraceView {
    /// What says so.
    pub responsibility: ResponsibilityId,
    /// Of which division: the one asked for, or one that it lies in.
    pub division: Division,
    /// Who.
    pub organisation: MatterOrganisationView,
    /// As what.
    pub role: DispatchRole,
    /// By which law; empty when nothing is said.
    pub legal_basis: String,
    /// Whether it decides here; if not, something deeper does.
    pub decides: bool,
}

/// Who handles a category of petitions in a place on a day, and why.
#[derive(Serialize, ToSchema)]
pub struct ResponsibleView {
    /// For which category of petitions.
    pub category: CategoryId,
    /// Where.
    pub division: Division,
    /// On which day.
    pub on: NaiveDate,
    /// Who leads 主办; null where the map says nothing.
    pub lead: Option<MatterOrganisationView>,
    /// Who assists 协办.
    pub assisting: Vec<MatterOrganisationView>,
    /// All that the map says of this division and of those it lies in, the deepest first.
    pub trail: Vec<ResponsibilityTraceView>,
}

impl ResponsibleView {
    /// Of a line of divisions, and which of its rows decide.
    pub fn new(
        (category, division, on): (CategoryId, Division, NaiveDate),
        line: Vec<ResponsibleRow>,
        deciding: &[ResponsibleRow],
    ) -> Self {
        let named =
            |row: &ResponsibleRow| MatterOrganisationView { id: row.organisation, name: row.name.clone() };
        let of_role = |role| deciding.iter().filter(move |row| row.role == role).map(named);
        let trace = |row: ResponsibleRow| ResponsibilityTraceView {
            responsibility: row.responsibility,
            division: row.division,
            organisation: named(&row),
            role: row.role,
            decides: deciding.iter().any(|one| one.responsibility == row.responsibility),
            legal_basis: row.legal_basis,
        };
        let (lead, assisting) = (of_role(DispatchRole::Lead).next(), of_role(DispatchRole::Assist).collect());
        Self { category, division, on, lead, assisting, trail: line.into_iter().map(trace).collect() }
    }
}

impl View for ResponsibleView {}

/// What a dispatch that came back proposes: that another organisation leads.
#[derive(Serialize, ToSchema)]
pub struct ResponsibilityProposalView {
    /// Its id.
    pub id: ResponsibilityProposalId,
    /// The dispatch that came back 退单.
    pub dispatch: Uuid,
    /// Where.
    pub division: Division,
    /// For which category of petitions.
    pub category: MatterCategoryView,
    /// Who should lead.
    pub organisation: MatterOrganisationView,
    /// What became of it.
    pub status: ProposalStatus,
    /// When it was proposed.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it was decided.
    #[serde(serialize_with = "moment::write_some")]
    pub decided_at: Option<DateTime<Utc>>,
}

impl From<NamedProposalRow> for ResponsibilityProposalView {
    fn from(row: NamedProposalRow) -> Self {
        let NamedProposalRow { proposal, category_code, category_name, organisation_name } = row;
        Self {
            id: proposal.id,
            dispatch: proposal.dispatch_id,
            division: proposal.division,
            category: MatterCategoryView {
                id: proposal.category_id,
                code: category_code,
                name: category_name,
            },
            organisation: MatterOrganisationView { id: proposal.organisation_id, name: organisation_name },
            status: proposal.status,
            created_at: proposal.created_at,
            decided_at: proposal.decided_at,
        }
    }
}

impl View for ResponsibilityProposalView {}
