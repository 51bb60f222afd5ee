//! One attempt at each operation on rooms, rosters and staffing rules of mediation.

use lilong::access::role::Role;
use lilong::kit::clock::local_date;
use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::{OWN, Person, Town};

const ROOM: Uuid = Uuid::from_u128(0x1601);
const MEDIATOR: Uuid = Uuid::from_u128(0x1602);
const RULE: Uuid = Uuid::from_u128(0x1603);

/// Puts a room and a mediator into `OWN`.
pub fn put(town: &Town, organisation: Uuid) {
    let account = town.staff(Role::Mediator, OWN).account;
    town.execute(&format!(
        "INSERT INTO mediation_rooms
             (id, division, organisation_id, name, kind, address, capacity, opening_hours, is_active, created_at, updated_at)
             VALUES ('{ROOM}', {OWN}, '{organisation}', '调解室', 'room', '', 8, '{{\"weekly\":[],\"exceptions\":[]}}', true, now(), now());
         INSERT INTO mediators
             (id, division, organisation_id, account_id, kind, name, expertise, languages, max_load, is_part_time, starts_on,
              ends_on, status, created_at, updated_at)
             VALUES ('{MEDIATOR}', {OWN}, '{organisation}', '{account}', 'mediator', 'x', '{{debt}}', '{{mandarin}}', 5, false,
              '2020-01-01', '2999-01-01', 'active', now(), now())"
    ));
}

/// Somebody's time in the room that is not over yet.
fn put_staff(town: &Town) -> Uuid {
    let (staff, by) = (lilong::kit::id::next(), town.resident().account);
    town.execute(&format!(
        "INSERT INTO mediation_room_staff
             (id, room_id, role, account_id, is_part_time, weekly_hours, starts_on, created_by, created_at)
             VALUES ('{staff}', '{ROOM}', 'liaison', '{by}', true, 8, '2020-01-01', '{by}', now())"
    ));
    staff
}

/// A rule that is not over yet.
fn put_rule(town: &Town) {
    town.execute(&format!(
        "INSERT INTO mediation_staffing_rules (id, division, measure, amount, effective_from, legal_basis, created_at)
             VALUES ('{RULE}', {OWN}, 'room_mediators', 2, '2020-01-01', 'x', now())
             ON CONFLICT (id) DO UPDATE SET effective_until = NULL"
    ));
}

impl Scene {
    /// The request of an operation.
    pub fn on_mediation(
        &self,
        town: &Town,
        operation: &str,
        person: Option<&Person>,
        n: u32,
    ) -> Option<(&'static str, String, Option<Value>)> {
        let (organisation, rooms) = (self.organisation, "/v1/mediation-rooms");
        Some(match operation {
            "list_mediation_rooms" => ("GET", format!("{rooms}?division={OWN}"), None),
            "find_mediation_room" => ("GET", format!("{rooms}/{ROOM}"), None),
            "create_mediation_room" => {
                let body = json!({
                    "division": OWN, "organisation": organisation, "name": format!("试 {n}"), "kind": "point",
                    "capacity": 6
                });
                ("POST", rooms.into(), Some(body))
            }
            "update_mediation_room" => ("PATCH", format!("{rooms}/{ROOM}"), Some(json!({ "capacity": 9 }))),
            "list_mediation_room_shortfalls" => {
                ("GET", format!("/v1/mediation-room-shortfalls?division={OWN}"), None)
            }
            "list_mediation_room_staff" => ("GET", format!("{rooms}/{ROOM}/staff"), None),
            "create_mediation_room_staff" => {
                let account = person.map_or(Uuid::nil(), |_| town.staff(Role::PoliceOfficer, OWN).account.0);
                let body =
                    json!({ "role": "liaison", "account": account, "is_part_time": true, "weekly_hours": 4 });
                ("POST", format!("{rooms}/{ROOM}/staff"), Some(body))
            }
            "create_mediation_room_staff_end" => {
                let staff = person.map_or(Uuid::nil(), |_| put_staff(town));
                ("POST", format!("{rooms}/{ROOM}/staff/{staff}/end"), Some(json!({})))
            }
            _ => return on_rosters(town, organisation, operation, n),
        })
    }
}

fn on_rosters(
    town: &Town,
    organisation: Uuid,
    operation: &str,
    n: u32,
) -> Option<(&'static str, String, Option<Value>)> {
    let rules = "/v1/mediation-staffing-rules";
    Some(match operation {
        "list_mediators" => ("GET", format!("/v1/mediators?division={OWN}"), None),
        "find_mediator" => ("GET", format!("/v1/mediators/{MEDIATOR}"), None),
        "create_mediator" => {
            let body = json!({
                "division": OWN, "organisation": organisation, "kind": "expert", "name": format!("专家 {n}"),
                "expertise": ["debt"], "languages": ["mandarin"], "max_load": 3
            });
            ("POST", "/v1/mediators".into(), Some(body))
        }
        "update_mediator" => ("PATCH", format!("/v1/mediators/{MEDIATOR}"), Some(json!({ "max_load": 4 }))),
        "list_mediator_proposals" => {
            ("GET", format!("/v1/mediator-proposals?division={OWN}&dispute_type=debt"), None)
        }
        "list_mediation_staffing_rules" => ("GET", format!("{rules}?division={OWN}"), None),
        "create_mediation_staffing_rule" => {
            let body = json!({
                "division": OWN, "measure": "room_mediators", "amount": 2, "effective_from": local_date(town.now()),
                "legal_basis": "x"
            });
            ("POST", rules.into(), Some(body))
        }
        "create_mediation_staffing_rule_end" => {
            put_rule(town);
            ("POST", format!("{rules}/{RULE}/end"), Some(json!({ "on": local_date(town.now()) })))
        }
        _ => return None,
    })
}
