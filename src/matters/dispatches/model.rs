//! Rows of dispatches.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::actor::{AccountId, OrganisationId};
use crate::access::division::Division;
use crate::matters::registry::MatterId;
use crate::schema::dispatches;
use crate::{id, text_enum};

id! {
    /// A dispatch's id.
    DispatchId
}

text_enum! {
    /// As what an organisation is called on.
    pub enum DispatchRole {
        /// 主办
        Lead = "lead",
        /// 协办、会办
        Assist = "assist",
    }
}

text_enum! {
    /// Where a dispatch stands.
    pub enum DispatchState {
        /// 待签收
        Pending = "pending",
        /// 已签收
        Accepted = "accepted",
        /// 已退单
        Returned = "returned",
        /// 已结束: the matter went elsewhere, or is over.
        Ended = "ended",
    }
}

text_enum! {
    /// Why a dispatch came back 退单理由.
    pub enum ReturnReason {
        /// 非本单位职责
        NotResponsible = "not_responsible",
        /// 不在管辖范围
        OutsideRange = "outside_range",
        /// 信息不足
        InsufficientInformation = "insufficient_information",
        /// 重复派单
        Duplicate = "duplicate",
    }
}

/// A dispatch as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = dispatches)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct DispatchRow {
    pub id: DispatchId,
    pub matter_id: MatterId,
    pub division: Division,
    pub organisation_id: OrganisationId,
    pub role: DispatchRole,
    pub state: DispatchState,
    pub hop: i32,
    pub note: String,
    pub dispatched_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    pub return_reason: Option<ReturnReason>,
    pub return_note: Option<String>,
    pub suggested_id: Option<OrganisationId>,
    pub ended_at: Option<DateTime<Utc>>,
}

impl DispatchRow {
    /// Whether the organisation works on the matter, or is asked to.
    pub fn is_live(&self) -> bool {
        matches!(self.state, DispatchState::Pending | DispatchState::Accepted)
    }
}

diesel::alias!(crate::schema::organisations as suggested: Suggested);

/// A dispatch with the names that belong to it.
#[derive(Clone, Debug, Queryable)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NamedDispatchRow {
    pub dispatch: DispatchRow,
    pub organisation_name: String,
    pub dispatcher_name: String,
    pub suggested_name: Option<String>,
}

/// A dispatch about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = dispatches)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewDispatch {
    pub id: DispatchId,
    pub matter_id: MatterId,
    pub division: Division,
    pub organisation_id: OrganisationId,
    pub role: DispatchRole,
    pub state: DispatchState,
    pub hop: i32,
    pub note: String,
    pub dispatched_by: AccountId,
    pub dispatched_at: DateTime<Utc>,
}
