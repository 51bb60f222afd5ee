//! What the steps of a matter do to its clocks.

use super::model::Subject;
use super::store;
use crate::access::act::Look;
use crate::kit::problem::Result;
use crate::matters::policies::ClockKind;

/// What a step does to the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Begins one, by its policy.
    Start(ClockKind),
    /// Is done with one.
    Stop(ClockKind),
    /// All stand still.
    Pause,
    /// All go on.
    Resume,
    /// All are done with.
    StopAll,
}

/// Carries an effect out.
pub fn apply(look: &mut Look<'_>, subject: &Subject, effect: Effect) -> Result<()> {
    let matter = subject.matter;
    match effect {
        Effect::Start(clock) => store::start(look, subject, clock).map(drop),
        Effect::Stop(clock) => store::stop(look, matter, &[clock]),
        Effect::Pause => store::pause(look, matter),
        Effect::Resume => store::resume(look, matter),
        Effect::StopAll => store::stop_all(look, matter),
    }
}
