//! What the days of an agreement do: those of the law run from the day it took effect, and its own are watched one after another.

use super::model::MediationAgreementState;
use super::store;
use crate::access::act::Look;
use crate::kit::problem::Result;
use crate::matters::clocks::{self, ClockRow, Subject};
use crate::matters::policies::ClockKind;

/// An agreement took effect: what the law gives runs from that day, whenever it was noted.
pub fn begin(look: &mut Look<'_>, subject: &Subject) -> Result<()> {
    let in_force = store::in_state(look, subject.matter, MediationAgreementState::Effective)?;
    let Some(on) = in_force.and_then(|agreement| agreement.effective_on) else { return Ok(()) };
    for kind in [ClockKind::Confirmation, ClockKind::FollowUp] {
        if let Some(clock) = clocks::find_running(look, subject.matter, kind)? {
            clocks::anchor(look, &clock, on)?;
        }
    }
    watch(look, subject)
}

/// Watches the next day by which something is to be done, and no other.
pub fn watch(look: &mut Look<'_>, subject: &Subject) -> Result<()> {
    clocks::stop(look, subject.matter, &[ClockKind::Performance])?;
    let Some(agreement) = store::in_state(look, subject.matter, MediationAgreementState::Effective)? else {
        return Ok(());
    };
    match store::next_due(look, agreement.id)? {
        Some(on) => clocks::start_until(look, subject, ClockKind::Performance, on),
        None => Ok(()),
    }
}

/// A day has passed by which something was to be done.
pub fn lapse(look: &mut Look<'_>, subject: &Subject, clock: &ClockRow) -> Result<()> {
    if let Some(agreement) = store::in_state(look, subject.matter, MediationAgreementState::Effective)? {
        store::mark_late(look, agreement.id, clock.anchor_on)?;
    }
    watch(look, subject)
}
