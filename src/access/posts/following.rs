//! Who follows when somebody's post was ended.

use crate::access::act::Act;
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::role::Role;
use crate::kit::problem::Result;

/// What the rooms below do when somebody no longer holds any post of this role in this division, whoever ended it. It is part of
/// the act; the account of who held it is locked.
#[derive(Clone, Copy)]
pub struct Follower(pub fn(&mut Act<'_>, AccountId, Role, Division) -> Result<()>);
