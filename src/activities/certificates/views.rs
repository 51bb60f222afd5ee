//! Certificates in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{CertificateField, CertificateId, CertificateRow, CertificateStatus};
use crate::access::actor::ResidentId;
use crate::kit::answer::View;
use crate::kit::clock::local_date;
use crate::kit::etag::etag;
use crate::kit::html::{self, Readable};
use crate::kit::moment;
use crate::matters::registry::Receipt;
use crate::people::document::DocumentKind;

/// A document, masked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CertificateDocumentView {
    /// Its kind.
    pub kind: DocumentKind,
    /// Its number, masked.
    #[schema(example = "110*************2X")]
    pub number: String,
}

/// What a certificate tells besides its row.
pub struct Told {
    /// Whether it still tells what is recorded.
    pub status: CertificateStatus,
    /// What is recorded now.
    pub current_minutes: i64,
    /// The name, where the record may be told of.
    pub name: Option<String>,
    /// The document, masked.
    pub document: Option<CertificateDocumentView>,
}

/// A certificate as its holder has it.
#[derive(Serialize, ToSchema)]
pub struct CertificateView {
    /// Its id.
    pub id: CertificateId,
    /// Its number.
    pub number: Receipt,
    /// Whose it is.
    pub resident: ResidentId,
    /// The holder's name.
    pub name: Option<String>,
    /// The holder's document, masked.
    pub document: Option<CertificateDocumentView>,
    /// Who organised, recorded and certifies it.
    #[schema(example = "宝钢五村居委会")]
    pub issuer: String,
    /// The first day.
    pub served_from: NaiveDate,
    /// The last day.
    pub served_until: NaiveDate,
    /// How many minutes were recorded.
    pub minutes: i32,
    /// What was done.
    pub content: String,
    /// Who made it out 经办人: who wrote the last of the services down; null where codes alone did.
    pub handler: Option<String>,
    /// How the issuer is asked: where the last call says to ask, and the organisation's telephone numbers. Empty where neither says.
    pub contact: String,
    /// What the holder was honoured with 表彰奖励 when it was issued, and by whom; empty where with nothing.
    #[schema(example = "社区达人（宝钢五村居委会，2026-03-10）")]
    pub recognitions: String,
    /// The stars 星级 of the holder when it was issued, for all hours of theirs; 0 while there is none, null on older certificates.
    pub stars: Option<i32>,
    /// Whether it still tells what is recorded.
    pub status: CertificateStatus,
    /// What is recorded now of the same services.
    pub current_minutes: i64,
    /// Why it was revoked.
    pub revocation: Option<String>,
    /// What whoever has the number is shown, besides hours and issuer.
    pub shows: Vec<CertificateField>,
    /// Where it is verified: the content of its QR code.
    #[schema(example = "https://lilong.example/v1/certificate-verifications/482711930562")]
    pub verification_url: String,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was issued.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl CertificateView {
    /// As its holder has it; `address` is the public address of the service.
    pub fn new(row: CertificateRow, told: Told, address: &str) -> Self {
        Self {
            id: row.id,
            verification_url: row.number.verification_url(address, "certificate-verifications"),
            number: row.number,
            resident: row.resident_id,
            name: told.name,
            document: told.document,
            issuer: row.issuer_name,
            served_from: row.served_from,
            served_until: row.served_until,
            minutes: row.minutes,
            content: row.content,
            handler: row.facts.handler,
            contact: row.facts.contact,
            recognitions: row.facts.recognitions,
            stars: row.facts.stars,
            status: told.status,
            current_minutes: told.current_minutes,
            revocation: row.revocation,
            shows: row.shown.fields(),
            version: row.version,
            created_at: row.created_at,
        }
    }
}

impl View for CertificateView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }
}

/// A certificate as whoever asks for its number is shown it.
#[derive(Serialize, ToSchema)]
pub struct CertificateVerificationView {
    /// The number.
    pub number: Receipt,
    /// Whether it still tells what is recorded.
    pub status: CertificateStatus,
    /// Who certifies it.
    pub issuer: String,
    /// The first day.
    pub served_from: NaiveDate,
    /// The last day.
    pub served_until: NaiveDate,
    /// How many minutes it certifies.
    pub minutes: i32,
    /// What is recorded now of the same services; null once it is revoked.
    pub current_minutes: Option<i64>,
    /// The holder's name, where they allow it.
    pub name: Option<String>,
    /// The holder's document, masked, where they allow it.
    pub document: Option<CertificateDocumentView>,
    /// What was done, where the holder allows it.
    pub content: Option<String>,
    /// Who made it out, where the holder allows it.
    pub handler: Option<String>,
    /// How the issuer is asked, where the holder allows it.
    pub contact: Option<String>,
    /// What the holder was honoured with, where they allow it.
    pub recognitions: Option<String>,
    /// The stars they had, where they allow it.
    pub stars: Option<i32>,
    /// When it was issued.
    #[serde(serialize_with = "moment::write")]
    pub issued_at: DateTime<Utc>,
    /// When it was revoked.
    #[serde(serialize_with = "moment::write_some")]
    pub revoked_at: Option<DateTime<Utc>>,
}

impl CertificateVerificationView {
    /// What the holder allows.
    pub fn new(row: CertificateRow, told: Told) -> Self {
        let is_revoked = told.status == CertificateStatus::Revoked;
        let (facts, shown) = (row.facts, row.shown);
        Self {
            number: row.number,
            status: told.status,
            issuer: row.issuer_name,
            served_from: row.served_from,
            served_until: row.served_until,
            minutes: row.minutes,
            current_minutes: (!is_revoked).then_some(told.current_minutes),
            name: told.name.filter(|_| shown.shows_name),
            document: told.document.filter(|_| shown.shows_document),
            content: shown.shows_content.then_some(row.content),
            handler: facts.handler.filter(|_| shown.shows_handler),
            contact: shown.shows_handler.then_some(facts.contact),
            recognitions: shown.shows_recognitions.then_some(facts.recognitions),
            stars: facts.stars.filter(|_| shown.shows_recognitions),
            issued_at: row.created_at,
            revoked_at: row.revoked_at,
        }
    }
}

impl View for CertificateVerificationView {
    const IS_SECRET: bool = true;
}

impl Readable for CertificateVerificationView {
    fn page(&self) -> String {
        let status = match self.status {
            CertificateStatus::Valid => "有效 · valid",
            CertificateStatus::Corrected => "签发后有更正，以现记录为准 · corrected since",
            CertificateStatus::Revoked => "已撤销 · revoked",
        };
        let hours = |minutes: i64| {
            format!("{}小时{}分 · {} h {} min", minutes / 60, minutes % 60, minutes / 60, minutes % 60)
        };
        let mut facts = vec![
            ("编号 Number", self.number.to_string()),
            ("状态 Status", status.to_owned()),
            ("出具单位 Issued by", self.issuer.clone()),
            ("服务期间 Served", format!("{} – {}", self.served_from, self.served_until)),
            ("服务时长 Hours", hours(self.minutes.into())),
            ("出具日期 Issued on", local_date(self.issued_at).to_string()),
        ];
        let allowed = [
            ("现记录时长 Recorded now", self.current_minutes.map(hours)),
            ("姓名 Name", self.name.clone()),
            ("证件 Document", self.document.as_ref().map(|document| document.number.clone())),
            ("服务内容 Services", self.content.clone()),
            ("经办人 Made out by", self.handler.clone()),
            ("联系方式 Contact", self.contact.clone()),
            ("表彰奖励 Honoured with", self.recognitions.clone()),
            ("星级 Stars", self.stars.map(|stars| stars.to_string())),
            ("撤销日期 Revoked on", self.revoked_at.map(|at| local_date(at).to_string())),
        ];
        let told = |value: &String| !value.is_empty();
        facts.extend(allowed.into_iter().filter_map(|(name, value)| Some((name, value.filter(told)?))));
        html::facts("志愿服务证明核验 · Certificate of volunteering", &facts)
    }
}
