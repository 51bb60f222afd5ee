//! Rows of statistics.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use crate::text_enum;

text_enum! {
    /// By what cases are counted apart.
    pub enum MediationStatisticsGrouping {
        /// 纠纷类型
        DisputeType = "dispute_type",
        /// 案件来源
        Source = "source",
        /// 调解室: where the case was heard last
        Room = "room",
        /// 登记月份
        Month = "month",
    }
}

/// What is counted: from a moment on, before another.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub from: DateTime<Utc>,
    pub before: DateTime<Utc>,
}

/// What became of the cases of a group.
#[derive(Clone, Debug, Default, QueryableByName)]
pub struct Counted {
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = BigInt)]
    pub registered: i64,
    #[diesel(sql_type = BigInt)]
    pub declined: i64,
    #[diesel(sql_type = BigInt)]
    pub agreed: i64,
    #[diesel(sql_type = BigInt)]
    pub failed: i64,
    #[diesel(sql_type = BigInt)]
    pub withdrawn: i64,
    #[diesel(sql_type = BigInt)]
    pub performed: i64,
    #[diesel(sql_type = BigInt)]
    pub breached: i64,
    #[diesel(sql_type = BigInt)]
    pub confirmed: i64,
}

impl Counted {
    /// Both together.
    pub fn plus(self, other: &Counted) -> Counted {
        Counted {
            key: String::new(),
            registered: self.registered + other.registered,
            declined: self.declined + other.declined,
            agreed: self.agreed + other.agreed,
            failed: self.failed + other.failed,
            withdrawn: self.withdrawn + other.withdrawn,
            performed: self.performed + other.performed,
            breached: self.breached + other.breached,
            confirmed: self.confirmed + other.confirmed,
        }
    }
}

/// So many cases of a group took so many days from acceptance to agreement.
#[derive(Clone, Debug, QueryableByName)]
pub struct Took {
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Integer)]
    pub days: i32,
    #[diesel(sql_type = BigInt)]
    pub cases: i64,
}

/// Who was in dispute, and who more than once.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Parties {
    #[diesel(sql_type = BigInt)]
    pub parties: i64,
    #[diesel(sql_type = BigInt)]
    pub repeat_parties: i64,
}

/// All that was counted.
#[derive(Clone, Debug)]
pub struct Found {
    pub counted: Vec<Counted>,
    pub took: Vec<Took>,
    pub parties: Parties,
    /// What groups are there, whether or not a case fell into them, and what they are called.
    pub groups: Vec<(String, Option<String>)>,
}
