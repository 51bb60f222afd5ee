//! Rows of divisions.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde_json::Value;

use crate::access::act::Governed;
use crate::access::division::Division;
use crate::schema::divisions;
use crate::text_enum;

text_enum! {
    /// How high a division stands.
    pub enum Level {
        /// 市
        City = "city",
        /// 区
        District = "district",
        /// 街道、镇、乡
        Street = "street",
        /// 居委会、村委会
        Committee = "committee",
    }
}

text_enum! {
    /// The state of a division (A11 去筹转正).
    pub enum Status {
        /// 筹建
        Preparing = "preparing",
        /// 正式
        Established = "established",
        /// 撤销
        Abolished = "abolished",
    }
}

text_enum! {
    /// How one division came from another (A10, A11, A12).
    pub enum LineageKind {
        /// 拆分
        Split = "split",
        /// 合并
        Merged = "merged",
        /// 析出
        CarvedOut = "carved_out",
    }
}

/// A division as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = divisions)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct DivisionRow {
    pub code: Division,
    pub name: String,
    pub level: Level,
    pub parent: Option<Division>,
    pub status: Status,
    pub address: String,
    pub phones: Vec<Option<String>>,
    pub opening_hours: Value,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
}

impl Governed for DivisionRow {
    fn division(&self) -> Option<Division> {
        Some(self.code)
    }
}

/// One step of a division's history.
#[derive(Clone, Debug, Queryable)]
pub struct LineageRow {
    pub predecessor: Division,
    pub successor: Division,
    pub kind: LineageKind,
    pub effective_on: NaiveDate,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub parent: Option<Division>,
    pub level: Option<Level>,
    pub status: Option<Status>,
    pub name: Option<String>,
}

/// A change of a division.
#[derive(AsChangeset)]
#[diesel(table_name = divisions)]
pub struct DivisionChange {
    pub status: Option<Status>,
    pub address: Option<String>,
    pub phones: Option<Vec<Option<String>>>,
    pub opening_hours: Option<Value>,
    pub longitude: Option<Option<f64>>,
    pub latitude: Option<Option<f64>>,
}
