//! One attempt at each operation on the person's own rights.

use lilong::people::document::{Document, DocumentKind};
use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::archive::CARD;
use crate::support::{OWN, Person, Town};

type Request = (&'static str, String, Option<Value>);

/// The things of this file, in `OWN`.
const RESIDENCY: Uuid = Uuid::from_u128(0x801);
const CORRECTION: Uuid = Uuid::from_u128(0x802);
const ERASURE: Uuid = Uuid::from_u128(0x803);
const RESTRICTED: Uuid = Uuid::from_u128(0x804);
const GUARDIAN: Uuid = Uuid::from_u128(0x805);
const ASKED_IN_OFFICE: Uuid = Uuid::from_u128(0x806);

/// What is the caller's own by its nature.
pub const OWN_RIGHTS: [&str; 18] = [
    "list_data_exports",
    "find_data_export",
    "find_data_export_content",
    "create_data_export",
    "find_residency",
    "find_my_record",
    "create_residency",
    "delete_residency",
    "list_consents",
    "list_my_data_grants",
    "create_consent",
    "delete_consent",
    "list_my_corrections",
    "create_correction",
    "delete_correction",
    "list_my_erasures",
    "create_erasure",
    "delete_erasure",
];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A record that is the person's own.
fn bind(town: &Town, person: &Person) {
    town.execute(&format!(
        "INSERT INTO residents (id, division, name, pinyin, initials, residence, source, account_id, created_at, updated_at)
             VALUES (gen_random_uuid(), {OWN}, '陈桂芳', 'x', 'x', 'registered_here', 'worker', '{}', now(), now())
             ON CONFLICT DO NOTHING",
        person.account
    ));
}

/// A copy of what is kept of the person.
fn data_export(town: &Town, person: Option<&Person>) -> Uuid {
    let Some(person) = person else { return Uuid::nil() };
    let (id, sealed) = (person.account, town.gate.ring().seal("data_exports.content", b"{}").unwrap());
    town.execute(&format!(
        "INSERT INTO data_exports (id, account_id, content_sealed, created_at)
             VALUES ('{id}', '{id}', '\\x{}', now()) ON CONFLICT DO NOTHING",
        hex(&sealed)
    ));
    id.0
}

/// What the person asked for about their own record, and was refused.
fn asked(town: &Town, table: &str, person: Option<&Person>) -> Uuid {
    let Some(person) = person else { return Uuid::nil() };
    let (column, value) =
        if table == "corrections" { ("field, note, ", "'sex', '', ") } else { ("reason, ", "'', ") };
    town.execute(&format!(
        "INSERT INTO {table} (id, resident_id, division, account_id, {column}status, decided_at, created_at)
             SELECT account_id, id, division, account_id, {value}'refused', now(), now() FROM residents WHERE account_id = '{}' LIMIT 1
             ON CONFLICT (id) DO NOTHING",
        person.account
    ));
    person.account.0
}

/// Taking back what one asked for.
fn on_requests(town: &Town, operation: &str, person: Option<&Person>) -> Option<Request> {
    let table = match operation {
        "delete_correction" => "corrections",
        "delete_erasure" => "erasures",
        _ => return None,
    };
    Some(("DELETE", format!("/v1/me/{table}/{}", asked(town, table, person)), None))
}

impl Scene {
    /// The request of an operation; what it needs is put there for whoever is signed in.
    pub fn on_rights(&self, town: &Town, operation: &str, person: Option<&Person>) -> Option<Request> {
        if let Some(person) = person.filter(|_| OWN_RIGHTS.contains(&operation)) {
            bind(town, person);
        }
        self.on_own_rights(town, operation, person)
            .or_else(|| on_requests(town, operation, person))
            .or_else(|| self.on_committee_rights(town, operation, person))
    }

    fn on_own_rights(&self, town: &Town, operation: &str, person: Option<&Person>) -> Option<Request> {
        let get = |path: &str| ("GET", format!("/v1/{path}"), None);
        let post = |path: &str, body: Value| ("POST", format!("/v1/{path}"), Some(body));
        Some(match operation {
            "find_privacy_notice" => get("privacy-notice"),
            "find_residency" | "delete_residency" => {
                if let Some(person) = person {
                    town.execute(&format!(
                        "INSERT INTO residencies (id, account_id, division, status, decided_at, created_at)
                             VALUES (gen_random_uuid(), '{}', {OWN}, 'refused', now(), now())",
                        person.account
                    ));
                }
                let method = if operation == "find_residency" { "GET" } else { "DELETE" };
                (method, "/v1/me/residency".into(), None)
            }
            "create_residency" => {
                let document = json!({ "kind": "resident_id_card", "number": CARD });
                let home = json!({ "building": self.building, "number": "502" });
                post("me/residency", json!({ "name": "陈桂芳", "document": document, "home": home }))
            }
            "find_my_record" => get("me/resident"),
            "list_consents" => get("me/consents"),
            "create_consent" => {
                post("me/consents", json!({ "purpose": "volunteering", "notice_version": 1 }))
            }
            "delete_consent" => {
                let id = person.map_or(Uuid::nil(), |person| person.account.0);
                if let Some(person) = person {
                    town.execute(&format!(
                        "INSERT INTO consents (id, account_id, purpose, notice_version, is_separate, given_at)
                             VALUES ('{id}', '{}', 'notifications', 1, false, now()) ON CONFLICT (id) DO NOTHING",
                        person.account
                    ));
                }
                ("DELETE", format!("/v1/me/consents/{id}"), None)
            }
            "list_my_corrections" => get("me/corrections"),
            "create_correction" => post("me/corrections", json!({ "field": "sex", "value": "female" })),
            "list_data_exports" => get("me/data-exports"),
            "create_data_export" => ("POST", "/v1/me/data-exports".into(), None),
            "find_data_export" => get(&format!("me/data-exports/{}", data_export(town, person))),
            "find_data_export_content" => {
                get(&format!("me/data-exports/{}/content", data_export(town, person)))
            }
            "list_my_erasures" => get("me/erasures"),
            "create_erasure" => post("me/erasures", json!({})),
            _ => return None,
        })
    }

    fn on_committee_rights(&self, town: &Town, operation: &str, person: Option<&Person>) -> Option<Request> {
        let list = |path: &str| ("GET", format!("/v1/{path}?division={OWN}"), None);
        let decide =
            |path: &str, id: Uuid, body: Value| ("POST", format!("/v1/{path}/{id}/decision"), Some(body));
        let guardians = format!("/v1/residents/{}/guardians", self.resident);
        if let Some(person) = person {
            self.put_rights(town, operation, person);
        }
        Some(match operation {
            "list_residencies" => list("residencies"),
            "create_residency_decision" => {
                decide("residencies", RESIDENCY, json!({ "decision": "refused", "reason": "x" }))
            }
            "list_corrections" => list("corrections"),
            "create_correction_decision" => {
                decide("corrections", CORRECTION, json!({ "decision": "refused", "answer": "x" }))
            }
            "list_erasures" => list("erasures"),
            "create_erasure_decision" => {
                decide("erasures", ERASURE, json!({ "decision": "refused", "answer": "x" }))
            }
            "create_resident_erasure" => {
                let body = json!({ "asked_by": "person", "evidence": "x" });
                ("POST", format!("/v1/residents/{ASKED_IN_OFFICE}/erasures"), Some(body))
            }
            "list_restricted_residents" => list("restricted-residents"),
            "find_restricted_resident" => ("GET", format!("/v1/restricted-residents/{RESTRICTED}"), None),
            "list_guardians" => ("GET", guardians, None),
            "create_guardian" => {
                let body = json!({ "guardian": GUARDIAN, "relation": "parent", "evidence": "x" });
                ("POST", guardians, Some(body))
            }
            "delete_guardian" => ("DELETE", format!("{guardians}/{GUARDIAN}"), None),
            _ => return None,
        })
    }

    /// What an operation of the committee is tried on; what is there already stays.
    fn put_rights(&self, town: &Town, operation: &str, person: &Person) {
        let (resident, building, account) = (self.resident, self.building, person.account);
        let record = |id: Uuid, status: &str| {
            format!(
                "INSERT INTO residents (id, division, name, pinyin, initials, residence, source, status, created_at, updated_at)
                     VALUES ('{id}', {OWN}, '王建国', 'x', 'x', 'registered_here', 'worker', '{status}', now(), now())
                     ON CONFLICT DO NOTHING;"
            )
        };
        let of_record = format!("'{resident}', {OWN}, '{account}'");
        town.execute(&match operation {
            "list_residencies" | "create_residency_decision" => {
                let card = Document::parse(DocumentKind::ResidentIdCard, CARD).unwrap();
                let (sealed, hash) = (hex(&card.seal(town.gate.ring()).unwrap()), hex(&card.hash(town.gate.ring())));
                format!(
                    "INSERT INTO residencies (id, account_id, division, building_id, unit, number, name, document_kind,
                                              document_sealed, document_hash, status, created_at)
                         VALUES ('{RESIDENCY}', '{account}', {OWN}, '{building}', '', '502', '陈桂芳', 'resident_id_card',
                                 '\\x{sealed}', '\\x{hash}', 'pending', now()) ON CONFLICT DO NOTHING"
                )
            }
            "list_corrections" | "create_correction_decision" => {
                let sealed = hex(&town.gate.ring().seal("corrections.value", b"\"male\"").unwrap());
                format!(
                    "INSERT INTO corrections (id, resident_id, division, account_id, field, value_sealed, note, status, created_at)
                         VALUES ('{CORRECTION}', {of_record}, 'sex', '\\x{sealed}', '', 'pending', now()) ON CONFLICT DO NOTHING"
                )
            }
            "list_erasures" | "create_erasure_decision" => format!(
                "INSERT INTO erasures (id, resident_id, division, account_id, reason, status, created_at)
                     VALUES ('{ERASURE}', {of_record}, '', 'pending', now()) ON CONFLICT DO NOTHING"
            ),
            "create_resident_erasure" => record(ASKED_IN_OFFICE, "present"),
            "list_restricted_residents" | "find_restricted_resident" => record(RESTRICTED, "restricted"),
            "create_guardian" | "list_guardians" | "delete_guardian" => format!(
                "{} INSERT INTO guardians (id, ward_id, guardian_id, division, relation, evidence, recorded_by, created_at)
                        VALUES (gen_random_uuid(), '{resident}', '{GUARDIAN}', {OWN}, 'parent', 'x', '{account}', now())
                        ON CONFLICT DO NOTHING",
                record(GUARDIAN, "present")
            ),
            _ => return,
        });
    }
}
