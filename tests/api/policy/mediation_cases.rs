//! One attempt at each operation on mediation cases.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::disputes::{put_case, put_party, put_seat};
use crate::support::{OWN, Town};

impl Scene {
    /// The request of an operation.
    pub fn on_mediation_cases(
        &self,
        town: &Town,
        operation: &str,
    ) -> Option<(&'static str, String, Option<Value>)> {
        on_cases(town, operation)
            .or_else(|| on_running(town, operation))
            .or_else(|| on_table(town, operation))
    }
}

fn at(case: Uuid, part: &str) -> String {
    format!("/v1/mediation-cases/{case}/{part}")
}

fn on_cases(town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
    Some(match operation {
        "list_mediation_cases" => {
            put_case(town, "registered");
            ("GET", format!("/v1/mediation-cases?division={OWN}"), None)
        }
        "find_mediation_case" => {
            ("GET", format!("/v1/mediation-cases/{}", put_case(town, "registered")), None)
        }
        "list_mediation_case_events" => ("GET", at(put_case(town, "registered"), "events"), None),
        "create_mediation_case" => {
            let parties = json!([{ "side": "applicant", "name": "赵先生" }, { "side": "respondent", "name": "钱先生" }]);
            let body = json!({
                "division": OWN, "source": "walk_in", "dispute_type": "neighbour", "subject": "x", "facts": "x",
                "parties": parties
            });
            ("POST", "/v1/mediation-cases".into(), Some(body))
        }
        "update_mediation_case" => {
            let case = put_case(town, "registered");
            ("PATCH", format!("/v1/mediation-cases/{case}"), Some(json!({ "subject": "y" })))
        }
        _ => return None,
    })
}

fn on_running(town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
    let end = |reason: &str| Some(json!({ "reason": reason, "note": "x" }));
    Some(match operation {
        "create_mediation_case_acceptance" => {
            let case = put_case(town, "registered");
            put_party(town, case, "applicant", None);
            put_party(town, case, "respondent", None);
            ("POST", at(case, "acceptance"), Some(json!({})))
        }
        "create_mediation_case_refusal" => {
            ("POST", at(put_case(town, "registered"), "refusal"), end("not_mediable"))
        }
        "create_mediation_case_failure" => {
            ("POST", at(put_case(town, "accepted"), "failure"), end("no_agreement"))
        }
        "create_mediation_case_closure" => {
            ("POST", at(put_case(town, "failed"), "closure"), Some(json!({ "note": "x" })))
        }
        "create_mediation_case_party" => {
            let body = json!({ "side": "third", "name": "孙先生" });
            ("POST", at(put_case(town, "accepted"), "parties"), Some(body))
        }
        "create_mediation_case_consent" => {
            let case = put_case(town, "accepted");
            let party = put_party(town, case, "applicant", None);
            let body = json!({ "party": party, "is_agreed": true, "by": "phone" });
            ("POST", at(case, "consents"), Some(body))
        }
        "create_mediation_case_withdrawal" => {
            ("POST", at(put_case(town, "accepted"), "withdrawal"), Some(json!({ "note": "x" })))
        }
        _ => return None,
    })
}

fn on_table(town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
    let case = || put_case(town, "accepted");
    Some(match operation {
        "create_mediation_case_seat" => {
            let mediator = town.staff(lilong::access::role::Role::Mediator, OWN).account;
            let body = json!({ "role": "mediator", "account": mediator });
            ("POST", at(case(), "seats"), Some(body))
        }
        "create_mediation_case_seat_reply" => {
            let case = case();
            let seat = put_seat(town, case, "mediator", town.resident().account, "asked");
            ("POST", at(case, &format!("seats/{seat}/reply")), Some(json!({ "is_accepted": true })))
        }
        "create_mediation_case_objection" => {
            let case = case();
            let seat = put_seat(town, case, "mediator", town.resident().account, "accepted");
            ("POST", at(case, "objections"), Some(json!({ "seat": seat, "reason": "x" })))
        }
        "create_mediation_case_objection_decision" => {
            let (case, objection) = (case(), lilong::kit::id::next());
            let party = put_party(town, case, "applicant", None);
            let seat = put_seat(town, case, "mediator", town.resident().account, "accepted");
            town.execute(&format!(
                "INSERT INTO mediation_objections (id, case_id, seat_id, party_id, reason, created_at)
                     VALUES ('{objection}', '{case}', '{seat}', '{party}', 'x', now())"
            ));
            let body = json!({ "decision": "overruled", "reason": "x" });
            ("POST", at(case, &format!("objections/{objection}/decision")), Some(body))
        }
        "list_mediation_case_notes" => ("GET", at(case(), "notes"), None),
        "create_mediation_case_note" => {
            ("POST", at(case(), "notes"), Some(json!({ "text": "x", "audience": "table" })))
        }
        "list_mediation_case_evidence" => ("GET", at(case(), "evidence"), None),
        "create_mediation_case_evidence" => {
            let body = json!({ "title": "x", "text": "x", "audience": "table" });
            ("POST", at(case(), "evidence"), Some(body))
        }
        _ => return None,
    })
}
