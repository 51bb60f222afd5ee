//! Calendars in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{CalendarId, CalendarKind, CalendarRow};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::moment;

/// The calendar in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CalendarFeedPath {
    /// The calendar.
    #[param(value_type = uuid::Uuid)]
    pub calendar: CalendarId,
}

/// The secret in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CalendarTokenPath {
    /// The secret, of 43 characters.
    #[param(example = "c2VjcmV0")]
    pub token: String,
}

/// Ask for an address to subscribe to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarFeedDraft {
    /// What it shows.
    pub kind: CalendarKind,
    /// Whose public calls: those of this division and below, a street's or a committee's.
    #[schema(example = "310113003005")]
    pub division: Option<Division>,
}

/// A calendar that one has an address of. The address itself is not kept.
#[derive(Serialize, ToSchema)]
pub struct CalendarFeedView {
    /// Its id, to take it away by.
    pub id: CalendarId,
    /// What it shows.
    pub kind: CalendarKind,
    /// Whose public calls.
    pub division: Option<Division>,
    /// When it was asked for.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<CalendarRow> for CalendarFeedView {
    fn from(row: CalendarRow) -> Self {
        Self { id: row.id, kind: row.kind, division: row.division, created_at: row.created_at }
    }
}

impl View for CalendarFeedView {
    const IS_SECRET: bool = true;
}

/// A calendar with its address, which is shown this once.
#[derive(Serialize, ToSchema)]
pub struct NewCalendarFeedView {
    /// The calendar.
    #[serde(flatten)]
    pub calendar: CalendarFeedView,
    /// Where the phone subscribes. Whoever has it sees what it shows.
    #[schema(example = "https://lilong.example/v1/calendars/c2VjcmV0.ics")]
    pub url: String,
}

impl View for NewCalendarFeedView {
    const IS_SECRET: bool = true;
}
