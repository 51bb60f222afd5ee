//! The people: residents 居民, their homes 人房关系 and households 家庭户, who left, records found to be of one person; labels 标签
//! and health 健康情况 on them; visits 走访 to them; who looked at what is kept of them, and whom it is shared with; and what each
//! person may ask: residency, consents, corrections, erasures, guardians.

pub mod consents;
pub mod corrections;
pub mod data_exports;
pub mod data_grants;
pub mod departures;
pub mod disclosures;
pub mod document;
pub mod erasures;
pub mod exports;
pub mod guardians;
pub mod health;
pub mod homes;
pub mod households;
pub mod imports;
pub mod label_counts;
pub mod labels;
pub mod merges;
pub mod names;
pub mod residencies;
pub mod resident_labels;
pub mod residents;
pub mod small_counts;
pub mod subjects;
pub mod visit_findings;
pub mod visit_plans;
pub mod visits;
