//! One attempt at each operation on categories of petitions, responsibilities and summons.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::{OWN, Person, Town, power};

const CATEGORY: Uuid = Uuid::from_u128(0x1501);
const RESPONSIBILITY: Uuid = Uuid::from_u128(0x1502);
const SUMMONS: Uuid = Uuid::from_u128(0x1503);

/// Puts one of each into `OWN`.
pub fn put(town: &Town, organisation: Uuid) {
    let by = town.resident().account;
    town.execute(&format!(
        "INSERT INTO petition_categories
             (id, division, code, name, guidance, is_evidence_asked, is_fast, is_active, created_at, updated_at)
             VALUES ('{CATEGORY}', {OWN}, 'tried', 'x', '', false, false, true, now(), now());
         INSERT INTO responsibilities
             (id, division, category_id, organisation_id, role, legal_basis, starts_on, created_at, updated_at)
             VALUES ('{RESPONSIBILITY}', {OWN}, '{CATEGORY}', '{organisation}', 'assist', '', '2026-01-01', now(), now());
         INSERT INTO summons
             (id, division, organisation_id, subject, question, place, reply_on, state, created_by, created_at, updated_at)
             VALUES ('{SUMMONS}', {OWN}, '{organisation}', 'x', 'y', '', '2026-01-01', 'pending', '{by}', now(), now())"
    ));
}

impl Scene {
    /// The request of an operation.
    pub fn on_power(
        &self,
        town: &Town,
        operation: &str,
        person: Option<&Person>,
        n: u32,
    ) -> Option<(&'static str, String, Option<Value>)> {
        let (organisation, categories) = (self.organisation, "/v1/petition-categories");
        Some(match operation {
            "list_petition_categories" => ("GET", format!("{categories}?division={OWN}"), None),
            "find_petition_category" => ("GET", format!("{categories}/{CATEGORY}"), None),
            "create_petition_category" => {
                let body = json!({ "division": OWN, "code": format!("tried_{n}"), "name": "x" });
                ("POST", categories.into(), Some(body))
            }
            "update_petition_category" => {
                ("PATCH", format!("{categories}/{CATEGORY}"), Some(json!({ "name": "y" })))
            }
            "list_responsibilities" => ("GET", format!("/v1/responsibilities?division={OWN}"), None),
            "find_responsibility" => ("GET", format!("/v1/responsibilities/{RESPONSIBILITY}"), None),
            "create_responsibility" => {
                let body = json!({
                    "division": OWN, "category": CATEGORY, "organisation": organisation, "role": "lead",
                    "legal_basis": ""
                });
                ("POST", "/v1/responsibilities".into(), Some(body))
            }
            "update_responsibility" => {
                let body = json!({ "legal_basis": "x" });
                ("PATCH", format!("/v1/responsibilities/{RESPONSIBILITY}"), Some(body))
            }
            "find_responsible" => {
                let asked = format!("category={CATEGORY}&division={OWN}");
                ("GET", format!("/v1/responsible-organisations?{asked}"), None)
            }
            "list_responsibility_proposals" => {
                ("GET", format!("/v1/responsibility-proposals?division={OWN}"), None)
            }
            "create_responsibility_proposal_decision" => {
                let proposal = person.map_or(Uuid::nil().to_string(), |_| {
                    power::proposal(town, OWN, &CATEGORY.to_string(), &organisation.to_string())
                });
                let path = format!("/v1/responsibility-proposals/{proposal}/decision");
                ("POST", path, Some(json!({ "decision": "refused" })))
            }
            _ => return on_summons(organisation, operation),
        })
    }
}

/// Nobody who tries has a post in the organisation that is called: the tests of summons do.
fn on_summons(organisation: Uuid, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
    let step = |step: &str| format!("/v1/summons/{SUMMONS}/{step}");
    Some(match operation {
        "list_summons" => ("GET", format!("/v1/summons?division={OWN}"), None),
        "find_summons" => ("GET", format!("/v1/summons/{SUMMONS}"), None),
        "create_summons" => {
            let body = json!({
                "division": OWN, "organisation": organisation, "subject": "x", "question": "y",
                "reply_on": "2026-01-01"
            });
            ("POST", "/v1/summons".into(), Some(body))
        }
        "create_summons_acceptance" => ("POST", step("acceptance"), None),
        "create_summons_refusal" => ("POST", step("refusal"), Some(json!({ "reason": "x" }))),
        "create_summons_attendance" => ("POST", step("attendance"), Some(json!({ "attendance": "absent" }))),
        "create_summons_answer" => ("POST", step("answer"), Some(json!({ "answer": "x" }))),
        "create_summons_withdrawal" => ("POST", step("withdrawal"), None),
        "list_summons_records" => ("GET", format!("/v1/summons-records?division={OWN}"), None),
        _ => return None,
    })
}
