//! What a case waits for, from whom: one function from how it stands to the items of inboxes.

use chrono::{DateTime, Utc};

use super::course::MediationState;
use super::hearings::{AttendeeRow, HearingRow};
use super::kinds::{MediationConsent, MediationSeatRole, MediationSeatState};
use super::model::Case;
use crate::matters::clocks::ClockRow;
use crate::matters::inbox::{Item, Task, Whose, supervision};
use crate::matters::policies::ClockKind;

/// What else there is of a case.
pub struct Waiting {
    /// Whether an objection is to be decided.
    pub is_objected: bool,
    /// The hearing that is planned, or held just now.
    pub hearing: Option<HearingRow>,
    /// Who is expected there and has not been told.
    pub unserved: Vec<AttendeeRow>,
}

/// What waits on whom.
pub fn items(case: &Case, clocks: &[ClockRow], more: &Waiting) -> Vec<Item> {
    use MediationState::*;
    let due = |kind: ClockKind| {
        clocks.iter().find(|clock| clock.clock == kind && clock.is_running()).map(|clock| clock.due_at)
    };
    // Whoever has no office over it is looked after by the level that answers for it.
    let office = case.matter.holder_id.map_or(Whose::Level(case.matter.level), Whose::Organisation);
    let end = case.matter.due_at;
    let mut items = match case.state {
        Registered => vec![Item::new(Task::Accept, office, due(ClockKind::Acceptance))],
        Scheduled | Adjourned if more.hearing.is_some() => hearing(case, office, more),
        Accepted | Adjourned if case.is_agreed_to() => vec![Item::new(Task::ScheduleHearing, office, end)],
        Accepted | Adjourned => Vec::new(),
        Scheduled | InMediation => mediators(case).map(|who| Item::new(Task::Mediate, who, end)).collect(),
        Agreed | Performing => vec![Item::new(Task::FollowUp, office, due(ClockKind::FollowUp))],
        Failed | Performed | Breached => vec![Item::new(Task::Close, office, None)],
        Declined | Withdrawn | Closed => Vec::new(),
    };
    if case.state == Registered || case.state.is_mediated() {
        items.extend(consents(case, end));
        items.extend(invitations(case, end));
        items.extend(risk(case, office));
    }
    if more.is_objected && case.state.is_mediated() {
        items.push(Item::new(Task::DecideObjection, office, end));
    }
    items.extend(supervision(&case.matter, clocks));
    items
}

fn mediators(case: &Case) -> impl Iterator<Item = Whose> {
    case.seats.iter().filter(|seat| seat.mediates()).map(|seat| Whose::Account(seat.account_id))
}

/// Mediators hear it at its time; who is expected says that they know of it, and the office tells who has no app.
fn hearing(case: &Case, office: Whose, more: &Waiting) -> Vec<Item> {
    let at = more.hearing.as_ref().map(|hearing| hearing.begins_at);
    let hear = mediators(case).map(|who| Item::new(Task::Mediate, who, at));
    let accounts = more.unserved.iter().filter_map(|one| one.account_id);
    let confirm = accounts.map(|account| Item::new(Task::ConfirmHearing, Whose::Account(account), at));
    let has_unreached = more.unserved.iter().any(|one| one.account_id.is_none());
    let serve = has_unreached.then(|| Item::new(Task::ServeNotice, office, at));
    hear.chain(confirm).chain(serve).collect()
}

/// Each party says whether it wants this.
fn consents(case: &Case, due: Option<DateTime<Utc>>) -> impl Iterator<Item = Item> {
    let silent = case.parties.iter().filter(|party| party.consent == MediationConsent::Pending);
    silent.filter_map(move |party| Some(Item::new(Task::Consent, Whose::Account(party.account_id?), due)))
}

/// Who was asked to sit says whether they do.
fn invitations(case: &Case, due: Option<DateTime<Utc>>) -> impl Iterator<Item = Item> {
    let asked = case.seats.iter().filter(|seat| seat.state == MediationSeatState::Asked);
    asked.map(move |seat| Item::new(Task::TakeSeat, Whose::Account(seat.account_id), due))
}

/// What may turn violent is the police's to watch (人民调解法 25); without one at the table, the office's to tell them.
fn risk(case: &Case, office: Whose) -> Option<Item> {
    let police = case.seats.iter().find(|seat| seat.role == MediationSeatRole::Police && seat.is_taken());
    let whose = police.map_or(office, |seat| Whose::Account(seat.account_id));
    case.own.is_violent.then(|| Item::new(Task::WatchRisk, whose, None))
}
