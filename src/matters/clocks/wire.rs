//! Clocks in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{ClockId, ClockRow};
use crate::kit::moment;
use crate::matters::calendar::Unit;
use crate::matters::policies::{ClockKind, PolicyId};

/// A deadline of a matter 时限.
#[derive(Serialize, ToSchema)]
pub struct MatterClockView {
    /// Its id.
    pub id: ClockId,
    /// What must be done by then.
    pub clock: ClockKind,
    /// By which policy, and so by which law.
    pub policy: Option<PolicyId>,
    /// How many units are left from `counted_from` on; a pause takes off what had passed before it.
    #[schema(example = 5)]
    pub amount: i32,
    /// In what it is counted.
    pub unit: Unit,
    /// By how many units of those it was extended.
    pub extended_by: i32,
    /// When it began.
    #[serde(serialize_with = "moment::write")]
    pub started_at: DateTime<Utc>,
    /// The day it is counted from, which itself is not counted (民法典 201).
    pub counted_from: NaiveDate,
    /// The last day, in Shanghai. One on a day off has moved to the next working day (民法典 203).
    pub due_on: NaiveDate,
    /// The midnight that ends it.
    #[serde(serialize_with = "moment::write")]
    pub due_at: DateTime<Utc>,
    /// Whether it reaches into a year whose holidays are not known yet.
    pub calendar_provisional: bool,
    /// Since which day it stands still; null while it runs.
    pub paused_on: Option<NaiveDate>,
    /// When it was done with; null while it is not.
    #[serde(serialize_with = "moment::write_some")]
    pub stopped_at: Option<DateTime<Utc>>,
    /// Whether it is late, or was when it was done with.
    pub is_late: bool,
    /// How many steps up the line its lateness was reported 督办.
    pub escalations: i32,
}

impl MatterClockView {
    /// A clock as it is at that moment.
    pub fn new(row: ClockRow, now: DateTime<Utc>) -> Self {
        Self {
            is_late: row.is_late(now),
            id: row.id,
            clock: row.clock,
            policy: row.policy_id,
            amount: row.amount,
            unit: row.unit,
            extended_by: row.extended_by,
            started_at: row.started_at,
            counted_from: row.anchor_on,
            due_on: row.due_on,
            due_at: row.due_at,
            calendar_provisional: row.is_provisional,
            paused_on: row.paused_on,
            stopped_at: row.stopped_at,
            escalations: row.escalations,
        }
    }
}
