//! Rules that hours are counted and honoured by: how many make a star 星级, and how many count of one day. Data, by place and day, each
//! with what it stands on; a closer place goes before a wider one.

mod import;
mod model;
pub mod store;

pub use import::{Line, import};
pub use model::{RuleRow, Rules};
