//! One attempt at each operation of the room `people`.

use serde_json::{Value, json};

use super::attempts::Scene;
use crate::support::OWN;

impl Scene {
    /// The request of an operation.
    pub fn on_people(&self, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
        let Scene { resident, dwelling, .. } = self;
        let at = |part: &str| format!("/v1/residents/{resident}{part}");
        Some(match operation {
            "list_residents" => ("GET", format!("/v1/residents?division={OWN}"), None),
            "find_resident" => ("GET", at(""), None),
            "create_resident" => {
                let body = json!({
                    "name": "王小明", "division": OWN, "no_identifier": "newborn", "residence": "registered_here"
                });
                ("POST", "/v1/residents".into(), Some(body))
            }
            "update_resident" => ("PATCH", at(""), Some(json!({ "education": "college" }))),
            "find_resident_identity" => ("GET", at("/identity?purpose=service"), None),
            "create_resident_lookup" => {
                ("POST", "/v1/resident-lookups".into(), Some(json!({ "home": dwelling })))
            }
            "list_disclosures" => ("GET", "/v1/me/disclosures".into(), None),
            _ => return None,
        })
    }
}
