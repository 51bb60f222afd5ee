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
    pub shows_name: bool,
    pub shows_document: bool,
    pub shows_content: bool,
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
    pub shows_name: bool,
    pub shows_document: bool,
    pub shows_content: bool,
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
    pub division: Division,
}

/// Who holds it, from the record: nothing where that is deleted or sealed.
#[derive(Clone, Debug, Queryable)]
pub struct Holder {
    pub name: String,
    pub document_kind: Option<DocumentKind>,
    pub document_sealed: Option<Vec<u8>>,
}
