//! Who sits at the table 席位, and objections 回避 to them: their rows.

mod model;
mod store;

pub use model::{
    NewObjection, NewSeat, ObjectionDecided, ObjectionId, ObjectionRow, SeatId, SeatReply, SeatRow,
};
pub use store::{add, decide, object, objections, of, post, reply};
