//! One attempt at each operation on codes.

use lilong::access::codes::sg1::Bearer;
use serde_json::{Value, json};

use super::attempts::Scene;
use crate::support::{Person, Town};

/// What is the caller's own by its nature.
pub const OWN_CODES: [&str; 3] = ["create_code", "create_code_batch", "find_code_image"];

/// A fresh code of somebody.
pub fn code(town: &Town, person: &Person) -> lilong::access::codes::sg1::Code {
    let now = town.now();
    town.gate.codes().issue(town.gate.ring(), person.account, Bearer::Visitor, now, now).expect("a code")
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
            _ => return None,
        })
    }
}
