//! Rows of residents, and how lists show them.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::kinds::{Education, NoIdentifier, PoliticalStatus, Residence, ResidentSource, ResidentStatus};
use crate::access::act::Governed;
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::kit::{day, moment};
use crate::people::disclosures::ResidentId;
use crate::people::document::{DocumentKind, Sex};
use crate::people::labels::LabelId;
use crate::people::names::NameStart;
use crate::places::building_groups::BuildingGroupId;
use crate::places::buildings::BuildingId;
use crate::places::dwellings::DwellingId;
use crate::schema::residents;
use crate::view;

/// A resident as lists tell: no number, sealed or not.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = residents)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct ResidentRow {
    pub id: ResidentId,
    pub division: Division,
    pub name: String,
    pub sex: Option<Sex>,
    pub born_on: Option<NaiveDate>,
    pub residence: Residence,
    pub home_id: Option<DwellingId>,
    pub status: ResidentStatus,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
}

view! {
    /// A resident, as lists tell.
    pub struct ResidentView of ResidentRow in residents by (division: Division, id: Uuid) {
        /// Its id.
        id: ResidentId = id,
        /// The committee that keeps the record.
        division: Division = division,
        /// The name.
        #[schema(example = "陈桂芳")]
        name: String = name,
        /// Sex; null when unknown.
        sex: Option<Sex> = sex,
        /// Day of birth; null when unknown.
        #[schema(example = "1949-12-31")]
        #[serde(serialize_with = "day::write_some")]
        born_on: Option<NaiveDate> = born_on,
        /// How the person resides here.
        residence: Residence = residence,
        /// The dwelling they live in; null when unknown.
        home: Option<DwellingId> = home_id,
        /// Whether the person is here.
        status: ResidentStatus = status,
        /// Its version, as in the ETag.
        version: i64 = version,
        /// When it last changed.
        #[serde(serialize_with = "moment::write")]
        updated_at: DateTime<Utc> = updated_at,
    }
}

/// A resident as a search finds them, with what it goes by.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = residents)]
pub struct SearchedRow {
    #[diesel(embed)]
    pub resident: ResidentRow,
    pub pinyin: String,
    pub initials: String,
}

/// All of a resident's record.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = residents)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct ResidentDetailRow {
    #[diesel(embed)]
    pub resident: ResidentRow,
    pub document_kind: Option<DocumentKind>,
    pub document_sealed: Option<Vec<u8>>,
    pub phone_sealed: Option<Vec<u8>>,
    pub no_identifier: Option<NoIdentifier>,
    pub nationality: String,
    pub ethnicity: Option<String>,
    pub education: Option<Education>,
    pub political_status: Option<PoliticalStatus>,
    pub registered_place: String,
    pub account_id: Option<AccountId>,
    pub merged_into: Option<ResidentId>,
    pub external_id: Option<String>,
    pub source: ResidentSource,
    pub created_at: DateTime<Utc>,
}

impl Governed for ResidentRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

impl Governed for ResidentDetailRow {
    fn division(&self) -> Option<Division> {
        Some(self.resident.division)
    }
}

/// A resident about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = residents, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewResident {
    pub id: ResidentId,
    pub division: Division,
    pub name: String,
    pub pinyin: String,
    pub initials: String,
    pub sex: Option<Sex>,
    pub born_on: Option<NaiveDate>,
    pub document_kind: Option<DocumentKind>,
    pub document_sealed: Option<Vec<u8>>,
    pub document_hash: Option<Vec<u8>>,
    pub phone_sealed: Option<Vec<u8>>,
    pub phone_hash: Option<Vec<u8>>,
    pub no_identifier: Option<NoIdentifier>,
    pub nationality: String,
    pub ethnicity: Option<String>,
    pub education: Option<Education>,
    pub political_status: Option<PoliticalStatus>,
    pub registered_place: String,
    pub residence: Residence,
    pub home_id: Option<DwellingId>,
    pub external_id: Option<String>,
    pub source: ResidentSource,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewResident {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A change of a resident.
#[derive(Default, AsChangeset)]
#[diesel(table_name = residents)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct ResidentChange {
    pub name: Option<String>,
    pub pinyin: Option<String>,
    pub initials: Option<String>,
    pub sex: Option<Option<Sex>>,
    pub born_on: Option<Option<NaiveDate>>,
    pub document_kind: Option<Option<DocumentKind>>,
    pub document_sealed: Option<Option<Vec<u8>>>,
    pub document_hash: Option<Option<Vec<u8>>>,
    pub phone_sealed: Option<Option<Vec<u8>>>,
    pub phone_hash: Option<Option<Vec<u8>>>,
    pub no_identifier: Option<Option<NoIdentifier>>,
    pub nationality: Option<String>,
    pub ethnicity: Option<Option<String>>,
    pub education: Option<Option<Education>>,
    pub political_status: Option<Option<PoliticalStatus>>,
    pub registered_place: Option<String>,
    pub residence: Option<Residence>,
    pub external_id: Option<Option<String>>,
    pub home_id: Option<Option<DwellingId>>,
    pub account_id: Option<Option<AccountId>>,
    pub status: Option<ResidentStatus>,
    pub merged_into: Option<Option<ResidentId>>,
    pub ended_at: Option<Option<DateTime<Utc>>>,
}

/// Two records that are of one person: what is kept of `from` goes to `into`.
#[derive(Clone, Copy, Debug)]
pub struct OnePerson {
    /// The record that closes.
    pub from: ResidentId,
    /// The record that stays.
    pub into: ResidentId,
    /// The committee of the record that stays.
    pub division: Division,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "named as the parameters of the query")]
pub struct Filter {
    pub division: Option<Division>,
    pub building: Option<BuildingId>,
    pub building_group: Option<BuildingGroupId>,
    pub home: Option<DwellingId>,
    pub born: (Option<NaiveDate>, Option<NaiveDate>),
    pub residence: Option<Residence>,
    pub status: Option<ResidentStatus>,
    pub search: Option<Search>,
    pub label: Option<LabelId>,
    /// Where the caller sees that label on people.
    pub labelled_in: Option<Scope>,
}

impl Filter {
    /// Whether it asks for those that no list tells of.
    pub fn is_for_hidden(&self) -> bool {
        self.status.is_some_and(|status| ResidentStatus::HIDDEN.contains(&status))
    }
}

/// Where a page begins: behind a row of the order that its search has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// By division and id: no search.
    Row(Division, Uuid),
    /// By division and reading: a search in a narrow scope.
    Reading(Division, String, Uuid),
    /// By the name searched and id: a search in a wide scope.
    Name(String, Uuid),
}

impl From<(Division, Uuid)> for Place {
    fn from((division, id): (Division, Uuid)) -> Self {
        Place::Row(division, id)
    }
}

/// What a name is searched by.
#[derive(Clone, Debug)]
pub enum Search {
    /// How it begins.
    Name(NameStart),
    /// Its initials.
    Initials(String),
}

/// One exact key that somebody is looked up by.
#[derive(Clone, Debug)]
pub enum Key {
    /// The keyed hash of a document.
    Document([u8; 32]),
    /// The keyed hash of a telephone number.
    Phone([u8; 32]),
    /// The home.
    Home(DwellingId),
}
