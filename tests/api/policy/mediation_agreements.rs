//! One attempt at each operation on agreements of mediation and what comes after them.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::Town;
use crate::support::agreements::{
    annulment, put_annulment, put_bound, put_confirmation, put_extension, put_follow_up, put_month,
};
use crate::support::disputes::put_case;

type Request = Option<(&'static str, String, Option<Value>)>;

fn at(case: Uuid, part: &str) -> String {
    format!("/v1/mediation-cases/{case}/{part}")
}

impl Scene {
    /// The request of an operation.
    pub fn on_agreements(&self, town: &Town, operation: &str) -> Request {
        on_agreements(town, operation)
            .or_else(|| on_performance(town, operation))
            .or_else(|| on_confirmations(town, operation))
            .or_else(|| on_time(town, operation))
    }
}

fn on_agreements(town: &Town, operation: &str) -> Request {
    let case = || put_case(town, "agreed");
    Some(match operation {
        "list_mediation_case_agreements" => ("GET", at(case(), "agreements"), None),
        "find_mediation_case_agreement" | "find_mediation_case_agreement_document" => {
            let case = case();
            let (agreement, ..) = put_bound(town, case, "effective");
            let part = if operation.ends_with("document") { "/document" } else { "" };
            ("GET", at(case, &format!("agreements/{agreement}{part}")), None)
        }
        "create_mediation_case_agreement" => {
            let case = put_case(town, "in_mediation");
            ("POST", at(case, "agreements"), Some(json!({ "form": "written", "basis": "x", "terms": "x" })))
        }
        "create_mediation_case_signature" => {
            let case = put_case(town, "in_mediation");
            put_bound(town, case, "signing");
            let body = json!({ "text_sha256": "x", "capacity": "mediator", "means": "app" });
            ("POST", at(case, "signatures"), Some(body))
        }
        "find_mediation_agreement_verification" => {
            let (_, number, _) = put_bound(town, case(), "effective");
            ("GET", format!("/v1/mediation-agreement-verifications/{number}"), None)
        }
        _ => return None,
    })
}

fn on_performance(town: &Town, operation: &str) -> Request {
    Some(match operation {
        "list_mediation_case_performances" => ("GET", at(put_case(town, "agreed"), "performances"), None),
        "create_mediation_case_performance" => {
            let case = put_case(town, "agreed");
            let (_, _, items) = put_bound(town, case, "effective");
            ("POST", at(case, "performances"), Some(json!({ "item": items[0], "outcome": "done" })))
        }
        "create_mediation_case_reopening" => {
            ("POST", at(put_case(town, "breached"), "reopening"), Some(json!({ "note": "x" })))
        }
        "find_mediation_case_annulment" => {
            let case = put_case(town, "failed");
            let (agreement, ..) = put_bound(town, case, "effective");
            put_annulment(town, agreement);
            ("GET", at(case, "annulment"), None)
        }
        "create_mediation_case_annulment" => {
            let case = put_case(town, "closed");
            put_bound(town, case, "effective");
            ("POST", at(case, "annulment"), Some(annulment(town)))
        }
        "find_mediation_case_hand_over" => ("GET", at(put_case(town, "failed"), "hand-over?to=court"), None),
        _ => return None,
    })
}

fn on_confirmations(town: &Town, operation: &str) -> Request {
    let asked = |state: &str| {
        let case = put_case(town, "agreed");
        let (agreement, ..) = put_bound(town, case, "effective");
        put_confirmation(town, agreement, state);
        at(case, "confirmation")
    };
    Some(match operation {
        "find_mediation_case_confirmation" => ("GET", asked("joining"), None),
        "create_mediation_case_confirmation" => {
            let case = put_case(town, "agreed");
            put_bound(town, case, "effective");
            ("POST", at(case, "confirmation"), Some(json!({ "court": "上海市宝山区人民法院" })))
        }
        "update_mediation_case_confirmation" => {
            let on = lilong::kit::clock::local_date(town.now());
            let body = json!({ "decision": "confirmed", "decided_on": on, "document_number": "x" });
            ("PATCH", asked("applied"), Some(body))
        }
        "list_mediation_case_penalty_waivers" => {
            ("GET", at(put_case(town, "performed"), "penalty-waivers"), None)
        }
        "create_mediation_case_penalty_waiver" => {
            ("POST", at(put_case(town, "performed"), "penalty-waivers"), Some(json!({ "text": "x" })))
        }
        "create_mediation_case_penalty_waiver_decision" => {
            let part = format!("penalty-waivers/{}/decision", Uuid::nil());
            let body = json!({ "is_granted": true, "reason": "x" });
            ("POST", at(put_case(town, "performed"), &part), Some(body))
        }
        _ => return None,
    })
}

fn on_time(town: &Town, operation: &str) -> Request {
    let case = || put_case(town, "agreed");
    Some(match operation {
        "list_mediation_case_follow_ups" => ("GET", at(case(), "follow-ups"), None),
        "create_mediation_case_follow_up" => {
            ("POST", at(case(), "follow-ups"), Some(json!({ "channel": "phone" })))
        }
        "update_mediation_case_follow_up" => {
            let case = case();
            let visit = put_follow_up(town, case);
            let body = json!({ "finding": "kept", "note": "x" });
            ("PATCH", at(case, &format!("follow-ups/{visit}")), Some(body))
        }
        "list_mediation_case_extensions" => ("GET", at(case(), "extensions"), None),
        "create_mediation_case_extension" => {
            let case = put_case(town, "accepted");
            put_month(town, case);
            ("POST", at(case, "extensions"), Some(json!({ "amount": 1, "reason": "x" })))
        }
        "create_mediation_case_extension_consent" => {
            let case = put_case(town, "accepted");
            put_extension(town, case);
            ("POST", at(case, "extension-consents"), Some(json!({ "is_agreed": true, "by": "phone" })))
        }
        _ => return None,
    })
}
