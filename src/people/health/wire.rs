//! Health in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::kinds::{CareLevel, ConsentHow, HealthCondition, Mobility};
use super::model::{HealthCountRow, HealthRow};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::crypto::Keyring;
use crate::kit::day::Day;
use crate::kit::etag::etag;
use crate::kit::list::Few;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::problem::{Problem, Result};
use crate::kit::text::Prose;
use crate::people::disclosures::{DisclosurePurpose, ResidentId};
use crate::people::small_counts::shown;

/// What the notes are sealed for.
pub const NOTE_SEAL: &str = "resident_health.note";

/// The resident in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct HealthPath {
    /// The resident.
    pub resident: ResidentId,
}

/// Why it is looked at.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HealthQuery {
    /// What it is needed for. The person reads this.
    pub purpose: DisclosurePurpose,
}

/// Where to count.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HealthSummaryQuery {
    /// The division.
    #[param(example = "310113003000")]
    pub division: Division,
}

/// The person's consent to a record of their health.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HealthConsentDraft {
    /// When it was given; today or before.
    pub consented_on: Day,
    /// How.
    pub how: ConsentHow,
    /// Which version of the text was agreed to.
    pub version: Whole<1, 1000>,
}

/// Say how somebody's health is. All is always said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResidentHealthDraft {
    /// How the person gets about.
    pub mobility: Mobility,
    /// The level of care.
    pub care_level: CareLevel,
    /// What the person suffers from.
    #[schema(value_type = Vec<HealthCondition>, max_items = 15, example = json!(["hypertension"]))]
    pub conditions: Few<HealthCondition, 0, 15>,
    /// What else those who care should know; kept sealed.
    #[serde(default)]
    pub note: Prose<1000>,
    /// The person's consent; not needed again where one is on record, or where they agreed online to `health`. What was given online counts
    /// as it is on record there, whatever is sent.
    pub consent: Option<HealthConsentDraft>,
}

/// The consent on record.
#[derive(Serialize, ToSchema)]
pub struct HealthConsentView {
    /// When it was given.
    pub consented_on: NaiveDate,
    /// How.
    pub how: ConsentHow,
    /// Which version of the text was agreed to.
    #[schema(example = 1)]
    pub version: i32,
}

/// Somebody's health.
#[derive(Serialize, ToSchema)]
pub struct ResidentHealthView {
    /// The resident.
    pub resident: ResidentId,
    /// How the person gets about.
    pub mobility: Mobility,
    /// The level of care.
    pub care_level: CareLevel,
    /// What the person suffers from.
    pub conditions: Vec<HealthCondition>,
    /// What else those who care should know; empty when nothing is said.
    pub note: String,
    /// The consent on record.
    pub consent: HealthConsentView,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl ResidentHealthView {
    /// Opens the note.
    pub fn new(row: HealthRow, ring: &Keyring) -> Result<Self> {
        let note = row.note_sealed.map(|sealed| ring.open_sealed(NOTE_SEAL, &sealed)).transpose()?;
        let note = String::from_utf8(note.unwrap_or_default()).map_err(Problem::fault)?;
        Ok(Self {
            resident: row.resident_id,
            mobility: row.mobility,
            care_level: row.care_level,
            conditions: row.conditions.into_iter().flatten().collect(),
            note,
            consent: HealthConsentView {
                consented_on: row.consented_on,
                how: row.consent_how,
                version: row.consent_version,
            },
            version: row.version,
            updated_at: row.updated_at,
        })
    }
}

impl View for ResidentHealthView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }
}

/// How many have one condition.
#[derive(Serialize, ToSchema)]
pub struct ConditionCountView {
    /// The condition.
    pub condition: HealthCondition,
    /// How many. For whoever may not see each record it is rounded down to a multiple of five, and null below five.
    #[schema(example = 35)]
    pub count: Option<i64>,
    /// Whether the number is too small to be told.
    pub is_suppressed: bool,
}

/// How many get about in one way.
#[derive(Serialize, ToSchema)]
pub struct MobilityCountView {
    /// The way.
    pub mobility: Mobility,
    /// How many; rounded and left out as with conditions.
    #[schema(example = 35)]
    pub count: Option<i64>,
    /// Whether the number is too small to be told.
    pub is_suppressed: bool,
}

/// How many need one level of care.
#[derive(Serialize, ToSchema)]
pub struct CareLevelCountView {
    /// The level.
    pub care_level: CareLevel,
    /// How many; rounded and left out as with conditions.
    #[schema(example = 35)]
    pub count: Option<i64>,
    /// Whether the number is too small to be told.
    pub is_suppressed: bool,
}

/// Health in a division, in numbers.
#[derive(Serialize, ToSchema)]
pub struct HealthSummaryView {
    /// The division.
    pub division: Division,
    /// Of how many a record is kept; rounded and left out as with conditions.
    #[schema(example = 120)]
    pub people: Option<i64>,
    /// By condition; one person may have several.
    pub conditions: Vec<ConditionCountView>,
    /// By mobility.
    pub mobility: Vec<MobilityCountView>,
    /// By level of care.
    pub care_levels: Vec<CareLevelCountView>,
}

impl HealthSummaryView {
    /// Of the numbers, for somebody who may or may not see each record.
    pub fn new(division: Division, rows: &[HealthCountRow], may_list: bool) -> Self {
        let told = |field: &str, value: &str| {
            let count = rows.iter().find(|row| row.field == field && row.value == value);
            shown(count.map_or(0, |row| row.count), may_list)
        };
        let conditions = HealthCondition::ALL.iter().map(|condition| {
            let (count, is_suppressed) = told("condition", condition.as_str());
            ConditionCountView { condition: *condition, count, is_suppressed }
        });
        let mobility = Mobility::ALL.iter().map(|mobility| {
            let (count, is_suppressed) = told("mobility", mobility.as_str());
            MobilityCountView { mobility: *mobility, count, is_suppressed }
        });
        let care_levels = CareLevel::ALL.iter().map(|care_level| {
            let (count, is_suppressed) = told("care_level", care_level.as_str());
            CareLevelCountView { care_level: *care_level, count, is_suppressed }
        });
        Self {
            division,
            people: told("people", "").0,
            conditions: conditions.collect(),
            mobility: mobility.collect(),
            care_levels: care_levels.collect(),
        }
    }
}

impl View for HealthSummaryView {}
