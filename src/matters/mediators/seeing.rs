//! As whom somebody sees a roster: its staff and the person themselves see whole entries, everybody else whom they may choose.

use super::Action;
use super::model::MediatorRow;
use crate::access::act::Governed as _;
use crate::access::actor::Actor;

/// Whether the actor sees the whole entry.
pub fn sees_record(actor: &Actor, row: &MediatorRow) -> bool {
    row.is_own(actor) || actor.may(Action::ListProposals, Some(row.division), false)
}
