//! Emergency orders in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{EmergencyOrderId, EmergencyOrderRow, Filter};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::text::Line;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EmergencyOrderQuery {
    /// Only orders of this division, of those below, and of those it lies in.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only orders that are in force now, or only those that are not.
    pub is_in_force: Option<bool>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl EmergencyOrderQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, is_in_force: self.is_in_force }
    }
}

/// The emergency order in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct EmergencyOrderPath {
    /// The emergency order.
    pub emergency_order: EmergencyOrderId,
}

/// Order that the clocks of a range run by the policies of emergencies.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmergencyOrderDraft {
    /// For matters in this division and below.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// What it is called.
    #[schema(example = "防御台风应急响应")]
    pub title: Line<100>,
    /// What it stands on.
    #[schema(example = "区防汛指挥部Ⅱ级响应令")]
    pub legal_basis: Line<500>,
    /// When it begins: now unless told, and not before.
    pub starts_at: Option<DateTime<Utc>>,
    /// When it ends by itself: within a year of its beginning.
    pub ends_at: DateTime<Utc>,
}

/// An emergency order 平急转换令.
#[derive(Serialize, ToSchema)]
pub struct EmergencyOrderView {
    /// Its id.
    pub id: EmergencyOrderId,
    /// It holds in this division and below.
    pub division: Division,
    /// What it is called.
    #[schema(example = "防御台风应急响应")]
    pub title: String,
    /// What it stands on.
    #[schema(example = "区防汛指挥部Ⅱ级响应令")]
    pub legal_basis: String,
    /// When it begins.
    #[serde(serialize_with = "moment::write")]
    pub starts_at: DateTime<Utc>,
    /// When it ends by itself.
    #[serde(serialize_with = "moment::write")]
    pub ends_at: DateTime<Utc>,
    /// When it was called off before that; null while it was not.
    #[serde(serialize_with = "moment::write_some")]
    pub ended_at: Option<DateTime<Utc>>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<EmergencyOrderRow> for EmergencyOrderView {
    fn from(row: EmergencyOrderRow) -> Self {
        Self {
            id: row.id,
            division: row.division,
            title: row.title,
            legal_basis: row.legal_basis,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            ended_at: row.ended_at,
            version: row.version,
            created_at: row.created_at,
        }
    }
}

impl View for EmergencyOrderView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/emergency-orders/{}", self.id))
    }
}
