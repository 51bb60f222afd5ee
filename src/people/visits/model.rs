//! Rows of visits.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor};
use crate::access::division::Division;
use crate::people::disclosures::ResidentId;
use crate::people::visit_findings::{HomeRow, VisitId};
use crate::places::dwellings::DwellingId;
use crate::schema::visits;
use crate::text_enum;

text_enum! {
    /// Whether staff called on somebody, or somebody called on staff.
    pub enum VisitKind {
        /// 走访
        Visit = "visit",
        /// 接待
        Reception = "reception",
    }
}

/// A visit as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = visits)]
pub struct VisitRow {
    pub id: VisitId,
    pub division: Division,
    pub kind: VisitKind,
    pub resident_id: Option<ResidentId>,
    pub home_id: Option<DwellingId>,
    pub topic: Option<String>,
    pub visited_at: DateTime<Utc>,
    pub author_id: AccountId,
    pub summary: String,
    pub staff_note: String,
    pub follow_up_on: Option<NaiveDate>,
    pub follows_id: Option<VisitId>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl VisitRow {
    /// Whom and what it was about.
    pub fn subject(&self) -> Subject {
        Subject { resident: self.resident_id, home: self.home_id, topic: self.topic.clone() }
    }
}

impl Governed for VisitRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.account().is_ok_and(|account| account == self.author_id)
    }
}

/// Whom and what a visit is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Who was visited or received.
    pub resident: Option<ResidentId>,
    /// Which home it was about.
    pub home: Option<DwellingId>,
    /// What about, in a few words.
    pub topic: Option<String>,
}

/// A visit with the names that belong to it.
#[derive(Clone, Debug, Queryable)]
pub struct NamedVisitRow {
    pub visit: VisitRow,
    pub author_name: String,
    pub followed_up_by: Option<VisitId>,
    pub resident: Option<(ResidentId, String)>,
    pub home: Option<HomeRow>,
}

/// A visit as the visited person reads it.
#[derive(Clone, Debug, Queryable)]
pub struct OwnVisitRow {
    pub id: VisitId,
    pub division: Division,
    pub kind: VisitKind,
    pub resident_id: Option<ResidentId>,
    pub topic: Option<String>,
    pub visited_at: DateTime<Utc>,
    pub author_name: String,
    pub summary: String,
    pub follow_up_on: Option<NaiveDate>,
}

/// A visit about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = visits, treat_none_as_default_value = false)]
pub struct NewVisit {
    pub id: VisitId,
    pub division: Division,
    pub kind: VisitKind,
    pub resident_id: Option<ResidentId>,
    pub home_id: Option<DwellingId>,
    pub topic: Option<String>,
    pub visited_at: DateTime<Utc>,
    pub author_id: AccountId,
    pub summary: String,
    pub staff_note: String,
    pub follow_up_on: Option<NaiveDate>,
    pub follows_id: Option<VisitId>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewVisit {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.account().is_ok_and(|account| account == self.author_id)
    }
}

/// A change of a visit.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = visits)]
pub struct VisitChange {
    pub resident_id: Option<Option<ResidentId>>,
    pub home_id: Option<Option<DwellingId>>,
    pub topic: Option<Option<String>>,
    pub visited_at: Option<DateTime<Utc>>,
    pub summary: Option<String>,
    pub staff_note: Option<String>,
    pub follow_up_on: Option<Option<NaiveDate>>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub kind: Option<VisitKind>,
    pub resident: Option<ResidentId>,
    pub home: Option<DwellingId>,
    /// Only what the caller wrote.
    pub is_mine: bool,
    pub from: Option<DateTime<Utc>>,
    pub before: Option<DateTime<Utc>>,
    pub follow_up_before: Option<NaiveDate>,
}
