//! What a team does each week.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::kit::hours::{TimeOfDay, Weekday};
use crate::kit::number::Whole;
use crate::kit::text::{Label, Line};

/// One shift of each week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeeklyShift {
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

impl WeeklyShift {
    /// A week as kept.
    pub fn read(kept: Value) -> Vec<WeeklyShift> {
        serde_json::from_value(kept).unwrap_or_default()
    }

    /// Which shift of a week does not end after it begins, if one does not.
    pub fn reversed(week: &[WeeklyShift]) -> Option<usize> {
        week.iter().position(|shift| shift.until <= shift.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_kept_as_it_was_said() {
        let shift = |from: &str, until: &str| {
            let said = serde_json::json!({ "weekday": 6, "from": from, "until": until, "place": "二号口", "capacity": 4 });
            serde_json::from_value::<WeeklyShift>(said).unwrap()
        };
        let week = [shift("09:00", "11:00"), shift("18:30", "18:30")];
        assert_eq!(WeeklyShift::read(serde_json::to_value(&week).unwrap()), week);
        assert_eq!(WeeklyShift::reversed(&week), Some(1));
        assert_eq!(WeeklyShift::reversed(&week[..1]), None);
    }
}
