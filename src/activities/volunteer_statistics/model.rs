//! Rows of statistics.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Uuid as SqlUuid};

use crate::access::actor::ResidentId;
use crate::places::building_groups::BuildingGroupId;
use crate::text_enum;

text_enum! {
    /// How old somebody is on the last day that is counted.
    pub enum VolunteerAgeBand {
        /// 未成年
        Under18 = "under_18",
        /// 18–34岁
        From18 = "from_18",
        /// 35–59岁
        From35 = "from_35",
        /// 60–69岁
        From60 = "from_60",
        /// 70岁及以上
        From70 = "from_70",
        /// 未登记
        Unknown = "unknown",
    }
}

/// The days that are counted, both of them too.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    pub from: NaiveDate,
    pub until: NaiveDate,
}

impl Days {
    /// As many days just before.
    pub fn before(self) -> Days {
        let length = self.until - self.from + chrono::TimeDelta::days(1);
        Days { from: self.from - length, until: self.until - length }
    }
}

/// Who served in these days, and in those before.
#[derive(Clone, Copy, Debug, Default, QueryableByName)]
pub struct Took {
    #[diesel(sql_type = BigInt)]
    pub volunteers: i64,
    #[diesel(sql_type = BigInt)]
    pub minutes: i64,
    #[diesel(sql_type = BigInt)]
    pub before: i64,
    #[diesel(sql_type = BigInt)]
    pub stayed: i64,
}

/// How many of an age served.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct OfAge {
    #[diesel(sql_type = Text)]
    pub band: VolunteerAgeBand,
    #[diesel(sql_type = BigInt)]
    pub volunteers: i64,
}

/// How many of a building group served.
#[derive(Clone, Debug, QueryableByName)]
pub struct OfGroup {
    #[diesel(sql_type = SqlUuid)]
    pub building_group: BuildingGroupId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = BigInt)]
    pub volunteers: i64,
}

/// How full shifts were, and who came.
#[derive(Clone, Copy, Debug, Default, QueryableByName)]
pub struct Filled {
    #[diesel(sql_type = BigInt)]
    pub shifts: i64,
    #[diesel(sql_type = BigInt)]
    pub places: i64,
    #[diesel(sql_type = BigInt)]
    pub taken: i64,
    #[diesel(sql_type = BigInt)]
    pub attended: i64,
    #[diesel(sql_type = BigInt)]
    pub no_shows: i64,
}

/// What somebody was asked for in 30 days.
#[derive(Clone, Debug, QueryableByName)]
pub struct Load {
    #[diesel(sql_type = SqlUuid)]
    pub resident: ResidentId,
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub minutes: i64,
    #[diesel(sql_type = BigInt)]
    pub shifts: i64,
}

/// From how much on it is too much.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub minutes: i64,
    pub shifts: i64,
}
