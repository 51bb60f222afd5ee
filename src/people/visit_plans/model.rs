//! Rows of visit plans.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamptz, Uuid as SqlUuid};

use super::target::{Kept, VisitTargetKind};
use crate::access::act::Governed;
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::people::disclosures::ResidentId;
use crate::people::labels::LabelId;
use crate::people::residents::Residence;
use crate::people::visit_findings::VisitId;
use crate::places::building_groups::BuildingGroupId;
use crate::places::dwellings::DwellingId;
use crate::schema::visit_plans;
use crate::{id, text_enum};

id! {
    /// A visit plan's id.
    VisitPlanId
}

text_enum! {
    /// What a plan counts.
    pub enum VisitPlanUnit {
        /// 走访到人: each person must be named in a visit
        Resident = "resident",
        /// 走访到户: a visit to anybody there, or to the home itself, counts
        Home = "home",
    }
}

text_enum! {
    /// Who carries out a plan, where it names a role.
    pub enum VisitPlanRole {
        /// 楼组长
        GroupLeader = "group_leader",
        /// 社工
        CommitteeWorker = "committee_worker",
        /// 居委主任、书记
        CommitteeHead = "committee_head",
    }
}

/// A visit plan as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = visit_plans)]
pub struct PlanRow {
    pub id: VisitPlanId,
    pub division: Division,
    pub name: String,
    pub unit: VisitPlanUnit,
    pub target: VisitTargetKind,
    pub target_age: Option<i32>,
    pub target_residence: Option<Residence>,
    pub target_building_group_id: Option<BuildingGroupId>,
    pub every_days: i32,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub responsible_id: Option<AccountId>,
    pub responsible_role: Option<VisitPlanRole>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub label_id: Option<LabelId>,
}

impl PlanRow {
    /// Whom it is about, as kept.
    pub fn target(&self) -> Kept {
        (self.target, self.target_age, self.target_residence, self.target_building_group_id)
    }
}

impl Governed for PlanRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A visit plan with the name of who is responsible.
#[derive(Clone, Debug, Queryable)]
pub struct NamedPlanRow {
    pub plan: PlanRow,
    pub responsible_name: Option<String>,
}

/// A visit plan about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = visit_plans, treat_none_as_default_value = false)]
pub struct NewPlan {
    pub id: VisitPlanId,
    pub division: Division,
    pub name: String,
    pub unit: VisitPlanUnit,
    pub target: VisitTargetKind,
    pub target_age: Option<i32>,
    pub target_residence: Option<Residence>,
    pub target_building_group_id: Option<BuildingGroupId>,
    pub every_days: i32,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub responsible_id: Option<AccountId>,
    pub responsible_role: Option<VisitPlanRole>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub label_id: Option<LabelId>,
}

impl Governed for NewPlan {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A change of a visit plan. The parts of a target, and those of who is responsible, change together.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = visit_plans)]
pub struct PlanChange {
    pub name: Option<String>,
    pub unit: Option<VisitPlanUnit>,
    pub target: Option<VisitTargetKind>,
    pub target_age: Option<Option<i32>>,
    pub target_residence: Option<Option<Residence>>,
    pub target_building_group_id: Option<Option<BuildingGroupId>>,
    pub every_days: Option<i32>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<Option<NaiveDate>>,
    pub responsible_id: Option<Option<AccountId>>,
    pub responsible_role: Option<Option<VisitPlanRole>>,
    pub label_id: Option<Option<LabelId>>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub label: Option<LabelId>,
    /// Only those that run on this day, or only those that do not.
    pub runs_on: Option<(NaiveDate, bool)>,
}

/// One line of a coverage: the counts of the whole plan, and one to be visited; none of those where a page is empty.
#[derive(Clone, Debug, QueryableByName)]
pub struct CoverageRow {
    #[diesel(sql_type = BigInt)]
    pub due: i64,
    #[diesel(sql_type = BigInt)]
    pub visited: i64,
    #[diesel(sql_type = BigInt)]
    pub overdue: i64,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub id: Option<uuid::Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub resident_id: Option<ResidentId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub resident_name: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub home_id: Option<DwellingId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub building_number: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub home_unit: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub home_number: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub last_visit_id: Option<VisitId>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub last_visited_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Date>)]
    pub due_on: Option<NaiveDate>,
}
