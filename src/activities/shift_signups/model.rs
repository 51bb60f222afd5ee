//! Rows of sign-ups.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, ResidentId};
use crate::access::division::Division;
use crate::activities::shifts::{ShiftId, ShiftKind};
use crate::activities::volunteer_calls::{VolunteerCallId, VolunteerCallState, VolunteerCallVisibility};
use crate::activities::volunteer_teams::VolunteerTeamId;
use crate::places::building_groups::BuildingGroupId;
use crate::schema::shift_signups;
use crate::{id, text_enum};

id! {
    /// A sign-up's id.
    ShiftSignupId
}
id! {
    /// A person, whichever of their records they come by: the account that the record is bound to, else the record.
    PersonId
}

text_enum! {
    /// Where a sign-up stands.
    pub enum ShiftSignupState {
        /// 待审核
        Requested = "requested",
        /// 已报名
        Held = "held",
        /// 候补
        Waiting = "waiting",
        /// 已退出
        Withdrawn = "withdrawn",
        /// 未通过
        Refused = "refused",
        /// 已取消
        Cancelled = "cancelled",
    }
}

impl ShiftSignupState {
    /// Those that count: a place, a place in the line, or a request for one.
    pub const ACTIVE: [ShiftSignupState; 3] =
        [ShiftSignupState::Requested, ShiftSignupState::Held, ShiftSignupState::Waiting];

    /// Whether it counts.
    pub fn is_active(self) -> bool {
        Self::ACTIVE.contains(&self)
    }
}

text_enum! {
    /// How a guardian agreed.
    pub enum GuardianConsent {
        /// 当面
        InPerson = "in_person",
        /// 电话
        Phone = "phone",
        /// 书面
        Paper = "paper",
    }
}

text_enum! {
    /// What who signs up confirms.
    pub enum SignupConfirmation {
        /// 已阅知风险
        Risks = "risks",
        /// 具备技能
        Skill = "skill",
        /// 已受培训
        Training = "training",
    }
}

/// A sign-up as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = shift_signups)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct SignupRow {
    pub id: ShiftSignupId,
    pub shift_id: ShiftId,
    pub resident_id: ResidentId,
    pub account_id: AccountId,
    pub turn: i64,
    pub state: ShiftSignupState,
    pub needs_consent: bool,
    pub consent_by: Option<GuardianConsent>,
    pub reason: Option<String>,
    pub moved_up_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What decides who may take a place of a shift.
#[derive(Clone, Debug, Queryable)]
pub struct Offer {
    pub shift: ShiftId,
    pub call: VolunteerCallId,
    pub division: Division,
    pub state: VolunteerCallState,
    pub visibility: VolunteerCallVisibility,
    pub group: Option<BuildingGroupId>,
    pub ages: (Option<i32>, Option<i32>),
    pub skill: String,
    pub training: String,
    pub risks: String,
    pub is_dangerous: bool,
    pub insured_until: Option<NaiveDate>,
    pub is_open: bool,
    pub kind: ShiftKind,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub needs_approval: bool,
    pub own_first_until: Option<DateTime<Utc>>,
    pub team: Option<VolunteerTeamId>,
}

/// A record that an account may sign up: its own, or that of a child whose guardian it is. A line for each building group of the home.
#[derive(Clone, Copy, Debug, Queryable)]
pub struct Candidate {
    /// The account that may sign the record up.
    pub account: Option<AccountId>,
    /// The record.
    pub resident: ResidentId,
    /// The person it is of.
    pub person: PersonId,
    /// The committee that keeps it.
    pub division: Division,
    /// When they were born.
    pub born_on: Option<NaiveDate>,
    /// A building group of their home.
    pub group: Option<BuildingGroupId>,
}

/// What decides whether somebody may do dangerous work.
#[derive(Clone, Copy, Debug, Queryable)]
pub struct Danger {
    /// The last day on which it is insured; none without insurance.
    pub insured_until: Option<NaiveDate>,
    /// When the person was born; none where that is not known.
    pub born_on: Option<NaiveDate>,
}

/// A sign-up about to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewSignup {
    pub id: ShiftSignupId,
    pub shift: ShiftId,
    pub division: Division,
    pub call: VolunteerCallId,
    pub resident: ResidentId,
    pub person: PersonId,
    pub account: AccountId,
    pub asks: bool,
    pub consents: bool,
    pub busy: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Governed for NewSignup {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.account().ok() == Some(self.account)
    }
}

/// When somebody is busy, and with which shift.
#[derive(Clone, Copy, Debug, Queryable)]
pub struct Busy {
    pub shift: ShiftId,
    pub person: PersonId,
    pub from: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
}

/// A sign-up as who organises it sees it.
#[derive(Clone, Debug, Queryable)]
pub struct NamedSignupRow {
    pub signup: SignupRow,
    pub name: Option<String>,
}

/// A sign-up as the person sees it.
#[derive(Clone, Debug, Queryable)]
pub struct OwnSignupRow {
    pub signup: SignupRow,
    pub call: VolunteerCallId,
    pub title: String,
    pub call_state: VolunteerCallState,
    pub role: String,
    pub place: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub cancelled_because: Option<String>,
    pub ahead: Option<i64>,
}
