//! Pledges in JSON, as they are answered.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Pledge, PledgeId, PledgeKind, PledgeState};
use crate::access::actor::{OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;

/// A pledge to a community.
#[derive(Serialize, ToSchema)]
pub struct PledgeView {
    /// Its id.
    pub id: PledgeId,
    /// To which committee.
    pub division: Division,
    /// The organisation that pledged; null where a member did.
    pub organisation: Option<OrganisationId>,
    /// The record of the member; null where an organisation did.
    pub resident: Option<ResidentId>,
    /// The name of either; null where the record is sealed or deleted.
    pub name: Option<String>,
    /// What is offered.
    pub kind: PledgeKind,
    /// What it is.
    pub offer: String,
    /// How many hours; null where something else is offered.
    pub hours: Option<i32>,
    /// From which day on.
    pub starts_on: NaiveDate,
    /// Until which day; null where it is open.
    pub ends_on: Option<NaiveDate>,
    /// Where it stands.
    pub state: PledgeState,
    /// What the committee said to it.
    pub reason: String,
    /// How often it was used.
    #[schema(minimum = 0)]
    pub uses: i64,
    /// How many minutes together.
    #[schema(minimum = 0)]
    pub minutes: i64,
    /// When the committee answered; null before.
    #[serde(serialize_with = "moment::write_some")]
    pub decided_at: Option<DateTime<Utc>>,
    /// When it ended; null before.
    #[serde(serialize_with = "moment::write_some")]
    pub completed_at: Option<DateTime<Utc>>,
    /// Its version, for `If-Match`: `"v1"`. What came of it does not move it.
    pub version: i64,
    /// When it was made.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<Pledge> for PledgeView {
    fn from(pledge: Pledge) -> Self {
        let row = pledge.row;
        Self {
            id: row.id,
            division: row.division,
            organisation: row.organisation_id,
            resident: row.resident_id,
            name: pledge.organisation_name.or(pledge.name),
            kind: row.kind,
            offer: row.offer,
            hours: row.hours,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            state: row.state,
            reason: row.reason,
            uses: pledge.uses.unwrap_or_default(),
            minutes: pledge.minutes.unwrap_or_default(),
            decided_at: row.decided_at,
            completed_at: row.completed_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl View for PledgeView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/pledges/{}", self.id))
    }
}
