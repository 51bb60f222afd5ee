//! A town for each test: its own database, server, clock and people.

pub mod agreements;
mod applications;
pub mod archive;
mod client;
mod contract;
mod database;
pub mod disputes;
pub mod entries;
pub mod hearings;
pub mod invariants;
pub mod joint;
pub mod ledger;
pub mod mediation;
mod people;
pub mod petitions;
pub mod power;
pub mod process;
pub mod rights;
pub mod scans;
pub mod screening;
pub mod summons;
pub mod tags;
pub mod table;
mod town;
pub mod visits;
pub mod volunteer_day;
pub mod volunteering;

pub use client::{BOUNDARY, Call, Reply, multipart};
pub use contract::{document, followed, operation};
pub use database::{Database, server_log};
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

/// Waits for what another thread or process does soon.
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = std::time::Instant::now();
    while !is_so() {
        assert!(began.elapsed() < std::time::Duration::from_secs(60), "waited too long until {what}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
