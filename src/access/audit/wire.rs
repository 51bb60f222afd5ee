//! Audit events in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::store::{EventRow, Filter};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::text::Line;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditEventQuery {
    /// Only what this account did.
    pub account: Option<Uuid>,
    /// Only what this application did.
    pub application: Option<Uuid>,
    /// Only what was done to this kind of thing, such as `buildings`.
    #[param(value_type = Option<String>)]
    pub resource: Option<Line<60>>,
    /// Only what was done to this one thing.
    #[param(value_type = Option<String>)]
    pub resource_id: Option<Line<60>>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl AuditEventQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter {
            account: self.account,
            application: self.application,
            resource: self.resource.clone().map(Line::into_inner),
            resource_id: self.resource_id.clone().map(Line::into_inner),
        }
    }
}

/// Something that was done.
#[derive(Serialize, ToSchema)]
pub struct AuditEventView {
    /// Its id.
    pub id: Uuid,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub at: DateTime<Utc>,
    /// By which account; null when nobody was signed in.
    pub account: Option<Uuid>,
    /// By which application; null when it was none.
    pub application: Option<Uuid>,
    /// The operation.
    #[schema(example = "update_building")]
    pub action: String,
    /// The kind of thing.
    #[schema(example = "buildings")]
    pub resource: String,
    /// The thing.
    pub resource_id: String,
    /// The division it lies in; the city when it lies in none.
    pub division: Division,
    /// The request that did it.
    pub request_id: String,
    /// Ids, codes and field names; never personal data.
    #[schema(value_type = Object)]
    pub detail: Value,
    /// The seal that closed it; null for at most a second.
    pub seal: Option<i64>,
}

impl View for AuditEventView {
    const IS_SECRET: bool = true;
}

impl From<EventRow> for AuditEventView {
    fn from(row: EventRow) -> Self {
        Self {
            id: row.id,
            at: row.at,
            account: row.account_id,
            application: row.application_id,
            action: row.action,
            resource: row.resource,
            resource_id: row.resource_id,
            division: row.division,
            request_id: row.request_id,
            detail: row.detail,
            seal: row.seal,
        }
    }
}
