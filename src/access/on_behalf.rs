//! In whose name somebody acts: what is told as an organisation's is told by who has to do with it.

use super::actor::{Actor, OrganisationId};
use super::division::Division;
use super::policy::{Action, Reach};

impl Actor {
    /// Whether the actor does this in that place for an organisation, wherever that has its seat: one and the same standing reaches the
    /// place with the action, and names the organisation or reaches its seat, too.
    pub fn acts_for<A: Action>(
        &self,
        action: A,
        place: Division,
        organisation: OrganisationId,
        seat: Division,
    ) -> bool {
        self.standings.iter().any(|standing| match self.reach(action, standing) {
            Reach::Never | Reach::Own => false,
            Reach::Range => {
                let is_theirs = standing.organisation == Some(organisation) || standing.range.contains(seat);
                is_theirs && standing.range.contains(place)
            }
            Reach::Everywhere => true,
        })
    }
}
