//! One attempt at each operation on data grants.

use serde_json::{Value, json};

use super::attempts::Scene;
use crate::support::{OWN, Town};

impl Scene {
    /// The request of an operation. The grant is to an organisation in which nobody here has a post.
    pub fn on_data_grants(
        &self,
        town: &Town,
        operation: &str,
    ) -> Option<(&'static str, String, Option<Value>)> {
        if !operation.contains("data_grant") {
            return None;
        }
        let grantee = self.organisation;
        town.execute(&format!(
            "INSERT INTO data_grants (id, dataset, fields, purpose, basis, reason, grantee_id, division, granted_by, granted_at, expires_at)
             SELECT '{grantee}', 'residents', '{{name}}', 'service', 'statutory_duty', 'x', '{grantee}', {OWN}, id, now(), now() + interval '30 days'
             FROM accounts LIMIT 1
             ON CONFLICT DO NOTHING"
        ));
        let at = |part: &str| format!("/v1/data-grants/{grantee}{part}");
        Some(match operation {
            "list_my_data_grants" => ("GET", "/v1/me/data-grants".into(), None),
            "list_data_grants" => ("GET", format!("/v1/data-grants?division={OWN}"), None),
            "create_data_grant" => {
                let body = json!({
                    "dataset": "residents", "fields": ["name"], "purpose": "service", "basis": "statutory_duty",
                    "reason": "津贴核对", "grantee": grantee, "division": OWN, "expires_at": town.now() + chrono::TimeDelta::days(30)
                });
                ("POST", "/v1/data-grants".into(), Some(body))
            }
            "delete_data_grant" => ("DELETE", at(""), None),
            "list_data_grant_residents" => ("GET", at("/residents"), None),
            "list_data_grant_reads" => ("GET", at("/reads"), None),
            _ => return None,
        })
    }
}
