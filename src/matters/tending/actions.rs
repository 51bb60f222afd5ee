//! One clock, met.

use chrono::{DateTime, Utc};

use crate::access::act::Act;
use crate::kit::problem::Result;
use crate::matters::clocks::{self, ClockId, ClockRow};
use crate::matters::emergency_orders::EmergencyOrderId;
use crate::matters::engine::{self, Kind};
use crate::matters::line::above;
use crate::matters::mediation_cases::Case;
use crate::matters::petitions::Petition;
use crate::matters::policies::{Level, MatterKind};
use crate::matters::registry::{self, Audience, MatterChange};
use crate::matters::timeline::{self, Entry};

/// The clock and its matter, where nobody else holds that and it is still to be looked at.
fn take<K: Kind>(act: &mut Act<'_>, id: ClockId) -> Result<Option<(ClockRow, K)>> {
    let clock = clocks::find(act, id)?;
    if !registry::try_lock(act, clock.matter_id)? {
        return Ok(None);
    }
    let clock = clocks::find(act, id)?;
    if !clock.is_running() {
        return Ok(None);
    }
    let thing = K::load(act, clock.matter_id)?;
    Ok(Some((clock, thing)))
}

/// Does what is due about a clock; whether there was something.
pub fn meet(act: &mut Act<'_>, id: ClockId) -> Result<bool> {
    match kind(act, id)? {
        MatterKind::Petition => met::<Petition>(act, id),
        MatterKind::MediationCase => met::<Case>(act, id),
    }
}

fn kind(act: &mut Act<'_>, id: ClockId) -> Result<MatterKind> {
    let clock = clocks::find(act, id)?;
    registry::kind(act, clock.matter_id)
}

fn met<K: Kind>(act: &mut Act<'_>, id: ClockId) -> Result<bool> {
    let Some((clock, thing)) = take::<K>(act, id)? else { return Ok(false) };
    if clock.next_at.is_none_or(|at| at > act.now) {
        return Ok(false);
    }
    match clock.clock {
        clock_kind if clock_kind.lapses() => thing.lapse(act, &clock)?,
        _ if act.now < clock.due_at => remind(act, &clock, &thing)?,
        _ => report(act, &clock, &thing)?,
    }
    Ok(true)
}

/// The last day has begun.
fn remind<K: Kind>(act: &mut Act<'_>, clock: &ClockRow, thing: &K) -> Result<()> {
    clocks::warned(act, clock)?;
    let entry =
        Entry { reason: Some(clock.clock.as_str()), due_on: Some(clock.due_on), ..Entry::of("reminded") };
    timeline::append(act, thing.matter().id, &thing.matter().state, entry.to(Audience::Staff))?;
    engine::tell(act, thing, "due")
}

/// It is late: the level above is told, then the one above that. Who asked sees it, too.
fn report<K: Kind>(act: &mut Act<'_>, clock: &ClockRow, thing: &K) -> Result<()> {
    let matter = thing.matter();
    let levels: Vec<Level> = std::iter::successors(above(matter.level), |level| above(*level)).collect();
    let reported = usize::try_from(clock.escalations).unwrap_or_default();
    clocks::reported(act, clock, reported + 1 < levels.len())?;
    if let Some(level) = levels.get(reported) {
        let entry =
            Entry { reason: Some(level.as_str()), due_on: Some(clock.due_on), ..Entry::of("escalated") };
        timeline::append(act, matter.id, &matter.state, entry)?;
        engine::refresh(act, thing, &MatterChange::default())?;
    }
    engine::tell(act, thing, "overdue")
}

/// An emergency order reaches a clock: it runs by the policy of emergencies, and the matter says so.
pub fn swap(act: &mut Act<'_>, id: ClockId, order: (EmergencyOrderId, DateTime<Utc>)) -> Result<bool> {
    match kind(act, id)? {
        MatterKind::Petition => swapped::<Petition>(act, id, order),
        MatterKind::MediationCase => swapped::<Case>(act, id, order),
    }
}

fn swapped<K: Kind>(
    act: &mut Act<'_>,
    id: ClockId,
    order: (EmergencyOrderId, DateTime<Utc>),
) -> Result<bool> {
    let Some((clock, thing)) = take::<K>(act, id)? else { return Ok(false) };
    if clock.emergency_order_id == Some(order.0) {
        return Ok(false);
    }
    let swapped = clocks::swap(act, &clock, &thing.subject(), order)?;
    let entry =
        Entry { reason: Some(clock.clock.as_str()), due_on: Some(swapped.due_on), ..Entry::of("emergency") };
    timeline::append(act, thing.matter().id, &thing.matter().state, entry)?;
    let change = MatterChange { emergency_order_id: Some(Some(order.0)), ..MatterChange::default() };
    engine::refresh(act, &thing, &change)?;
    Ok(true)
}
