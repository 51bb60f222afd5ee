//! Consents in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{ConsentId, ConsentPurpose, ConsentRow};
use super::notice;
use crate::access::actor::{OrganisationId, ResidentId};
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::number::Whole;

/// The consent in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ConsentPath {
    /// The consent.
    pub consent: ConsentId,
}

/// Agree to one purpose.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentDraft {
    /// To what.
    pub purpose: ConsentPurpose,
    /// The version of the privacy notice that was read.
    pub notice_version: Whole<1, 100_000>,
    /// Whether it was asked for on its own 单独同意, as health, movement tracks and giving or publishing need.
    #[serde(default)]
    pub is_separate: bool,
    /// To which organisation 接收方: for `third_party_sharing`, and for nothing else.
    pub recipient: Option<OrganisationId>,
}

/// What was agreed to, and whether it still counts.
#[derive(Serialize, ToSchema)]
pub struct ConsentView {
    /// Its id.
    pub id: ConsentId,
    /// The child it is for; null for oneself.
    pub resident: Option<ResidentId>,
    /// To what.
    pub purpose: ConsentPurpose,
    /// To which organisation, of `third_party_sharing`; else null. Null, too, where that was agreed to before one named it, and counts no more.
    pub recipient: Option<OrganisationId>,
    /// The version of the privacy notice that was read.
    pub notice_version: i32,
    /// Whether it was asked for on its own.
    pub is_separate: bool,
    /// When it was given.
    #[serde(serialize_with = "moment::write")]
    pub given_at: DateTime<Utc>,
    /// When it was withdrawn; null while it counts.
    #[serde(serialize_with = "moment::write_some")]
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl From<ConsentRow> for ConsentView {
    fn from(row: ConsentRow) -> Self {
        let ConsentRow {
            id,
            resident_id,
            purpose,
            notice_version,
            is_separate,
            given_at,
            withdrawn_at,
            recipient_id,
            ..
        } = row;
        Self {
            id,
            resident: resident_id,
            purpose,
            recipient: recipient_id,
            notice_version,
            is_separate,
            given_at,
            withdrawn_at,
        }
    }
}

impl View for ConsentView {
    const IS_SECRET: bool = true;
}

/// The privacy notice in force.
#[derive(Serialize, ToSchema)]
pub struct PrivacyNoticeView {
    /// Its version, which consents name.
    #[schema(example = 1)]
    pub version: i32,
    /// Since when it is in force.
    #[schema(example = "2026-12-01")]
    pub in_force_from: &'static str,
    /// Its text in Chinese, as Markdown. It decides.
    pub zh: &'static str,
    /// Its text in English, as Markdown.
    pub en: &'static str,
}

impl View for PrivacyNoticeView {}

impl PrivacyNoticeView {
    /// The one in force.
    pub fn current() -> Self {
        let (version, in_force_from) = (notice::VERSION, notice::IN_FORCE_FROM);
        Self { version, in_force_from, zh: notice::CHINESE, en: notice::ENGLISH }
    }
}
