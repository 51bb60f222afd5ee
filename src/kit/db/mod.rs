//! PostgreSQL: connections, the seats that use them, migrations.

mod manager;
mod migrations;
mod seats;

pub use manager::{Connection, Limits};
pub use migrations::{is_current, migrate};
pub use seats::{Seats, Tries};
