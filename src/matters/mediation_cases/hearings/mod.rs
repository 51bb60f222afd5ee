//! When a case is heard 调解会, and by whom: the rows, and whose time they take.

mod model;
mod store;

pub use model::{
    AttendeeRow, HearingChange, HearingId, HearingRow, MediationHearingState, MediationNoticeMeans,
    NewAttendee, NewHearing, NewNotice, NoticeId, NoticeRow, PlacedHearingRow, Wanted,
};
pub use store::{
    Clashes, attend, attendees, change, drop_all_but, drop_left, end, expect, find, hold, insert, is_latest,
    join, live, notices, page, serve, unserved,
};
