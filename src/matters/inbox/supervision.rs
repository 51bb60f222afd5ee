//! What is late waits higher up the line 督办.

use super::model::{Item, Task, Whose};
use crate::matters::clocks::ClockRow;
use crate::matters::line::above;
use crate::matters::registry::MatterRow;

/// What is late waits one level higher with each report 督办.
pub fn supervision(matter: &MatterRow, clocks: &[ClockRow]) -> Vec<Item> {
    let running = clocks.iter().filter(|clock| clock.is_running());
    let reported = running.map(|clock| clock.escalations).max().unwrap_or_default();
    let levels = std::iter::successors(above(matter.level), |level| above(*level));
    let told = levels.take(usize::try_from(reported).unwrap_or_default());
    told.map(|level| Item::new(Task::Supervise, Whose::Level(level), matter.due_at)).collect()
}
