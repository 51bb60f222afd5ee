//! Rows of parties.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::kinds::{
    MediationConsent, MediationConsentBy, MediationPartyKind, MediationRepresentation, MediationSide,
};
use crate::access::actor::{AccountId, OrganisationId, ResidentId};
use crate::id;
use crate::matters::registry::MatterId;
use crate::schema::mediation_parties;

id! {
    /// A party's id.
    PartyId
}

/// A party as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_parties)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct PartyRow {
    pub id: PartyId,
    pub side: MediationSide,
    pub kind: MediationPartyKind,
    pub resident_id: Option<ResidentId>,
    pub organisation_id: Option<OrganisationId>,
    pub name: Option<String>,
    pub phone_sealed: Option<Vec<u8>>,
    pub account_id: Option<AccountId>,
    pub representation: MediationRepresentation,
    pub representative_id: Option<ResidentId>,
    pub representative_name: Option<String>,
    pub authority: String,
    pub consent: MediationConsent,
    pub consent_by: Option<MediationConsentBy>,
    pub consented_at: Option<DateTime<Utc>>,
    pub wants_open: Option<bool>,
}

impl PartyRow {
    /// Whether it agreed to mediation.
    pub fn agrees(&self) -> bool {
        self.consent == MediationConsent::Agreed
    }
}

/// A party about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_parties, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewParty {
    pub id: PartyId,
    pub case_id: MatterId,
    pub side: MediationSide,
    pub kind: MediationPartyKind,
    pub resident_id: Option<ResidentId>,
    pub organisation_id: Option<OrganisationId>,
    pub name: Option<String>,
    pub phone_sealed: Option<Vec<u8>>,
    pub account_id: Option<AccountId>,
    pub representation: MediationRepresentation,
    pub representative_id: Option<ResidentId>,
    pub representative_name: Option<String>,
    pub authority: String,
    pub consent: MediationConsent,
    pub created_at: DateTime<Utc>,
}

/// What a party said.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = mediation_parties)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct PartyConsent {
    pub consent: MediationConsent,
    pub consent_by: Option<MediationConsentBy>,
    pub consented_at: Option<DateTime<Utc>>,
    pub consent_noted_by: Option<AccountId>,
    pub wants_open: Option<bool>,
}
