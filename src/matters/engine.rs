//! The engine of matters: how one of any kind moves. A kind says which state follows which and what a step does to the clocks; state,
//! clocks, timeline and inboxes then move together, or not at all.

use serde_json::json;

use crate::access::act::{Act, Event, Governed, Look, Permit};
use crate::access::actor::OrganisationId;
use crate::access::policy::Action;
use crate::kit::problem::Result;
use crate::matters::clocks::{self, ClockRow, Effect, Subject};
use crate::matters::inbox::{self, Item};
use crate::matters::registry::{self, MatterChange, MatterId, MatterRow, STATE_UNFIT};
use crate::matters::timeline::{self, Entry};

/// A step of a course.
pub trait Step: Copy {
    /// What the timeline calls it.
    fn name(self) -> &'static str;
}

/// Where a step leads.
#[derive(Clone, Copy, Debug)]
pub struct Next {
    /// The state, by name.
    pub state: &'static str,
    /// Whether something is still to be done then.
    pub is_open: bool,
}

/// A kind of matter, as far as moving goes.
pub trait Kind: Sized {
    /// Its steps.
    type Step: Step;
    /// What messages call it: `petition` in `petition.accepted`.
    const NAME: &'static str;

    /// One as it stands, without asking who looks.
    fn load(look: &mut Look<'_>, id: MatterId) -> Result<Self>;
    /// What every matter has.
    fn matter(&self) -> &MatterRow;
    /// What its clocks are chosen by.
    fn subject(&self) -> Subject;
    /// Where a step leads; none where it is not possible.
    fn after(&self, step: Self::Step) -> Option<Next>;
    /// What a step does to the clocks, in order.
    fn effects(&self, step: Self::Step) -> &'static [Effect];
    /// What else goes with the state that a step leaves.
    fn leave(&self, look: &mut Look<'_>, step: Self::Step) -> Result<()>;
    /// What waits on whom, from how it stands.
    fn items(&self, look: &mut Look<'_>, clocks: &[ClockRow]) -> Result<Vec<Item>>;
    /// What happens when a clock that is nobody's deadline runs out.
    fn lapse(&self, act: &mut Act<'_>, clock: &ClockRow) -> Result<()>;
}

/// A step, and what comes with it.
#[derive(Clone, Debug)]
pub struct Move<S> {
    /// The step.
    pub step: S,
    /// What the timeline tells of it.
    pub entry: Entry,
    /// What changes with the matter, besides its state.
    pub change: MatterChange,
}

impl<S: Step> Move<S> {
    /// A step that who asked may read of.
    pub fn new(step: S) -> Self {
        Move { step, entry: Entry::of(step.name()), change: MatterChange::default() }
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
pub fn advance<K: Kind, A: Action, T: Governed + AsRef<K>>(
    act: &mut Act<'_>,
    action: A,
    thing: &Permit<T>,
    step: Move<K::Step>,
) -> Result<K> {
    let thing: &K = (**thing).as_ref();
    let (name, from) = (step.step.name(), thing.matter().state.clone());
    let moved = carry(act, thing, step)?;
    let matter = moved.matter();
    let (id, division) = (matter.id, Some(matter.division));
    let detail = json!({ "from": from, "to": matter.state, "version": matter.version });
    act.record(Event { action, id: id.to_string(), division, detail })?;
    tell(act, &moved, name)?;
    Ok(moved)
}

/// Leaves a message about a matter.
pub fn tell<K: Kind>(act: &mut Act<'_>, thing: &K, name: &str) -> Result<()> {
    act.announce(&format!("{}.{name}", K::NAME), json!({ K::NAME: thing.matter().id }))
}

/// Takes a step that nobody asks for, as one that a deadline takes.
pub fn carry<K: Kind>(look: &mut Look<'_>, thing: &K, step: Move<K::Step>) -> Result<K> {
    let next = thing.after(step.step).ok_or(&STATE_UNFIT)?;
    for effect in thing.effects(step.step) {
        clocks::apply(look, &thing.subject(), *effect)?;
    }
    thing.leave(look, step.step)?;
    let is_over = !next.is_open && thing.matter().is_open;
    let change = MatterChange {
        state: Some(next.state.to_owned()),
        is_open: Some(next.is_open),
        closed_at: is_over.then_some(Some(look.now)),
        ..step.change
    };
    write(look, thing, &change)?;
    timeline::append(look, thing.matter().id, next.state, step.entry)?;
    settle(look, thing.matter().id)
}

fn write<K: Kind>(look: &mut Look<'_>, thing: &K, change: &MatterChange) -> Result<()> {
    let due_at = Some(clocks::nearest(look, thing.matter().id)?);
    registry::write(look, thing.matter(), &MatterChange { due_at, ..change.clone() }).map(drop)
}

/// After something that is no step: moves the version, finds the nearest deadline anew, and says what it waits for.
pub fn refresh<K: Kind>(look: &mut Look<'_>, thing: &K, change: &MatterChange) -> Result<K> {
    write(look, thing, change)?;
    settle(look, thing.matter().id)
}

/// What waits for whom, from how it stands now.
fn settle<K: Kind>(look: &mut Look<'_>, id: MatterId) -> Result<K> {
    let thing = K::load(look, id)?;
    let clocks = clocks::of(look, id)?;
    let items = thing.items(look, &clocks)?;
    inbox::replace(look, id, (thing.matter().division, &thing.matter().title), items)?;
    Ok(thing)
}
