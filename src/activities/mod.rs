//! Activities 活动: what neighbours do together, and who was there. Check-ins 签到 by code are one mechanism for everything; enrolment 扫码录入
//! begins a record of the archive with one. Volunteering 志愿服务: calls, shifts, who signs up for them and who came, hours that can be
//! proved, and certificates of them. Recognitions 评选表彰: community stars and vital building groups.
//! Pledges 双报到: what organisations and members offer to a community, and what came of it.

pub mod attendances;
pub mod calendars;
pub mod certificates;
pub mod check_ins;
pub mod enrolments;
pub mod hour_disputes;
pub mod pledge_reports;
pub mod pledges;
pub mod recognition_objections;
pub mod recognition_rules;
pub mod recognitions;
pub mod shift_series;
pub mod shift_signups;
pub mod shift_walk_ins;
pub mod shifts;
pub mod volunteer_call_handling;
pub mod volunteer_call_map;
pub mod volunteer_calls;
pub mod volunteer_hours;
pub mod volunteer_rules;
pub mod volunteer_statistics;
pub mod volunteer_team_members;
pub mod volunteer_teams;

use crate::people::merges::Move;

/// What becomes of this room's columns that name a resident, when that resident's record is merged into another. Hours come after the
/// stays they are counted by.
pub static MOVES: &[Move] = &[
    Move { table: "shift_signups", column: "resident_id", by: shift_signups::join },
    Move { table: "attendances", column: "resident_id", by: attendances::join },
    Move { table: "volunteer_hours", column: "resident_id", by: volunteer_hours::join },
    Move { table: "volunteer_team_members", column: "resident_id", by: volunteer_team_members::join },
    Move { table: "recognitions", column: "resident_id", by: recognitions::join },
    Move { table: "pledges", column: "resident_id", by: pledges::join },
    Move { table: "certificates", column: "resident_id", by: certificates::join },
    Move { table: "check_ins", column: "resident_id", by: check_ins::join },
    Move { table: "enrolments", column: "resident_id", by: enrolments::join },
];
