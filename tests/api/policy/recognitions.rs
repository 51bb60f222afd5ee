//! One attempt at each operation on recognitions, and on the rules of those and of hours, in `OWN`.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::{OWN, Person, SIBLING, Town};

/// What is one's own by its nature.
pub const OWN_RECOGNITIONS: [&str; 1] = ["update_recognition_agreement"];

/// A nomination that nobody sees but staff: of somebody with a record elsewhere, or of one whom nobody has an account of.
fn recognition(town: &Town, whose: Option<Uuid>) -> Uuid {
    let (id, resident, author) = (lilong::kit::id::next(), lilong::kit::id::next(), town.resident().account);
    let account = whose.map_or_else(|| "NULL".to_owned(), |account| format!("'{account}'"));
    town.execute(&format!(
        "INSERT INTO residents (id, division, account_id, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
             SELECT '{resident}', 310101002003, {account}::uuid, '陈桂芳', 'chenguifang', 'cgf', 'refused', 'registered_here', 'worker',
                 now(), now()
             WHERE NOT EXISTS (SELECT 1 FROM residents WHERE account_id = {account}::uuid AND status = 'present');
         INSERT INTO recognitions (id, division, kind, resident_id, title, story, skills, state, nominated_by, shows, is_findable, reason,
                 created_at, updated_at)
             SELECT '{id}', {OWN}, 'community_star', id, '{id}', '热心', '{{}}', 'nominated', '{author}', '{{}}', false, '', now(), now()
             FROM residents WHERE (id = '{resident}' OR account_id = {account}::uuid) AND status = 'present' LIMIT 1"
    ));
    id
}

impl Scene {
    /// The request of an operation.
    pub fn on_recognitions(
        &self,
        town: &Town,
        operation: &str,
        person: Option<&Person>,
    ) -> Option<(&'static str, String, Option<Value>)> {
        let at = |part: &str| format!("/v1/recognitions/{}{part}", recognition(town, None));
        let reason = || Some(json!({ "reason": "材料不实" }));
        Some(match operation {
            "list_recognitions" => ("GET", "/v1/recognitions".into(), None),
            "find_recognition" => {
                let id = recognition(town, None);
                town.execute(&format!(
                    "UPDATE recognitions SET state = 'publicised', agreed_at = now(), publicised_at = now(), publicised_until = now()
                     WHERE id = '{id}'"
                ));
                ("GET", format!("/v1/recognitions/{id}"), None)
            }
            "create_recognition" => {
                let title = lilong::kit::id::next().to_string();
                let body = json!({
                    "kind": "community_star", "resident": self.resident, "title": title, "story": "热心"
                });
                ("POST", "/v1/recognitions".into(), Some(body))
            }
            "update_recognition_agreement" => {
                let id = recognition(town, person.map(|person| person.account.0));
                ("PUT", format!("/v1/recognitions/{id}/agreement"), Some(json!({ "agrees": true })))
            }
            "create_recognition_assessment" => {
                let points = json!([{ "criterion": "care", "points": 1 }]);
                ("POST", at("/assessment"), Some(json!({ "points": points })))
            }
            "create_recognition_publicity" => ("POST", at("/publicity"), None),
            "create_recognition_confirmation" => {
                ("POST", at("/confirmation"), Some(json!({ "granted_by": self.organisation })))
            }
            "create_recognition_refusal" => ("POST", at("/refusal"), reason()),
            "create_recognition_withdrawal" => ("POST", at("/withdrawal"), reason()),
            "find_recognition_rules" => {
                ("GET", format!("/v1/recognition-rules?division={OWN}&kind=vital_group"), None)
            }
            operation => return on_rules(operation).or_else(|| on_objections(town, operation)),
        })
    }
}

/// Rules of a day that no other attempt lives to see.
fn on_rules(operation: &str) -> Option<(&'static str, String, Option<Value>)> {
    let (entries, hours) = ("/v1/recognition-rules/entries", "/v1/volunteer-rules");
    Some(match operation {
        "list_recognition_rules" => ("GET", format!("{entries}?division={OWN}"), None),
        "create_recognition_rule" => {
            let body = json!({
                "division": OWN, "kind": "community_star", "rule": "publicity_days", "amount": 7, "effective_from": "2999-12-31",
                "legal_basis": "x"
            });
            ("POST", entries.into(), Some(body))
        }
        "list_volunteer_rules" => ("GET", format!("{hours}?division={OWN}"), None),
        "create_volunteer_rule" => {
            let body = json!({
                "division": OWN, "rule": "daily_cap", "minutes": 240, "effective_from": "2999-12-31", "legal_basis": "x"
            });
            ("POST", hours.into(), Some(body))
        }
        _ => return None,
    })
}

fn on_objections(town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
    let at = |part: &str| format!("/v1/recognitions/{}{part}", recognition(town, None));
    Some(match operation {
        "list_recognition_objections" => ("GET", at("/objections"), None),
        // One objects where one lives, which nobody does there.
        "create_recognition_objection" => {
            let id = recognition(town, None);
            town.execute(&format!("UPDATE recognitions SET division = {SIBLING} WHERE id = '{id}'"));
            ("POST", format!("/v1/recognitions/{id}/objections"), Some(json!({ "text": "与事实不符" })))
        }
        "create_recognition_objection_answer" => {
            let (id, objection) = (recognition(town, None), lilong::kit::id::next());
            let author = town.resident().account;
            town.execute(&format!(
                "INSERT INTO recognition_objections (id, recognition_id, account_id, text, created_at)
                         VALUES ('{objection}', '{id}', '{author}', '与事实不符', now())"
            ));
            let path = format!("/v1/recognitions/{id}/objections/{objection}/answer");
            ("POST", path, Some(json!({ "outcome": "dismissed", "answer": "已核实" })))
        }
        _ => return None,
    })
}
