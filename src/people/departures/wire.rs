//! Departures in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{DepartureKind, DepartureRow};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::moment;
use crate::kit::text::Label;
use crate::people::homes::DepartureId;
use crate::people::residents::ResidentId;

/// The resident in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DeparturePath {
    /// The resident.
    pub resident: ResidentId,
}

/// How a departure is taken back.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DepartureReturnQuery {
    /// Whether home and household are as they were before, for a departure that was a mistake.
    #[serde(default)]
    #[param(value_type = Option<bool>)]
    pub restore: bool,
}

/// Say that somebody has left.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartureDraft {
    /// How.
    pub kind: DepartureKind,
    /// When; not in the future.
    pub on: Day,
    /// Where to; only of somebody who moves out.
    #[serde(default)]
    #[schema(example = "上海市浦东新区")]
    pub destination: Label<200>,
}

/// That somebody has left.
#[derive(Serialize, ToSchema)]
pub struct DepartureView {
    /// Its id.
    pub id: DepartureId,
    /// Who left.
    pub resident: ResidentId,
    /// The committee that they left.
    pub division: Division,
    /// How.
    pub kind: DepartureKind,
    /// When.
    #[schema(example = "2026-11-20")]
    pub on: NaiveDate,
    /// Where to; empty when that is not known.
    pub destination: String,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<DepartureRow> for DepartureView {
    fn from(row: DepartureRow) -> Self {
        let DepartureRow { id, resident_id, division, kind, departed_on, destination, created_at } = row;
        Self { id, resident: resident_id, division, kind, on: departed_on, destination, created_at }
    }
}

impl View for DepartureView {
    const IS_SECRET: bool = true;

    fn location(&self) -> Option<String> {
        Some(format!("/v1/residents/{}/departure", self.resident))
    }
}
