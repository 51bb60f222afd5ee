//! How a petition moves.

use super::course::{PetitionState, PetitionStep, after, effects};
use super::model::Petition;
use super::{outcomes, store, waiting};
use crate::access::act::{Act, Governed, Look, Permit};
use crate::access::policy::Action;
use crate::kit::problem::Result;
use crate::matters::clocks::{self, ClockRow, Effect, Subject};
use crate::matters::engine::{self, Kind, Next, Step};
use crate::matters::inbox::Item;
use crate::matters::registry::{self, MatterChange, MatterId, MatterRow};
use crate::matters::{dispatches, policies::ClockKind};

/// A step of a petition, and what comes with it.
pub type Move = engine::Move<PetitionStep>;

impl Step for PetitionStep {
    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl Kind for Petition {
    type Step = PetitionStep;
    const NAME: &'static str = "petition";

    fn load(look: &mut Look<'_>, id: MatterId) -> Result<Self> {
        store::load(look, id)
    }

    fn matter(&self) -> &MatterRow {
        &self.matter
    }

    fn subject(&self) -> Subject {
        Petition::subject(self)
    }

    fn after(&self, step: PetitionStep) -> Option<Next> {
        after(self.state, step).map(|next| Next { state: next.as_str(), is_open: next.is_open() })
    }

    fn effects(&self, step: PetitionStep) -> &'static [Effect] {
        effects(self.state, step)
    }

    fn leave(&self, look: &mut Look<'_>, step: PetitionStep) -> Result<()> {
        let Some(next) = after(self.state, step) else { return Ok(()) };
        if self.state.is_handled() && !next.is_handled() {
            outcomes::lapse_extensions(look, self.matter.id)?;
        }
        if self.state.is_open() && !next.is_open() {
            dispatches::store::end_all(look, self.matter.id)?;
        }
        Ok(())
    }

    fn items(&self, look: &mut Look<'_>, clocks: &[ClockRow]) -> Result<Vec<Item>> {
        Ok(waiting::items(self, clocks, outcomes::pending(look, self.matter.id)?))
    }

    /// Nobody said anything in time: it is closed 自动办结, unless something about it is still open.
    fn lapse(&self, act: &mut Act<'_>, clock: &ClockRow) -> Result<()> {
        let is_waited_for = outcomes::pending(act, self.matter.id)?.review.is_some()
            || registry::open_children(act, self.matter.id)? > 0;
        if clock.clock != ClockKind::Silence || self.state != PetitionState::Resolved || is_waited_for {
            return clocks::postpone(act, clock);
        }
        let mut closed = Move::new(PetitionStep::Close);
        closed.entry.reason = Some("silence");
        engine::carry(act, self, closed)?;
        engine::tell(act, self, "closed")
    }
}

/// Takes a step, by proof that the actor may; see [`engine::advance`].
pub fn advance<A: Action, T: Governed + AsRef<Petition>>(
    act: &mut Act<'_>,
    action: A,
    petition: &Permit<T>,
    step: Move,
) -> Result<Petition> {
    engine::advance(act, action, petition, step)
}

/// After something that is no step; see [`engine::refresh`].
pub fn refresh(look: &mut Look<'_>, petition: &Petition, change: &MatterChange) -> Result<Petition> {
    engine::refresh(look, petition, change)
}
