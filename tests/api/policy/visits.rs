//! One attempt at each operation on visits, their findings and plans.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::{OWN, Town};

const VISIT: Uuid = Uuid::from_u128(0x1401);
const FINDING: Uuid = Uuid::from_u128(0x1402);
const PLAN: Uuid = Uuid::from_u128(0x1403);

/// Puts a visit that somebody else wrote into `OWN`, with a finding, and a plan.
pub fn put(town: &Town, home: Uuid, resident: Uuid) {
    let author = town.resident().account;
    town.execute(&format!(
        "INSERT INTO visits (id, division, kind, resident_id, home_id, visited_at, author_id, summary, staff_note, created_at, updated_at)
             VALUES ('{VISIT}', {OWN}, 'visit', '{resident}', '{home}', now() - interval '1 hour', '{author}', '', '', now(), now());
         INSERT INTO visit_findings (id, visit_id, division, category, text, state, created_at)
             VALUES ('{FINDING}', '{VISIT}', {OWN}, 'other', 'x', 'open', now());
         INSERT INTO visit_plans (id, division, name, unit, target, every_days, starts_on, responsible_role, created_at, updated_at)
             VALUES ('{PLAN}', {OWN}, 'x', 'resident', 'all_residents', 7, current_date, 'committee_worker', now(), now())"
    ));
}

/// Operations that are refused without an `Idempotency-Key`, whoever asks.
pub fn asks_for_a_key(operation: &str) -> bool {
    operation == "create_visit"
}

impl Scene {
    /// The request of an operation.
    pub fn on_visits(&self, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
        let resident = self.resident;
        Some(match operation {
            "list_visits" => ("GET", format!("/v1/visits?division={OWN}"), None),
            "find_visit" => ("GET", format!("/v1/visits/{VISIT}"), None),
            "create_visit" => {
                let body = json!({ "division": OWN, "kind": "visit", "resident": resident, "summary": "" });
                ("POST", "/v1/visits".into(), Some(body))
            }
            "update_visit" => ("PATCH", format!("/v1/visits/{VISIT}"), Some(json!({ "summary": "x" }))),
            "list_own_visits" => ("GET", "/v1/me/visits".into(), None),
            "list_visit_findings" => ("GET", format!("/v1/visit-findings?division={OWN}"), None),
            "find_visit_finding" => ("GET", format!("/v1/visit-findings/{FINDING}"), None),
            "create_visit_finding_closure" => {
                let path = format!("/v1/visit-findings/{FINDING}/closure");
                ("POST", path, Some(json!({ "note": "x" })))
            }
            "list_visit_plans" => ("GET", format!("/v1/visit-plans?division={OWN}"), None),
            "find_visit_plan" => ("GET", format!("/v1/visit-plans/{PLAN}"), None),
            "create_visit_plan" => {
                let body = json!({
                    "division": OWN, "name": "y", "unit": "home", "target": { "kind": "age_from", "age": 80 },
                    "every_days": 7, "responsible": { "kind": "role", "role": "committee_worker" }
                });
                ("POST", "/v1/visit-plans".into(), Some(body))
            }
            "update_visit_plan" => {
                ("PATCH", format!("/v1/visit-plans/{PLAN}"), Some(json!({ "every_days": 14 })))
            }
            "list_visit_coverage" => ("GET", format!("/v1/visit-plans/{PLAN}/coverage"), None),
            _ => return None,
        })
    }
}
