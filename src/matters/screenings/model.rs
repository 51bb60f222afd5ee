//! Rows of screenings.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, OrganisationId};
use crate::access::division::Division;
use crate::schema::screenings;
use crate::{id, text_enum};

id! {
    /// A screening's id.
    ScreeningId
}

text_enum! {
    /// How near a quarrel is to getting out of hand 风险等级.
    pub enum ScreeningRiskLevel {
        /// 低
        Low = "low",
        /// 中
        Medium = "medium",
        /// 高: told at once (人民调解法 25)
        High = "high",
    }
}

text_enum! {
    /// Where a lead stands.
    pub enum ScreeningLeadState {
        /// 待处置
        Open = "open",
        /// 已化解
        Settled = "settled",
        /// 已转为调解案件
        BecameCase = "became_case",
    }
}

/// A screening as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = screenings)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct ScreeningRow {
    pub id: ScreeningId,
    pub division: Division,
    pub organisation_id: Option<OrganisationId>,
    pub title: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub divisions: Vec<Option<Division>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub closing_note: String,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl ScreeningRow {
    /// Whether it looks there.
    pub fn covers(&self, place: Division) -> bool {
        let is_named = |one: &Option<Division>| one.is_some_and(|one| one.range().contains(place));
        self.division.range().contains(place)
            && (self.divisions.is_empty() || self.divisions.iter().any(is_named))
    }

    /// Whether leads are noted on that day.
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        self.closed_at.is_none() && (self.starts_on..=self.ends_on).contains(&day)
    }
}

impl Governed for ScreeningRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A screening with the name of who runs it.
#[derive(Clone, Debug, Queryable)]
pub struct NamedScreeningRow {
    pub screening: ScreeningRow,
    pub organisation_name: Option<String>,
}

/// A screening about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = screenings, treat_none_as_default_value = false)]
pub struct NewScreening {
    pub id: ScreeningId,
    pub division: Division,
    pub organisation_id: Option<OrganisationId>,
    pub title: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub divisions: Vec<Option<Division>>,
    pub created_by: AccountId,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewScreening {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A change of a screening.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = screenings)]
pub struct ScreeningChange {
    pub title: Option<String>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub divisions: Option<Vec<Option<Division>>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub closing_note: Option<String>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug)]
pub struct Filter {
    pub division: Option<Division>,
    pub is_closed: Option<bool>,
}
