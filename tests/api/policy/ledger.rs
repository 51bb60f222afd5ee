//! One attempt at each operation on statistics, subsidies and typical cases of mediation.

use chrono::Days;
use lilong::kit::clock::local_date;
use serde_json::{Value, json};

use super::attempts::Scene;
use crate::support::disputes::put_case;
use crate::support::ledger::{put_example, put_subsidy};
use crate::support::{OWN, Town};

impl Scene {
    /// The request of an operation.
    pub fn on_ledger(
        &self,
        town: &Town,
        operation: &str,
        n: u32,
    ) -> Option<(&'static str, String, Option<Value>)> {
        let subsidies = "/v1/mediation-subsidies";
        Some(match operation {
            "find_mediation_statistics" => {
                let path =
                    format!("/v1/mediation-statistics?division={OWN}&from=2026-01-01&until=2026-12-31");
                ("GET", path, None)
            }
            "list_mediation_subsidy_rules" => {
                ("GET", format!("/v1/mediation-subsidy-rules?division={OWN}"), None)
            }
            "create_mediation_subsidy_rule" => {
                // Each attempt another day: a place says one amount for one day.
                let day = local_date(town.now()) + Days::new(u64::from(n % 10_000));
                let body = json!({
                    "division": OWN, "role": "lawyer", "grade": "major", "outcome": "failed", "amount_fen": 0, "effective_from": day,
                    "legal_basis": "x"
                });
                ("POST", "/v1/mediation-subsidy-rules".into(), Some(body))
            }
            "list_mediation_subsidies" => ("GET", format!("{subsidies}?division={OWN}"), None),
            "list_mediation_subsidy_totals" => {
                let totals = "/v1/mediation-subsidy-totals";
                ("GET", format!("{totals}?division={OWN}&from=2026-01-01&until=2026-12-31"), None)
            }
            "create_mediation_subsidy_reversal" => {
                let line = put_subsidy(town, put_case(town, "closed"), town.resident().account);
                ("POST", format!("{subsidies}/{line}/reversal"), Some(json!({ "reason": "x" })))
            }
            _ => return on_examples(town, operation),
        })
    }
}

fn on_examples(town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
    let text = json!({ "title": "x", "facts": "x", "mediation": "x", "lesson": "x" });
    let case = put_case(town, "closed");
    let path = format!("/v1/mediation-cases/{case}/examples");
    let draft = || put_example(town, case, "draft");
    Some(match operation {
        "list_mediation_examples" => ("GET", "/v1/mediation-examples".into(), None),
        "find_mediation_example" => {
            ("GET", format!("/v1/mediation-examples/{}", put_example(town, case, "published")), None)
        }
        "list_mediation_case_examples" => ("GET", path, None),
        "create_mediation_case_example" => ("POST", path, Some(text)),
        "update_mediation_case_example" => {
            ("PATCH", format!("{path}/{}", draft()), Some(json!({ "title": "y" })))
        }
        "create_mediation_case_example_review" => {
            let body = json!({ "version": 1, "is_approved": true });
            ("POST", format!("{path}/{}/review", draft()), Some(body))
        }
        "create_mediation_case_example_withdrawal" => {
            ("POST", format!("{path}/{}/withdrawal", draft()), Some(json!({ "reason": "x" })))
        }
        _ => return None,
    })
}
