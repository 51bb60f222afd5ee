//! What deadlines do by themselves (E2, G6): a reminder on the last day, reports up the line when it is missed 督办, closing after
//! silence, other clocks while an emergency order holds 平急转换. Any number of processes may tend at once: a matter that somebody holds
//! comes next time, and what was done is written with its effect, so it is done once.

mod actions;

use crate::access::gate::Gate;
use crate::kit::problem::Result;
use crate::matters::clocks::{self, ClockId, ClockRow};
use crate::matters::emergency_orders::{self, EmergencyOrderId};

/// So many clocks are looked at in one go.
const MOST: i64 = 50;

/// Looks at what is due now; answers how many things were done.
pub fn tend(gate: &Gate) -> Result<usize> {
    let due: Vec<ClockRow> = gate.by_deadline(|act| clocks::due_next(act, MOST))?;
    let mut done = 0;
    for clock in due.iter().map(|clock| clock.id) {
        done += usize::from(gate.by_deadline(move |act| actions::meet(act, clock))?);
    }
    for (clock, order, since) in under_orders(gate)? {
        done += usize::from(gate.by_deadline(move |act| actions::swap(act, clock, (order, since)))?);
    }
    Ok(done)
}

type Ordered = (ClockId, EmergencyOrderId, chrono::DateTime<chrono::Utc>);

/// The clocks that an order in force has not reached yet. The smaller place goes first, and a clock stays with the order that reached
/// it as long as that is in force.
fn under_orders(gate: &Gate) -> Result<Vec<Ordered>> {
    gate.by_deadline(|act| {
        let now = act.now;
        let orders = emergency_orders::all_in_force(act.conn, now)?;
        let ids: Vec<EmergencyOrderId> = orders.iter().map(|order| order.id).collect();
        let mut all = Vec::new();
        for order in orders {
            let reached = clocks::begun_under(act, order.division.range(), &ids, MOST)?;
            all.extend(reached.into_iter().map(|clock| (clock.id, order.id, order.starts_at)));
        }
        Ok(all)
    })
}
