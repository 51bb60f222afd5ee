//! One attempt at each operation on codes, and on what is done by them.

use serde_json::{Value, json};

use super::attempts::Scene;
use crate::support::scans::{code, visit, walker};
use crate::support::{OWN, Person, Town};

/// What is the caller's own by its nature.
pub const OWN_CODES: [&str; 5] =
    ["create_code", "create_code_batch", "find_code_image", "list_my_check_ins", "create_my_check_in"];

/// Operations that are refused without an `Idempotency-Key`, whoever asks.
pub fn asks_for_a_key(operation: &str) -> bool {
    [
        "create_check_in",
        "create_check_in_batch",
        "create_enrolment",
        "create_my_check_in",
        "create_shift_walk_in",
    ]
    .contains(&operation)
}

impl Scene {
    /// The request of an operation.
    pub fn on_codes(
        &self,
        town: &Town,
        operation: &str,
        person: Option<&Person>,
    ) -> Option<(&'static str, String, Option<Value>)> {
        use base64::Engine as _;
        Some(match operation {
            "list_code_keys" => ("GET", "/.well-known/code-keys.json".into(), None),
            "create_code" => ("POST", "/v1/me/codes".into(), Some(json!({}))),
            "create_code_batch" => ("POST", "/v1/me/code-batches".into(), Some(json!({}))),
            "find_code_image" => {
                let shown = code(town, &person.cloned().unwrap_or_else(|| town.resident()));
                let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(shown.bytes());
                ("GET", format!("/v1/me/codes/{bytes}/image"), None)
            }
            "create_code_verification" => {
                let shown = code(town, &town.resident());
                ("POST", "/v1/code-verifications".into(), Some(json!({ "code": shown.text() })))
            }
            "list_check_ins" => ("GET", format!("/v1/check-ins?division={OWN}"), None),
            "list_my_check_ins" => ("GET", "/v1/me/check-ins".into(), None),
            "create_my_check_in" => (
                "POST",
                "/v1/me/check-ins".into(),
                Some(json!({ "code": "7K3M9QX2", "purpose": "venue_visit" })),
            ),
            "create_check_in" => ("POST", "/v1/check-ins".into(), Some(visit(&code(town, &walker(town))))),
            "create_check_in_batch" => {
                let scan = json!({ "code": code(town, &walker(town)).text(), "scanned_at": town.now() });
                let body = json!({ "purpose": "venue_visit", "division": OWN, "scans": [scan] });
                ("POST", "/v1/check-in-batches".into(), Some(body))
            }
            "create_enrolment" => {
                let body = json!({
                    "code": code(town, &town.resident()).text(), "division": OWN, "name": "陈桂芳",
                    "residence": "registered_here", "notice_version": 1
                });
                ("POST", "/v1/enrolments".into(), Some(body))
            }
            _ => return None,
        })
    }
}
