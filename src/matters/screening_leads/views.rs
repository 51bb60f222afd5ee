//! Leads in JSON: what goes out.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{LeadPartyRow, PlacedLeadRow, ScreeningLeadId};
use crate::access::actor::{OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::matters::disputes::DisputeType;
use crate::matters::mediation_cases::MediationSide;
use crate::matters::mediation_cases::course::MediationState;
use crate::matters::registry::{MatterId, Receipt};
use crate::matters::screenings::{ScreeningId, ScreeningLeadState, ScreeningRiskLevel};
use crate::places::dwellings::DwellingId;

/// Somebody concerned.
#[derive(Serialize, ToSchema)]
pub struct ScreeningPartyView {
    /// On which side they would be.
    pub side: MediationSide,
    /// Their record, where they have one.
    pub resident: Option<ResidentId>,
    /// The organisation, where it is one.
    pub organisation: Option<OrganisationId>,
    /// By name; null where the record is one no more.
    #[schema(example = "楼上钱先生")]
    pub name: Option<String>,
}

impl From<LeadPartyRow> for ScreeningPartyView {
    fn from(row: LeadPartyRow) -> Self {
        let name = row.name.or(row.resident_name).or(row.organisation_name);
        Self { side: row.side, resident: row.resident_id, organisation: row.organisation_id, name }
    }
}

/// The case that a lead became, as it stands just now.
#[derive(Serialize, ToSchema)]
pub struct ScreeningCaseView {
    /// The case.
    pub id: MatterId,
    /// What a person reads over the telephone 受理编号.
    pub receipt: Receipt,
    /// Where it stands.
    pub state: MediationState,
}

/// A lead.
#[derive(Serialize, ToSchema)]
pub struct ScreeningLeadView {
    /// Its id.
    pub id: ScreeningLeadId,
    /// The screening it came of.
    pub screening: ScreeningId,
    /// The committee it belongs to.
    pub division: Division,
    /// What they are at odds about.
    pub dispute_type: DisputeType,
    /// How near it is to getting out of hand.
    pub risk_level: ScreeningRiskLevel,
    /// At which home.
    pub dwelling: Option<DwellingId>,
    /// Who is concerned.
    pub parties: Vec<ScreeningPartyView>,
    /// What was seen.
    pub seen: String,
    /// When somebody looks again.
    pub next_look_on: Option<NaiveDate>,
    /// Where it stands.
    pub state: ScreeningLeadState,
    /// What became of it, where it was settled.
    pub outcome: Option<String>,
    /// The case it became.
    pub case: Option<ScreeningCaseView>,
    /// When it was settled or became a case.
    #[serde(serialize_with = "moment::write_some")]
    pub ended_at: Option<DateTime<Utc>>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was noted.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl ScreeningLeadView {
    /// A lead with those of all that concern it.
    pub fn new(row: PlacedLeadRow, parties: &[LeadPartyRow]) -> Self {
        let PlacedLeadRow { lead, case } = row;
        let of = parties.iter().filter(|party| party.lead_id == lead.id).cloned();
        Self {
            id: lead.id,
            screening: lead.screening_id,
            division: lead.division,
            dispute_type: lead.dispute_type,
            risk_level: lead.risk_level,
            dwelling: lead.dwelling_id,
            parties: of.map(ScreeningPartyView::from).collect(),
            seen: lead.seen,
            next_look_on: lead.next_look_on,
            state: lead.state,
            outcome: lead.outcome,
            case: case.map(|(id, receipt, state)| ScreeningCaseView { id, receipt, state }),
            ended_at: lead.ended_at,
            version: lead.version,
            created_at: lead.created_at,
            updated_at: lead.updated_at,
        }
    }
}

impl View for ScreeningLeadView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        // A case moves without its lead: what is read then is not what may be changed.
        self.case.is_none().then(|| etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/screenings/{}/leads/{}", self.screening, self.id))
    }
}
