//! One attempt at each operation on venues.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::{OWN, Town};

/// The request of an operation, on a venue in `OWN` that is made for it.
pub fn on_venues(town: &Town, operation: &str, n: u32) -> Option<(&'static str, String, Option<Value>)> {
    let draft = json!({ "division": OWN, "name": format!("议事厅{n}"), "kind": "meeting_hall", "code_grade": "static" });
    let at = |part: &str| {
        let worker = town.staff(Role::CommitteeWorker, OWN);
        let made = town.post("/v1/venues", draft.clone()).by(&worker).send();
        format!("{}{part}", made.is(201).header("location"))
    };
    Some(match operation {
        "list_venues" => ("GET", format!("/v1/venues?division={OWN}"), None),
        "create_venue" => ("POST", "/v1/venues".into(), Some(draft)),
        "find_venue" => ("GET", at(""), None),
        "update_venue" => ("PATCH", at(""), Some(json!({ "address": "x" }))),
        "find_venue_code" => ("GET", at("/code"), None),
        "create_venue_code" => ("POST", at("/code"), None),
        "find_venue_code_image" => ("GET", at("/code/image"), None),
        "find_venue_sheet" => ("GET", at("/sheet"), None),
        _ => return None,
    })
}
