//! Activities: what neighbours do together, and who was there. Check-ins 签到 by code are one mechanism for everything; enrolment 扫码录入
//! begins a record of the archive with one.

pub mod check_ins;
pub mod enrolments;

use crate::people::merges::Move;

/// What becomes of this room's columns that name a resident, when that resident's record is merged into another.
pub static MOVES: &[Move] = &[
    Move { table: "check_ins", column: "resident_id", by: check_ins::join },
    Move { table: "enrolments", column: "resident_id", by: enrolments::join },
];
