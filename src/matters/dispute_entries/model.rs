//! Rows of dispute entries.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::matters::dispute_route_rules::{DisputeGround, DisputeRoute};
use crate::matters::disputes::DisputeType;
use crate::matters::line::{Level, stands_at};
use crate::matters::mediation_cases::MediationRoute;
use crate::matters::mediation_cases::course::MediationState;
use crate::matters::registry::{MatterId, Receipt};
use crate::matters::summons::spoken_for_by;
use crate::schema::dispute_entries;
use crate::{id, text_enum};

id! {
    /// A dispute entry's id.
    DisputeEntryId
}

text_enum! {
    /// Where an entry stands.
    pub enum DisputeEntryState {
        /// 已转送
        Sent = "sent",
        /// 已接收
        Accepted = "accepted",
        /// 已答复
        Answered = "answered",
        /// 已转为调解案件: where that stands, the case says
        Mediated = "mediated",
    }
}

/// An entry as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = dispute_entries)]
pub struct EntryRow {
    pub id: DisputeEntryId,
    pub division: Division,
    pub dispute_type: DisputeType,
    pub grounds: Vec<Option<DisputeGround>>,
    pub facts: String,
    pub wanted: String,
    pub place: String,
    pub resident_id: Option<ResidentId>,
    pub account_id: Option<AccountId>,
    pub name: Option<String>,
    pub phone_sealed: Option<Vec<u8>>,
    pub other_name: Option<String>,
    pub other_organisation_id: Option<OrganisationId>,
    pub other_phone_sealed: Option<Vec<u8>>,
    pub route: DisputeRoute,
    pub legal_basis: String,
    pub organisation_id: Option<OrganisationId>,
    pub case_id: Option<MatterId>,
    pub state: DisputeEntryState,
    pub accepted_at: Option<DateTime<Utc>>,
    pub outcome: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
    pub handed_from: Option<DisputeRoute>,
    pub handed_reason: Option<String>,
    pub handed_at: Option<DateTime<Utc>>,
    pub entered_by: AccountId,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub guardian_id: Option<ResidentId>,
}

impl EntryRow {
    /// Whether the actor speaks for the other side.
    pub fn is_about(&self, actor: &Actor) -> bool {
        self.other_organisation_id
            .is_some_and(|other| actor.standings.iter().any(|standing| standing.organisation == Some(other)))
    }

    /// Whether the actor is who received it: speaks for the organisation, or, where there is none, stands at the street or above it.
    /// Never the other side.
    pub fn is_received_by(&self, actor: &Actor) -> bool {
        let is_theirs = match self.organisation_id {
            Some(organisation) => spoken_for_by(actor).contains(&organisation),
            None => self.route != DisputeRoute::Mediation && stands_at(actor, Level::Street, self.division),
        };
        is_theirs && !self.is_about(actor)
    }
}

/// As who received it.
#[derive(Clone, Debug)]
pub struct AsReceiver(pub EntryRow);

impl Governed for AsReceiver {
    fn division(&self) -> Option<Division> {
        Some(self.0.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        self.0.is_received_by(actor)
    }
}

/// Where a dispute is told, and whether by whose it is.
#[derive(Clone, Copy, Debug)]
pub struct Telling {
    /// The committee.
    pub division: Division,
    /// Whose it is, who tells it themselves, or for a child in their care.
    pub by: Option<AccountId>,
}

impl Governed for Telling {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        self.by.is_some() && actor.account().ok() == self.by
    }
}

/// How the case of an entry stands, as the case says.
#[derive(Clone, Debug, Queryable)]
pub struct CaseStand {
    pub receipt: Receipt,
    pub state: MediationState,
    pub version: i64,
    pub routes: Vec<Option<MediationRoute>>,
}

/// An entry with the name of who received it, and with its case.
#[derive(Clone, Debug, Queryable)]
pub struct PlacedEntryRow {
    pub entry: EntryRow,
    pub organisation_name: Option<String>,
    pub case: Option<CaseStand>,
}

/// An entry about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = dispute_entries, treat_none_as_default_value = false)]
pub struct NewEntry {
    pub id: DisputeEntryId,
    pub division: Division,
    pub dispute_type: DisputeType,
    pub grounds: Vec<Option<DisputeGround>>,
    pub facts: String,
    pub wanted: String,
    pub place: String,
    pub resident_id: Option<ResidentId>,
    pub account_id: Option<AccountId>,
    pub name: Option<String>,
    pub phone_sealed: Option<Vec<u8>>,
    pub other_name: Option<String>,
    pub other_organisation_id: Option<OrganisationId>,
    pub other_phone_sealed: Option<Vec<u8>>,
    pub route: DisputeRoute,
    pub legal_basis: String,
    pub organisation_id: Option<OrganisationId>,
    pub case_id: Option<MatterId>,
    pub state: DisputeEntryState,
    pub entered_by: AccountId,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub guardian_id: Option<ResidentId>,
}

/// What a step changes.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = dispute_entries)]
pub struct EntryChange {
    pub route: Option<DisputeRoute>,
    pub organisation_id: Option<Option<OrganisationId>>,
    pub case_id: Option<MatterId>,
    pub state: Option<DisputeEntryState>,
    pub accepted_at: Option<Option<DateTime<Utc>>>,
    pub outcome: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
    pub handed_from: Option<DisputeRoute>,
    pub handed_reason: Option<String>,
    pub handed_at: Option<DateTime<Utc>>,
    pub handed_by: Option<AccountId>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug)]
pub struct EntryFilter {
    pub division: Option<Division>,
    pub dispute_type: Option<DisputeType>,
    pub route: Option<DisputeRoute>,
    pub state: Option<DisputeEntryState>,
}
