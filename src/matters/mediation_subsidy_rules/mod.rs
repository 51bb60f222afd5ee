//! How much is paid for a case 补贴标准 (F8): to mediators 误工补贴 (人民调解法 6, 16) and to the lawyers of 三所联动, by how hard it was and how it ended
//! 以案定补. Data, by place and day, each with what it stands on: no law says an amount. The closest place that says one holds.

mod import;
mod model;
pub mod store;

pub use import::{Line, import};
pub use model::{MediationSubsidyOutcome, MediationSubsidyRole, SubsidyRuleId, SubsidyRuleRow};
