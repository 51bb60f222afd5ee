//! The people: residents 居民, their homes 人房关系 and households 家庭户, who left, records found to be of one person, visits 走访
//! to them, and who looked at what is kept of them.

pub mod departures;
pub mod disclosures;
pub mod document;
pub mod exports;
pub mod homes;
pub mod households;
pub mod imports;
pub mod merges;
pub mod names;
pub mod residents;
pub mod visit_findings;
pub mod visit_plans;
pub mod visits;
