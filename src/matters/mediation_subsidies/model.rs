//! Rows of the ledger.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor};
use crate::access::division::Division;
use crate::id;
use crate::matters::mediation_cases::MediationGrade;
use crate::matters::mediation_cases::seats::SeatId;
use crate::matters::mediation_subsidy_rules::{MediationSubsidyOutcome, MediationSubsidyRole, SubsidyRuleId};
use crate::matters::registry::MatterId;
use crate::schema::mediation_subsidies;

id! {
    /// A line's id.
    SubsidyId
}

/// A line as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_subsidies)]
pub struct SubsidyRow {
    pub id: SubsidyId,
    pub division: Division,
    pub case_id: MatterId,
    pub seat_id: SeatId,
    pub account_id: AccountId,
    pub rule_id: SubsidyRuleId,
    pub role: MediationSubsidyRole,
    pub grade: MediationGrade,
    pub outcome: MediationSubsidyOutcome,
    pub amount_fen: i64,
    pub legal_basis: String,
    pub earned_on: NaiveDate,
    pub reverses_id: Option<SubsidyId>,
    pub reason: Option<String>,
    pub created_at: DateTime<Utc>,
}

impl Governed for SubsidyRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.account().is_ok_and(|account| account == self.account_id)
    }
}

/// A line, and whose it is by name.
#[derive(Clone, Debug, Queryable)]
pub struct NamedSubsidyRow {
    pub subsidy: SubsidyRow,
    pub display_name: String,
}

/// A line about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_subsidies, treat_none_as_default_value = false)]
pub struct NewSubsidy {
    pub id: SubsidyId,
    pub division: Division,
    pub case_id: MatterId,
    pub seat_id: SeatId,
    pub account_id: AccountId,
    pub rule_id: SubsidyRuleId,
    pub role: MediationSubsidyRole,
    pub grade: MediationGrade,
    pub outcome: MediationSubsidyOutcome,
    pub amount_fen: i64,
    pub legal_basis: String,
    pub earned_on: NaiveDate,
    pub reverses_id: Option<SubsidyId>,
    pub reason: Option<String>,
    pub created_by: AccountId,
    pub created_at: DateTime<Utc>,
}

/// What a month comes to, of mediators or of lawyers.
#[derive(Clone, Debug, QueryableByName)]
pub struct TotalRow {
    #[diesel(sql_type = Text)]
    pub month: String,
    #[diesel(sql_type = Text)]
    pub role: MediationSubsidyRole,
    #[diesel(sql_type = BigInt)]
    pub cases: i64,
    #[diesel(sql_type = BigInt)]
    pub people: i64,
    #[diesel(sql_type = BigInt)]
    pub given_fen: i64,
    #[diesel(sql_type = BigInt)]
    pub reversed_fen: i64,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub account: Option<AccountId>,
    pub mediation_case: Option<MatterId>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}
