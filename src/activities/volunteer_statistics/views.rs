//! Statistics in JSON, as they are answered.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Filled, Load, OfAge, OfGroup, Took, VolunteerAgeBand};
use super::wire::VolunteerStatisticsQuery;
use crate::access::actor::ResidentId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::people::small_counts;
use crate::places::building_groups::BuildingGroupId;

/// Minutes of people who are not listed are told in steps of five hours.
const STEP: i64 = 300;

/// How many of an age took part.
#[derive(Serialize, ToSchema)]
pub struct VolunteerAgeView {
    /// The age on the last day.
    pub band: VolunteerAgeBand,
    /// How many; null where fewer than five are not told.
    pub volunteers: Option<i64>,
}

/// How many of a building group took part.
#[derive(Serialize, ToSchema)]
pub struct VolunteerGroupView {
    /// Where they live.
    pub building_group: BuildingGroupId,
    /// Its name.
    pub name: String,
    /// How many; null where fewer than five are not told.
    pub volunteers: Option<i64>,
}

/// Who came back.
#[derive(Serialize, ToSchema)]
pub struct VolunteerRetentionView {
    /// How many took part in as many days just before.
    pub before: Option<i64>,
    /// How many of those did again.
    pub stayed: Option<i64>,
    /// That in hundredths, to one decimal; null where one of the two is not told.
    #[schema(example = 62.5)]
    pub percent: Option<f64>,
}

/// How full shifts were.
#[derive(Serialize, ToSchema)]
pub struct VolunteerFillView {
    /// How many fixed shifts began.
    #[schema(minimum = 0)]
    pub shifts: i64,
    /// How many places they had.
    #[schema(minimum = 0)]
    pub places: i64,
    /// How many of those were taken.
    pub taken: Option<i64>,
    /// That in hundredths, to one decimal.
    #[schema(example = 87.5)]
    pub percent: Option<f64>,
    /// How many came.
    pub attended: Option<i64>,
    /// How many had a place and did not come.
    pub no_shows: Option<i64>,
}

/// Volunteering in a place and a time.
#[derive(Serialize, ToSchema)]
pub struct VolunteerStatisticsView {
    /// The place.
    pub division: Division,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Whether numbers of people are left out below five and else rounded down to a multiple of five.
    pub is_rounded: bool,
    /// How many people earned hours.
    pub volunteers: Option<i64>,
    /// How many minutes that were; in steps of five hours where people are not listed.
    pub minutes: Option<i64>,
    /// How many of which age.
    pub ages: Vec<VolunteerAgeView>,
    /// How many of which building group: the hundred with the most.
    pub building_groups: Vec<VolunteerGroupView>,
    /// Who came back.
    pub retention: VolunteerRetentionView,
    /// How full shifts were.
    pub fill: VolunteerFillView,
}

impl View for VolunteerStatisticsView {
    const IS_SECRET: bool = true;
}

/// What was counted.
pub struct Counted {
    pub took: Took,
    pub ages: Vec<OfAge>,
    pub groups: Vec<OfGroup>,
    pub filled: Filled,
}

fn percent(count: Option<i64>, of: Option<i64>) -> Option<f64> {
    let (count, of) = (count?, of.filter(|of| *of > 0)?);
    Some((count as f64 * 1000.0 / of as f64).round() / 10.0)
}

impl VolunteerStatisticsView {
    /// Tells what was counted, to somebody who may list the people or not.
    pub fn new(query: &VolunteerStatisticsQuery, counted: Counted, may_list: bool) -> Self {
        let told = |count: i64| small_counts::shown(count, may_list).0;
        let Counted { took, ages, groups, filled } = counted;
        let volunteers = told(took.volunteers);
        let minutes = if may_list { took.minutes } else { took.minutes / STEP * STEP };
        let of_age = |band: &VolunteerAgeBand| {
            let count = ages.iter().find(|row| row.band == *band).map_or(0, |row| row.volunteers);
            VolunteerAgeView { band: *band, volunteers: told(count) }
        };
        let of_group = |row: OfGroup| VolunteerGroupView {
            building_group: row.building_group,
            name: row.name,
            volunteers: told(row.volunteers),
        };
        let (before, stayed, taken) = (told(took.before), told(took.stayed), told(filled.taken));
        Self {
            division: query.division,
            from: query.from.get(),
            until: query.until.get(),
            is_rounded: !may_list,
            volunteers,
            minutes: volunteers.map(|_| minutes),
            ages: VolunteerAgeBand::ALL.iter().map(of_age).collect(),
            building_groups: groups.into_iter().map(of_group).collect(),
            retention: VolunteerRetentionView { before, stayed, percent: percent(stayed, before) },
            fill: VolunteerFillView {
                shifts: filled.shifts,
                places: filled.places,
                taken,
                percent: percent(taken, Some(filled.places)),
                attended: told(filled.attended),
                no_shows: told(filled.no_shows),
            },
        }
    }
}

/// What somebody was asked for in the last 30 days.
#[derive(Serialize, ToSchema)]
pub struct VolunteerLoadView {
    /// Whose record.
    pub resident: ResidentId,
    /// The name; null where the record is sealed or deleted.
    pub name: Option<String>,
    /// How many minutes they earned.
    #[schema(minimum = 0)]
    pub minutes: i64,
    /// How many shifts they had a place of.
    #[schema(minimum = 0)]
    pub shifts: i64,
}

impl From<Load> for VolunteerLoadView {
    fn from(row: Load) -> Self {
        Self { resident: row.resident, name: row.name, minutes: row.minutes, shifts: row.shifts }
    }
}

impl View for VolunteerLoadView {
    const IS_SECRET: bool = true;
}
