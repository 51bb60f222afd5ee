//! Rows of health.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::kinds::{CareLevel, ConsentHow, HealthCondition, Mobility};
use crate::access::act::Governed;
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::people::disclosures::ResidentId;
use crate::schema::resident_health;

/// A health record as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = resident_health)]
pub struct HealthRow {
    pub resident_id: ResidentId,
    pub division: Division,
    pub mobility: Mobility,
    pub care_level: CareLevel,
    pub conditions: Vec<Option<HealthCondition>>,
    pub note_sealed: Option<Vec<u8>>,
    pub consented_on: NaiveDate,
    pub consent_how: ConsentHow,
    pub consent_version: i32,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
}

impl Governed for HealthRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A health record about to be written, in place of the one before.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = resident_health, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct NewHealth {
    pub resident_id: ResidentId,
    pub division: Division,
    pub mobility: Mobility,
    pub care_level: CareLevel,
    pub conditions: Vec<HealthCondition>,
    pub note_sealed: Option<Vec<u8>>,
    pub consented_on: NaiveDate,
    pub consent_how: ConsentHow,
    pub consent_version: i32,
    pub updated_by: AccountId,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewHealth {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// How many have one value of a field.
#[derive(Clone, Debug, QueryableByName)]
pub struct HealthCountRow {
    #[diesel(sql_type = Text)]
    pub field: String,
    #[diesel(sql_type = Text)]
    pub value: String,
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}
