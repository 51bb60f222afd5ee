//! Homes in a list of residents: which dwelling a row names, and what the person is there from now on.
//!
//! A list moves nobody away: whoever lives elsewhere is refused, and moves in by `create_dwelling_resident`. It makes no owners
//! either, since the owners of a home are set as a whole, with their shares. What is so already is left as it is, but that a later list
//! is the newer word on whether somebody lives where they are an occupant or a tenant already.

mod entering;
mod finding;
mod model;
mod store;

pub use entering::{Homes, Step};
pub use finding::Dwellings;

use super::columns::Column;
use crate::kit::problem::Rule;

/// What is wrong with the home of a row: the rule and the column at fault.
pub type Fault = (&'static Rule, Column);
