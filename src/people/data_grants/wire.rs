//! Data grants in JSON: what comes in.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{DataGrantId, Dataset, Filter, GrantBasis, GrantedField};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::list::Few;
use crate::kit::page::Limit;
use crate::kit::text::Line;
use crate::people::disclosures::DisclosurePurpose;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DataGrantQuery {
    /// Only grants of this division and below.
    #[param(example = "310113003000")]
    pub division: Option<Division>,
    /// Only grants to this organisation.
    pub grantee: Option<OrganisationId>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl DataGrantQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, grantee: self.grantee }
    }
}

/// The grant in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DataGrantPath {
    /// The grant.
    pub data_grant: DataGrantId,
}

/// Let an organisation read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DataGrantDraft {
    /// What is shared.
    pub dataset: Dataset,
    /// Which fields; whole numbers only where `document` or `phone` is among them.
    #[schema(value_type = Vec<GrantedField>, min_items = 1, max_items = 12, example = json!(["name", "born_on"]))]
    pub fields: Few<GrantedField, 1, 12>,
    /// What for; the people read this.
    pub purpose: DisclosurePurpose,
    /// On which basis of the law. A duty is that of state organs and committees; by consent only those are shown who agreed to
    /// `third_party_sharing` with this grantee as `recipient`, and have not taken it back.
    pub basis: GrantBasis,
    /// Why; for a duty, by which rule. The people read this, too.
    #[schema(example = "老年综合津贴免申即享核对，沪民规〔2026〕3号")]
    pub reason: Line<500>,
    /// With which organisation.
    pub grantee: OrganisationId,
    /// Of the people of which division.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// When it ends, within a year.
    pub expires_at: DateTime<Utc>,
}
