//! What of this room still stands on a resident's record: while it is open, nobody erases the record for having been kept long enough.

mod store;

pub use store::stands_on;
