//! One attempt at each operation on teams and statistics of volunteers, in `OWN`.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::{OWN, Person, Town};

/// What is one's own by its nature.
pub const OWN_TEAMS: [&str; 3] =
    ["list_own_volunteer_teams", "create_volunteer_team_member", "delete_volunteer_team_member"];

/// A response team of an organisation.
fn team(town: &Town, organisation: Uuid) -> Uuid {
    let (id, author) = (lilong::kit::id::next(), town.resident().account);
    town.execute(&format!(
        "INSERT INTO volunteer_teams (id, division, organisation_id, name, story, kind, skills, status, created_by, created_at, updated_at)
             VALUES ('{id}', {OWN}, '{organisation}', '{id}', '', 'first_response', '{{}}', 'active', '{author}', now(), now())"
    ));
    id
}

/// Somebody in it, by the account of `whose`.
fn member(town: &Town, team: Uuid, whose: Uuid) -> Uuid {
    let (id, resident) = (lilong::kit::id::next(), lilong::kit::id::next());
    town.execute(&format!(
        "INSERT INTO residents (id, division, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
             VALUES ('{resident}', {OWN}, '陈桂芳', 'chenguifang', 'cgf', 'refused', 'registered_here', 'worker', now(), now());
         INSERT INTO volunteer_team_members (id, team_id, resident_id, account_id, skills, joined_at)
             SELECT '{id}', '{team}', '{resident}', id, '{{}}', now() FROM accounts WHERE id = '{whose}'"
    ));
    id
}

impl Scene {
    /// The request of an operation.
    pub fn on_teams(
        &self,
        town: &Town,
        operation: &str,
        person: Option<&Person>,
    ) -> Option<(&'static str, String, Option<Value>)> {
        let new = || team(town, self.organisation);
        let at = |part: &str| format!("/v1/volunteer-teams/{}{part}", new());
        Some(match operation {
            "find_volunteer_statistics" => {
                let path =
                    format!("/v1/volunteer-statistics?division={OWN}&from=2026-11-01&until=2026-11-30");
                ("GET", path, None)
            }
            "list_volunteer_loads" => ("GET", format!("/v1/volunteer-loads?division={OWN}"), None),
            "list_volunteer_teams" => ("GET", "/v1/volunteer-teams".into(), None),
            "find_volunteer_team" => ("GET", at(""), None),
            "create_volunteer_team" => {
                let organiser = json!({ "organisation": self.organisation });
                let name = lilong::kit::id::next().to_string();
                let body =
                    json!({ "division": OWN, "organiser": organiser, "name": name, "kind": "standing" });
                ("POST", "/v1/volunteer-teams".into(), Some(body))
            }
            "update_volunteer_team" => ("PATCH", at(""), Some(json!({ "story": "y" }))),
            "update_volunteer_team_pattern" => ("PUT", at("/pattern"), Some(json!({ "pattern": [] }))),
            "create_volunteer_team_activation" => {
                ("POST", at("/activation"), Some(json!({ "emergency_order": Uuid::nil() })))
            }
            "create_volunteer_team_stand_down" => ("POST", at("/stand-down"), None),
            "list_volunteer_team_members" => ("GET", at("/members"), None),
            "list_own_volunteer_teams" => ("GET", "/v1/me/volunteer-teams".into(), None),
            "create_volunteer_team_member" => ("POST", at("/members"), Some(json!({ "skills": [] }))),
            "delete_volunteer_team_member" => {
                let whose = person.map_or_else(|| town.resident().account.0, |person| person.account.0);
                let team = new();
                let member = member(town, team, whose);
                ("DELETE", format!("/v1/volunteer-teams/{team}/members/{member}"), None)
            }
            "update_volunteer_team_leader" => {
                let team = new();
                let member = member(town, team, town.resident().account.0);
                ("PUT", format!("/v1/volunteer-teams/{team}/leader"), Some(json!({ "member": member })))
            }
            _ => return None,
        })
    }
}
