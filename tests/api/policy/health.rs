//! One attempt at each operation on health.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::{OWN, Town};

impl Scene {
    /// The request of an operation.
    pub fn on_health(&self, town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
        let resident = self.resident;
        let of = |resident: &Uuid, rest: &str| format!("/v1/residents/{resident}/health{rest}");
        Some(match operation {
            "find_resident_health" => {
                put_health(town, resident);
                ("GET", of(&resident, "?purpose=service"), None)
            }
            "update_resident_health" => {
                put_health(town, resident);
                let body = json!({ "mobility": "independent", "care_level": "none", "conditions": [] });
                ("PUT", of(&resident, ""), Some(body))
            }
            "delete_resident_health" => {
                put_health(town, resident);
                ("DELETE", of(&resident, ""), None)
            }
            "find_health_summary" => ("GET", format!("/v1/health-summary?division={OWN}"), None),
            _ => return None,
        })
    }
}

fn put_health(town: &Town, resident: Uuid) {
    town.execute(&format!(
        "INSERT INTO resident_health (resident_id, division, mobility, care_level, conditions, consented_on, consent_how,
                                      consent_version, updated_by, version, created_at, updated_at)
         SELECT '{resident}', {OWN}, 'with_aid', 'level_2', '{{dementia}}', '2026-01-05', 'signed_paper', 1, id, 1, now(), now()
         FROM accounts LIMIT 1
         ON CONFLICT DO NOTHING"
    ));
}
