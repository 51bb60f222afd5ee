//! Who follows when a record becomes another account's.

use crate::access::act::Act;
use crate::access::actor::{AccountId, ResidentId};
use crate::kit::problem::Result;

/// What the rooms below do when a record was bound to an account, told which account it was bound to before. It is part of the act.
#[derive(Clone, Copy)]
pub struct Follower(pub fn(&mut Act<'_>, ResidentId, Option<AccountId>) -> Result<()>);
