//! Households in a list of residents: who is what to the head of which household, by its number 户编号 and the relation 与户主关系.
//!
//! A household that has members has a head, also between two batches: a member goes in once the head is known, from the archive, from an
//! earlier batch or from the same. A list takes nobody out of a household and changes no head, since each relation is to the head.

mod joining;
mod judging;
mod model;
mod store;

pub use joining::write;
pub use judging::{Households, Plan};
