//! The people: residents 居民, and who looked at what is kept of them.

pub mod disclosures;
pub mod document;
pub mod exports;
pub mod imports;
pub mod names;
pub mod residents;
