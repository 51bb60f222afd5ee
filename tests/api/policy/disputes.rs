//! One attempt at each operation on disputes told once, and on screenings.

use serde_json::{Value, json};

use super::attempts::Scene;
use crate::support::disputes::put_entry;
use crate::support::{OWN, Town};

impl Scene {
    /// The request of an operation.
    pub fn on_disputes(&self, town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
        let entry = || format!("/v1/dispute-entries/{}", put_entry(town, self.organisation));
        Some(match operation {
            "list_dispute_entries" => {
                entry();
                ("GET", format!("/v1/dispute-entries?division={OWN}"), None)
            }
            "find_dispute_entry" => ("GET", entry(), None),
            "create_dispute_entry" => {
                let body = json!({
                    "division": OWN, "dispute_type": "neighbour", "facts": "x", "other": { "name": "钱先生" },
                    "on_behalf": { "name": "赵先生" }
                });
                ("POST", "/v1/dispute-entries".into(), Some(body))
            }
            // Nobody who tries has a post in the organisation that received it: the tests of entries do.
            "create_dispute_entry_acceptance" => ("POST", format!("{}/acceptance", entry()), None),
            "create_dispute_entry_answer" => {
                ("POST", format!("{}/answer", entry()), Some(json!({ "outcome": "x" })))
            }
            "create_dispute_entry_handover" => {
                let body = json!({ "route": "court", "reason": "x" });
                ("POST", format!("{}/handover", entry()), Some(body))
            }
            _ => return None,
        })
    }
}
