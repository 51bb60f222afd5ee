//! Labels on people in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{LabelSource, ResidentLabelRow};
use crate::access::actor::AccountId;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::text::Prose;
use crate::people::disclosures::ResidentId;
use crate::people::labels::LabelId;

/// The resident in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct LabelledPath {
    /// The resident.
    pub resident: ResidentId,
}

/// The resident and the label in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ResidentLabelPath {
    /// The resident.
    pub resident: ResidentId,
    /// The label.
    pub label: LabelId,
}

/// Set a label on a resident.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResidentLabelDraft {
    /// The label; its division covers the resident's committee.
    pub label: LabelId,
    /// Where it is known from.
    pub source: LabelSource,
    /// Why, in a few words; must be said where the label is sensitive.
    #[serde(default)]
    #[schema(example = "老伴今年去世，子女在国外")]
    pub reason: Prose<500>,
    /// When it ends; never later than the label lasts, and that unless told.
    pub until: Option<DateTime<Utc>>,
}

/// A label on a resident.
#[derive(Serialize, ToSchema)]
pub struct ResidentLabelView {
    /// The label.
    pub label: LabelId,
    /// Its code.
    #[schema(example = "lives_alone")]
    pub code: String,
    /// Its name.
    #[schema(example = "独居老人")]
    pub name: String,
    /// Whether it says something sensitive.
    pub is_sensitive: bool,
    /// Where it is known from.
    pub source: LabelSource,
    /// Why; empty when nothing is said.
    pub reason: String,
    /// The account that set it.
    pub set_by: AccountId,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub set_at: DateTime<Utc>,
    /// When it ends; null for one that stays.
    #[serde(serialize_with = "moment::write_some")]
    pub until: Option<DateTime<Utc>>,
}

impl From<ResidentLabelRow> for ResidentLabelView {
    fn from(row: ResidentLabelRow) -> Self {
        let ResidentLabelRow {
            label_id,
            code,
            name,
            is_sensitive,
            source,
            reason,
            set_by,
            set_at,
            until,
            ..
        } = row;
        Self { label: label_id, code, name, is_sensitive, source, reason, set_by, set_at, until }
    }
}

impl View for ResidentLabelView {
    const IS_SECRET: bool = true;
}
