//! Rows of summons.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, OrganisationId, Standing};
use crate::access::division::Division;
use crate::access::role::Role;
use crate::matters::registry::MatterId;
use crate::schema::summons;
use crate::{id, text_enum};

id! {
    /// A summons' id.
    SummonsId
}

text_enum! {
    /// What was said to a summons.
    pub enum SummonsState {
        /// 待回复
        Pending = "pending",
        /// 已应约
        Accepted = "accepted",
        /// 已谢绝
        Declined = "declined",
        /// 已撤回
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// Who came.
    pub enum Attendance {
        /// 负责人到场
        Attended = "attended",
        /// 派员到场
        Represented = "represented",
        /// 缺席
        Absent = "absent",
    }
}

/// The roles that speak for the organisation of their post.
pub const SPEAKERS: [Role; 11] = [
    Role::CommitteeHead,
    Role::StreetOfficer,
    Role::Dispatcher,
    Role::DepartmentOfficer,
    Role::DistrictOfficer,
    Role::CityOfficer,
    Role::PoliceOfficer,
    Role::JusticeOfficer,
    Role::Lawyer,
    Role::PropertyStaff,
    Role::OwnersCommitteeMember,
];

fn spoken_for(standing: &Standing) -> Option<OrganisationId> {
    standing.organisation.filter(|_| SPEAKERS.contains(&standing.role))
}

/// The organisations that the actor speaks for. One and the same post must be of the role and in the organisation.
pub fn spoken_for_by(actor: &Actor) -> Vec<OrganisationId> {
    actor.standings.iter().filter_map(spoken_for).collect()
}

/// A summons as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = summons)]
pub struct SummonsRow {
    pub id: SummonsId,
    pub division: Division,
    pub organisation_id: OrganisationId,
    pub matter_id: Option<MatterId>,
    pub subject: String,
    pub question: String,
    pub meets_at: Option<DateTime<Utc>>,
    pub place: String,
    pub reply_on: NaiveDate,
    pub state: SummonsState,
    pub reason: Option<String>,
    pub replied_at: Option<DateTime<Utc>>,
    pub attendance: Option<Attendance>,
    pub answer: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
    pub created_by: AccountId,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// Its own is it to whoever speaks for the organisation that is called.
impl Governed for SummonsRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        spoken_for_by(actor).contains(&self.organisation_id)
    }
}

/// A summons with the name of who is called.
#[derive(Clone, Debug, Queryable)]
pub struct NamedSummonsRow {
    pub summons: SummonsRow,
    pub organisation_name: String,
}

/// A summons about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = summons, treat_none_as_default_value = false)]
pub struct NewSummons {
    pub id: SummonsId,
    pub division: Division,
    pub organisation_id: OrganisationId,
    pub matter_id: Option<MatterId>,
    pub subject: String,
    pub question: String,
    pub meets_at: Option<DateTime<Utc>>,
    pub place: String,
    pub reply_on: NaiveDate,
    pub state: SummonsState,
    pub created_by: AccountId,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewSummons {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// What an event changes.
#[derive(Default, AsChangeset)]
#[diesel(table_name = summons)]
pub struct SummonsChange {
    pub state: Option<SummonsState>,
    pub reason: Option<String>,
    pub replied_by: Option<AccountId>,
    pub replied_at: Option<DateTime<Utc>>,
    pub attendance: Option<Attendance>,
    pub answer: Option<String>,
    pub answered_by: Option<AccountId>,
    pub answered_at: Option<DateTime<Utc>>,
}

/// On which side of a summons one stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// In the range that called.
    Caller,
    /// In the organisation that is called.
    Called,
}

/// What a list is narrowed to.
#[derive(Clone, Debug)]
pub struct Filter {
    pub division: Option<Division>,
    pub organisation: Option<OrganisationId>,
    pub state: Option<SummonsState>,
    pub side: Option<Side>,
}

/// What an organisation did of what it was called to.
#[derive(Clone, Debug, Queryable)]
pub struct RecordRow {
    pub organisation: OrganisationId,
    pub called: i64,
    pub accepted: i64,
    pub declined: i64,
    pub unanswered: i64,
    pub attended: i64,
    pub represented: i64,
    pub absent: i64,
    pub answered: i64,
}
