//! One attempt at each operation on signatures of joint petitions, and on striking them out.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::joint::joint;
use crate::support::{OWN, Town};

/// Operations that anybody signed in may do to a petition that is open to everybody: what else is in the way is no matter of posts.
pub const OWN_SIGNATURES: [&str; 3] =
    ["create_petition_signature", "delete_petition_signature", "find_petition_signature_counts"];

/// A strike-out that nobody has carried out yet; a fresh one for each attempt.
fn strike_out(town: &Town) -> Uuid {
    let (id, petition, author) = (lilong::kit::id::next(), joint(town), town.resident().account);
    town.execute(&format!(
        "INSERT INTO petition_strike_outs (id, petition_id, division, signed_from, reason, state, met, created_by, created_at)
             VALUES ('{id}', '{petition}', {OWN}, now(), 'x', 'draft', 0, '{author}', now())"
    ));
    id
}

impl Scene {
    /// The request of an operation.
    pub fn on_signatures(
        &self,
        town: &Town,
        operation: &str,
    ) -> Option<(&'static str, String, Option<Value>)> {
        let below = |part: &str| format!("/v1/petitions/{}/{part}", joint(town));
        Some(match operation {
            "create_petition_signature" => ("POST", below("signatures"), None),
            "delete_petition_signature" => ("DELETE", below("signatures"), None),
            "list_petition_signatures" => ("GET", below("signatures"), None),
            "find_petition_signature_counts" => ("GET", below("signature-counts"), None),
            "update_petition_deliberation" => {
                ("PUT", below("deliberation"), Some(json!({ "deliberation": "planned" })))
            }
            "list_petition_strike_outs" => ("GET", below("strike-outs"), None),
            "create_petition_strike_out" => {
                let body = json!({ "signed_from": "2026-11-26T00:00:00Z", "reason": "x" });
                ("POST", below("strike-outs"), Some(body))
            }
            "create_strike_out_execution" => {
                ("POST", format!("/v1/petition-strike-outs/{}/execution", strike_out(town)), None)
            }
            "create_strike_out_cancellation" => {
                ("POST", format!("/v1/petition-strike-outs/{}/cancellation", strike_out(town)), None)
            }
            _ => return None,
        })
    }
}
