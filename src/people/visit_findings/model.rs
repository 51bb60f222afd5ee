//! Rows of findings.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::people::disclosures::ResidentId;
use crate::places::dwellings::DwellingId;
use crate::schema::visit_findings;
use crate::{id, text_enum};

id! {
    /// A visit's id. Declared here because findings name one.
    VisitId
}
/// What visits are called where something is attached to them.
pub const VISITS: &str = "visits";

id! {
    /// A finding's id.
    VisitFindingId
}

text_enum! {
    /// What kind of thing was found 问题类别.
    pub enum VisitFindingCategory {
        /// 安全隐患
        SafetyHazard = "safety_hazard",
        /// 生活困难
        Hardship = "hardship",
        /// 矛盾纠纷
        Dispute = "dispute",
        /// 物业服务
        PropertyService = "property_service",
        /// 公共设施
        Facility = "facility",
        /// 环境卫生
        Environment = "environment",
        /// 健康状况
        Health = "health",
        /// 意见建议
        Suggestion = "suggestion",
        /// 其他
        Other = "other",
    }
}

text_enum! {
    /// Whether something is still to be done about a finding.
    pub enum VisitFindingState {
        /// 待办
        Open = "open",
        /// 办结
        Closed = "closed",
    }
}

/// A finding as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = visit_findings)]
pub struct FindingRow {
    pub id: VisitFindingId,
    pub visit_id: VisitId,
    pub division: Division,
    pub category: VisitFindingCategory,
    pub text: String,
    pub state: VisitFindingState,
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_by: Option<AccountId>,
    pub closing_note: Option<String>,
    pub created_at: DateTime<Utc>,
}

impl Governed for FindingRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A home with what it is called.
#[derive(Clone, Debug, Queryable)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct HomeRow {
    pub id: DwellingId,
    pub building_number: String,
    pub unit: String,
    pub number: String,
}

/// A finding with the name of who closed it.
#[derive(Clone, Debug, Queryable)]
pub struct NamedFindingRow {
    pub finding: FindingRow,
    pub closed_by_name: Option<String>,
}

/// A finding with the visit it was made at.
#[derive(Clone, Debug, Queryable)]
pub struct PlacedFindingRow {
    pub finding: FindingRow,
    pub closed_by_name: Option<String>,
    pub visited_at: DateTime<Utc>,
    pub resident: Option<(ResidentId, String)>,
    pub home: Option<HomeRow>,
}

/// A finding about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = visit_findings)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewFinding {
    pub id: VisitFindingId,
    pub visit_id: VisitId,
    pub division: Division,
    pub category: VisitFindingCategory,
    pub text: String,
    pub state: VisitFindingState,
    pub created_at: DateTime<Utc>,
}

/// A finding's new words.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = visit_findings)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct FindingChange {
    pub category: VisitFindingCategory,
    pub text: String,
}

/// What a list is narrowed to.
#[derive(Clone, Debug)]
pub struct Filter {
    pub division: Option<Division>,
    pub category: Option<VisitFindingCategory>,
    pub state: VisitFindingState,
    pub resident: Option<ResidentId>,
    pub home: Option<DwellingId>,
}
