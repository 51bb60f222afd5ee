//! What is waited for once terms are found: signatures, what was promised, a joint request to the court, and more time before that.

use std::collections::HashSet;

use super::agreements::{self, ItemRow, MediationAgreementState, MediationSignatureCapacity, SignatureRow};
use super::course::MediationState;
use super::extensions;
use super::kinds::MediationSeatRole;
use super::model::Case;
use super::parties::PartyId;
use crate::access::act::Look;
use crate::kit::problem::Result;
use crate::matters::calendar::due_at;
use crate::matters::clocks::ClockRow;
use crate::matters::inbox::{Item, Task, Whose};
use crate::matters::policies::ClockKind;

/// What waits on whom.
pub fn items(look: &mut Look<'_>, case: &Case, clocks: &[ClockRow]) -> Result<Vec<Item>> {
    let id = case.matter.id;
    let mut items = Vec::new();
    if case.state.is_mediated()
        && let Some(asked) = extensions::pending(look, id)?
    {
        let heard: Vec<PartyId> =
            extensions::replies(look, asked.id)?.iter().map(|reply| reply.party_id).collect();
        let silent = case.parties.iter().map(|party| party.id).filter(|party| !heard.contains(party));
        let due = case.matter.due_at;
        items.extend(silent.filter_map(|party| of_party(case, party, Task::AnswerExtension, due)));
    }
    if let Some(signing) = agreements::in_state(look, id, MediationAgreementState::Signing)? {
        let signed = agreements::signatures(look, signing.id)?;
        items.extend(signatures(case, &signed));
    }
    if case.state == MediationState::Performed && agreements::waits_for_police(look, id)? {
        let police =
            case.seats.iter().filter(|seat| seat.role == MediationSeatRole::Police && seat.is_taken());
        items.extend(police.map(|seat| Item::new(Task::DecideWaiver, Whose::Account(seat.account_id), None)));
    }
    if !case.state.is_bound() {
        return Ok(items);
    }
    if let Some(agreement) = agreements::in_state(look, id, MediationAgreementState::Effective)? {
        items.extend(promises(case, &agreements::items(look, agreement.id)?));
        let running =
            clocks.iter().find(|clock| clock.clock == ClockKind::Confirmation && clock.is_running());
        let due = running.map(|clock| clock.due_at);
        let silent = agreements::unjoined(look, id, agreement.id)?;
        let silent = silent.into_iter().filter(|_| due.is_some());
        items.extend(silent.filter_map(|party| of_party(case, party, Task::JoinConfirmation, due)));
    }
    Ok(items)
}

fn of_party(
    case: &Case,
    id: PartyId,
    task: Task,
    due: Option<chrono::DateTime<chrono::Utc>>,
) -> Option<Item> {
    let party = case.parties.iter().find(|party| party.id == id)?;
    Some(Item::new(task, Whose::Account(party.account_id?), due))
}

fn office(case: &Case) -> Whose {
    case.matter.holder_id.map_or(Whose::Level(case.matter.level), Whose::Organisation)
}

/// Every party signs, a mediator does, and the committee puts its seal (人民调解法 29).
fn signatures(case: &Case, signed: &[SignatureRow]) -> Vec<Item> {
    let due = case.matter.due_at.filter(|_| case.state != MediationState::Performing);
    let has = |capacity| signed.iter().any(|one| one.capacity == capacity);
    let missing = case.parties.iter().map(|party| party.id);
    let missing = missing.filter(|id| !signed.iter().any(|one| one.party_id == Some(*id)));
    let mut items: Vec<Item> =
        missing.filter_map(|id| of_party(case, id, Task::SignAgreement, due)).collect();
    if !has(MediationSignatureCapacity::Mediator) {
        let mediators = case.seats.iter().filter(|seat| seat.mediates());
        items.extend(
            mediators.map(|seat| Item::new(Task::SignAgreement, Whose::Account(seat.account_id), due)),
        );
    }
    if !has(MediationSignatureCapacity::Committee) {
        items.push(Item::new(Task::SignAgreement, office(case), due));
    }
    items
}

/// Each debtor does what comes next; what is late is the office's to ask for.
fn promises(case: &Case, promised: &[ItemRow]) -> Vec<Item> {
    let mut owed: Vec<&ItemRow> = promised.iter().filter(|item| item.is_owed()).collect();
    owed.sort_by_key(|item| (item.due_on.is_none(), item.due_on, item.position, item.instalment));
    let mut told = HashSet::new();
    let next = owed.iter().filter(|item| told.insert(item.debtor_id));
    let mut items: Vec<Item> = next
        .filter_map(|item| of_party(case, item.debtor_id, Task::Perform, item.due_on.map(due_at)))
        .collect();
    let late = owed.iter().find(|item| item.late_at.is_some());
    items.extend(late.map(|item| Item::new(Task::ChasePerformance, office(case), item.due_on.map(due_at))));
    items
}
