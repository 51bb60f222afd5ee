//! One attempt at each operation on pledges, to `OWN`.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::{OWN, Town};

/// A pledge of somebody else that was accepted, with a use and a report.
fn pledge(town: &Town, organisation: Uuid) -> Uuid {
    let id = lilong::kit::id::next();
    let (author, other) = (town.resident().account, town.resident().account);
    town.execute(&format!(
        "INSERT INTO pledges (id, division, organisation_id, kind, offer, starts_on, state, reason, pledged_by, decided_by, decided_at,
                 created_at, updated_at)
             VALUES ('{id}', {OWN}, '{organisation}', 'services', '义诊', '2020-01-01', 'accepted', '', '{author}', '{other}', now(),
                 now(), now());
         INSERT INTO pledge_reports (id, pledge_id, year, uses, minutes, text, reported_by, created_at)
             VALUES ('{}', '{id}', 2021, 0, 0, '已完成', '{other}', now())",
        lilong::kit::id::next()
    ));
    id
}

impl Scene {
    /// The request of an operation.
    pub fn on_pledges(&self, town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
        let at = |part: &str| format!("/v1/pledges/{}{part}", pledge(town, self.organisation));
        Some(match operation {
            "list_pledges" => {
                at("");
                ("GET", "/v1/pledges".into(), None)
            }
            "find_pledge" => ("GET", at(""), None),
            "create_pledge" => {
                let starts_on = lilong::kit::clock::local_date(town.now()).to_string();
                let body = json!({
                    "division": OWN, "organisation": self.organisation, "kind": "services", "offer": "义诊", "starts_on": starts_on
                });
                ("POST", "/v1/pledges".into(), Some(body))
            }
            "update_pledge" => ("PATCH", at(""), Some(json!({ "offer": "理发" }))),
            "create_pledge_decision" => ("POST", at("/decision"), Some(json!({ "is_accepted": true }))),
            "create_pledge_completion" => ("POST", at("/completion"), None),
            "list_pledge_uses" => ("GET", at("/uses"), None),
            "create_pledge_use" => {
                ("POST", at("/uses"), Some(json!({ "used_on": "2021-05-01", "text": "义诊" })))
            }
            "list_pledge_reports" => ("GET", at("/reports"), None),
            "create_pledge_report" => {
                ("POST", at("/reports"), Some(json!({ "year": 2022, "text": "已完成" })))
            }
            "create_pledge_report_answer" => {
                ("POST", at("/reports/2021/answer"), Some(json!({ "text": "谢谢" })))
            }
            _ => return None,
        })
    }
}
