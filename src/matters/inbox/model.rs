//! Rows of inboxes.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::access::actor::{AccountId, Actor, OrganisationId};
use crate::access::division::{Division, Range};
use crate::matters::dispatches::DispatchId;
use crate::matters::line::{level_of, reads_reports};
use crate::matters::policies::{Level, MatterKind};
use crate::matters::registry::{MatterId, Receipt};
use crate::schema::inbox_items;
use crate::{id, text_enum};

id! {
    /// An item's id.
    InboxItemId
}

text_enum! {
    /// What is to be done.
    pub enum Task {
        /// 受理
        Accept = "accept",
        /// 派单
        Dispatch = "dispatch",
        /// 签收
        TakeDispatch = "take_dispatch",
        /// 办理
        Handle = "handle",
        /// 协办
        Assist = "assist",
        /// 补充材料
        Supplement = "supplement",
        /// 恢复办理: what the matter waited for may have come.
        Resume = "resume",
        /// 审批延期
        DecideExtension = "decide_extension",
        /// 评价
        Rate = "rate",
        /// 结案
        Close = "close",
        /// 确认代办
        Confirm = "confirm",
        /// 督办: it is late.
        Supervise = "supervise",
        /// 复查、复核
        Review = "review",
        /// 答复联名
        AnswerJointly = "answer_jointly",
        /// 答复约请
        ReplySummons = "reply_summons",
        /// 登记出席
        NoteAttendance = "note_attendance",
        /// 表态是否同意调解
        Consent = "consent",
        /// 答复入席邀请
        TakeSeat = "take_seat",
        /// 决定回避申请
        DecideObjection = "decide_objection",
        /// 调解排期
        ScheduleHearing = "schedule_hearing",
        /// 确认调解会通知
        ConfirmHearing = "confirm_hearing",
        /// 送达调解会通知
        ServeNotice = "serve_notice",
        /// 调解
        Mediate = "mediate",
        /// 同意延期与否
        AnswerExtension = "answer_extension",
        /// 签署调解协议
        SignAgreement = "sign_agreement",
        /// 履行调解协议
        Perform = "perform",
        /// 催促逾期未履行的
        ChasePerformance = "chase_performance",
        /// 加入司法确认申请
        JoinConfirmation = "join_confirmation",
        /// 决定是否不予处罚
        DecideWaiver = "decide_waiver",
        /// 回访协议履行
        FollowUp = "follow_up",
        /// 关注激化风险 (人民调解法 25)
        WatchRisk = "watch_risk",
        /// 答复转来的纠纷
        AnswerEntry = "answer_entry",
        /// 知悉纠纷转往他处: until whoever has it now takes it
        NoteHandover = "note_handover",
        /// 再次查看排查线索
        LookAgain = "look_again",
    }
}

/// On whom something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// On one person.
    Account(AccountId),
    /// On whoever has a post in an organisation.
    Organisation(OrganisationId),
    /// On a level of the line 街居条线 where the thing lies.
    Level(Level),
}

/// What waits.
#[derive(Clone, Debug)]
pub struct Item {
    /// What is to be done.
    pub task: Task,
    /// By whom.
    pub whose: Whose,
    /// By when; none comes last.
    pub due_at: Option<DateTime<Utc>>,
    /// Which dispatch it is about.
    pub dispatch: Option<DispatchId>,
    /// Which request for more time it is about.
    pub extension: Option<Uuid>,
}

impl Item {
    /// Something to be done by somebody.
    pub fn new(task: Task, whose: Whose, due_at: Option<DateTime<Utc>>) -> Self {
        Item { task, whose, due_at, dispatch: None, extension: None }
    }
}

/// An item about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = inbox_items, treat_none_as_default_value = false)]
pub struct NewItem {
    pub id: InboxItemId,
    pub division: Division,
    pub task: Task,
    pub title: String,
    pub matter_id: Option<MatterId>,
    pub dispatch_id: Option<DispatchId>,
    pub extension_id: Option<Uuid>,
    pub summons_id: Option<Uuid>,
    pub dispute_entry_id: Option<Uuid>,
    pub screening_lead_id: Option<Uuid>,
    pub account_id: Option<AccountId>,
    pub organisation_id: Option<OrganisationId>,
    pub level: Option<Level>,
    pub due_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

/// An item as lists tell.
#[derive(Clone, Debug, Queryable)]
pub struct ItemRow {
    pub id: InboxItemId,
    pub division: Division,
    pub task: Task,
    pub title: String,
    pub matter: Option<(MatterId, MatterKind, Receipt)>,
    pub dispatch_id: Option<DispatchId>,
    pub extension_id: Option<Uuid>,
    pub summons_id: Option<Uuid>,
    pub dispute_entry_id: Option<Uuid>,
    pub screening_lead_id: Option<Uuid>,
    pub organisation_id: Option<OrganisationId>,
    pub level: Option<Level>,
    pub due_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

/// What the caller is, as far as things may wait on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// The person.
    pub account: AccountId,
    /// The organisations they have posts in.
    pub organisations: Vec<OrganisationId>,
    /// Where they stand on the line.
    pub levels: Vec<Seat>,
}

/// A place on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// How high.
    pub level: Level,
    /// Where.
    pub range: Range,
    /// Whether what waits there is told of reports 检举, too.
    pub reads_reports: bool,
}

impl Desk {
    /// The desk of an actor.
    pub fn of(actor: &Actor, account: AccountId) -> Self {
        let organisations = actor.standings.iter().filter_map(|standing| standing.organisation).collect();
        let seats = actor.standings.iter().filter_map(|standing| {
            let (role, range) = (standing.role, standing.range);
            Some(Seat { level: level_of(role)?, range, reads_reports: reads_reports(role) })
        });
        Desk { account, organisations, levels: seats.collect() }
    }
}
