//! As whom somebody sees a case. Mediation is confidential: whoever merely has the range is told that there is one, of which type, where it
//! stands and by when, and whoever has not even that is told that there is none.

use super::Action;
use super::kinds::MediationSeatState;
use super::model::Case;
use super::parties::PartyId;
use super::seats::SeatId;
use super::store;
use crate::access::act::{Act, Look};
use crate::access::actor::Actor;
use crate::kit::problem::{NOT_FOUND, Result};
use crate::matters::registry::{self, MatterId};
use crate::matters::timeline::Reader;

/// As whom somebody sees a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseStance {
    /// As a party, or who speaks for it: what is for everybody, and what they brought themselves.
    Party(PartyId),
    /// As who was asked to sit and has not answered: who is in it and what it is about, to know of a conflict.
    Asked(SeatId),
    /// As who sits at the table.
    Seat {
        /// Which seat.
        id: SeatId,
        /// Whether they mediate.
        mediates: bool,
    },
    /// As the office that has it, and the judicial office 司法所 that guides it (人民调解法 5).
    Office,
    /// As whoever has the range, or referred it: that there is one.
    Overseer,
}

impl CaseStance {
    /// Whether what it is about is read, and who is in it.
    pub fn is_told_subject(self) -> bool {
        self != CaseStance::Overseer
    }

    /// Whether the facts are read.
    pub fn is_told_facts(self) -> bool {
        matches!(self, CaseStance::Party(_) | CaseStance::Seat { .. } | CaseStance::Office)
    }

    /// Whether what is for the table is read.
    pub fn is_at_table(self) -> bool {
        matches!(self, CaseStance::Seat { .. } | CaseStance::Office)
    }

    /// Whether how the parties are reached is shown, masked.
    pub fn is_told_contact(self) -> bool {
        matches!(self, CaseStance::Seat { mediates: true, .. } | CaseStance::Office)
    }

    /// As whom the timeline is read.
    pub fn reader(self, actor: &Actor) -> Option<Reader> {
        match self {
            CaseStance::Party(_) => Some(Reader::Citizen),
            CaseStance::Seat { .. } | CaseStance::Office => {
                Some(Reader::Staff(actor.standings.iter().filter_map(|one| one.organisation).collect()))
            }
            CaseStance::Asked(_) | CaseStance::Overseer => None,
        }
    }
}

/// As whom the actor sees it; none: not at all. Who is a party is nothing else.
fn stance(look: &Look<'_>, case: &Case) -> Option<CaseStance> {
    let actor = &look.actor;
    if let Some(party) = case.party_of(actor) {
        return Some(CaseStance::Party(party.id));
    }
    if let Some(seat) = case.seat_of(actor) {
        let seat = match seat.state {
            MediationSeatState::Accepted => CaseStance::Seat { id: seat.id, mediates: seat.mediates() },
            _ => CaseStance::Asked(seat.id),
        };
        return Some(seat);
    }
    let division = Some(case.matter.division);
    if case.is_run_by(actor) || actor.may(Action::Update, division, false) {
        return Some(CaseStance::Office);
    }
    let is_referrer = actor.account().ok() == Some(case.own.registered_by);
    let is_overseen = actor.may(Action::Find, division, false);
    (is_overseen || is_referrer).then_some(CaseStance::Overseer)
}

/// A case the caller sees, and as whom.
pub fn seen(look: &mut Look<'_>, id: MatterId) -> Result<(Case, CaseStance)> {
    look.scope(Action::Find)?;
    let case = store::load(look, id)?;
    let stance = stance(look, &case).ok_or(&NOT_FOUND)?;
    Ok((case, stance))
}

/// The same, locked.
pub fn lock(act: &mut Act<'_>, id: MatterId) -> Result<(Case, CaseStance)> {
    // Who may not see it does not hold it up, either.
    seen(act, id)?;
    registry::lock(act, id)?;
    seen(act, id)
}
