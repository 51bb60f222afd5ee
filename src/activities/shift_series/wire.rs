//! Recurring shifts in JSON.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::activities::shifts::ShiftView;
use crate::activities::volunteer_teams::{VolunteerTeamId, WeeklyShift};
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::number::Whole;

/// Make the shifts of some weeks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftSeriesDraft {
    /// Whose shifts they are: a team of who organises the call.
    pub volunteer_team: VolunteerTeamId,
    /// What is done each week. Left out, what the team keeps.
    #[schema(value_type = Option<Vec<WeeklyShift>>, min_items = 1, max_items = 14)]
    pub pattern: Option<Few<WeeklyShift, 1, 14>>,
    /// From which day on.
    pub first_on: Day,
    /// For so many weeks.
    #[schema(value_type = Whole<1, 26>)]
    pub weeks: Whole<1, 26>,
    /// Whether public holidays are left out.
    #[serde(default)]
    pub skips_holidays: bool,
    /// So many hours before a shift begins its places open to everybody; until then they are for the team. Left out, they are for
    /// everybody at once.
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 720)]
    pub team_first_until_hours: Option<Whole<1, 720>>,
}

/// What was made.
#[derive(Serialize, ToSchema)]
pub struct ShiftSeriesView {
    /// The shifts, by their beginning.
    pub shifts: Vec<ShiftView>,
    /// The holidays that were left out.
    pub holidays: Vec<NaiveDate>,
    /// How many were left out since they are there already, or past.
    #[schema(minimum = 0)]
    pub skipped: usize,
}

impl View for ShiftSeriesView {}
