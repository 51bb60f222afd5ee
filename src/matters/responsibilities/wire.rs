//! Responsibilities as they are sent.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{
    Filter, ProposalFilter, ProposalStatus, ResponsibilityChange, ResponsibilityId, ResponsibilityProposalId,
};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::day::Day;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::Prose;
use crate::matters::categories::CategoryId;
use crate::matters::dispatches::DispatchRole;
use crate::text_enum;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ResponsibilityQuery {
    /// Only responsibilities in this division and below.
    #[param(example = "310113003000")]
    pub division: Option<Division>,
    /// Only responsibilities for this category of petitions.
    pub category: Option<CategoryId>,
    /// Only what this organisation is responsible for.
    pub organisation: Option<OrganisationId>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl ResponsibilityQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, category: self.category, organisation: self.organisation }
    }
}

/// Who is asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ResponsibleQuery {
    /// For which category of petitions.
    pub category: CategoryId,
    /// Where: mostly a committee.
    #[param(example = "310113003005")]
    pub division: Division,
    /// On which day; today, unless told.
    pub on: Option<Day>,
}

/// The responsibility in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ResponsibilityPath {
    /// The responsibility.
    pub responsibility: ResponsibilityId,
}

/// Add a responsibility.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResponsibilityDraft {
    /// Where: in this division and below, unless one below says otherwise. Stays.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// For which category of petitions. Stays.
    pub category: CategoryId,
    /// Who. Stays.
    pub organisation: OrganisationId,
    /// As what.
    pub role: DispatchRole,
    /// By which law.
    #[serde(default)]
    #[schema(example = "上海市住宅物业管理规定第五十六条")]
    pub legal_basis: Prose<500>,
    /// The first day; today, unless told. Stays.
    pub starts_on: Option<Day>,
    /// The last day; open, unless told.
    pub ends_on: Option<Day>,
}

/// Change a responsibility.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResponsibilityPatch {
    /// As what.
    #[serde(default)]
    #[schema(value_type = DispatchRole)]
    pub role: Change<DispatchRole>,
    /// By which law.
    #[serde(default)]
    #[schema(value_type = Prose<500>)]
    pub legal_basis: Change<Prose<500>>,
    /// The last day; null leaves it open.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    pub ends_on: Patch<Day>,
}

impl From<ResponsibilityPatch> for ResponsibilityChange {
    fn from(patch: ResponsibilityPatch) -> Self {
        ResponsibilityChange {
            role: patch.role.0,
            legal_basis: patch.legal_basis.map(Prose::into_inner),
            ends_on: patch.ends_on.map(Day::get),
        }
    }
}

/// Which proposals to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProposalQuery {
    /// Only those of this division and below.
    #[param(example = "310113003000")]
    pub division: Option<Division>,
    /// Those that wait, unless another status is asked for.
    #[param(inline)]
    pub status: Option<ProposalStatus>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl ProposalQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> ProposalFilter {
        ProposalFilter { division: self.division, status: self.status.unwrap_or(ProposalStatus::Pending) }
    }
}

/// The proposal in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ProposalPath {
    /// The proposal.
    pub responsibility_proposal: ResponsibilityProposalId,
}

text_enum! {
    /// What is said to a proposal.
    pub enum ProposalDecision {
        /// 采纳
        Accepted = "accepted",
        /// 不采纳
        Refused = "refused",
    }
}

/// Decide about a proposal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposalDecisionDraft {
    /// What is decided. Accepted changes the map from today on.
    pub decision: ProposalDecision,
    /// By which law the organisation leads, where it is accepted.
    #[serde(default)]
    pub legal_basis: Prose<500>,
}
