//! Applications in JSON, as they come in.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{ApplicationChange, ApplicationStatus, Filter, NewApplication};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::access::principal::{ApplicationId, ApplicationSecretId};
use crate::access::scopes::{AccessScope, Scopes};
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::Line;

/// The scopes of an application, 1 to 8.
pub type ScopeList = Few<AccessScope, 1, 8>;

/// Each scope once.
fn distinct(scopes: ScopeList) -> Vec<AccessScope> {
    scopes.into_inner().into_iter().collect::<Scopes>().iter().collect()
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApplicationQuery {
    /// Only applications of this division and below.
    #[param(example = "310113003000")]
    pub division: Option<Division>,
    /// Only those that may call, or only those that may not.
    #[param(inline)]
    pub status: Option<ApplicationStatus>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl ApplicationQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, status: self.status }
    }
}

/// The application in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ApplicationPath {
    /// The application.
    #[param(value_type = uuid::Uuid)]
    pub application: ApplicationId,
}

/// One of its secrets in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ApplicationSecretPath {
    /// The application.
    #[param(value_type = uuid::Uuid)]
    pub application: ApplicationId,
    /// The secret's id.
    #[param(value_type = uuid::Uuid)]
    pub secret: ApplicationSecretId,
}

/// Add an application.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationDraft {
    /// Its name, the only one of its division.
    #[schema(example = "宝钢五村南门闸机")]
    pub name: Line<60>,
    /// What it is for.
    #[schema(example = "居民出入验码")]
    pub purpose: Line<200>,
    /// Who runs it.
    pub organisation: Option<OrganisationId>,
    /// Where it acts: in this division and below.
    #[schema(example = "310113003005")]
    pub division: Division,
    /// What it may do there.
    #[schema(value_type = Vec<AccessScope>, min_items = 1, max_items = 8)]
    pub scopes: ScopeList,
    /// The last day that it may call; open unless told.
    pub ends_on: Option<Day>,
}

impl ApplicationDraft {
    /// As written to a row.
    pub fn into_new(self, now: DateTime<Utc>) -> NewApplication {
        NewApplication {
            id: ApplicationId::new(),
            name: self.name.into_inner(),
            purpose: self.purpose.into_inner(),
            organisation_id: self.organisation,
            division: self.division,
            scopes: distinct(self.scopes),
            ends_on: self.ends_on.map(Day::get),
            created_at: now,
            updated_at: now,
        }
    }
}

/// Change an application.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationPatch {
    /// Its name.
    #[serde(default)]
    #[schema(value_type = Line<60>, example = "宝钢五村南门闸机")]
    pub name: Change<Line<60>>,
    /// What it is for.
    #[serde(default)]
    #[schema(value_type = Line<200>, example = "居民出入验码")]
    pub purpose: Change<Line<200>>,
    /// Who runs it.
    #[serde(default)]
    #[schema(value_type = Option<OrganisationId>)]
    pub organisation: Patch<OrganisationId>,
    /// Where it acts: in this division and below. One that moves must lie within reach before and after.
    #[serde(default)]
    #[schema(value_type = Division)]
    pub division: Change<Division>,
    /// What it may do there, in place of what it might.
    #[serde(default)]
    #[schema(value_type = Vec<AccessScope>, min_items = 1, max_items = 8)]
    pub scopes: Change<ScopeList>,
    /// Whether it may call.
    #[serde(default)]
    #[schema(value_type = ApplicationStatus)]
    pub status: Change<ApplicationStatus>,
    /// The last day that it may call.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    pub ends_on: Patch<Day>,
}

impl From<ApplicationPatch> for ApplicationChange {
    fn from(patch: ApplicationPatch) -> Self {
        ApplicationChange {
            name: patch.name.map(Line::into_inner),
            purpose: patch.purpose.map(Line::into_inner),
            organisation_id: patch.organisation.map(|organisation| organisation),
            division: patch.division.0,
            scopes: patch.scopes.map(distinct),
            status: patch.status.0,
            ends_on: patch.ends_on.map(Day::get),
        }
    }
}
