//! One attempt at each operation on labels.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::{OWN, Town};

const LABEL: Uuid = Uuid::from_u128(101);

impl Scene {
    /// The request of an operation.
    pub fn on_labels(&self, town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
        if !operation.contains("label") {
            return None;
        }
        self.put_label(town, operation == "delete_resident_label");
        let of_resident = format!("/v1/residents/{}/labels", self.resident);
        Some(match operation {
            "list_labels" => ("GET", format!("/v1/labels?division={OWN}"), None),
            "create_label" => {
                // A committee defines none, which is told to those who may define some.
                let body = json!({
                    "code": "lives_alone", "name": "独居老人", "division": OWN, "is_sensitive": false,
                    "see_roles": ["committee_worker"], "set_roles": ["committee_worker"]
                });
                ("POST", "/v1/labels".into(), Some(body))
            }
            "update_label" => {
                ("PATCH", format!("/v1/labels/{LABEL}"), Some(json!({ "description": "七十岁以上独居" })))
            }
            "list_resident_labels" => ("GET", of_resident, None),
            "create_resident_label" => {
                ("POST", of_resident, Some(json!({ "label": LABEL, "source": "visit" })))
            }
            "delete_resident_label" => ("DELETE", format!("{of_resident}/{LABEL}"), None),
            "list_label_counts" => ("GET", format!("/v1/label-counts?division={OWN}"), None),
            _ => return None,
        })
    }

    /// A label of `OWN`, so that only a post that reaches `OWN` sees it, which everybody sees and sets; set, if it must be.
    fn put_label(&self, town: &Town, is_set: bool) {
        let on_people = "'committee_worker', 'committee_head', 'street_officer', 'district_officer', 'city_officer', 'police_officer'";
        town.execute(&format!(
            "INSERT INTO labels (id, code, name, division, level, see_roles, set_roles, is_sensitive, created_at, updated_at)
             VALUES ('{LABEL}', 'over_seventy', '七十岁以上', {OWN}, 'street',
                     ARRAY[{on_people}, 'dispatcher', 'department_officer'], ARRAY[{on_people}], false, now(), now())
             ON CONFLICT DO NOTHING"
        ));
        if is_set {
            town.execute(&format!(
                "WITH put AS (
                     INSERT INTO resident_labels (id, resident_id, label_id, division, source, set_by, set_at)
                     SELECT gen_random_uuid(), '{}', '{LABEL}', {OWN}, 'visit', (SELECT id FROM accounts LIMIT 1), now()
                     WHERE EXISTS (SELECT FROM accounts)
                     ON CONFLICT DO NOTHING RETURNING label_id)
                 INSERT INTO label_count_deltas (label_id, division, delta) SELECT label_id, {OWN}, 1 FROM put",
                self.resident
            ));
        }
    }
}
