//! One attempt at each operation on petitions, their dispatches and what waits on somebody.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::petitions::category;
use crate::support::{OWN, Town};

const CLOCK: Uuid = Uuid::from_u128(0x1531);
const EXTENSION: Uuid = Uuid::from_u128(0x1532);
const DISPATCH: Uuid = Uuid::from_u128(0x1533);

/// Operations that anybody signed in may do, since they show what is one's own, or open to everybody.
pub const OWN_PETITIONS: [&str; 2] = ["list_inbox", "create_petition_lookup"];

/// A petition in `OWN` in the state that the operation begins in; a fresh one for each attempt, since most are done once.
fn petition(town: &Town, state: &str) -> Uuid {
    let (id, author) = (lilong::kit::id::next(), town.resident().account);
    let receipt = format!("{:012}", id.as_u128() % 1_000_000_000_000);
    let is_open = state != "closed";
    town.execute(&format!(
        "INSERT INTO matters (id, kind, division, receipt, title, category_id, state, grade, level, is_open, returns, created_at, updated_at)
             VALUES ('{id}', 'petition', {OWN}, '{receipt}', 'x', (SELECT id FROM petition_categories WHERE code = 'other'),
                     '{state}', 'normal', 'committee', {is_open}, 0, now(), now());
         INSERT INTO petitions (id, kind, channel, account_id, contact_sealed, text, text_hash, is_hidden, place, visibility, answer_state, deliberation, created_at)
             VALUES ('{id}', 'complaint', 'app', '{author}', NULL, 'x', '', false, '', 'private', 'none', 'none', now())"
    ));
    id
}

impl Scene {
    /// The request of an operation.
    pub fn on_petitions(
        &self,
        town: &Town,
        operation: &str,
    ) -> Option<(&'static str, String, Option<Value>)> {
        self.on_petition_lists(town, operation)
            .or_else(|| on_steps(town, operation))
            .or_else(|| self.on_dispatches(town, operation))
    }

    fn on_petition_lists(
        &self,
        town: &Town,
        operation: &str,
    ) -> Option<(&'static str, String, Option<Value>)> {
        Some(match operation {
            "list_matters" => ("GET", format!("/v1/matters?division={OWN}"), None),
            "create_matter_parent" => {
                let (part, whole) = (petition(town, "accepted"), petition(town, "accepted"));
                ("POST", format!("/v1/matters/{part}/parent"), Some(json!({ "parent": whole })))
            }
            "find_petition_statistics" => {
                let query = format!("division={OWN}&from=2026-01-01&until=2026-12-31");
                ("GET", format!("/v1/petition-statistics?{query}"), None)
            }
            "list_inbox" => ("GET", "/v1/me/inbox".into(), None),
            "list_petitions" => ("GET", format!("/v1/petitions?division={OWN}"), None),
            "list_petition_reports" => {
                put_report(town);
                ("GET", format!("/v1/petition-reports?division={OWN}"), None)
            }
            "create_petition_lookup" => {
                let body = json!({ "division": OWN, "category": category(town, "other"), "words": "x" });
                ("POST", "/v1/petition-lookups".into(), Some(body))
            }
            "create_petition" => {
                let behalf = json!({ "name": "陈阿姨", "consent_by": "phone", "channel": "counter" });
                let body = json!({
                    "kind": "request", "category": category(town, "other"), "division": OWN, "title": "x", "text": "x",
                    "on_behalf": behalf
                });
                ("POST", "/v1/petitions".into(), Some(body))
            }
            "find_petition" => ("GET", format!("/v1/petitions/{}", petition(town, "submitted")), None),
            "list_petition_events" => {
                ("GET", format!("/v1/petitions/{}/events", petition(town, "submitted")), None)
            }
            "update_petition" => {
                let path = format!("/v1/petitions/{}", petition(town, "submitted"));
                ("PATCH", path, Some(json!({ "title": "y" })))
            }
            _ => return None,
        })
    }

    fn on_dispatches(&self, town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
        let organisation = self.organisation;
        Some(match operation {
            "create_petition_dispatch" => {
                let path = format!("/v1/petitions/{}/dispatches", petition(town, "accepted"));
                ("POST", path, Some(json!({ "organisation": organisation, "role": "lead" })))
            }
            "update_dispatch_acceptance" => {
                put_dispatch(town, organisation);
                ("PUT", format!("/v1/dispatches/{DISPATCH}/acceptance"), Some(json!({})))
            }
            "create_dispatch_return" => {
                put_dispatch(town, organisation);
                let body = json!({ "reason": "not_responsible", "note": "x" });
                ("POST", format!("/v1/dispatches/{DISPATCH}/return"), Some(body))
            }
            "create_matter_extension_decision" => {
                put_extension(town);
                let path = format!("/v1/matter-extensions/{EXTENSION}/decision");
                ("POST", path, Some(json!({ "decision": "refused" })))
            }
            _ => return None,
        })
    }
}

/// The state each step begins in, and what it says.
fn on_steps(town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
    let note = || json!({ "note": "x" });
    let (state, part, body) = match operation {
        "create_petition_confirmation" => ("submitted", "confirmation", json!({})),
        "create_petition_moderation" => ("accepted", "moderation", json!({ "reason": "x" })),
        "create_petition_publication" => ("closed", "publication", json!({ "title": "x", "text": "x" })),
        "create_petition_contact_disclosure" => ("accepted", "contact-disclosures", json!({ "reason": "x" })),
        "create_petition_acceptance" => ("submitted", "acceptance", json!({})),
        "create_petition_rejection" => ("submitted", "rejection", json!({ "reason": "spam", "note": "x" })),
        "create_petition_withdrawal" => ("submitted", "withdrawal", note()),
        "create_petition_first_contact" => ("accepted", "first-contact", note()),
        "create_petition_progress" => ("accepted", "progress", json!({ "note": "x", "audience": "staff" })),
        "create_petition_suspension" => {
            ("in_progress", "suspension", json!({ "reason": "awaiting_expert", "note": "x" }))
        }
        "create_petition_resumption" => ("suspended", "resumption", note()),
        "create_petition_answer" => ("accepted", "answer", json!({ "outcome": "explained", "text": "x" })),
        "create_petition_closure" => ("resolved", "closure", note()),
        "create_petition_merge" => {
            ("accepted", "merge", json!({ "into": petition(town, "accepted"), "note": "x" }))
        }
        "create_petition_extension" => {
            ("accepted", "extensions", json!({ "clock": "resolution", "amount": 1, "reason": "x" }))
        }
        "create_petition_rating" => (
            "resolved",
            "rating",
            json!({ "satisfaction": "satisfied", "is_on_time": true, "is_solved": true }),
        ),
        "create_petition_reopening" => ("resolved", "reopening", json!({ "reason": "x" })),
        "create_petition_review" => ("closed", "reviews", json!({ "stage": "review", "reason": "x" })),
        "create_petition_review_answer" => {
            ("closed", "reviews/review/answer", json!({ "conclusion": "upheld", "text": "x" }))
        }
        _ => return None,
    };
    let id = petition(town, state);
    prepare(town, operation, id);
    Some(("POST", format!("/v1/petitions/{id}/{part}"), Some(body)))
}

/// What an operation needs besides the state.
fn prepare(town: &Town, operation: &str, id: Uuid) {
    let sql = match operation {
        "create_petition_contact_disclosure" => {
            format!("UPDATE petitions SET contact_sealed = {} WHERE id = '{id}'", sealed(town))
        }
        "create_petition_rating" | "create_petition_reopening" => {
            format!("UPDATE petitions SET account_id = NULL WHERE id = '{id}'")
        }
        "create_petition_review_answer" => format!(
            "INSERT INTO petition_reviews (id, petition_id, stage, reason, created_at) VALUES (gen_random_uuid(), '{id}', 'review', 'x', now())"
        ),
        _ => return,
    };
    town.execute(&sql);
}

fn sealed(town: &Town) -> String {
    let sealed =
        town.gate.ring().seal(lilong::matters::petitions::CONTACT_SEAL, b"+8613900001234").expect("sealed");
    let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("'\\x{hex}'")
}

fn put_report(town: &Town) {
    if town.count("SELECT count(*) FROM petitions WHERE kind = 'report'") == 0 {
        let id = petition(town, "submitted");
        town.execute(&format!("UPDATE petitions SET kind = 'report' WHERE id = '{id}'"));
    }
}

/// The worker may be at a clock just now: it locks the matter first, so that this waits for it, and it for this.
const ALONE: &str = "LOCK TABLE matters IN EXCLUSIVE MODE;";

fn put_dispatch(town: &Town, organisation: Uuid) {
    let (id, author) = (petition(town, "dispatched"), town.resident().account);
    town.execute(&format!(
        "{ALONE} DELETE FROM inbox_items; DELETE FROM matter_events WHERE dispatch_id = '{DISPATCH}';
         DELETE FROM responsibility_proposals WHERE dispatch_id = '{DISPATCH}'; DELETE FROM dispatches WHERE id = '{DISPATCH}';
         INSERT INTO dispatches (id, matter_id, division, organisation_id, role, state, hop, note, dispatched_by, dispatched_at)
             VALUES ('{DISPATCH}', '{id}', {OWN}, '{organisation}', 'lead', 'pending', 1, '', '{author}', now())"
    ));
}

fn put_extension(town: &Town) {
    let (id, author) = (petition(town, "accepted"), town.resident().account);
    town.execute(&format!(
        "{ALONE} DELETE FROM inbox_items; DELETE FROM matter_extensions WHERE id = '{EXTENSION}'; DELETE FROM matter_clocks WHERE id = '{CLOCK}';
         INSERT INTO matter_clocks (id, matter_id, division, clock, unit, started_at, anchor_on, amount, extended_by, due_on, due_at, is_provisional, escalations)
             VALUES ('{CLOCK}', '{id}', {OWN}, 'resolution', 'working_day', now(), current_date, 5, 0, current_date + 9, now() + interval '9 days', false, 0);
         INSERT INTO matter_extensions (id, matter_id, clock_id, division, amount, reason, status, asked_by, created_at, note)
             VALUES ('{EXTENSION}', '{id}', '{CLOCK}', {OWN}, 1, 'x', 'pending', '{author}', now(), '')"
    ));
}
