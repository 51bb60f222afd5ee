//! Whom somebody may sign up: themselves, by each record of theirs, and the minors whose guardian they are.

mod store;

pub use store::{hold, members, own_candidates, wards};
