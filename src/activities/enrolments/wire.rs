//! Enrolments in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{EnrolmentId, EnrolmentOutcome, EnrolmentRow};
use crate::access::actor::ResidentId;
use crate::access::codes::ScannedCode;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::people::names::PersonName;
use crate::people::residents::Residence;

/// Enrol whoever shows this code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolmentDraft {
    /// What was scanned.
    pub code: ScannedCode,
    /// The committee that keeps the record.
    pub division: Division,
    /// The committee's record of the person, where it has one that the code can't lead to.
    pub resident: Option<ResidentId>,
    /// The person's name, for a new record; not asked for where the code tells it.
    pub name: Option<PersonName>,
    /// How the person resides here, for a new record.
    pub residence: Option<Residence>,
    /// Which version of the privacy notice the person was shown before they showed the code.
    #[schema(value_type = i32, minimum = 1, maximum = 100_000)]
    pub notice_version: Whole<1, 100_000>,
}

/// An enrolment.
#[derive(Serialize, ToSchema)]
pub struct EnrolmentView {
    /// Its id.
    pub id: EnrolmentId,
    /// The committee that keeps the record.
    pub division: Division,
    /// The record.
    pub resident: ResidentId,
    /// What became of it.
    pub outcome: EnrolmentOutcome,
    /// Which version of the privacy notice the person was shown.
    pub notice_version: i32,
    /// When it was done.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// Whether this code had been used for it before.
    pub duplicate: bool,
}

impl EnrolmentView {
    /// Of a row.
    pub fn new(row: EnrolmentRow, duplicate: bool) -> Self {
        let EnrolmentRow { id, division, resident_id, outcome, notice_version, created_at, .. } = row;
        Self { id, division, resident: resident_id, outcome, notice_version, created_at, duplicate }
    }
}

impl View for EnrolmentView {
    const IS_SECRET: bool = true;
}
