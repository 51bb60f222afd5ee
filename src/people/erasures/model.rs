//! Rows of erasures, and what becomes of a record.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Timestamptz, Uuid as SqlUuid};

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, ResidentId};
use crate::access::division::Division;
use crate::people::document::{DocumentKind, Sex};
use crate::people::residents::{Education, NoIdentifier, PoliticalStatus};
use crate::places::dwellings::DwellingId;
use crate::schema::{erasures, residents};
use crate::{id, text_enum};

id! {
    /// An erasure's id.
    ErasureId
}

text_enum! {
    /// What became of the wish to be deleted.
    pub enum ErasureStatus {
        /// 待决定
        Pending = "pending",
        /// 已删除
        Erased = "erased",
        /// 依法封存: kept, since the law asks for it; everything else stops
        SealedByLaw = "sealed_by_law",
        /// 不予删除
        Refused = "refused",
        /// 已撤回: by who asked, or whose record it is, before it was decided
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// Who asked in the office to have a record deleted.
    pub enum ErasureAsker {
        /// 本人
        Person = "person",
        /// 监护人
        Guardian = "guardian",
        /// 近亲属: of somebody who died (个人信息保护法 art. 49)
        Relative = "relative",
    }
}

/// An erasure as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = erasures)]
pub struct ErasureRow {
    pub id: ErasureId,
    pub resident_id: ResidentId,
    pub division: Division,
    /// Who asked; nobody, where it was kept long enough. Of what was asked for in the office, whose record it was once it is erased.
    pub account_id: Option<AccountId>,
    /// Who entered what was asked for in the office.
    pub entered_by: Option<AccountId>,
    /// Who asked in the office.
    pub asked_by: Option<ErasureAsker>,
    /// What was checked there.
    pub evidence: String,
    pub reason: String,
    pub status: ErasureStatus,
    pub answer: String,
    pub decided_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

impl Governed for ErasureRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// An erasure about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = erasures, treat_none_as_default_value = false)]
pub struct NewErasure {
    pub id: ErasureId,
    pub resident_id: ResidentId,
    pub division: Division,
    pub account_id: Option<AccountId>,
    pub entered_by: Option<AccountId>,
    pub asked_by: Option<ErasureAsker>,
    pub evidence: String,
    pub reason: String,
    pub status: ErasureStatus,
    pub created_at: DateTime<Utc>,
}

/// Made only of a subject that the caller may act for, or of a record that their posts reach.
impl Governed for NewErasure {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.signed_in.is_some_and(|(account, _)| Some(account) == self.account_id)
    }
}

/// A record of which only its id, its committee, its name and its kind of residence are left.
#[derive(AsChangeset)]
#[diesel(table_name = residents, treat_none_as_null = true)]
pub struct Emptied {
    pub sex: Option<Sex>,
    pub born_on: Option<NaiveDate>,
    pub document_kind: Option<DocumentKind>,
    pub document_sealed: Option<Vec<u8>>,
    pub document_hash: Option<Vec<u8>>,
    pub phone_sealed: Option<Vec<u8>>,
    pub phone_hash: Option<Vec<u8>>,
    pub no_identifier: Option<NoIdentifier>,
    pub nationality: &'static str,
    pub ethnicity: Option<String>,
    pub education: Option<Education>,
    pub political_status: Option<PoliticalStatus>,
    pub registered_place: &'static str,
    pub home_id: Option<DwellingId>,
    pub external_id: Option<String>,
    /// Nothing is left that would go.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Emptied {
    /// No number, and nothing that is said of anybody.
    pub fn new() -> Self {
        Emptied {
            sex: None,
            born_on: None,
            document_kind: None,
            document_sealed: None,
            document_hash: None,
            phone_sealed: None,
            phone_hash: None,
            no_identifier: None,
            nationality: "CHN",
            ethnicity: None,
            education: None,
            political_status: None,
            registered_place: "",
            home_id: None,
            external_id: None,
            ended_at: None,
        }
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug)]
pub struct Filter {
    pub division: Option<Division>,
    pub status: ErasureStatus,
}

/// A record of somebody who left, and since when nobody works with it.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Left {
    #[diesel(sql_type = SqlUuid)]
    pub id: ResidentId,
    #[diesel(sql_type = Timestamptz)]
    pub ended_at: DateTime<Utc>,
    /// Whether nothing of this room stands on it.
    #[diesel(sql_type = Bool)]
    pub is_free: bool,
}
