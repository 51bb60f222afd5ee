//! One attempt at each operation on homes, households, departures and merges.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::{OWN, Town};

/// Somebody in `OWN` on whom nothing was tried yet.
fn fresh(town: &Town, more: &str) -> String {
    let id = lilong::kit::id::next();
    town.execute(&format!(
        "INSERT INTO residents (id, division, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
             VALUES ('{id}', {OWN}, '王小明', 'wangxiaoming', 'wxm', 'refused', 'registered_here', 'worker', now(), now());
         {}",
        more.replace('$', &format!("'{id}'"))
    ));
    id.to_string()
}

impl Scene {
    /// Somebody who is an occupant of the scene's dwelling; answers the relation.
    fn occupant(&self, town: &Town) -> Uuid {
        let (id, dwelling) = (lilong::kit::id::next(), self.dwelling);
        fresh(
            town,
            &format!(
                "INSERT INTO dwelling_residents (id, dwelling_id, division, resident_id, relation, is_living, starts_on, source, created_at, updated_at)
                     VALUES ('{id}', '{dwelling}', {OWN}, $, 'occupant', false, '2020-01-01', 'worker', now(), now())"
            ),
        );
        id
    }

    fn household(town: &Town) -> Uuid {
        let id = lilong::kit::id::next();
        town.execute(&format!(
            "INSERT INTO households (id, division, created_at, updated_at) VALUES ('{id}', {OWN}, now(), now())"
        ));
        id
    }

    /// The request of an operation.
    pub fn on_homes(&self, town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
        let at = |part: &str| format!("/v1/dwellings/{}{part}", self.dwelling);
        Some(match operation {
            "list_dwelling_residents" => ("GET", at("/residents?history=true"), None),
            "create_dwelling_resident" => {
                let body = json!({ "resident": fresh(town, ""), "relation": "tenant" });
                ("POST", at("/residents"), Some(body))
            }
            "update_dwelling_resident" => {
                let path = at(&format!("/residents/{}", self.occupant(town)));
                ("PATCH", path, Some(json!({ "starts_on": "2021-01-01" })))
            }
            "delete_dwelling_resident" => {
                ("DELETE", at(&format!("/residents/{}", self.occupant(town))), None)
            }
            "list_resident_homes" => ("GET", format!("/v1/residents/{}/homes", self.resident), None),
            "find_dwelling_owners" => ("GET", at("/owners"), None),
            "update_dwelling_owners" => {
                let all = json!({ "numerator": 1, "denominator": 1 });
                let body = json!({ "owners": [{ "resident": fresh(town, ""), "share": all }] });
                ("PUT", at("/owners"), Some(body))
            }
            _ => return self.on_households(town, operation),
        })
    }

    fn on_households(&self, town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
        let departed =
            "INSERT INTO resident_departures (id, resident_id, division, kind, departed_on, created_at)
                 VALUES (gen_random_uuid(), $, 310113003005, 'moved_out', '2026-01-01', now());
             UPDATE residents SET status = 'departed' WHERE id = $";
        let head = || json!([{ "resident": fresh(town, ""), "relation": "head" }]);
        Some(match operation {
            "list_households" => {
                Self::household(town);
                ("GET", format!("/v1/households?division={OWN}"), None)
            }
            "find_household" => ("GET", format!("/v1/households/{}", Self::household(town)), None),
            "create_household" => {
                ("POST", "/v1/households".into(), Some(json!({ "division": OWN, "members": head() })))
            }
            "update_household" => {
                let path = format!("/v1/households/{}", Self::household(town));
                ("PATCH", path, Some(json!({ "members": head() })))
            }
            "find_resident_departure" => {
                ("GET", format!("/v1/residents/{}/departure", fresh(town, departed)), None)
            }
            "create_resident_departure" => {
                let body = json!({ "kind": "moved_out", "on": "2026-01-01" });
                ("POST", format!("/v1/residents/{}/departure", fresh(town, "")), Some(body))
            }
            "delete_resident_departure" => {
                ("DELETE", format!("/v1/residents/{}/departure", fresh(town, departed)), None)
            }
            "create_resident_merge" => {
                let body = json!({ "from": fresh(town, ""), "into": fresh(town, ""), "reason": "同一人" });
                ("POST", "/v1/resident-merges".into(), Some(body))
            }
            _ => return None,
        })
    }
}
