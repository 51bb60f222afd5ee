//! One attempt at each operation on disputes told once, and on screenings.

use chrono::Days;
use lilong::kit::clock::local_date;
use serde_json::{Value, json};

use super::attempts::Scene;
use crate::support::disputes::{put_entry, put_lead, put_screening};
use crate::support::{OWN, Town};

impl Scene {
    /// The request of an operation.
    pub fn on_disputes(
        &self,
        town: &Town,
        operation: &str,
        n: u32,
    ) -> Option<(&'static str, String, Option<Value>)> {
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
            "list_dispute_route_rules" => ("GET", format!("/v1/dispute-route-rules?division={OWN}"), None),
            "create_dispute_route_rule" => {
                // Each attempt another day: a place says one rule for one position and one day.
                let day = local_date(town.now()) + Days::new(u64::from(n % 10_000));
                let body = json!({
                    "division": OWN, "position": 1, "route": "mediation", "effective_from": day, "legal_basis": "x"
                });
                ("POST", "/v1/dispute-route-rules".into(), Some(body))
            }
            _ => return on_screenings(town, operation),
        })
    }
}

fn on_screenings(town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
    let screening = || format!("/v1/screenings/{}", put_screening(town));
    let lead = || put_lead(town);
    Some(match operation {
        "list_screenings" => ("GET", format!("/v1/screenings?division={OWN}"), None),
        "find_screening" => ("GET", screening(), None),
        "find_screening_counts" => ("GET", format!("{}/counts", screening()), None),
        "create_screening" => {
            let body =
                json!({ "division": OWN, "title": "x", "starts_on": "2026-03-01", "ends_on": "2026-03-31" });
            ("POST", "/v1/screenings".into(), Some(body))
        }
        "update_screening" => ("PATCH", screening(), Some(json!({ "title": "y" }))),
        "create_screening_closure" => ("POST", format!("{}/closure", screening()), Some(json!({}))),
        "list_screening_leads" => {
            let lead = lead();
            ("GET", lead.rsplit_once('/').expect("an address").0.to_owned(), None)
        }
        "find_screening_lead" => ("GET", lead(), None),
        "create_screening_lead" => {
            let body =
                json!({ "division": OWN, "dispute_type": "neighbour", "risk_level": "low", "seen": "x" });
            ("POST", format!("{}/leads", screening()), Some(body))
        }
        "update_screening_lead" => ("PATCH", lead(), Some(json!({ "seen": "y" }))),
        "create_screening_lead_settlement" => {
            ("POST", format!("{}/settlement", lead()), Some(json!({ "outcome": "x" })))
        }
        "create_screening_lead_case" => ("POST", format!("{}/case", lead()), Some(json!({}))),
        _ => return None,
    })
}
