//! One clock, met.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::access::act::Act;
use crate::kit::problem::Result;
use crate::matters::clocks::{self, ClockId, ClockRow};
use crate::matters::emergency_orders::EmergencyOrderId;
use crate::matters::line::above;
use crate::matters::petitions::course::{PetitionState, PetitionStep};
use crate::matters::petitions::{self, Move, Petition};
use crate::matters::policies::{ClockKind, Level};
use crate::matters::registry::{self, Audience, MatterChange};
use crate::matters::timeline::{self, Entry};

/// The clock and its petition, where nobody else holds that and it is still to be looked at.
fn take(act: &mut Act<'_>, id: ClockId) -> Result<Option<(ClockRow, Petition)>> {
    let clock = clocks::find(act, id)?;
    if !petitions::try_lock(act, clock.matter_id)? {
        return Ok(None);
    }
    let clock = clocks::find(act, id)?;
    if !clock.is_running() {
        return Ok(None);
    }
    let petition = petitions::load(act, clock.matter_id)?;
    Ok(Some((clock, petition)))
}

/// Does what is due about a clock; whether there was something.
pub fn meet(act: &mut Act<'_>, id: ClockId) -> Result<bool> {
    let Some((clock, petition)) = take(act, id)? else { return Ok(false) };
    if clock.next_at.is_none_or(|at| at > act.now) {
        return Ok(false);
    }
    match clock.clock {
        ClockKind::Silence => close(act, &clock, &petition)?,
        _ if act.now < clock.due_at => remind(act, &clock, &petition)?,
        _ => report(act, &clock, &petition)?,
    }
    Ok(true)
}

/// Nobody said anything in time: it is closed 自动办结, unless something about it is still open.
fn close(act: &mut Act<'_>, clock: &ClockRow, petition: &Petition) -> Result<()> {
    let is_waited_for = petitions::outcomes::pending(act, petition.matter.id)?.review.is_some()
        || registry::open_children(act, petition.matter.id)? > 0;
    if petition.state != PetitionState::Resolved || is_waited_for {
        return clocks::postpone(act, clock);
    }
    let mut closed = Move::new(PetitionStep::Close);
    closed.entry.reason = Some("silence");
    petitions::by_deadline(act, petition, closed)?;
    tell(act, "petition.closed", petition)
}

/// The last day has begun.
fn remind(act: &mut Act<'_>, clock: &ClockRow, petition: &Petition) -> Result<()> {
    clocks::warned(act, clock)?;
    let entry =
        Entry { reason: Some(clock.clock.as_str()), due_on: Some(clock.due_on), ..Entry::of("reminded") };
    timeline::append(act, petition.matter.id, petition.state.as_str(), entry.to(Audience::Staff))?;
    tell(act, "petition.due", petition)
}

/// It is late: the level above is told, then the one above that. Who asked sees it, too.
fn report(act: &mut Act<'_>, clock: &ClockRow, petition: &Petition) -> Result<()> {
    let levels: Vec<Level> =
        std::iter::successors(above(petition.matter.level), |level| above(*level)).collect();
    let reported = usize::try_from(clock.escalations).unwrap_or_default();
    clocks::reported(act, clock, reported + 1 < levels.len())?;
    if let Some(level) = levels.get(reported) {
        let entry =
            Entry { reason: Some(level.as_str()), due_on: Some(clock.due_on), ..Entry::of("escalated") };
        timeline::append(act, petition.matter.id, petition.state.as_str(), entry)?;
        petitions::refresh(act, petition, &MatterChange::default())?;
    }
    tell(act, "petition.overdue", petition)
}

fn tell(act: &mut Act<'_>, topic: &str, petition: &Petition) -> Result<()> {
    act.announce(topic, json!({ "petition": petition.matter.id }))
}

/// An emergency order reaches a clock: it runs by the policy of emergencies, and the petition says so.
pub fn swap(act: &mut Act<'_>, id: ClockId, order: (EmergencyOrderId, DateTime<Utc>)) -> Result<bool> {
    let Some((clock, petition)) = take(act, id)? else { return Ok(false) };
    if clock.emergency_order_id == Some(order.0) {
        return Ok(false);
    }
    let swapped = clocks::swap(act, &clock, &petition.subject(), order)?;
    let entry =
        Entry { reason: Some(clock.clock.as_str()), due_on: Some(swapped.due_on), ..Entry::of("emergency") };
    timeline::append(act, petition.matter.id, petition.state.as_str(), entry)?;
    let change = MatterChange { emergency_order_id: Some(Some(order.0)), ..MatterChange::default() };
    petitions::refresh(act, &petition, &change)?;
    Ok(true)
}
