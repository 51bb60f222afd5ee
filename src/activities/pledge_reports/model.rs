//! Rows of uses and reports.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::actor::AccountId;
use crate::activities::pledges::PledgeId;
use crate::id;
use crate::schema::{pledge_reports, pledge_uses};

id! {
    /// The id of a use.
    PledgeUseId
}
id! {
    /// A report's id.
    PledgeReportId
}

/// A use as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = pledge_uses)]
pub struct UseRow {
    pub id: PledgeUseId,
    pub pledge_id: PledgeId,
    pub used_on: NaiveDate,
    pub text: String,
    pub minutes: Option<i32>,
    pub created_at: DateTime<Utc>,
}

/// A use about to be written.
#[derive(Insertable)]
#[diesel(table_name = pledge_uses, treat_none_as_default_value = false)]
pub struct NewUse {
    pub id: PledgeUseId,
    pub pledge_id: PledgeId,
    pub used_on: NaiveDate,
    pub text: String,
    pub minutes: Option<i32>,
    pub recorded_by: AccountId,
    pub created_at: DateTime<Utc>,
}

/// A report as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = pledge_reports)]
pub struct ReportRow {
    pub id: PledgeReportId,
    pub pledge_id: PledgeId,
    pub year: i32,
    pub uses: i32,
    pub minutes: i64,
    pub text: String,
    pub created_at: DateTime<Utc>,
    pub answer: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
}

/// A report about to be written.
#[derive(Insertable)]
#[diesel(table_name = pledge_reports)]
pub struct NewReport {
    pub id: PledgeReportId,
    pub pledge_id: PledgeId,
    pub year: i32,
    pub uses: i32,
    pub minutes: i64,
    pub text: String,
    pub reported_by: AccountId,
    pub created_at: DateTime<Utc>,
}
