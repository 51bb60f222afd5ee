//! One attempt at each operation on hearings and the free times of rooms.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::disputes::{agree, put_case, put_hearing, put_party, put_room, put_seat};
use crate::support::{OWN, Town};

/// A case with two parties who agree and a mediator: case, party, seat.
fn put(town: &Town, state: &str) -> (Uuid, Uuid, Uuid) {
    let case = put_case(town, state);
    let party = put_party(town, case, "applicant", None);
    put_party(town, case, "respondent", None);
    agree(town, case);
    let seat = put_seat(town, case, "mediator", town.staff(Role::Mediator, OWN).account, "accepted");
    (case, party, seat)
}

/// With a hearing in that state, in a room of its own.
fn put_heard(town: &Town, state: &str, stands: &str) -> (String, Uuid, Uuid) {
    let (case, party, seat) = put(town, state);
    let hearing = put_hearing(town, case, put_room(town), stands, town.now());
    (format!("/v1/mediation-cases/{case}/hearings/{hearing}"), party, seat)
}

impl Scene {
    /// The request of an operation.
    pub fn on_hearings(&self, town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
        on_slots(town, operation)
            .or_else(|| on_planning(town, operation))
            .or_else(|| on_holding(town, operation))
    }
}

fn on_slots(town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
    let slots = |room: Uuid| format!("/v1/mediation-rooms/{room}/slots");
    let at = |hours| town.now() + TimeDelta::hours(hours);
    Some(match operation {
        "list_hearing_slots" => ("GET", slots(put_room(town)), None),
        "create_hearing_slot" => {
            ("POST", slots(put_room(town)), Some(json!({ "begins_at": at(1), "ends_at": at(2) })))
        }
        "delete_hearing_slot" => {
            let (room, slot, by) = (put_room(town), lilong::kit::id::next(), town.resident().account);
            town.execute(&format!(
                "INSERT INTO hearing_slots (id, room_id, begins_at, ends_at, created_by, created_at)
                     VALUES ('{slot}', '{room}', '{}', '{}', '{by}', now())",
                at(1),
                at(2)
            ));
            ("DELETE", format!("{}/{slot}", slots(room)), None)
        }
        _ => return None,
    })
}

fn on_planning(town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
    let at = |hours| town.now() + TimeDelta::hours(hours);
    Some(match operation {
        "list_mediation_case_hearings" => {
            let (case, ..) = put(town, "accepted");
            ("GET", format!("/v1/mediation-cases/{case}/hearings"), None)
        }
        "find_mediation_case_hearing" => ("GET", put_heard(town, "scheduled", "scheduled").0, None),
        "create_mediation_case_hearing" => {
            let (case, ..) = put(town, "accepted");
            let body = json!({ "room": put_room(town), "begins_at": at(1), "ends_at": at(2) });
            ("POST", format!("/v1/mediation-cases/{case}/hearings"), Some(body))
        }
        "update_mediation_case_hearing" => {
            let (path, ..) = put_heard(town, "scheduled", "scheduled");
            ("PATCH", path, Some(json!({ "begins_at": at(1), "ends_at": at(2) })))
        }
        "create_mediation_case_hearing_notice" => {
            let (path, party, _) = put_heard(town, "scheduled", "scheduled");
            ("POST", format!("{path}/notices"), Some(json!({ "party": party, "means": "phone" })))
        }
        _ => return None,
    })
}

fn on_holding(town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
    Some(match operation {
        "create_mediation_case_hearing_opening" => {
            let (path, party, seat) = put_heard(town, "scheduled", "scheduled");
            ("POST", format!("{path}/opening"), Some(json!({ "seats": [seat], "parties": [party] })))
        }
        "create_mediation_case_hearing_adjournment" => {
            let (path, ..) = put_heard(town, "in_mediation", "in_session");
            ("POST", format!("{path}/adjournment"), Some(json!({ "minutes": "x", "next_steps": "x" })))
        }
        "create_mediation_case_hearing_conclusion" => {
            let (path, ..) = put_heard(town, "in_mediation", "in_session");
            ("POST", format!("{path}/conclusion"), Some(json!({ "minutes": "x" })))
        }
        "create_mediation_case_hearing_cancellation" => {
            let (path, ..) = put_heard(town, "scheduled", "scheduled");
            ("POST", format!("{path}/cancellation"), Some(json!({ "reason": "x" })))
        }
        _ => return None,
    })
}
