//! Rows of emergency orders.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::id;
use crate::schema::emergency_orders;

id! {
    /// An emergency order's id.
    EmergencyOrderId
}

/// An emergency order as kept.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = emergency_orders)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct EmergencyOrderRow {
    pub id: EmergencyOrderId,
    pub division: Division,
    pub title: String,
    pub legal_basis: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub ended_by: Option<AccountId>,
    pub created_by: AccountId,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

impl Governed for EmergencyOrderRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// An emergency order about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = emergency_orders)]
pub struct NewEmergencyOrder {
    pub id: EmergencyOrderId,
    pub division: Division,
    pub title: String,
    pub legal_basis: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub created_by: AccountId,
    pub created_at: DateTime<Utc>,
}

impl Governed for NewEmergencyOrder {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub is_in_force: Option<bool>,
}
