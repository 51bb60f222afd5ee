//! What becomes of everything that names a resident, when that resident's record is merged into another, or becomes another account's;
//! and of what goes with a post, when that is ended.

use actix_web::web::{Data, ServiceConfig};

use crate::access::posts;
use crate::activities::volunteer_hours;
use crate::people::merges::{MOVES, Moves};
use crate::people::residencies::Follower;
use crate::places::building_groups;
use crate::{activities, matters};

/// Every column there is. A room whose tables name residents adds its own list; a test holds them all against the schema.
pub fn moves() -> Moves {
    Moves::of(&[MOVES, matters::MOVES, activities::MOVES])
}

/// What follows the account of a record beside its binding: hours, since what two records did at one time counts once for one person.
const FOLLOWER: Follower = Follower(volunteer_hours::follow);

/// What follows the end of a post: who is no group leader any more leads no group.
const POST_FOLLOWER: posts::Follower = posts::Follower(building_groups::follow);

/// Hands them to the handlers of what they follow.
pub fn followers(config: &mut ServiceConfig) {
    config.app_data(Data::new(FOLLOWER)).app_data(Data::new(POST_FOLLOWER));
}
