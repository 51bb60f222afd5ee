//! Screenings in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, NamedScreeningRow, ScreeningId, ScreeningLeadState, ScreeningRiskLevel};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::etag::etag;
use crate::kit::list::Few;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::patch::Change;
use crate::kit::text::{Label, Line};
use crate::matters::registry::MatterOrganisationView;

/// The screening in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ScreeningPath {
    /// The screening.
    #[param(value_type = uuid::Uuid)]
    pub screening: ScreeningId,
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ScreeningQuery {
    /// Only those of this division and below.
    #[param(example = "310113003000")]
    pub division: Option<Division>,
    /// Only those that are closed, or that are not.
    pub is_closed: Option<bool>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl ScreeningQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, is_closed: self.is_closed }
    }
}

/// Begin a screening.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningDraft {
    /// Whose it is: a committee's, a street's.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// What it is called.
    #[schema(example = "岁末矛盾纠纷排查")]
    pub title: Line<100>,
    /// Its first day.
    pub starts_on: Day,
    /// Its last day.
    pub ends_on: Day,
    /// Where of the division it looks; everywhere, unless told.
    #[serde(default)]
    #[schema(value_type = Vec<Division>, min_items = 0, max_items = 100)]
    pub divisions: Few<Division, 0, 100>,
}

/// Change a screening.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningPatch {
    /// What it is called.
    #[serde(default)]
    #[schema(value_type = Line<100>)]
    pub title: Change<Line<100>>,
    /// Its first day.
    #[serde(default)]
    #[schema(value_type = Day)]
    pub starts_on: Change<Day>,
    /// Its last day.
    #[serde(default)]
    #[schema(value_type = Day)]
    pub ends_on: Change<Day>,
    /// Where of the division it looks; empty: everywhere.
    #[serde(default)]
    #[schema(value_type = Vec<Division>, min_items = 0, max_items = 100)]
    pub divisions: Change<Few<Division, 0, 100>>,
}

/// Close a screening.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningClosureDraft {
    /// What came of it.
    #[serde(default)]
    #[schema(example = "共走访 312 户，线索均已处置。")]
    pub note: Label<500>,
}

/// A screening.
#[derive(Serialize, ToSchema)]
pub struct ScreeningView {
    /// Its id.
    pub id: ScreeningId,
    /// Whose it is.
    pub division: Division,
    /// Which organisation runs it.
    pub organisation: Option<MatterOrganisationView>,
    /// What it is called.
    pub title: String,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Where of the division it looks; empty: everywhere.
    pub divisions: Vec<Division>,
    /// When it was closed; null while it is not.
    #[serde(serialize_with = "moment::write_some")]
    pub closed_at: Option<DateTime<Utc>>,
    /// What came of it.
    pub closing_note: String,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was begun.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<NamedScreeningRow> for ScreeningView {
    fn from(row: NamedScreeningRow) -> Self {
        let NamedScreeningRow { screening, organisation_name } = row;
        let organisation = screening.organisation_id.zip(organisation_name);
        Self {
            id: screening.id,
            division: screening.division,
            organisation: organisation.map(|(id, name)| MatterOrganisationView { id, name }),
            title: screening.title,
            starts_on: screening.starts_on,
            ends_on: screening.ends_on,
            divisions: screening.divisions.into_iter().flatten().collect(),
            closed_at: screening.closed_at,
            closing_note: screening.closing_note,
            version: screening.version,
            created_at: screening.created_at,
            updated_at: screening.updated_at,
        }
    }
}

impl View for ScreeningView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/screenings/{}", self.id))
    }
}

/// How many leads there are of one level.
#[derive(Serialize, ToSchema)]
pub struct ScreeningLevelView {
    /// The level.
    pub risk_level: ScreeningRiskLevel,
    /// Those that are open 待处置.
    pub open: i64,
    /// Those that were settled 已化解.
    pub settled: i64,
    /// Those that became cases 已转调解.
    pub became_cases: i64,
}

/// How many leads came of a screening, in the range of one's posts.
#[derive(Serialize, ToSchema)]
pub struct ScreeningCountsView {
    /// By level.
    pub levels: Vec<ScreeningLevelView>,
    /// All of them.
    pub total: i64,
}

impl ScreeningCountsView {
    /// From what was counted.
    pub fn new(counted: &[(ScreeningRiskLevel, ScreeningLeadState, i64)]) -> Self {
        let of = |level, state| {
            let there = counted.iter().find(|(one, stands, _)| *one == level && *stands == state);
            there.map_or(0, |(_, _, count)| *count)
        };
        let levels = ScreeningRiskLevel::ALL.iter().map(|level| ScreeningLevelView {
            risk_level: *level,
            open: of(*level, ScreeningLeadState::Open),
            settled: of(*level, ScreeningLeadState::Settled),
            became_cases: of(*level, ScreeningLeadState::BecameCase),
        });
        Self { levels: levels.collect(), total: counted.iter().map(|(_, _, count)| count).sum() }
    }
}

impl View for ScreeningCountsView {
    const IS_SECRET: bool = true;
}
