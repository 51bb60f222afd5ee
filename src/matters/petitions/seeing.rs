//! As whom somebody sees a petition. Whoever sees it as nothing is told that there is none.

use uuid::Uuid;

use super::Action;
use super::course::PetitionState;
use super::kinds::{PetitionKind, PetitionVisibility};
use super::model::Petition;
use super::store;
use crate::access::act::{Act, Look};
use crate::access::actor::{Actor, OrganisationId};
use crate::kit::named::Named;
use crate::kit::problem::{NOT_FOUND, Result, Rule};
use crate::matters::registry::{self, MatterId};
use crate::matters::timeline::Reader;

/// As whom somebody sees a petition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// As who asked: everything that is for them, nothing that staff note for themselves.
    Petitioner,
    /// As staff of the range.
    Staff,
    /// As an organisation that works on it.
    Handler,
    /// As a neighbour, or as anybody where it is public: without who asked.
    Neighbour,
    /// As anybody, since it is published as an example: the words that were published, and nothing of where it was.
    Reader,
}

impl Stance {
    /// Whether what staff note is read.
    pub fn is_staff(self) -> bool {
        matches!(self, Stance::Staff | Stance::Handler)
    }

    /// Whether all of it is read that is for who asked or who works on it.
    pub fn is_near(self) -> bool {
        match self {
            Stance::Petitioner | Stance::Staff | Stance::Handler => true,
            Stance::Neighbour | Stance::Reader => false,
        }
    }

    /// Whether the reader is told who asked: themselves, staff of the range, and whoever works on it; of a report 检举 those alone who
    /// may look at reports.
    pub fn is_told_who_asked(self, petition: &Petition) -> bool {
        match self {
            Stance::Petitioner | Stance::Staff => true,
            Stance::Handler => petition.own.kind != PetitionKind::Report,
            Stance::Neighbour | Stance::Reader => false,
        }
    }

    /// As whom the timeline is read; a neighbour does not.
    pub fn reader(self, actor: &Actor) -> Option<Reader> {
        match self {
            Stance::Petitioner => Some(Reader::Citizen),
            Stance::Staff | Stance::Handler => Some(Reader::Staff(offices(actor))),
            Stance::Neighbour | Stance::Reader => None,
        }
    }
}

/// The organisations the actor has posts in.
pub fn offices(actor: &Actor) -> Vec<OrganisationId> {
    actor.standings.iter().filter_map(|standing| standing.organisation).collect()
}

/// As whom the actor sees it; none: not at all.
fn stance(look: &mut Look<'_>, petition: &Petition) -> Result<Option<Stance>> {
    let (actor, division) = (look.actor.clone(), petition.matter.division);
    if petition.is_of(&actor) {
        return Ok(Some(Stance::Petitioner));
    }
    // Whom a report is about never learns of it, from whatever height they look.
    if petition.own.accused_id.is_some_and(|accused| offices(&actor).contains(&accused)) {
        return Ok(None);
    }
    let is_report = petition.own.kind == PetitionKind::Report;
    let reaches = match is_report {
        true => actor.may(Action::ListReports, Some(division), false),
        false => actor.may(Action::Find, Some(division), false),
    };
    if reaches {
        return Ok(Some(Stance::Staff));
    }
    if petition.office_of(&actor).is_some() {
        return Ok(Some(Stance::Handler));
    }
    if is_report || !is_open_to_neighbours(petition) {
        return Ok(None);
    }
    if is_neighbour(look, petition)? {
        return Ok(Some(Stance::Neighbour));
    }
    Ok(petition.own.published_at.map(|_| Stance::Reader))
}

/// Whether neighbours may read it at all: somebody has accepted it, and nobody has hidden it.
pub fn is_open_to_neighbours(petition: &Petition) -> bool {
    use PetitionState::*;
    let is_taken =
        matches!(petition.state, Accepted | Dispatched | InProgress | Suspended | Resolved | Closed);
    is_taken && !petition.own.is_hidden
}

fn is_neighbour(look: &mut Look<'_>, petition: &Petition) -> Result<bool> {
    match petition.own.visibility {
        PetitionVisibility::Private => Ok(false),
        PetitionVisibility::Public => Ok(true),
        PetitionVisibility::Community => {
            let residencies = look.residencies()?;
            Ok(residencies.iter().any(|one| one.division == petition.matter.division))
        }
        PetitionVisibility::BuildingGroup => {
            let groups = store::own_groups(look)?;
            Ok(petition.own.building_group_id.is_some_and(|group| groups.contains(&group)))
        }
    }
}

/// A petition the caller sees, and as whom.
pub fn seen(look: &mut Look<'_>, id: MatterId) -> Result<(Petition, Stance)> {
    look.scope(Action::Find)?;
    let petition = store::load(look, id)?;
    let stance = stance(look, &petition)?.ok_or(&NOT_FOUND)?;
    Ok((petition, stance))
}

/// Two petitions the caller sees, locked in the order of their ids, so that no two acts wait for each other. The other one is named by
/// the body.
pub fn lock_two(
    act: &mut Act<'_>,
    (id, other): (MatterId, MatterId),
    (unfit, pointer): (&'static Rule, &'static str),
) -> Result<(Petition, Petition)> {
    seen(act, id)?;
    seen(act, other).or_refuse(unfit, pointer)?;
    let mut ids = [id, other];
    ids.sort();
    for one in ids {
        registry::lock(act, one)?;
    }
    let (petition, _) = seen(act, id)?;
    let (other, _) = seen(act, other).or_refuse(unfit, pointer)?;
    Ok((petition, other))
}

/// A petition the caller sees, locked, and as whom.
pub fn lock(act: &mut Act<'_>, id: MatterId) -> Result<(Petition, Stance)> {
    // Who may not see it does not hold it up, either.
    seen(act, id)?;
    registry::lock(act, id)?;
    seen(act, id)
}

/// The door to what is attached to a petition: whoever handles it or wrote it passes. Photos may show people, so neighbours do not.
pub fn door(look: &mut Look<'_>, id: Uuid) -> Result<()> {
    let (_, stance) = seen(look, MatterId(id))?;
    NOT_FOUND.unless(stance.is_near())
}
