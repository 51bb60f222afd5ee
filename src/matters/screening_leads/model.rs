//! Rows of leads, and of who is concerned.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::id;
use crate::matters::disputes::DisputeType;
use crate::matters::mediation_cases::MediationSide;
use crate::matters::mediation_cases::course::MediationState;
use crate::matters::registry::{MatterId, Receipt};
use crate::matters::screenings::{ScreeningId, ScreeningLeadState, ScreeningRiskLevel};
use crate::places::dwellings::DwellingId;
use crate::schema::{screening_lead_parties, screening_leads};

id! {
    /// A lead's id.
    ScreeningLeadId
}
id! {
    /// The id of somebody concerned.
    LeadPartyId
}

/// A lead as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = screening_leads)]
pub struct LeadRow {
    pub id: ScreeningLeadId,
    pub screening_id: ScreeningId,
    pub division: Division,
    pub dispute_type: DisputeType,
    pub risk_level: ScreeningRiskLevel,
    pub dwelling_id: Option<DwellingId>,
    pub seen: String,
    pub next_look_on: Option<NaiveDate>,
    pub state: ScreeningLeadState,
    pub outcome: Option<String>,
    pub case_id: Option<MatterId>,
    pub ended_at: Option<DateTime<Utc>>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for LeadRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A lead with its case, as that stands.
#[derive(Clone, Debug, Queryable)]
pub struct PlacedLeadRow {
    pub lead: LeadRow,
    pub case: Option<(MatterId, Receipt, MediationState)>,
}

/// Somebody concerned, with what they are called.
#[derive(Clone, Debug, Queryable)]
pub struct LeadPartyRow {
    pub lead_id: ScreeningLeadId,
    pub side: MediationSide,
    pub resident_id: Option<ResidentId>,
    pub organisation_id: Option<OrganisationId>,
    pub name: Option<String>,
    pub resident_name: Option<String>,
    pub organisation_name: Option<String>,
}

/// A lead about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = screening_leads, treat_none_as_default_value = false)]
pub struct NewLead {
    pub id: ScreeningLeadId,
    pub screening_id: ScreeningId,
    pub division: Division,
    pub dispute_type: DisputeType,
    pub risk_level: ScreeningRiskLevel,
    pub dwelling_id: Option<DwellingId>,
    pub seen: String,
    pub next_look_on: Option<NaiveDate>,
    pub state: ScreeningLeadState,
    pub noted_by: AccountId,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewLead {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// Somebody concerned, about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = screening_lead_parties, treat_none_as_default_value = false)]
pub struct NewLeadParty {
    pub id: LeadPartyId,
    pub lead_id: ScreeningLeadId,
    pub side: MediationSide,
    pub resident_id: Option<ResidentId>,
    pub organisation_id: Option<OrganisationId>,
    pub name: Option<String>,
}

/// A change of a lead.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = screening_leads)]
pub struct LeadChange {
    pub dispute_type: Option<DisputeType>,
    pub risk_level: Option<ScreeningRiskLevel>,
    pub dwelling_id: Option<Option<DwellingId>>,
    pub seen: Option<String>,
    pub next_look_on: Option<Option<NaiveDate>>,
    pub state: Option<ScreeningLeadState>,
    pub outcome: Option<String>,
    pub case_id: Option<MatterId>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug)]
pub struct LeadFilter {
    pub division: Option<Division>,
    pub risk_level: Option<ScreeningRiskLevel>,
    pub state: Option<ScreeningLeadState>,
}
