//! Rows of imports.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor};
use crate::access::division::Division;
use crate::access::files::FileId;
use crate::kit::sheets::Form;
use crate::people::document::{DocumentKind, Sex};
use crate::people::homes::HomeRelation;
use crate::people::households::HouseholdRelation;
use crate::people::residents::{Education, PoliticalStatus, Residence, ResidentId, ResidentStatus};
use crate::places::dwellings::DwellingId;
use crate::schema::{import_faults, imports, residents};
use crate::{id, text_enum};

id! {
    /// An import's id, and its job's.
    ImportId
}

text_enum! {
    /// What becomes of good rows when others are bad.
    pub enum ImportMode {
        /// 逐行：they go in
        Each = "each",
        /// 整体：nothing goes in before every row was found good; a row that others change meanwhile is told in the report
        All = "all",
    }
}

/// What seals reports.
pub const REPORT_SEAL: &str = "imports.report";

/// An import as kept, but for its report.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = imports)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct ImportRow {
    pub id: ImportId,
    pub account_id: Option<AccountId>,
    pub division: Division,
    pub form: Form,
    pub source_id: Option<FileId>,
    pub mode: ImportMode,
    pub is_dry_run: bool,
    pub is_checked: bool,
    pub done: i64,
    pub entered: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub refused: i64,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub report_until: Option<DateTime<Utc>>,
    pub left_out: i64,
}

impl ImportRow {
    /// Whether the rows are looked at only: a dry run, or the first pass of an import that is all or nothing.
    pub fn only_looks(&self) -> bool {
        self.is_dry_run || (self.mode == ImportMode::All && !self.is_checked)
    }
}

impl Governed for ImportRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        self.account_id.is_some() && actor.signed_in.map(|(account, _)| account) == self.account_id
    }
}

/// An import about to begin.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = imports, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewImport {
    pub id: ImportId,
    pub account_id: Option<AccountId>,
    pub division: Division,
    pub form: Form,
    pub sha256: Vec<u8>,
    pub source_id: Option<FileId>,
    pub mode: ImportMode,
    pub is_dry_run: bool,
    pub created_at: DateTime<Utc>,
}

impl Governed for NewImport {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// What became of some rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows looked at.
    pub done: i64,
    /// Records made.
    pub entered: i64,
    /// Records changed.
    pub changed: i64,
    /// Records that said the same already.
    pub unchanged: i64,
    /// Rows with something wrong.
    pub refused: i64,
    /// Homes that people are something in, or live in, from now on.
    pub homes: i64,
    /// Households that people joined, or are something else to the head of.
    pub households: i64,
}

/// A home as a row names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenHome {
    /// The estate's name, where it says one.
    pub estate: Option<String>,
    /// The building's number.
    pub building: String,
    /// The unit; empty where it says none.
    pub unit: String,
    /// The dwelling's number.
    pub number: String,
    /// What the person is there, where it says so.
    pub tie: Option<HomeRelation>,
}

/// The home that a row was found to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryHome {
    /// The dwelling.
    pub dwelling: DwellingId,
    /// What the person is there, where the row says so.
    pub tie: Option<HomeRelation>,
}

/// A household as a row names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenHousehold {
    /// Its number.
    pub number: String,
    /// What the person is to its head.
    pub relation: HouseholdRelation,
}

/// Somebody whose row went in, as the row wants them in a household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The row's number, as people count.
    pub line: i64,
    /// Who it is.
    pub person: ResidentId,
    /// The committee.
    pub division: Division,
    /// The household.
    pub household: WrittenHousehold,
    /// Whether the row said nothing new of the person and their home.
    pub is_unchanged: bool,
}

/// What was wrong with a row.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = import_faults)]
pub struct FaultRow {
    pub import_id: ImportId,
    pub line: i64,
    pub field: String,
    pub code: String,
    pub explanation: String,
}

/// A record as an import compares it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = residents)]
pub struct KnownRow {
    pub id: ResidentId,
    pub division: Division,
    pub name: String,
    pub sex: Option<Sex>,
    pub born_on: Option<NaiveDate>,
    pub document_kind: Option<DocumentKind>,
    pub document_sealed: Option<Vec<u8>>,
    pub document_hash: Option<Vec<u8>>,
    pub phone_hash: Option<Vec<u8>>,
    pub nationality: String,
    pub ethnicity: Option<String>,
    pub education: Option<Education>,
    pub political_status: Option<PoliticalStatus>,
    pub registered_place: String,
    pub residence: Residence,
    pub external_id: Option<String>,
    pub status: ResidentStatus,
}
