//! Rows of who is what in which home.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::shares::HomeShare;
use crate::access::act::Governed;
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::people::residents::ResidentId;
use crate::places::dwellings::DwellingId;
use crate::schema::dwelling_residents;
use crate::{id, text_enum};

id! {
    /// The id of what somebody is in a home.
    DwellingResidentId
}
id! {
    /// A departure's id. Declared here because homes name the one that ended them.
    DepartureId
}

text_enum! {
    /// What somebody is in a home.
    pub enum HomeRelation {
        /// 产权人
        Owner = "owner",
        /// 承租人
        Tenant = "tenant",
        /// 居住人、同住人
        Occupant = "occupant",
    }
}

text_enum! {
    /// Where it is known from.
    pub enum HomeSource {
        /// 社工登记
        Worker = "worker",
        /// 本人申报
        SelfReported = "self_reported",
        /// 户口簿
        HouseholdRegister = "household_register",
        /// 不动产登记
        PropertyRegister = "property_register",
        /// 租赁合同备案
        Lease = "lease",
        /// 批量导入
        Import = "import",
    }
}

/// Who it is that is something in a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A person of the archive.
    Resident(ResidentId),
    /// A body that owns.
    Organisation(OrganisationId),
}

/// What somebody is in a home, as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = dwelling_residents)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct HomeRow {
    pub id: DwellingResidentId,
    pub dwelling_id: DwellingId,
    pub division: Division,
    pub resident_id: Option<ResidentId>,
    pub organisation_id: Option<OrganisationId>,
    pub relation: HomeRelation,
    pub share_numerator: Option<i32>,
    pub share_denominator: Option<i32>,
    pub is_living: bool,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub source: HomeSource,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl HomeRow {
    /// Whether it holds still.
    pub fn is_current(&self) -> bool {
        self.ends_on.is_none()
    }

    /// Whether somebody lives in the home by it now.
    pub fn is_lived(&self) -> bool {
        self.is_living && self.is_current()
    }

    /// Who it is; exactly one of the two is kept.
    pub fn holder(&self) -> Option<Holder> {
        let resident = self.resident_id.map(Holder::Resident);
        resident.or(self.organisation_id.map(Holder::Organisation))
    }

    /// The share of an owner.
    pub fn share(&self) -> Option<HomeShare> {
        let (numerator, denominator) = self.share_numerator.zip(self.share_denominator)?;
        HomeShare::new(numerator.into(), denominator.into())
    }

    /// Whether both say the same of the same home at some day.
    pub fn overlaps(&self, other: &HomeRow) -> bool {
        let is_before = |one: &HomeRow, two: &HomeRow| one.ends_on.is_some_and(|end| end <= two.starts_on);
        let is_empty = |one: &HomeRow| one.ends_on == Some(one.starts_on);
        self.dwelling_id == other.dwelling_id
            && self.relation == other.relation
            && !(is_before(self, other) || is_before(other, self) || is_empty(self) || is_empty(other))
    }
}

impl Governed for HomeRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// What somebody is in a home, with their name.
#[derive(Clone, Debug, Queryable)]
pub struct NamedHomeRow {
    pub home: HomeRow,
    pub resident_name: Option<String>,
    pub organisation_name: Option<String>,
}

/// What somebody is in a home, with what the home is called.
#[derive(Clone, Debug, Queryable)]
pub struct PlacedHomeRow {
    pub home: HomeRow,
    pub estate: String,
    pub building_number: String,
    pub unit: String,
    pub number: String,
}

/// What somebody will be in a home, about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = dwelling_residents, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewHome {
    pub id: DwellingResidentId,
    pub dwelling_id: DwellingId,
    pub division: Division,
    pub resident_id: Option<ResidentId>,
    pub organisation_id: Option<OrganisationId>,
    pub relation: HomeRelation,
    pub share_numerator: Option<i32>,
    pub share_denominator: Option<i32>,
    pub is_living: bool,
    pub starts_on: NaiveDate,
    pub source: HomeSource,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewHome {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A change of what somebody is in a home.
#[derive(Default, AsChangeset)]
#[diesel(table_name = dwelling_residents)]
pub struct HomeChange {
    pub resident_id: Option<ResidentId>,
    pub relation: Option<HomeRelation>,
    pub share_numerator: Option<i32>,
    pub share_denominator: Option<i32>,
    pub is_living: Option<bool>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub source: Option<HomeSource>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(starts_on: &str, ends_on: Option<&str>) -> HomeRow {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        HomeRow {
            id: DwellingResidentId::new(),
            dwelling_id: DwellingId(uuid::Uuid::nil()),
            division: Division::SHANGHAI,
            resident_id: None,
            organisation_id: None,
            relation: HomeRelation::Owner,
            share_numerator: None,
            share_denominator: None,
            is_living: false,
            starts_on: day(starts_on),
            ends_on: ends_on.map(day),
            source: HomeSource::Worker,
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_relation_holds_up_to_the_day_on_which_it_ends_and_not_on_it() {
        let first = row("2010-01-01", Some("2020-01-01"));
        assert!(!first.overlaps(&row("2020-01-01", None)));
        assert!(first.overlaps(&row("2019-12-31", None)));
        assert!(row("2015-01-01", None).overlaps(&first));
        assert!(!row("2015-01-01", Some("2015-01-01")).overlaps(&first));
        assert!(!first.is_current());
    }
}
