//! Rows of departures.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::division::Division;
use crate::people::homes::DepartureId;
use crate::people::residents::ResidentId;
use crate::schema::resident_departures;
use crate::text_enum;

text_enum! {
    /// How somebody left.
    pub enum DepartureKind {
        /// 迁出
        MovedOut = "moved_out",
        /// 死亡
        Deceased = "deceased",
    }
}

/// A departure as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = resident_departures)]
pub struct DepartureRow {
    pub id: DepartureId,
    pub resident_id: ResidentId,
    pub division: Division,
    pub kind: DepartureKind,
    pub departed_on: NaiveDate,
    pub destination: String,
    pub created_at: DateTime<Utc>,
}

/// A departure about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = resident_departures)]
pub struct NewDeparture {
    pub id: DepartureId,
    pub resident_id: ResidentId,
    pub division: Division,
    pub kind: DepartureKind,
    pub departed_on: NaiveDate,
    pub destination: String,
    pub created_at: DateTime<Utc>,
}

impl Governed for NewDeparture {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}
