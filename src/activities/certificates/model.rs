//! Rows of certificates.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::activities::volunteer_hours::AttendanceId;
use crate::matters::registry::Receipt;
use crate::people::document::DocumentKind;
use crate::places::building_groups::BuildingGroupId;
use crate::schema::certificates;
use crate::{id, text_enum};

id! {
    /// A certificate's id.
    CertificateId
}

text_enum! {
    /// What whoever has the number is shown, besides the hours and who issued it.
    pub enum CertificateField {
        /// 姓名
        Name = "name",
        /// 证件类型与号码（部分隐藏）
        Document = "document",
        /// 服务内容
        Content = "content",
        /// 经办人与联系方式
        Handler = "handler",
        /// 表彰奖励与星级
        Recognitions = "recognitions",
    }
}

text_enum! {
    /// Whether a certificate still tells what is recorded.
    pub enum CertificateStatus {
        /// 有效
        Valid = "valid",
        /// 时长已更正
        Corrected = "corrected",
        /// 已撤销
        Revoked = "revoked",
    }
}

/// What whoever has the number is shown.
#[derive(Clone, Copy, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = certificates, treat_none_as_default_value = false)]
pub struct Shown {
    pub shows_name: bool,
    pub shows_document: bool,
    pub shows_content: bool,
    pub shows_handler: bool,
    pub shows_recognitions: bool,
}

impl Shown {
    /// Only these.
    pub fn only(fields: &[CertificateField]) -> Self {
        let has = |field: CertificateField| fields.contains(&field);
        Shown {
            shows_name: has(CertificateField::Name),
            shows_document: has(CertificateField::Document),
            shows_content: has(CertificateField::Content),
            shows_handler: has(CertificateField::Handler),
            shows_recognitions: has(CertificateField::Recognitions),
        }
    }

    /// As a list.
    pub fn fields(self) -> Vec<CertificateField> {
        let all = [
            (self.shows_name, CertificateField::Name),
            (self.shows_document, CertificateField::Document),
            (self.shows_content, CertificateField::Content),
            (self.shows_handler, CertificateField::Handler),
            (self.shows_recognitions, CertificateField::Recognitions),
        ];
        all.into_iter().filter(|(is_shown, _)| *is_shown).map(|(_, field)| field).collect()
    }
}

/// What it tells besides the hours, as it stood when it was issued.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = certificates, treat_none_as_default_value = false)]
pub struct Facts {
    /// Who wrote the last of the stays down, by name; nobody, where codes alone did.
    pub handler: Option<String>,
    /// How the organiser is asked.
    pub contact: String,
    /// What the holder is honoured with.
    pub recognitions: String,
    /// The stars of all hours; none on a certificate that is older than this.
    pub stars: Option<i32>,
}

/// A certificate as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = certificates)]
pub struct CertificateRow {
    pub id: CertificateId,
    pub number: Receipt,
    pub resident_id: ResidentId,
    pub division: Division,
    pub organisation_id: Option<OrganisationId>,
    pub building_group_id: Option<BuildingGroupId>,
    pub issuer_name: String,
    pub served_from: NaiveDate,
    pub served_until: NaiveDate,
    pub minutes: i32,
    pub content: String,
    #[diesel(embed)]
    pub facts: Facts,
    #[diesel(embed)]
    pub shown: Shown,
    pub revoked_at: Option<DateTime<Utc>>,
    pub revocation: Option<String>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

impl Governed for CertificateRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A certificate about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = certificates, treat_none_as_default_value = false)]
pub struct NewCertificate {
    pub id: CertificateId,
    pub number: Receipt,
    pub resident_id: ResidentId,
    pub account_id: AccountId,
    pub division: Division,
    pub organisation_id: Option<OrganisationId>,
    pub building_group_id: Option<BuildingGroupId>,
    pub issuer_name: String,
    pub served_from: NaiveDate,
    pub served_until: NaiveDate,
    pub minutes: i32,
    pub content: String,
    #[diesel(embed)]
    pub facts: Facts,
    #[diesel(embed)]
    pub shown: Shown,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// Whose hours a certificate tells: one of the two.
#[derive(Clone, Copy, Debug)]
pub enum Issuer {
    Organisation(OrganisationId),
    Group(BuildingGroupId),
}

/// What one organiser recorded of somebody in a time.
#[derive(Clone, Debug)]
pub struct Served {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub minutes: i64,
    pub stays: BTreeSet<AttendanceId>,
    pub titles: Vec<String>,
    pub issuer_name: String,
    pub contact: String,
    pub division: Division,
}

/// A line of the ledger, with the call that it was earned by.
#[derive(Clone, Debug, Queryable)]
pub struct ServedLine {
    pub stay: AttendanceId,
    pub worked_on: NaiveDate,
    pub minutes: i32,
    pub title: String,
    pub contact: String,
    pub division: Division,
    pub organisation: Option<String>,
    pub phones: Option<Vec<Option<String>>>,
    pub group: Option<String>,
}

/// Who holds it, from the record: nothing where that is deleted or sealed.
#[derive(Clone, Debug, Queryable)]
pub struct Holder {
    pub name: String,
    pub document_kind: Option<DocumentKind>,
    pub document_sealed: Option<Vec<u8>>,
}
