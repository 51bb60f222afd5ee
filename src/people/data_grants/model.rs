//! Rows of data grants.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, OrganisationId};
use crate::access::division::Division;
use crate::people::disclosures::DisclosurePurpose;
use crate::schema::{data_grant_reads, data_grants};
use crate::{id, text_enum};

id! {
    /// A data grant's id.
    DataGrantId
}
id! {
    /// The id of a page read through a grant.
    DataGrantReadId
}

text_enum! {
    /// What is shared.
    pub enum Dataset {
        /// 实有人口
        Residents = "residents",
    }
}

text_enum! {
    /// On which basis of the law it is shared.
    pub enum GrantBasis {
        /// 履行法定职责: the grantee has a duty by law (个人信息保护法 art. 13 item 3, arts. 34 and 35)
        StatutoryDuty = "statutory_duty",
        /// 单独同意: each person who is shown agreed to be, to this grantee (art. 23)
        Consent = "consent",
    }
}

text_enum! {
    /// A field that is shared.
    pub enum GrantedField {
        /// 姓名
        Name = "name",
        /// 性别
        Sex = "sex",
        /// 出生日期
        BornOn = "born_on",
        /// 人户状态
        Residence = "residence",
        /// 住房
        Home = "home",
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
        /// 完整证件号码
        Document = "document",
        /// 完整电话号码
        Phone = "phone",
    }
}

/// A grant as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = data_grants)]
pub struct DataGrantRow {
    pub id: DataGrantId,
    pub dataset: Dataset,
    pub fields: Vec<Option<GrantedField>>,
    pub purpose: DisclosurePurpose,
    pub reason: String,
    pub grantee_id: OrganisationId,
    pub division: Division,
    pub granted_by: AccountId,
    pub granted_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub basis: GrantBasis,
}

impl DataGrantRow {
    /// Whether the field was granted.
    pub fn has(&self, field: GrantedField) -> bool {
        self.fields.contains(&Some(field))
    }
}

impl Governed for DataGrantRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.standings.iter().any(|standing| standing.organisation == Some(self.grantee_id))
    }
}

/// A grant with the name of its grantee.
#[derive(Clone, Debug, Queryable)]
pub struct NamedGrantRow {
    pub grant: DataGrantRow,
    pub grantee_name: String,
}

/// A grant as one of the people it shows reads it, with how its grantee is reached.
#[derive(Clone, Debug, Queryable)]
pub struct OwnGrantRow {
    pub grant: DataGrantRow,
    pub grantee_name: String,
    pub grantee_phones: Vec<Option<String>>,
}

/// A grant about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = data_grants, treat_none_as_default_value = false)]
pub struct NewDataGrant {
    pub id: DataGrantId,
    pub dataset: Dataset,
    pub fields: Vec<GrantedField>,
    pub purpose: DisclosurePurpose,
    pub reason: String,
    pub grantee_id: OrganisationId,
    pub division: Division,
    pub granted_by: AccountId,
    pub granted_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub basis: GrantBasis,
}

impl Governed for NewDataGrant {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A page that was read, with who read it.
#[derive(Clone, Debug, Queryable)]
pub struct DataGrantReadRow {
    pub id: DataGrantReadId,
    pub account_id: AccountId,
    pub by: String,
    pub at: DateTime<Utc>,
    pub rows: i32,
}

/// A page read, about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = data_grant_reads)]
pub struct NewRead {
    pub id: DataGrantReadId,
    pub data_grant_id: DataGrantId,
    pub account_id: AccountId,
    pub at: DateTime<Utc>,
    pub rows: i32,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub grantee: Option<OrganisationId>,
}
