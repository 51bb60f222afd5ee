//! A town for each test: its own schema, server, clock and people.

pub mod archive;
mod client;
mod contract;
pub mod invariants;
pub mod joint;
mod people;
pub mod petitions;
pub mod power;
pub mod process;
pub mod rights;
pub mod summons;
pub mod tags;
mod town;
pub mod visits;
pub mod volunteer_day;
pub mod volunteering;

pub use client::{BOUNDARY, Call, Reply, multipart};
pub use contract::document;
pub use people::Person;
pub use town::Town;

/// A committee in 宝山区友谊路街道: where a test's own people are.
pub const OWN: &str = "310113003005";
/// Another committee of the same street.
pub const SIBLING: &str = "310113003006";
/// The street above.
pub const PARENT: &str = "310113003000";
/// A committee of another district.
pub const ELSEWHERE: &str = "310101002003";
/// The whole city.
pub const CITY: &str = "310000000000";
