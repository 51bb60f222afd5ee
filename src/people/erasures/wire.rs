//! Erasures in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{ErasureAsker, ErasureId, ErasureRow, ErasureStatus, Filter};
use crate::access::actor::ResidentId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::text::{Label, Line};
use crate::text_enum;

/// What it is decided by.
const LAW: &str = "《中华人民共和国个人信息保护法》第四十七条";

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ErasureQuery {
    /// Only those of this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Those that wait, unless another status is asked for.
    pub status: Option<ErasureStatus>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl ErasureQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, status: self.status.unwrap_or(ErasureStatus::Pending) }
    }
}

/// What to list of records sealed by law.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RestrictedResidentQuery {
    /// Only those of this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// The erasure in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ErasurePath {
    /// The erasure.
    pub erasure: ErasureId,
}

/// The record in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct RestrictedResidentPath {
    /// The record.
    pub resident: ResidentId,
}

/// Ask to have one's record deleted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasureDraft {
    /// Why, where one likes to say so.
    #[serde(default)]
    #[schema(example = "已迁居外地")]
    pub reason: Label<500>,
}

/// The resident in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ResidentErasurePath {
    /// The resident.
    pub resident: ResidentId,
}

/// Enter what somebody asked for in the office.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResidentErasureDraft {
    /// Who asked.
    pub asked_by: ErasureAsker,
    /// What was checked, so that it is they who ask, and may; without numbers.
    #[schema(example = "核对身份证原件")]
    pub evidence: Line<200>,
    /// Why, where they like to say so.
    #[serde(default)]
    #[schema(example = "已迁居外地")]
    pub reason: Label<500>,
}

text_enum! {
    /// What is decided about a wish to be deleted.
    pub enum ErasureDecision {
        /// 删除: the record is emptied, and can't be brought back
        Erased = "erased",
        /// 依法封存
        SealedByLaw = "sealed_by_law",
        /// 不予删除
        Refused = "refused",
    }
}

impl From<ErasureDecision> for ErasureStatus {
    fn from(decision: ErasureDecision) -> Self {
        match decision {
            ErasureDecision::Erased => ErasureStatus::Erased,
            ErasureDecision::SealedByLaw => ErasureStatus::SealedByLaw,
            ErasureDecision::Refused => ErasureStatus::Refused,
        }
    }
}

/// Decide about a wish to be deleted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasureDecisionDraft {
    /// What is decided.
    pub decision: ErasureDecision,
    /// What the person reads: why it is kept, and by which law. Needed unless it is erased.
    #[serde(default)]
    #[schema(example = "依据《档案法》，保存期限至2036年")]
    pub answer: Label<500>,
}

/// A wish to be deleted, and what became of it.
#[derive(Serialize, ToSchema)]
pub struct ErasureView {
    /// Its id.
    pub id: ErasureId,
    /// The record.
    pub resident: ResidentId,
    /// The committee that keeps it.
    pub division: Division,
    /// Who asked, where that was in the office; null where it was asked for in the app, or by nobody.
    pub asked_by: Option<ErasureAsker>,
    /// What was checked in the office; empty where it was not asked for there, and once it is taken back or the record is erased.
    pub evidence: String,
    /// Why it was asked for; empty once it is taken back or the record is erased.
    pub reason: String,
    /// What became of it.
    pub status: ErasureStatus,
    /// What the committee answered.
    pub answer: String,
    /// The law that it is decided by.
    #[schema(example = "《中华人民共和国个人信息保护法》第四十七条")]
    pub law: &'static str,
    /// When it was asked for.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it was decided.
    #[serde(serialize_with = "moment::write_some")]
    pub decided_at: Option<DateTime<Utc>>,
}

impl From<ErasureRow> for ErasureView {
    fn from(row: ErasureRow) -> Self {
        Self {
            id: row.id,
            resident: row.resident_id,
            division: row.division,
            asked_by: row.asked_by,
            evidence: row.evidence,
            reason: row.reason,
            status: row.status,
            answer: row.answer,
            law: LAW,
            created_at: row.created_at,
            decided_at: row.decided_at,
        }
    }
}

impl View for ErasureView {
    const IS_SECRET: bool = true;
}
