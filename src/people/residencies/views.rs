//! Residencies in JSON: what goes out.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Candidate, ResidencyId, ResidencyRow, ResidencyStatus};
use super::wire::ClaimedHomeView;
use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::crypto::Keyring;
use crate::kit::moment;
use crate::kit::problem::Result;
use crate::people::document::Document;
use crate::people::residents::MaskedDocumentView;

/// How far one is with showing who one is.
#[derive(Serialize, ToSchema)]
pub struct MyResidencyView {
    /// Its id.
    pub id: ResidencyId,
    /// The committee of the home that was said.
    pub division: Division,
    /// How far it is. What waits is looked at by the committee, whatever the reason.
    pub status: ResidencyStatus,
    /// One's record, once it is verified.
    pub resident: Option<ResidentId>,
    /// Why it was refused; empty otherwise.
    pub reason: String,
    /// When it was asked for.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it was decided, or taken back.
    #[serde(serialize_with = "moment::write_some")]
    pub decided_at: Option<DateTime<Utc>>,
}

impl From<ResidencyRow> for MyResidencyView {
    fn from(row: ResidencyRow) -> Self {
        Self {
            id: row.id,
            division: row.division,
            status: row.status,
            resident: row.resident_id,
            reason: row.reason,
            created_at: row.created_at,
            decided_at: row.decided_at,
        }
    }
}

impl View for MyResidencyView {
    const IS_SECRET: bool = true;

    fn location(&self) -> Option<String> {
        Some("/v1/me/residency".into())
    }
}

/// The committee's record with the same document.
#[derive(Serialize, ToSchema)]
pub struct CandidateView {
    /// The record.
    pub resident: ResidentId,
    /// Whether it has the same name.
    pub has_same_name: bool,
    /// Whether it is bound to another account already.
    pub is_taken: bool,
}

/// Somebody who says who they are, for the committee.
#[derive(Serialize, ToSchema)]
pub struct ResidencyView {
    /// Its id.
    pub id: ResidencyId,
    /// The committee of the home that was said.
    pub division: Division,
    /// The account.
    pub account: AccountId,
    /// The name said; null when decided.
    #[schema(example = "陈桂芳")]
    pub name: Option<String>,
    /// The document shown, masked; null when decided.
    pub document: Option<MaskedDocumentView>,
    /// The home said; null when decided.
    pub home: Option<ClaimedHomeView>,
    /// The committee's record with the same document; null where there is none, and when decided.
    pub candidate: Option<CandidateView>,
    /// How far it is.
    pub status: ResidencyStatus,
    /// The record, once it is verified.
    pub resident: Option<ResidentId>,
    /// Why it was refused.
    pub reason: String,
    /// When it was asked for.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it was decided.
    #[serde(serialize_with = "moment::write_some")]
    pub decided_at: Option<DateTime<Utc>>,
}

impl ResidencyView {
    /// Of a row and the record that has the same document.
    pub fn new(row: ResidencyRow, candidate: Option<Candidate>, ring: &Keyring) -> Result<Self> {
        let document = match (row.document_kind, &row.document_sealed) {
            (Some(kind), Some(sealed)) => Some(Document::open(ring, kind, sealed)?),
            _ => None,
        };
        let mask =
            |document: Document| MaskedDocumentView { kind: document.kind(), number: document.masked() };
        let home = match (row.building_id, row.unit, row.number) {
            (Some(building), Some(unit), Some(number)) => Some(ClaimedHomeView { building, unit, number }),
            _ => None,
        };
        let candidate = candidate.map(|candidate| CandidateView {
            resident: candidate.resident,
            has_same_name: row.name.as_ref() == Some(&candidate.name),
            is_taken: candidate.account.is_some_and(|account| account != row.account_id),
        });
        Ok(Self {
            id: row.id,
            division: row.division,
            account: row.account_id,
            name: row.name,
            document: document.map(mask),
            home,
            candidate,
            status: row.status,
            resident: row.resident_id,
            reason: row.reason,
            created_at: row.created_at,
            decided_at: row.decided_at,
        })
    }
}

impl View for ResidencyView {
    const IS_SECRET: bool = true;
}
