//! Households, as they are answered.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{HouseholdId, HouseholdRelation, HouseholdRow, NamedMemberRow};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::people::residents::ResidentId;
use crate::places::dwellings::DwellingId;

/// A household 家庭户, as lists tell.
#[derive(Serialize, ToSchema)]
pub struct HouseholdView {
    /// Its id.
    pub id: HouseholdId,
    /// The committee that keeps it.
    pub division: Division,
    /// Where it is at home; null where that is not known.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub dwelling: Option<DwellingId>,
    /// The number of the household register 户号; null where it has none.
    #[schema(example = "310113-0247-0502")]
    pub number: Option<String>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl View for HouseholdView {
    const IS_SECRET: bool = true;
}

impl From<HouseholdRow> for HouseholdView {
    fn from(row: HouseholdRow) -> Self {
        Self {
            id: row.id,
            division: row.division,
            dwelling: row.dwelling_id,
            number: row.number,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// Somebody in a household.
#[derive(Serialize, ToSchema)]
pub struct HouseholdMemberView {
    /// The resident.
    pub resident: ResidentId,
    /// The name.
    #[schema(example = "陈桂芳")]
    pub name: String,
    /// What they are to the head.
    pub relation: HouseholdRelation,
    /// Since when.
    #[schema(example = "2019-06-01")]
    pub joined_on: NaiveDate,
}

/// A household with those who are in it.
#[derive(Serialize, ToSchema)]
pub struct HouseholdDetailView {
    /// The household.
    #[serde(flatten)]
    pub household: HouseholdView,
    /// Who is in it; nobody when all have left.
    pub members: Vec<HouseholdMemberView>,
}

impl HouseholdDetailView {
    /// Of a household and its members.
    pub fn new(household: HouseholdRow, members: Vec<NamedMemberRow>) -> Self {
        let view = |NamedMemberRow { member, name }| HouseholdMemberView {
            resident: member.resident_id,
            name,
            relation: member.relation,
            joined_on: member.joined_on,
        };
        Self { household: household.into(), members: members.into_iter().map(view).collect() }
    }
}

impl View for HouseholdDetailView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.household.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/households/{}", self.household.id))
    }
}
