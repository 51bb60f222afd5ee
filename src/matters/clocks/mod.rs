//! Clocks 时限 of a matter: by when what must be done, by the policy of the day it began. They are paused and resumed with the matter,
//! extended when somebody allows it, and swapped while an emergency order 平急转换 holds.

mod effects;
mod model;
mod store;
mod wire;

pub use effects::{Effect, apply};
pub use model::{ClockId, ClockRow, Subject};
pub use store::{
    anchor, begun_under, due_next, extend, find, find_running, nearest, of, pause, postpone, reported,
    resume, start, start_by, start_until, stop, stop_all, stop_by, swap, warned,
};
pub use wire::MatterClockView;
