//! Rows of policies.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::matters::calendar::Unit;
use crate::places::divisions::Level;
use crate::schema::matter_policies;
use crate::{id, text_enum};

id! {
    /// A policy's id.
    PolicyId
}

text_enum! {
    /// What kind of matter something is.
    pub enum MatterKind {
        /// 诉求
        Petition = "petition",
        /// 调解案件
        MediationCase = "mediation_case",
    }
}

text_enum! {
    /// What must be done by a date.
    pub enum ClockKind {
        /// 先行联系
        FirstContact = "first_contact",
        /// 受理
        Acceptance = "acceptance",
        /// 办结
        Resolution = "resolution",
        /// 重办
        Rehandling = "rehandling",
        /// 联名达到人数后的答复
        Answer = "answer",
        /// 无反馈自动办结
        Silence = "silence",
        /// 签收派单
        Dispatch = "dispatch",
        /// 复查
        Review = "review",
        /// 复核
        FinalReview = "final_review",
        /// 约请答复
        Summons = "summons",
        /// 司法确认申请期限 (人民调解法 33)
        Confirmation = "confirmation",
        /// 回访协议履行情况 (人民调解法 31)
        FollowUp = "follow_up",
        /// 协议约定的履行期限: set by the parties, by no policy
        Performance = "performance",
    }
}

impl ClockKind {
    /// Those that end by themselves, and are nobody's deadline.
    pub const LAPSING: [ClockKind; 3] = [ClockKind::Silence, ClockKind::Confirmation, ClockKind::Performance];

    /// Whether it ends by itself.
    pub fn lapses(self) -> bool {
        Self::LAPSING.contains(&self)
    }
}

text_enum! {
    /// In which times a policy holds 平急.
    pub enum PolicyMode {
        /// 平时
        Normal = "normal",
        /// 应急
        Emergency = "emergency",
    }
}

/// A policy as kept. What is empty holds for all.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = matter_policies)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct PolicyRow {
    pub id: PolicyId,
    pub division: Division,
    pub kind: MatterKind,
    pub variant: Option<String>,
    pub category: Option<String>,
    pub grade: Option<String>,
    pub mode: PolicyMode,
    pub clock: ClockKind,
    pub amount: i32,
    pub unit: Unit,
    pub signatures: Option<i32>,
    pub level: Option<Level>,
    pub effective_from: NaiveDate,
    pub effective_until: Option<NaiveDate>,
    pub legal_basis: String,
    pub created_by: Option<AccountId>,
    pub created_at: DateTime<Utc>,
}

impl Governed for PolicyRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A policy about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = matter_policies, treat_none_as_default_value = false)]
pub struct NewPolicy {
    pub id: PolicyId,
    pub division: Division,
    pub kind: MatterKind,
    pub variant: Option<String>,
    pub category: Option<String>,
    pub grade: Option<String>,
    pub mode: PolicyMode,
    pub clock: ClockKind,
    pub amount: i32,
    pub unit: Unit,
    pub signatures: Option<i32>,
    pub level: Option<Level>,
    pub effective_from: NaiveDate,
    pub effective_until: Option<NaiveDate>,
    pub legal_basis: String,
    pub created_by: Option<AccountId>,
    pub created_at: DateTime<Utc>,
}

impl Governed for NewPolicy {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// Which policy is wanted: of what matter, for which clock, where and when.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The kind of matter.
    pub kind: MatterKind,
    /// Its variant, as of a petition: `request`, `complaint`, …
    pub variant: Option<&'a str>,
    /// The code of its category.
    pub category: Option<&'a str>,
    /// Its grade, as `normal` or `fast`.
    pub grade: Option<&'a str>,
    /// In which times.
    pub mode: PolicyMode,
    /// The clock.
    pub clock: ClockKind,
    /// Where the matter lies.
    pub division: Division,
    /// On which day.
    pub on: NaiveDate,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub kind: Option<MatterKind>,
    pub clock: Option<ClockKind>,
    pub mode: Option<PolicyMode>,
    pub on: Option<NaiveDate>,
}
