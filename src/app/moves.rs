//! What becomes of everything that names a resident, when that resident's record is merged into another, or becomes another account's.

use crate::activities::volunteer_hours;
use crate::people::merges::{MOVES, Moves};
use crate::people::residencies::Follower;
use crate::{activities, matters};

/// Every column there is. A room whose tables name residents adds its own list; a test holds them all against the schema.
pub fn moves() -> Moves {
    Moves::of(&[MOVES, matters::MOVES, activities::MOVES])
}

/// What follows the account of a record beside its binding: hours, since what two records did at one time counts once for one person.
pub const FOLLOWER: Follower = Follower(volunteer_hours::follow);
