//! Thresholds 联名人数: from so many signatures on, a level of the line must answer by a day. The worker holds counts that moved
//! against them, at most a second behind the signers, who do not wait for it; striking out does so itself. Those of the day on
//! which the petition was filed hold for it, whatever policies come later.

mod store;

pub use store::marks;

use super::model::MarkRow;
use super::store::total;
use crate::access::act::Look;
use crate::access::gate::Gate;
use crate::kit::clock::local_date;
use crate::kit::problem::Result;
use crate::matters::clocks;
use crate::matters::line::above;
use crate::matters::petitions::course::PetitionState;
use crate::matters::petitions::{self, AnswerState, Petition};
use crate::matters::policies::{self, ClockKind, Level, PolicyRow};
use crate::matters::registry::{self, Audience, MatterChange, MatterId};
use crate::matters::timeline::{self, Entry};

/// So many petitions are looked at in one go.
const BATCH: i64 = 100;

/// Holds counts that moved against their thresholds; answers how many. One that fails holds up no other.
pub fn follow_next(gate: &Gate) -> Result<usize> {
    let moved = gate.jobs().run_here(|conn| store::unchecked(conn, BATCH))?;
    let (mut done, mut failed) = (0, None);
    for id in &moved {
        let id = *id;
        // A petition that somebody holds comes next time.
        let settled = gate.by_deadline(move |act| match registry::try_lock(act, id)? {
            true => settle(act, id).map(|()| 1),
            false => Ok(0),
        });
        match settled {
            Ok(one) => done += one,
            Err(problem) => failed = Some(problem),
        }
    }
    failed.map_or(Ok(done), Err)
}

/// The thresholds of a petition, the lowest first.
pub fn of(look: &mut Look<'_>, petition: &Petition) -> Result<Vec<PolicyRow>> {
    policies::thresholds(look.conn, petition.matter.division, local_date(petition.own.created_at))
}

/// Holds the count of a petition that is locked against its thresholds.
pub fn settle(look: &mut Look<'_>, id: MatterId) -> Result<()> {
    let petition = petitions::load(look, id)?;
    let count = total(look, id)?;
    let marks = store::marks(look, id)?;
    let (mut level, mut has_moved) = (petition.matter.level, false);
    for policy in of(look, &petition)? {
        let Some(needed) = policy.signatures else { continue };
        let mark = marks.iter().find(|mark| mark.policy == policy.id);
        match (count >= needed, mark.is_some_and(MarkRow::stands)) {
            (true, false) => {
                reach(look, &petition, &policy, mark)?;
                level = policy.level.filter(|next| is_above(*next, level)).unwrap_or(level);
                has_moved = true;
            }
            (false, true) => {
                take_back(look, &petition, &policy)?;
                has_moved = true;
            }
            _ => {}
        }
    }
    if has_moved {
        let state = answer_state(look, &petition)?;
        store::set_answer_state(look, id, state)?;
        petitions::refresh(look, &petition, &MatterChange { level: Some(level), ..MatterChange::default() })?;
    }
    store::checked(look, id, count)
}

/// Reached: by the signature that made the number full, or now where it is reached again.
fn reach(
    look: &mut Look<'_>,
    petition: &Petition,
    policy: &PolicyRow,
    before: Option<&MarkRow>,
) -> Result<()> {
    let (id, number) = (petition.matter.id, policy.signatures.unwrap_or_default());
    let signed_at = match before {
        None => store::signed_as(look, id, number)?,
        Some(_) => None,
    };
    store::mark(look, id, policy.id, signed_at.unwrap_or(look.now))?;
    let due_on = match is_handled(petition) {
        true => Some(clocks::start_by(look, &petition.subject(), policy)?.due_on),
        false => None,
    };
    if petition.state == PetitionState::Suspended {
        clocks::pause(look, id)?;
    }
    let entry = Entry { due_on, ..Entry::of("threshold_reached") }.saying(number.to_string());
    timeline::append(look, id, petition.state.as_str(), entry.to(Audience::Citizen))
}

fn take_back(look: &mut Look<'_>, petition: &Petition, policy: &PolicyRow) -> Result<()> {
    let (id, number) = (petition.matter.id, policy.signatures.unwrap_or_default());
    store::unmark(look, id, policy.id)?;
    clocks::stop_by(look, id, policy.id)?;
    let entry = Entry::of("threshold_taken_back").saying(number.to_string()).to(Audience::Citizen);
    timeline::append(look, id, petition.state.as_str(), entry)
}

/// What was answered or ended meanwhile is not due any more.
fn is_handled(petition: &Petition) -> bool {
    use PetitionState::*;
    matches!(petition.state, Accepted | Dispatched | InProgress | Suspended)
}

/// Due while a clock of a threshold runs.
fn answer_state(look: &mut Look<'_>, petition: &Petition) -> Result<AnswerState> {
    let id = petition.matter.id;
    if clocks::find_running(look, id, ClockKind::Answer)?.is_some() {
        return Ok(AnswerState::Due);
    }
    let is_answered = !petitions::outcomes::answers(look, id)?.is_empty();
    Ok(if is_answered { AnswerState::Given } else { AnswerState::None })
}

fn is_above(one: Level, other: Level) -> bool {
    std::iter::successors(above(other), |level| above(*level)).any(|level| level == one)
}
