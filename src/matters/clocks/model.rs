//! Rows of clocks.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::division::Division;
use crate::id;
use crate::matters::calendar::{Reckoning, Unit};
use crate::matters::emergency_orders::EmergencyOrderId;
use crate::matters::policies::{ClockKind, MatterKind, PolicyId};
use crate::matters::registry::MatterId;
use crate::schema::matter_clocks;

id! {
    /// A clock's id.
    ClockId
}

/// A clock as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = matter_clocks)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct ClockRow {
    pub id: ClockId,
    pub matter_id: MatterId,
    pub division: Division,
    pub clock: ClockKind,
    pub policy_id: Option<PolicyId>,
    pub unit: Unit,
    pub started_at: DateTime<Utc>,
    pub anchor_on: NaiveDate,
    pub amount: i32,
    pub extended_by: i32,
    pub due_on: NaiveDate,
    pub due_at: DateTime<Utc>,
    pub is_provisional: bool,
    pub paused_on: Option<NaiveDate>,
    pub stopped_at: Option<DateTime<Utc>>,
    pub emergency_order_id: Option<EmergencyOrderId>,
    pub warned_at: Option<DateTime<Utc>>,
    pub escalations: i32,
    pub next_at: Option<DateTime<Utc>>,
}

impl ClockRow {
    /// How its end is reckoned.
    pub fn reckoning(&self) -> Reckoning {
        Reckoning { anchor_on: self.anchor_on, amount: self.amount, unit: self.unit }
    }

    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        self.stopped_at.is_none() && self.paused_on.is_none()
    }

    /// Whether it ended late, or is late at that moment.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        match self.paused_on {
            // It stood still then, whatever came later.
            Some(paused_on) => paused_on > self.due_on,
            None => self.stopped_at.unwrap_or(now) > self.due_at,
        }
    }
}

/// A clock about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = matter_clocks, treat_none_as_default_value = false)]
pub struct NewClock {
    pub id: ClockId,
    pub matter_id: MatterId,
    pub division: Division,
    pub clock: ClockKind,
    pub policy_id: Option<PolicyId>,
    pub unit: Unit,
    pub started_at: DateTime<Utc>,
    pub anchor_on: NaiveDate,
    pub amount: i32,
    pub extended_by: i32,
    pub due_on: NaiveDate,
    pub due_at: DateTime<Utc>,
    pub is_provisional: bool,
    pub emergency_order_id: Option<EmergencyOrderId>,
    pub escalations: i32,
    pub next_at: Option<DateTime<Utc>>,
}

/// What a policy is chosen by.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "named as the columns of policies")]
pub struct Subject {
    pub matter: MatterId,
    pub kind: MatterKind,
    pub variant: &'static str,
    pub category: Option<String>,
    pub grade: &'static str,
    pub division: Division,
}
