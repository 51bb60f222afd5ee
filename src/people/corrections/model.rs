//! Rows of corrections.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, ResidentId};
use crate::access::division::Division;
use crate::schema::corrections;
use crate::{id, text_enum};

id! {
    /// A correction's id.
    CorrectionId
}

text_enum! {
    /// What of a record is wrong: the field, as `update_resident` names it.
    pub enum CorrectionField {
        /// 姓名
        Name = "name",
        /// 证件
        Document = "document",
        /// 电话
        Phone = "phone",
        /// 性别
        Sex = "sex",
        /// 出生日期
        BornOn = "born_on",
        /// 国籍
        Nationality = "nationality",
        /// 民族
        Ethnicity = "ethnicity",
        /// 文化程度
        Education = "education",
        /// 政治面貌
        PoliticalStatus = "political_status",
        /// 户籍地
        RegisteredPlace = "registered_place",
        /// 人户状态
        Residence = "residence",
    }
}

text_enum! {
    /// What became of it.
    pub enum CorrectionStatus {
        /// 待答复
        Pending = "pending",
        /// 已更正
        Accepted = "accepted",
        /// 未采纳
        Refused = "refused",
        /// 已撤回: by who asked, before it was decided
        Withdrawn = "withdrawn",
    }
}

/// A correction as kept. The value is there as long as it is pending.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = corrections)]
pub struct CorrectionRow {
    pub id: CorrectionId,
    pub resident_id: ResidentId,
    pub division: Division,
    pub account_id: AccountId,
    pub field: CorrectionField,
    pub value_sealed: Option<Vec<u8>>,
    pub note: String,
    pub status: CorrectionStatus,
    pub answer: String,
    pub decided_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

impl Governed for CorrectionRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A correction about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = corrections)]
pub struct NewCorrection {
    pub id: CorrectionId,
    pub resident_id: ResidentId,
    pub division: Division,
    pub account_id: AccountId,
    pub field: CorrectionField,
    pub value_sealed: Vec<u8>,
    pub note: String,
    pub status: CorrectionStatus,
    pub created_at: DateTime<Utc>,
}

/// Made only of a subject that the caller may act for.
impl Governed for NewCorrection {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.signed_in.is_some_and(|(account, _)| account == self.account_id)
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug)]
pub struct Filter {
    pub division: Option<Division>,
    pub status: CorrectionStatus,
}
