//! Residents in JSON: what goes out. Numbers are masked everywhere but in [`IdentityView`].

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::ResidentId;
use super::kinds::{Education, NoIdentifier, PoliticalStatus, ResidentSource};
use super::model::{ResidentDetailRow, ResidentView};
use crate::access::phone::Phone;
use crate::kit::answer::View;
use crate::kit::crypto::Keyring;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::kit::problem::Result;
use crate::people::disclosures::DisclosurePurpose;
use crate::people::document::{Document, DocumentKind, DocumentView};

/// What the telephone numbers of residents are sealed for.
pub const PHONE_SEAL: &str = "residents.phone";

impl View for ResidentView {
    const IS_SECRET: bool = true;
}

/// A document as everybody may see it who sees the record.
#[derive(Serialize, ToSchema)]
pub struct MaskedDocumentView {
    /// Its kind.
    pub kind: DocumentKind,
    /// Its number, masked.
    #[schema(example = "110*************2X")]
    pub number: String,
}

/// All of a resident's record, numbers masked.
#[derive(Serialize, ToSchema)]
pub struct ResidentDetailView {
    /// What lists tell.
    #[serde(flatten)]
    pub resident: ResidentView,
    /// The identity document, masked.
    pub document: Option<MaskedDocumentView>,
    /// The telephone number, masked.
    #[schema(example = "+86 138****0101")]
    pub phone: Option<String>,
    /// Why there is neither.
    pub no_identifier: Option<NoIdentifier>,
    /// Nationality 国籍, three letters of ISO 3166-1.
    #[schema(example = "CHN")]
    pub nationality: String,
    /// Ethnic group 民族, two digits of GB/T 3304.
    #[schema(example = "01")]
    pub ethnicity: Option<String>,
    /// Education 文化程度.
    pub education: Option<Education>,
    /// Political status 政治面貌.
    pub political_status: Option<PoliticalStatus>,
    /// Where the household is registered 户籍地.
    pub registered_place: String,
    /// Whether an account of the person is bound to the record 已认证.
    pub is_verified: bool,
    /// The record's id in another system.
    pub external_id: Option<String>,
    /// Where the record came from.
    pub source: ResidentSource,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl ResidentDetailView {
    /// Opens the numbers and masks them.
    pub fn new(row: ResidentDetailRow, ring: &Keyring) -> Result<Self> {
        let document = open_document(&row, ring)?;
        let phone = open_phone(&row, ring)?;
        let mask =
            |document: Document| MaskedDocumentView { kind: document.kind(), number: document.masked() };
        Ok(Self {
            document: document.map(mask),
            phone: phone.map(|phone| phone.masked()),
            no_identifier: row.no_identifier,
            nationality: row.nationality,
            ethnicity: row.ethnicity,
            education: row.education,
            political_status: row.political_status,
            registered_place: row.registered_place,
            is_verified: row.account_id.is_some(),
            external_id: row.external_id,
            source: row.source,
            created_at: row.created_at,
            resident: row.resident.into(),
        })
    }
}

/// The document of a record, whole.
pub fn open_document(row: &ResidentDetailRow, ring: &Keyring) -> Result<Option<Document>> {
    let (Some(kind), Some(sealed)) = (row.document_kind, &row.document_sealed) else { return Ok(None) };
    Document::open(ring, kind, sealed).map(Some)
}

/// The telephone number of a record, whole.
pub fn open_phone(row: &ResidentDetailRow, ring: &Keyring) -> Result<Option<Phone>> {
    row.phone_sealed.as_deref().map(|sealed| Phone::open_for(ring, PHONE_SEAL, sealed)).transpose()
}

impl View for ResidentDetailView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.resident.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/residents/{}", self.resident.id))
    }
}

/// Whole values, for one purpose. The person can read that they were looked at.
#[derive(Serialize, ToSchema)]
pub struct IdentityView {
    /// The resident.
    pub resident: ResidentId,
    /// What it was looked at for.
    pub purpose: DisclosurePurpose,
    /// The document; null where there is none.
    pub document: Option<DocumentView>,
    /// The telephone number; null where there is none.
    #[schema(example = "+8613800000101")]
    pub phone: Option<String>,
}

impl View for IdentityView {
    const IS_SECRET: bool = true;
}

/// Who was found by a look-up, numbers left out.
#[derive(Serialize, ToSchema)]
pub struct ResidentLookupView {
    /// Everybody within reach who has the key, at most 50.
    pub items: Vec<ResidentView>,
}

impl View for ResidentLookupView {
    const IS_SECRET: bool = true;
}
