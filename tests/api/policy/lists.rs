//! One attempt at each operation of imports and exports.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::OWN;

impl Scene {
    /// The request of an operation.
    pub fn on_lists(&self, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
        Some(match operation {
            "list_imports" => ("GET", "/v1/imports".into(), None),
            "find_import" => ("GET", format!("/v1/imports/{}", self.import), None),
            "find_import_report" => ("GET", format!("/v1/imports/{}/report", self.import), None),
            "create_import" => {
                // No file of one's own: refused after the permit to look there.
                let body = json!({ "file": Uuid::nil(), "division": OWN, "mode": "each" });
                ("POST", "/v1/imports".into(), Some(body))
            }
            "list_exports" => ("GET", "/v1/exports".into(), None),
            "find_export" => ("GET", format!("/v1/exports/{}", Uuid::nil()), None),
            "create_export" => (
                "POST",
                "/v1/exports".into(),
                Some(json!({ "division": OWN, "form": "csv", "purpose": "service" })),
            ),
            _ => return None,
        })
    }
}
