//! One step of a petition's course: the state, the clocks, the timeline and the inboxes move together, or not at all.

use serde_json::json;

use super::course::{Effect, PetitionStep, after, effects};
use super::model::Petition;
use super::{outcomes, store, waiting};
use crate::access::act::{Act, Event, Governed, Look, Permit};
use crate::access::actor::OrganisationId;
use crate::access::policy::Action;
use crate::kit::problem::Result;
use crate::matters::clocks;
use crate::matters::dispatches;
use crate::matters::inbox;
use crate::matters::registry::{self, MatterChange, STATE_UNFIT};
use crate::matters::timeline::{self, Entry};

/// A step, and what comes with it.
#[derive(Clone, Debug)]
pub struct Move {
    /// The step.
    pub step: PetitionStep,
    /// What the timeline tells of it.
    pub entry: Entry,
    /// What changes with the matter, besides its state.
    pub change: MatterChange,
}

impl Move {
    /// A step that who asked may read of.
    pub fn new(step: PetitionStep) -> Self {
        Move { step, entry: Entry::of(step.as_str()), change: MatterChange::default() }
    }

    /// The same, in words.
    pub fn saying(mut self, note: impl Into<String>) -> Self {
        self.entry.note = note.into();
        self
    }

    /// The same, done for an organisation.
    pub fn by(mut self, organisation: Option<OrganisationId>) -> Self {
        self.entry.organisation = organisation;
        self
    }

    /// The same, with changes of the matter.
    pub fn changing(mut self, change: MatterChange) -> Self {
        self.change = change;
        self
    }
}

/// Takes a step, by proof that the actor may; audited as the action. What else the act writes about it is written before, so that
/// the inboxes follow from all of it.
pub fn advance<A: Action, T: Governed + AsRef<Petition>>(
    act: &mut Act<'_>,
    action: A,
    petition: &Permit<T>,
    step: Move,
) -> Result<Petition> {
    let petition: &Petition = (**petition).as_ref();
    let (name, from) = (step.step.as_str(), petition.state);
    let moved = carry(act, petition, step)?;
    let (id, division) = (moved.matter.id.to_string(), Some(moved.matter.division));
    let detail =
        json!({ "from": from.as_str(), "to": moved.state.as_str(), "version": moved.matter.version });
    act.record(Event { action, id, division, detail })?;
    act.announce(&format!("petition.{name}"), json!({ "petition": moved.matter.id }))?;
    Ok(moved)
}

/// A step that a deadline takes, and nobody asks for.
pub fn by_deadline(look: &mut Look<'_>, petition: &Petition, step: Move) -> Result<Petition> {
    carry(look, petition, step)
}

fn carry(look: &mut Look<'_>, petition: &Petition, step: Move) -> Result<Petition> {
    let next = after(petition.state, step.step).ok_or(&STATE_UNFIT)?;
    for effect in effects(petition.state, step.step) {
        apply(look, petition, *effect)?;
    }
    if petition.state.is_handled() && !next.is_handled() {
        outcomes::lapse_extensions(look, petition.matter.id)?;
    }
    let is_over = !next.is_open() && petition.state.is_open();
    if is_over {
        dispatches::store::end_all(look, petition.matter.id)?;
    }
    let change = MatterChange {
        state: Some(next.as_str().to_owned()),
        is_open: Some(next.is_open()),
        closed_at: is_over.then_some(Some(look.now)),
        ..step.change
    };
    write(look, petition, &change)?;
    timeline::append(look, petition.matter.id, next.as_str(), step.entry)?;
    settle(look, petition.matter.id)
}

/// What a step does to one clock.
pub fn apply(look: &mut Look<'_>, petition: &Petition, effect: Effect) -> Result<()> {
    let id = petition.matter.id;
    match effect {
        Effect::Start(clock) => clocks::start(look, &petition.subject(), clock).map(drop),
        Effect::Stop(clock) => clocks::stop(look, id, &[clock]),
        Effect::Pause => clocks::pause(look, id),
        Effect::Resume => clocks::resume(look, id),
        Effect::StopAll => clocks::stop_all(look, id),
    }
}

fn write(look: &mut Look<'_>, petition: &Petition, change: &MatterChange) -> Result<()> {
    let due_at = Some(clocks::nearest(look, petition.matter.id)?);
    registry::write(look, &petition.matter, &MatterChange { due_at, ..change.clone() }).map(drop)
}

/// After something that is no step: moves the version, finds the nearest deadline anew, and says what it waits for.
pub fn refresh(look: &mut Look<'_>, petition: &Petition, change: &MatterChange) -> Result<Petition> {
    write(look, petition, change)?;
    settle(look, petition.matter.id)
}

/// What waits for whom, from how it stands now.
fn settle(look: &mut Look<'_>, id: registry::MatterId) -> Result<Petition> {
    let petition = store::load(look, id)?;
    let (clocks, pending) = (clocks::of(look, id)?, outcomes::pending(look, id)?);
    let items = waiting::items(&petition, &clocks, pending);
    inbox::replace(look, id, (petition.matter.division, &petition.matter.title), items)?;
    Ok(petition)
}
