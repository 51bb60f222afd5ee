//! Rows of calls.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::course::VolunteerCallState;
use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, OrganisationId};
use crate::access::division::Division;
use crate::access::role::Role;
use crate::matters::registry::MatterId;
use crate::places::building_groups::BuildingGroupId;
use crate::schema::{volunteer_call_needs, volunteer_calls};
use crate::{id, text_enum};

id! {
    /// A call's id.
    VolunteerCallId
}

text_enum! {
    /// Who sees a call once it is published, and may sign up.
    pub enum VolunteerCallVisibility {
        /// 本楼组
        BuildingGroup = "building_group",
        /// 本区域居民
        Community = "community",
        /// 公开
        Public = "public",
    }
}

/// A call as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = volunteer_calls)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct CallRow {
    pub id: VolunteerCallId,
    pub division: Division,
    pub organisation_id: Option<OrganisationId>,
    pub building_group_id: Option<BuildingGroupId>,
    pub title: String,
    pub story: String,
    pub minimum_age: Option<i32>,
    pub maximum_age: Option<i32>,
    pub skill: String,
    pub training: String,
    pub risks: String,
    pub is_dangerous: bool,
    pub insurer: Option<String>,
    pub insurance_policy: Option<String>,
    pub insured_until: Option<NaiveDate>,
    pub visibility: VolunteerCallVisibility,
    pub contact: String,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub petition_id: Option<MatterId>,
    pub state: VolunteerCallState,
    pub reason: Option<String>,
    pub published_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A call with who organises it.
#[derive(Clone, Debug, Queryable)]
pub struct VolunteerCall {
    /// The call.
    pub row: CallRow,
    /// The name of the organisation, where one organises it.
    pub organisation_name: Option<String>,
    /// The name of the building group, where one organises it.
    pub group_name: Option<String>,
    /// Who leads that.
    pub leader: Option<AccountId>,
    /// The deputy.
    pub deputy: Option<AccountId>,
}

/// Whether somebody holds the post of a leader there and leads that very group.
pub fn leads(actor: &Actor, division: Division, leaders: [Option<AccountId>; 2]) -> bool {
    let is_leader = actor.signed_in.is_some_and(|(account, _)| leaders.contains(&Some(account)));
    is_leader
        && actor
            .standings
            .iter()
            .any(|standing| standing.role == Role::GroupLeader && standing.range.contains(division))
}

/// Whether somebody holds the post of the very district, or of the city, that a division is: what lies below is others' to organise.
pub fn holds(actor: &Actor, division: Division) -> bool {
    let role = match division.above().count() {
        0 => Role::CityOfficer,
        1 => Role::DistrictOfficer,
        _ => return false,
    };
    actor.standings.iter().any(|standing| standing.role == role && standing.range == division.range())
}

impl Governed for VolunteerCall {
    fn division(&self) -> Option<Division> {
        Some(self.row.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        let division = self.row.division;
        leads(actor, division, [self.leader, self.deputy]) || holds(actor, division)
    }
}

/// A call about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = volunteer_calls, treat_none_as_default_value = false)]
pub struct NewCall {
    pub id: VolunteerCallId,
    pub division: Division,
    pub organisation_id: Option<OrganisationId>,
    pub building_group_id: Option<BuildingGroupId>,
    pub title: String,
    pub story: String,
    pub minimum_age: Option<i32>,
    pub maximum_age: Option<i32>,
    pub skill: String,
    pub training: String,
    pub risks: String,
    pub is_dangerous: bool,
    pub insurer: Option<String>,
    pub insurance_policy: Option<String>,
    pub insured_until: Option<NaiveDate>,
    pub visibility: VolunteerCallVisibility,
    pub contact: String,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub petition_id: Option<MatterId>,
    pub state: VolunteerCallState,
    pub created_by: AccountId,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A call about to be written, with who leads the group that organises it.
pub struct Founding {
    pub new: NewCall,
    pub leaders: [Option<AccountId>; 2],
}

impl Governed for Founding {
    fn division(&self) -> Option<Division> {
        Some(self.new.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        leads(actor, self.new.division, self.leaders) || holds(actor, self.new.division)
    }
}

/// What changes of a call.
#[derive(Default, AsChangeset)]
#[diesel(table_name = volunteer_calls)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct CallChange {
    pub title: Option<String>,
    pub story: Option<String>,
    pub minimum_age: Option<Option<i32>>,
    pub maximum_age: Option<Option<i32>>,
    pub skill: Option<String>,
    pub training: Option<String>,
    pub risks: Option<String>,
    pub is_dangerous: Option<bool>,
    pub insurer: Option<Option<String>>,
    pub insurance_policy: Option<Option<String>>,
    pub insured_until: Option<Option<NaiveDate>>,
    pub visibility: Option<VolunteerCallVisibility>,
    pub contact: Option<String>,
    pub longitude: Option<Option<f64>>,
    pub latitude: Option<Option<f64>>,
    pub petition_id: Option<Option<MatterId>>,
    pub state: Option<VolunteerCallState>,
    pub reason: Option<String>,
    pub published_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// Who is wanted, and how many.
#[derive(Clone, Debug, Queryable, Insertable, Selectable)]
#[diesel(table_name = volunteer_call_needs)]
pub struct Need {
    pub call_id: VolunteerCallId,
    pub position: i32,
    pub role: String,
    pub quantity: i32,
}

/// When people come to a call that are signed up for it.
#[derive(Clone, Copy, Debug, Queryable)]
pub struct Expected {
    /// When their shift begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends; none where it has no last day.
    pub ends_at: Option<DateTime<Utc>>,
    /// When the youngest of them was born; none where that is known of nobody.
    pub youngest: Option<NaiveDate>,
    /// Whether it is not known of somebody.
    pub is_any_unknown: bool,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub organisation: Option<OrganisationId>,
    pub building_group: Option<BuildingGroupId>,
    pub petition: Option<MatterId>,
    pub state: Option<VolunteerCallState>,
}
