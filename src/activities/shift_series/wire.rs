//! Recurring shifts in JSON.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::layout::Weekly;
use crate::activities::shifts::ShiftView;
use crate::activities::volunteer_teams::VolunteerTeamId;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::hours::{TimeOfDay, Weekday};
use crate::kit::list::Few;
use crate::kit::number::Whole;
use crate::kit::text::{Label, Line};

/// One shift of each week.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeeklyShiftDraft {
    /// The day of the week.
    pub weekday: Weekday,
    /// When it begins, local time.
    pub from: TimeOfDay,
    /// When it ends, local time, on the same day.
    pub until: TimeOfDay,
    /// As what one comes.
    #[serde(default)]
    #[schema(value_type = Label<60>, example = "文明劝导")]
    pub role: Label<60>,
    /// Where.
    #[schema(value_type = Line<200>, example = "友谊路地铁站2号口")]
    pub place: Line<200>,
    /// For how many.
    #[schema(value_type = Whole<1, 10000>, example = 4)]
    pub capacity: Whole<1, 10_000>,
}

impl WeeklyShiftDraft {
    /// When it is.
    pub fn weekly(&self) -> Weekly {
        Weekly { day: self.weekday.into(), from: self.from.into(), until: self.until.into() }
    }
}

/// Make the shifts of some weeks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftSeriesDraft {
    /// Whose shifts they are: a team of who organises the call.
    pub volunteer_team: VolunteerTeamId,
    /// What is done each week.
    #[schema(value_type = Vec<WeeklyShiftDraft>, min_items = 1, max_items = 14)]
    pub pattern: Few<WeeklyShiftDraft, 1, 14>,
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
