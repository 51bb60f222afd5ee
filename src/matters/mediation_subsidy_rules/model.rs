//! Rows of amounts.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::division::Division;
use crate::matters::mediation_cases::course::MediationState;
use crate::matters::mediation_cases::{MediationGrade, MediationSeatRole};
use crate::schema::mediation_subsidy_rules;
use crate::{id, text_enum};

id! {
    /// The id of an amount.
    SubsidyRuleId
}

text_enum! {
    /// Who is paid for a case. Whoever sits for an administrative organ has their salary.
    pub enum MediationSubsidyRole {
        /// 人民调解员
        Mediator = "mediator",
        /// 律师
        Lawyer = "lawyer",
    }
}

impl MediationSubsidyRole {
    /// As what somebody on such a seat is paid, if at all.
    pub fn of(seat: MediationSeatRole) -> Option<Self> {
        match seat {
            MediationSeatRole::Mediator => Some(Self::Mediator),
            MediationSeatRole::Lawyer => Some(Self::Lawyer),
            MediationSeatRole::Police | MediationSeatRole::Justice | MediationSeatRole::Department => None,
        }
    }
}

text_enum! {
    /// How a case ended that is paid for.
    pub enum MediationSubsidyOutcome {
        /// 达成协议并履行
        Performed = "performed",
        /// 达成协议，未履行
        Breached = "breached",
        /// 调解不成
        Failed = "failed",
    }
}

impl MediationSubsidyOutcome {
    /// How a case in that state ended.
    pub fn of(state: MediationState) -> Option<Self> {
        match state {
            MediationState::Performed => Some(Self::Performed),
            MediationState::Breached => Some(Self::Breached),
            MediationState::Failed => Some(Self::Failed),
            _ => None,
        }
    }
}

/// An amount as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_subsidy_rules)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct SubsidyRuleRow {
    pub id: SubsidyRuleId,
    pub division: Division,
    pub role: MediationSubsidyRole,
    pub grade: MediationGrade,
    pub outcome: MediationSubsidyOutcome,
    pub amount_fen: i64,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
    pub created_at: DateTime<Utc>,
}

/// An amount about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_subsidy_rules, treat_none_as_default_value = false)]
pub struct NewSubsidyRule {
    pub id: SubsidyRuleId,
    pub division: Division,
    pub role: MediationSubsidyRole,
    pub grade: MediationGrade,
    pub outcome: MediationSubsidyOutcome,
    pub amount_fen: i64,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
    pub created_at: DateTime<Utc>,
}

impl Governed for NewSubsidyRule {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub role: Option<MediationSubsidyRole>,
    pub on: Option<NaiveDate>,
}
