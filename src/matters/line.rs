//! The line 街居条线: committee, street, district, city. Who stands where on it, and who is above whom.

use crate::access::actor::Actor;
use crate::access::division::Division;
use crate::access::role::Role;
pub use crate::matters::policies::Level;

/// Where a role stands on the line; most stand beside it.
pub fn level_of(role: Role) -> Option<Level> {
    match role {
        Role::CommitteeWorker | Role::CommitteeHead => Some(Level::Committee),
        Role::StreetOfficer | Role::Dispatcher => Some(Level::Street),
        Role::DistrictOfficer => Some(Level::District),
        Role::CityOfficer => Some(Level::City),
        _ => None,
    }
}

/// Whether a role looks at reports 检举 (信访工作条例 30): the committee is too near to whom they may be about, and who dispatches need not.
pub fn reads_reports(role: Role) -> bool {
    matches!(role, Role::StreetOfficer | Role::DistrictOfficer | Role::CityOfficer)
}

/// The level above.
pub fn above(level: Level) -> Option<Level> {
    match level {
        Level::Committee => Some(Level::Street),
        Level::Street => Some(Level::District),
        Level::District => Some(Level::City),
        Level::City => None,
    }
}

/// Whether the actor stands at this level or higher, over that place.
pub fn stands_at(actor: &Actor, level: Level, division: Division) -> bool {
    let reaching = actor.standings.iter().filter(|standing| standing.range.contains(division));
    let mut levels = reaching.filter_map(|standing| level_of(standing.role));
    levels.any(|own| {
        own == level || std::iter::successors(above(level), |next| above(*next)).any(|next| next == own)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::actor::Standing;

    #[test]
    fn who_stands_higher_stands_lower_too_and_only_in_range() {
        let (own, other) = ("310113003005", "310101002003");
        let place = |code| Division::parse(code).unwrap();
        let street =
            Standing { role: Role::StreetOfficer, range: place("310113003000").range(), organisation: None };
        let mut actor = Actor::visitor();
        actor.standings.push(street);
        assert!(
            stands_at(&actor, Level::Committee, place(own)) && stands_at(&actor, Level::Street, place(own))
        );
        assert!(!stands_at(&actor, Level::District, place(own)));
        assert!(!stands_at(&actor, Level::Committee, place(other)));
    }
}
