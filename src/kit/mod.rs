//! The ground floor: nothing here knows a word of the neighbourhood.

pub mod answer;
pub mod clock;
pub mod cluster;
pub mod crypto;
pub mod day;
pub mod db;
pub mod etag;
pub mod files;
pub mod hours;
pub mod http;
pub mod id;
pub mod idempotency;
pub mod json;
pub mod list;
pub mod moment;
pub mod named;
pub mod number;
pub mod objects;
pub mod page;
pub mod patch;
pub mod problem;
pub mod retention;
pub mod sealed;
pub mod stop;
pub mod sheets;
pub mod text;
