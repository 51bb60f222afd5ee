//! Rows of households, as an import compares them.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::division::Division;
use crate::people::households::{HouseholdId, HouseholdMemberId, HouseholdRelation};
use crate::people::residents::ResidentId;
use crate::schema::{household_members, households};

/// A household that has a number.
#[derive(Clone, Debug, QueryableByName)]
#[diesel(table_name = households)]
pub struct HouseholdKnown {
    pub id: HouseholdId,
    pub division: Division,
    pub number: Option<String>,
}

/// Who is in a household now.
#[derive(Clone, Copy, Debug, Queryable, Selectable)]
#[diesel(table_name = household_members)]
pub struct MemberKnown {
    pub id: HouseholdMemberId,
    pub household_id: HouseholdId,
    pub resident_id: ResidentId,
    pub relation: HouseholdRelation,
    pub joined_on: NaiveDate,
}
