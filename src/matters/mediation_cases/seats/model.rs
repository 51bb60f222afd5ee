//! Rows of seats.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::kinds::{MediationObjectionDecision, MediationSeatRole, MediationSeatState};
use super::super::parties::PartyId;
use crate::access::actor::{AccountId, OrganisationId};
use crate::id;
use crate::matters::registry::MatterId;
use crate::schema::{mediation_objections, mediation_seats};

id! {
    /// A seat's id.
    SeatId
}
id! {
    /// An objection's id.
    ObjectionId
}

/// A seat as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_seats)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct SeatRow {
    pub id: SeatId,
    pub role: MediationSeatRole,
    pub account_id: AccountId,
    pub organisation_id: Option<OrganisationId>,
    pub state: MediationSeatState,
    pub reason: String,
    pub asked_at: DateTime<Utc>,
    pub replied_at: Option<DateTime<Utc>>,
    pub left_at: Option<DateTime<Utc>>,
}

impl SeatRow {
    /// Whether somebody sits on it, or is asked to.
    pub fn is_live(&self) -> bool {
        matches!(self.state, MediationSeatState::Asked | MediationSeatState::Accepted)
    }

    /// Whether somebody sits on it.
    pub fn is_taken(&self) -> bool {
        self.state == MediationSeatState::Accepted
    }

    /// Whether a mediator sits on it.
    pub fn mediates(&self) -> bool {
        self.role == MediationSeatRole::Mediator && self.is_taken()
    }
}

/// A seat about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_seats, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewSeat {
    pub id: SeatId,
    pub case_id: MatterId,
    pub role: MediationSeatRole,
    pub account_id: AccountId,
    pub organisation_id: Option<OrganisationId>,
    pub state: MediationSeatState,
    pub reason: String,
    pub asked_by: AccountId,
    pub asked_at: DateTime<Utc>,
}

/// How a seat changes.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = mediation_seats)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct SeatReply {
    pub state: MediationSeatState,
    pub reason: Option<String>,
    pub replied_at: Option<DateTime<Utc>>,
    pub left_at: Option<DateTime<Utc>>,
}

/// An objection as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_objections)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct ObjectionRow {
    pub id: ObjectionId,
    pub seat_id: SeatId,
    pub party_id: PartyId,
    pub reason: String,
    pub decision: Option<MediationObjectionDecision>,
    pub decision_reason: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// An objection about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_objections, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewObjection {
    pub id: ObjectionId,
    pub case_id: MatterId,
    pub seat_id: SeatId,
    pub party_id: PartyId,
    pub reason: String,
    pub created_at: DateTime<Utc>,
}

/// What was decided over an objection.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = mediation_objections)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct ObjectionDecided {
    pub decision: MediationObjectionDecision,
    pub decision_reason: String,
    pub decided_by: AccountId,
    pub decided_at: DateTime<Utc>,
}
