//! What a petition waits for, from whom: one function from how it stands to the items of inboxes.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::course::PetitionState;
use super::kinds::{AnswerState, PetitionKind, ReviewStage};
use super::model::Petition;
use crate::matters::clocks::ClockRow;
use crate::matters::dispatches::{DispatchRole, DispatchState};
use crate::matters::inbox::{Item, Task, Whose, supervision};
use crate::matters::line::above;
use crate::matters::policies::{ClockKind, Level};

/// What else decides what a petition waits for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pending {
    /// A request for more time that nobody has decided.
    pub extension: Option<Uuid>,
    /// A review that nobody has answered.
    pub review: Option<ReviewStage>,
    /// Whether who asked has rated it since it was last answered, and was content.
    pub is_rated_well: bool,
}

/// What waits on whom.
pub fn items(petition: &Petition, clocks: &[ClockRow], pending: Pending) -> Vec<Item> {
    let due = |kind: ClockKind| {
        clocks.iter().find(|clock| clock.clock == kind && clock.is_running()).map(|clock| clock.due_at)
    };
    let line = Whose::Level(petition.matter.level);
    let mut items = match petition.state {
        PetitionState::Submitted => vec![Item::new(Task::Accept, line, due(ClockKind::Acceptance))],
        PetitionState::Accepted => vec![Item::new(Task::Dispatch, line, petition.matter.due_at)],
        PetitionState::Dispatched => Vec::new(),
        PetitionState::InProgress if petition.matter.holder_id.is_none() => {
            vec![Item::new(Task::Handle, line, petition.matter.due_at)]
        }
        PetitionState::InProgress => Vec::new(),
        PetitionState::Suspended => suspended(petition, line),
        PetitionState::Resolved => resolved(petition, line, pending, due(ClockKind::Silence)),
        PetitionState::Closed
        | PetitionState::Rejected
        | PetitionState::Withdrawn
        | PetitionState::Merged => Vec::new(),
    };
    items.extend(on_handlers(petition, due(ClockKind::Dispatch)));
    if petition.own.kind == PetitionKind::JointPetition && petition.own.answer_state == AnswerState::Due {
        items.push(Item::new(Task::AnswerJointly, line, due(ClockKind::Answer)));
    }
    let decidable = pending.extension.filter(|_| petition.state != PetitionState::Suspended);
    // The city has nobody above.
    let level = above(petition.matter.level).unwrap_or(petition.matter.level);
    if let Some(extension) = decidable {
        let decide = Item::new(Task::DecideExtension, Whose::Level(level), petition.matter.due_at);
        items.push(Item { extension: Some(extension), ..decide });
    }
    if let Some(stage) = pending.review {
        let (level, clock) = match stage {
            ReviewStage::Review => (Level::Street, ClockKind::Review),
            ReviewStage::FinalReview => (Level::District, ClockKind::FinalReview),
        };
        items.push(Item::new(Task::Review, Whose::Level(level), due(clock)));
    }
    items.extend(confirmation(petition));
    items.extend(supervision(&petition.matter, clocks));
    items
}

/// Who holds it handles it; who was asked takes it or gives it back.
fn on_handlers(petition: &Petition, due: Option<DateTime<Utc>>) -> Vec<Item> {
    let is_worked_on = matches!(petition.state, PetitionState::Dispatched | PetitionState::InProgress);
    let hops = petition.handlers().filter(|_| is_worked_on);
    let item = |hop: &crate::matters::dispatches::DispatchRow| {
        let (task, due) = match (hop.state, hop.role) {
            (DispatchState::Accepted, DispatchRole::Lead) => (Task::Handle, petition.matter.due_at),
            (DispatchState::Accepted, DispatchRole::Assist) => (Task::Assist, petition.matter.due_at),
            _ => (Task::TakeDispatch, due.or(petition.matter.due_at)),
        };
        Item { dispatch: Some(hop.id), ..Item::new(task, Whose::Organisation(hop.organisation_id), due) }
    };
    hops.map(item).collect()
}

/// Who asked may have to add something; whoever holds it looks whether it can go on.
fn suspended(petition: &Petition, line: Whose) -> Vec<Item> {
    let holder = petition.matter.holder_id.map_or(line, Whose::Organisation);
    let mut items = vec![Item::new(Task::Resume, holder, None)];
    items.extend(petition.own.account_id.map(|who| Item::new(Task::Supplement, Whose::Account(who), None)));
    items
}

/// Who asked rates it; who answers for it then closes it.
fn resolved(petition: &Petition, line: Whose, pending: Pending, silence: Option<DateTime<Utc>>) -> Vec<Item> {
    match (pending.is_rated_well, petition.own.account_id) {
        (true, _) => vec![Item::new(Task::Close, line, silence)],
        (false, Some(who)) => vec![Item::new(Task::Rate, Whose::Account(who), silence)],
        // Whoever has no account is called 回访.
        (false, None) => vec![Item::new(Task::Rate, Whose::Level(Level::Street), silence)],
    }
}

/// Who was spoken for says that it was so, where they can.
fn confirmation(petition: &Petition) -> Option<Item> {
    let is_waiting =
        petition.own.filed_by.is_some() && petition.own.confirmed_at.is_none() && petition.state.is_open();
    let who = petition.own.account_id.filter(|_| is_waiting)?;
    Some(Item::new(Task::Confirm, Whose::Account(who), None))
}
