//! Jobs 后台任务: long work on somebody's behalf, done in batches by whichever process is free.
//!
//! A batch is a transaction with the actor loaded fresh, as a request would be, and says in that same transaction how
//! far the job is. So whatever happens to the process in between, each batch is done once. A job that is run again
//! goes on from `done`.

mod batch;
mod model;
mod rules;
mod run;
pub mod store;
mod wire;

use crate::kit::problem::{Kind, Rule};

pub use batch::{Ended, Job, Runner};
pub use model::{JobId, JobRow, JobState, NewJob, Step};
pub use run::{run_due, run_next};
pub use store::insert as enqueue;
pub use wire::JobView;

/// It was interrupted again and again without getting on.
pub static ABANDONED: Rule = Rule {
    code: "job-abandoned",
    kind: Kind::Fault,
    en: "The job was interrupted too often and was given up.",
    zh: "任务多次中断，已放弃。",
};

/// The rules of this resource, for the catalogue. A job that failed has the code of any rule there is.
pub static RULES: &[&Rule] = &[&ABANDONED];
