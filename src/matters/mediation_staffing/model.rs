//! Rows of staffing rules.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::schema::mediation_staffing_rules;
use crate::{id, text_enum};

id! {
    /// A staffing rule's id.
    StaffingRuleId
}

text_enum! {
    /// What a staffing rule measures.
    pub enum StaffingMeasure {
        /// 每个调解场所的调解员人数
        RoomMediators = "room_mediators",
        /// 兼职计为一名的每周小时数
        PartTimeHours = "part_time_hours",
        /// 调解员任期（月）
        MediatorTermMonths = "mediator_term_months",
    }
}

text_enum! {
    /// What kind of place people mediate in.
    pub enum MediationRoomKind {
        /// 调解室
        Room = "room",
        /// 调解站
        Station = "station",
        /// 调解点
        Point = "point",
    }
}

/// A staffing rule as kept.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = mediation_staffing_rules)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct StaffingRuleRow {
    pub id: StaffingRuleId,
    pub division: Division,
    pub measure: StaffingMeasure,
    pub room_kind: Option<MediationRoomKind>,
    pub amount: i32,
    pub effective_from: NaiveDate,
    pub effective_until: Option<NaiveDate>,
    pub legal_basis: String,
    pub created_at: DateTime<Utc>,
}

impl Governed for StaffingRuleRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A staffing rule about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_staffing_rules, treat_none_as_default_value = false)]
pub struct NewStaffingRule {
    pub id: StaffingRuleId,
    pub division: Division,
    pub measure: StaffingMeasure,
    pub room_kind: Option<MediationRoomKind>,
    pub amount: i32,
    pub effective_from: NaiveDate,
    pub effective_until: Option<NaiveDate>,
    pub legal_basis: String,
    pub created_by: Option<AccountId>,
    pub created_at: DateTime<Utc>,
}

impl Governed for NewStaffingRule {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub measure: Option<StaffingMeasure>,
    pub on: Option<NaiveDate>,
}
