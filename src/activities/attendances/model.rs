//! Rows of stays.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Timestamptz};

use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::activities::shift_signups::ShiftSignupId;
use crate::activities::shifts::ShiftId;
use crate::activities::volunteer_hours::AttendanceId;
use crate::schema::{attendance_corrections, attendances};
use crate::{id, text_enum};

id! {
    /// A correction's id.
    AttendanceCorrectionId
}

text_enum! {
    /// Whether somebody came.
    pub enum AttendanceKind {
        /// 到岗
        Present = "present",
        /// 未到
        NoShow = "no_show",
    }
}

text_enum! {
    /// How it is known.
    pub enum AttendanceSource {
        /// 扫码
        Code = "code",
        /// 组织者登记
        Leader = "leader",
        /// 结束时补记
        Completion = "completion",
    }
}

/// A stay as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = attendances)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct AttendanceRow {
    pub id: AttendanceId,
    pub signup_id: ShiftSignupId,
    pub shift_id: ShiftId,
    pub resident_id: ResidentId,
    pub division: Division,
    pub kind: AttendanceKind,
    pub arrived_at: Option<DateTime<Utc>>,
    pub left_at: Option<DateTime<Utc>>,
    pub break_minutes: i32,
    pub source: AttendanceSource,
    pub reason: String,
    pub noted_by: Option<AccountId>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A stay about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = attendances, treat_none_as_default_value = false)]
pub struct NewAttendance {
    pub id: AttendanceId,
    pub signup_id: ShiftSignupId,
    pub shift_id: ShiftId,
    pub resident_id: ResidentId,
    pub division: Division,
    pub kind: AttendanceKind,
    pub arrived_at: Option<DateTime<Utc>>,
    pub left_at: Option<DateTime<Utc>>,
    pub break_minutes: i32,
    pub source: AttendanceSource,
    pub reason: String,
    pub noted_by: Option<AccountId>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What a stay was, or is from now on.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = attendances, treat_none_as_null = true)]
pub struct Told {
    pub kind: AttendanceKind,
    pub arrived_at: Option<DateTime<Utc>>,
    pub left_at: Option<DateTime<Utc>>,
    pub break_minutes: i32,
}

/// A correction about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = attendance_corrections, treat_none_as_default_value = false)]
pub struct NewCorrection {
    pub id: AttendanceCorrectionId,
    pub attendance_id: AttendanceId,
    pub was_kind: AttendanceKind,
    pub was_arrived: Option<DateTime<Utc>>,
    pub was_left: Option<DateTime<Utc>>,
    pub was_break: i32,
    pub kind: AttendanceKind,
    pub arrived_at: Option<DateTime<Utc>>,
    pub left_at: Option<DateTime<Utc>>,
    pub break_minutes: i32,
    pub reason: String,
    pub corrected_by: AccountId,
    pub created_at: DateTime<Utc>,
}

/// A code of somebody that was scanned at a shift.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Shown {
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// Where.
    #[diesel(sql_type = BigInt)]
    pub division: Division,
    /// Whether they came, or went.
    #[diesel(sql_type = Bool)]
    pub is_arrival: bool,
}

/// Whose code it was.
#[derive(Clone, Copy, Debug)]
pub enum Bearer {
    /// An account's, with whatever records it has.
    Account(AccountId),
    /// A record's that has none.
    Record(ResidentId),
}
