//! How a case moves.

use super::course::{MediationStep, after};
use super::hearings::MediationHearingState;
use super::model::Case;
use super::timing::effects;
use super::waiting::Waiting;
use super::{agreements, extensions, hearings, keeping, parties, seats, store, waiting};
use crate::access::act::{Act, Governed, Look, Permit};
use crate::access::policy::Action;
use crate::kit::problem::Result;
use crate::matters::clocks::{self, ClockRow, Effect, Subject};
use crate::matters::engine::{self, Kind, Next, Step};
use crate::matters::inbox::Item;
use crate::matters::policies::ClockKind;
use crate::matters::registry::{MatterChange, MatterId, MatterRow};
use crate::matters::timeline::{self, Entry};

/// A step of a case, and what comes with it.
pub type CaseMove = engine::Move<MediationStep>;

impl Step for MediationStep {
    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl Kind for Case {
    type Step = MediationStep;
    const NAME: &'static str = "mediation_case";

    fn load(look: &mut Look<'_>, id: MatterId) -> Result<Self> {
        store::load(look, id)
    }

    fn matter(&self) -> &MatterRow {
        &self.matter
    }

    fn subject(&self) -> Subject {
        Case::subject(self)
    }

    fn after(&self, step: MediationStep) -> Option<Next> {
        after(self.state, step).map(|next| Next { state: next.as_str(), is_open: next.is_open() })
    }

    fn effects(&self, step: MediationStep) -> &'static [Effect] {
        effects(self.state, step)
    }

    fn leave(&self, look: &mut Look<'_>, step: MediationStep) -> Result<()> {
        use MediationStep::{
            AddParty, Agree, Amend, Annul, DecideObjection, Fail, Perform, Refuse, Reopen, Withdraw,
        };
        use agreements::MediationAgreementState::{Revoked, Signing};
        let id = self.matter.id;
        match step {
            // A text of what is mediated once more replaces what was agreed before, and needs none of it.
            Annul if self.state.is_mediated() => Ok(()),
            // A text that does not name everybody is signed by nobody, nor is one that would change what holds no more.
            AddParty | Annul => agreements::end(look, id, (Signing, Revoked)),
            Fail | Refuse | Withdraw => {
                hearings::end(look, id)?;
                agreements::end(look, id, (Signing, Revoked))?;
                extensions::lapse(look, id)
            }
            Agree => {
                hearings::end(look, id)?;
                extensions::lapse(look, id)?;
                agreements::begin(look, &self.subject())
            }
            Amend => agreements::begin(look, &self.subject()),
            DecideObjection => hearings::drop_left(look, id),
            Perform => agreements::watch(look, &self.subject()),
            Reopen => parties::ask_again(look, id),
            _ => Ok(()),
        }
    }

    fn items(&self, look: &mut Look<'_>, clocks: &[ClockRow]) -> Result<Vec<Item>> {
        let objections = seats::objections(look, self.matter.id)?;
        let is_objected = objections.iter().any(|one| one.decision.is_none());
        let hearing = hearings::live(look, self.matter.id)?;
        let unserved = match &hearing {
            Some(hearing) if hearing.state == MediationHearingState::Scheduled => {
                hearings::unserved(look, hearing)?
            }
            _ => Vec::new(),
        };
        let mut items = waiting::items(self, clocks, &Waiting { is_objected, hearing, unserved });
        items.extend(keeping::items(look, self, clocks)?);
        Ok(items)
    }

    /// The 30 days for a joint request to the court are over (人民调解法 33), or something that was promised is late.
    fn lapse(&self, act: &mut Act<'_>, clock: &ClockRow) -> Result<()> {
        clocks::stop(act, self.matter.id, &[clock.clock])?;
        let event = match clock.clock {
            ClockKind::Performance => {
                agreements::lapse(act, &self.subject(), clock)?;
                "performance_late"
            }
            _ => "lapsed",
        };
        let due_on = Some(clock.due_on);
        let entry = Entry { reason: Some(clock.clock.as_str()), due_on, ..Entry::of(event) };
        timeline::append(act, self.matter.id, self.state.as_str(), entry)?;
        engine::refresh(act, self, &MatterChange::default()).map(drop)
    }
}

/// Takes a step, by proof that the actor may; see [`engine::advance`].
pub fn advance<A: Action, T: Governed + AsRef<Case>>(
    act: &mut Act<'_>,
    action: A,
    case: &Permit<T>,
    step: CaseMove,
) -> Result<Case> {
    engine::advance(act, action, case, step)
}
