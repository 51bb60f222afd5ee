//! What becomes of everything that names a resident, when that resident's record is merged into another.

use crate::people::merges::{MOVES, Moves};
use crate::{activities, matters};

/// Every column there is. A room whose tables name residents adds its own list; a test holds them all against the schema.
pub fn moves() -> Moves {
    Moves::of(&[MOVES, matters::MOVES, activities::MOVES])
}
