//! Divisions in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{DivisionChange, DivisionRow, Filter, Level, LineageKind, LineageRow, Status};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::etag::etag;
use crate::kit::hours::OpeningHours;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::problem::{Problem, Result};
use crate::kit::text::{Line, Prose};
use crate::places::coordinates::{CoordSystem, Located, Point};

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DivisionQuery {
    /// Only the children of this division.
    #[param(example = "310113003000")]
    pub parent: Option<Division>,
    /// Only divisions of this level.
    pub level: Option<Level>,
    /// Only divisions of this status.
    pub status: Option<Status>,
    /// Only names that begin like this.
    #[param(value_type = Option<String>, min_length = 1, max_length = 40)]
    pub name: Option<Line<40>>,
    /// What the coordinates answered shall mean; `wgs84` unless told, `gcj02` for WeChat's maps.
    pub coord_system: Option<CoordSystem>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl DivisionQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        let name = self.name.clone().map(Line::into_inner);
        Filter { parent: self.parent, level: self.level, status: self.status, name }
    }
}

/// The division in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DivisionPath {
    /// The division's code.
    #[param(example = "310113003005")]
    pub division: Division,
}

/// Change how a division is reached, or its status.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DivisionPatch {
    /// From preparing 筹建 to established 正式 to abolished 撤销, never back.
    #[serde(default)]
    #[schema(value_type = Status)]
    pub status: Change<Status>,
    /// The office's address.
    #[serde(default)]
    #[schema(value_type = Prose<200>)]
    pub address: Change<Prose<200>>,
    /// The office's public telephone numbers.
    #[serde(default, deserialize_with = "phones")]
    #[schema(value_type = Vec<Line<30>>, max_items = 10)]
    pub phones: Change<Vec<Line<30>>>,
    /// When the office is open.
    #[serde(default)]
    #[schema(value_type = OpeningHours)]
    pub opening_hours: Change<OpeningHours>,
    /// Where the office is.
    #[serde(default)]
    #[schema(value_type = Option<Point>)]
    pub location: Patch<Point>,
}

/// Reads a list of at most ten telephone numbers.
pub fn phones<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Change<Vec<Line<30>>>, D::Error> {
    let phones = Vec::deserialize(input)?;
    if phones.len() > 10 {
        return Err(serde::de::Error::custom("at most 10 telephone numbers"));
    }
    Ok(Change(Some(phones)))
}

impl DivisionPatch {
    /// As written to the row.
    pub fn into_change(self) -> Result<DivisionChange> {
        let location = self.location.map(Point::to_wgs84);
        let hours = self.opening_hours.map(serde_json::to_value).transpose().map_err(Problem::fault)?;
        Ok(DivisionChange {
            status: self.status.0,
            address: self.address.map(Prose::into_inner),
            phones: self.phones.map(|all| all.into_iter().map(|phone| Some(phone.into_inner())).collect()),
            opening_hours: hours,
            longitude: location.map(|point| point.map(|p| p.longitude)),
            latitude: location.map(|point| point.map(|p| p.latitude)),
        })
    }
}

/// A division.
#[derive(Clone, Serialize, ToSchema)]
pub struct DivisionView {
    /// Its code.
    pub code: Division,
    /// Its name.
    #[schema(example = "宝钢五村居委会")]
    pub name: String,
    /// How high it stands.
    pub level: Level,
    /// The division above; null for the city.
    pub parent: Option<Division>,
    /// Its state.
    pub status: Status,
    /// Its office's address; empty when unknown.
    pub address: String,
    /// Its office's public telephone numbers.
    pub phones: Vec<String>,
    /// When its office is open.
    pub opening_hours: OpeningHours,
    /// Where its office is.
    pub location: Option<Point>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<DivisionRow> for DivisionView {
    fn from(row: DivisionRow) -> Self {
        Self {
            code: row.code,
            name: row.name,
            level: row.level,
            parent: row.parent,
            status: row.status,
            address: row.address,
            phones: row.phones.into_iter().flatten().collect(),
            // Only what was checked is written, so what does not read was written by another hand: no hours.
            opening_hours: serde_json::from_value(row.opening_hours).unwrap_or_default(),
            location: Point::stored(row.longitude, row.latitude),
            version: row.version,
            updated_at: row.updated_at,
        }
    }
}

impl Located for DivisionView {
    fn location_mut(&mut self) -> &mut Option<Point> {
        &mut self.location
    }
}

impl View for DivisionView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }
}

/// One step of a division's history.
#[derive(Serialize, ToSchema)]
pub struct LineageView {
    /// What it was before.
    pub predecessor: Division,
    /// What it became.
    pub successor: Division,
    /// How.
    pub kind: LineageKind,
    /// From which day.
    pub effective_on: NaiveDate,
}

impl View for LineageView {}

/// Write down what a division came from.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DivisionPredecessorDraft {
    /// What it was before, of the same level.
    pub predecessor: Division,
    /// How.
    pub kind: LineageKind,
    /// From which day; today unless told.
    pub effective_on: Option<Day>,
}

impl From<LineageRow> for LineageView {
    fn from(row: LineageRow) -> Self {
        let LineageRow { predecessor, successor, kind, effective_on } = row;
        Self { predecessor, successor, kind, effective_on }
    }
}

/// A division with its history.
#[derive(Serialize, ToSchema)]
pub struct DivisionDetailView {
    /// The division.
    #[serde(flatten)]
    pub division: DivisionView,
    /// Splits, mergers and carve-outs it took part in.
    pub lineage: Vec<LineageView>,
}

impl Located for DivisionDetailView {
    fn location_mut(&mut self) -> &mut Option<Point> {
        &mut self.division.location
    }
}

impl View for DivisionDetailView {
    fn etag(&self) -> Option<String> {
        self.division.etag()
    }
}
