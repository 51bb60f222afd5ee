//! One attempt at each operation on volunteering, on a call in `OWN`.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::scans::{code, walker};
use crate::support::volunteering::shift_draft;
use crate::support::{OWN, Person, Town};

/// Operations that anybody signed in may do to what is open to everybody: what else is in the way is no matter of posts.
pub const OWN_VOLUNTEERING: [&str; 15] = [
    "list_volunteer_calls",
    "find_volunteer_call",
    "list_shifts",
    "find_shift",
    "create_shift_signup",
    "delete_shift_signup",
    "list_own_shift_signups",
    "list_own_attendances",
    "list_volunteer_hours",
    "list_hour_disputes",
    "create_hour_dispute",
    "list_certificates",
    "create_certificate",
    "find_certificate_sheet",
    "update_certificate",
];

/// A call for everybody, in that state, and a shift of it.
struct Laid {
    call: Uuid,
    shift: Uuid,
}

fn lay(town: &Town, organisation: Uuid, state: &str) -> Laid {
    let (call, shift, author) = (lilong::kit::id::next(), lilong::kit::id::next(), town.resident().account);
    let is_open = state == "published";
    town.execute(&format!(
        "INSERT INTO volunteer_calls (id, division, organisation_id, title, story, skill, training, risks, is_dangerous, visibility, contact,
                                      state, published_at, created_by, created_at, updated_at)
             VALUES ('{call}', {OWN}, '{organisation}', 'x', '', '', '', '', false, 'public', '', '{state}', now(), '{author}', now(), now());
         INSERT INTO shifts (id, call_id, division, role, place, kind, starts_at, ends_at, capacity, needs_approval, is_open, created_at, updated_at)
             VALUES ('{shift}', '{call}', {OWN}, '', 'x', 'fixed', now() + interval '1 day', now() + interval '26 hours', 1, true, {is_open}, now(), now())"
    ));
    Laid { call, shift }
}

/// Somebody asked for a place of it.
fn asked(town: &Town, laid: &Laid) -> Uuid {
    let (signup, resident, author) =
        (lilong::kit::id::next(), lilong::kit::id::next(), town.resident().account);
    town.execute(&format!(
        "INSERT INTO residents (id, division, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
             VALUES ('{resident}', {OWN}, '陈桂芳', 'chenguifang', 'cgf', 'refused', 'registered_here', 'worker', now(), now());
         SELECT claim_shift_places(now(), '{{{signup}}}', '{{{}}}', '{{{resident}}}', '{{{resident}}}', '{{{author}}}', '{{t}}', '{{f}}')",
        laid.shift
    ));
    signup
}

/// Somebody had a place of a shift that is over, and did not come; for that person the account of `whose`.
fn absent(town: &Town, laid: &Laid, whose: Uuid) -> (Uuid, Uuid) {
    let signup = asked(town, laid);
    let attendance = lilong::kit::id::next();
    town.execute(&format!(
        "UPDATE shift_signups SET state = 'held', account_id = '{whose}' WHERE id = '{signup}';
         UPDATE shifts SET starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour', taken = 1 WHERE id = '{}';
         INSERT INTO attendances (id, signup_id, shift_id, resident_id, division, kind, break_minutes, source, reason, created_at, updated_at)
             SELECT '{attendance}', id, shift_id, resident_id, {OWN}, 'no_show', 0, 'completion', '', now(), now()
             FROM shift_signups WHERE id = '{signup}'",
        laid.shift
    ));
    (signup, attendance)
}

/// A certificate of the record of the account of `whose`.
fn certificate(town: &Town, organisation: Uuid, whose: Uuid) -> Uuid {
    let id = lilong::kit::id::next();
    house(town, whose);
    town.execute(&format!(
        "INSERT INTO certificates (id, number, resident_id, account_id, division, organisation_id, issuer_name, served_from, served_until,
                                   minutes, content, shows_name, shows_document, shows_content, created_at, updated_at)
             SELECT '{id}', lpad((random() * 1e11)::bigint::text, 12, '0'), id, '{whose}', {OWN}, '{organisation}', 'x',
                    current_date, current_date, 60, 'x', false, false, false, now(), now()
             FROM residents WHERE account_id = '{whose}' AND status = 'present' ORDER BY id LIMIT 1"
    ));
    id
}

/// Gives a certificate a number that can be one, and answers it.
fn numbered(town: &Town, id: Uuid) -> String {
    let number = lilong::matters::registry::Receipt::random().expect("a number").to_string();
    town.execute(&format!("UPDATE certificates SET number = '{number}' WHERE id = '{id}'"));
    number
}

/// Makes somebody a verified resident elsewhere, unless they are one.
fn house(town: &Town, account: Uuid) {
    let id = lilong::kit::id::next();
    town.execute(&format!(
        "INSERT INTO residents (id, division, account_id, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
             SELECT '{id}', 310101002003, '{account}', '陈桂芳', 'chenguifang', 'cgf', 'refused', 'registered_here', 'worker', now(), now()
             WHERE NOT EXISTS (SELECT 1 FROM residents WHERE account_id = '{account}' AND status = 'present')"
    ));
}

impl Scene {
    /// The request of an operation on hours and certificates.
    pub fn on_hours(
        &self,
        town: &Town,
        operation: &str,
        person: Option<&Person>,
    ) -> Option<(&'static str, String, Option<Value>)> {
        let whose = || person.map_or_else(|| town.resident().account.0, |person| person.account.0);
        let other = || town.resident().account.0;
        let laid = || lay(town, self.organisation, "published");
        let correction = json!({ "kind": "no_show", "reason": "x" });
        Some(match operation {
            "list_attendances" => ("GET", format!("/v1/shifts/{}/attendances", laid().shift), None),
            "create_shift_walk_in" => {
                let code = code(town, &walker(town));
                (
                    "POST",
                    format!("/v1/shifts/{}/walk-ins", laid().shift),
                    Some(json!({ "code": code.text() })),
                )
            }
            "create_attendance" => {
                let laid = laid();
                let body = json!({ "signup": asked(town, &laid), "event": "arrival", "reason": "x" });
                ("POST", format!("/v1/shifts/{}/attendances", laid.shift), Some(body))
            }
            "create_attendance_correction" => {
                let (_, attendance) = absent(town, &laid(), other());
                ("POST", format!("/v1/attendances/{attendance}/corrections"), Some(correction))
            }
            "list_own_attendances" => ("GET", "/v1/me/attendances".into(), None),
            "list_volunteer_hours" => ("GET", "/v1/me/volunteer-hours".into(), None),
            "list_hour_disputes" => ("GET", "/v1/hour-disputes".into(), None),
            "create_hour_dispute" => {
                let (signup, _) = absent(town, &laid(), whose());
                ("POST", format!("/v1/shift-signups/{signup}/disputes"), Some(json!({ "reason": "x" })))
            }
            "create_hour_dispute_answer" => {
                let ((signup, _), dispute, author) =
                    (absent(town, &laid(), other()), lilong::kit::id::next(), other());
                town.execute(&format!(
                    "INSERT INTO hour_disputes (id, signup_id, division, stage, account_id, reason, created_at)
                         VALUES ('{dispute}', '{signup}', {OWN}, 'organiser', '{author}', 'x', now())"
                ));
                let body = json!({ "outcome": "upheld", "answer": "x" });
                ("POST", format!("/v1/hour-disputes/{dispute}/answer"), Some(body))
            }
            _ => return self.on_certificates(town, operation, person),
        })
    }

    fn on_certificates(
        &self,
        town: &Town,
        operation: &str,
        person: Option<&Person>,
    ) -> Option<(&'static str, String, Option<Value>)> {
        let whose = || person.map_or_else(|| town.resident().account.0, |person| person.account.0);
        let other = || town.resident().account.0;
        let certified = |whose: Uuid| certificate(town, self.organisation, whose);
        Some(match operation {
            "list_certificates" => ("GET", "/v1/me/certificates".into(), None),
            "create_certificate" => {
                // Of nobody's record: whoever is no verified resident is told that there is nothing.
                if let Some(person) = person {
                    house(town, person.account.0);
                }
                ("POST", "/v1/me/certificates".into(), Some(json!({ "organisation": self.organisation })))
            }
            "find_certificate_sheet" => {
                ("GET", format!("/v1/me/certificates/{}/sheet", certified(whose())), None)
            }
            "update_certificate" => (
                "PATCH",
                format!("/v1/me/certificates/{}", certified(whose())),
                Some(json!({ "shows": ["name"] })),
            ),
            "create_certificate_revocation" => (
                "POST",
                format!("/v1/certificates/{}/revocation", certified(other())),
                Some(json!({ "reason": "x" })),
            ),
            "find_certificate_verification" => {
                let id = certified(other());
                ("GET", format!("/v1/certificate-verifications/{}", numbered(town, id)), None)
            }
            _ => return None,
        })
    }

    /// The request of an operation.
    pub fn on_volunteering(
        &self,
        town: &Town,
        operation: &str,
    ) -> Option<(&'static str, String, Option<Value>)> {
        let laid = |state: &str| lay(town, self.organisation, state);
        let call = |state: &str, part: &str| format!("/v1/volunteer-calls/{}{part}", laid(state).call);
        let shift = |part: &str| format!("/v1/shifts/{}{part}", laid("published").shift);
        Some(match operation {
            "list_volunteer_calls" => ("GET", "/v1/volunteer-calls".into(), None),
            "find_volunteer_call" => ("GET", call("published", ""), None),
            "find_volunteer_call_map" => {
                ("GET", "/v1/volunteer-call-map?longitude=121.489&latitude=31.405".into(), None)
            }
            "create_volunteer_call" => {
                let organiser = json!({ "organisation": self.organisation });
                let body =
                    json!({ "division": OWN, "organiser": organiser, "title": "x", "visibility": "public" });
                ("POST", "/v1/volunteer-calls".into(), Some(body))
            }
            "update_volunteer_call" => ("PATCH", call("published", ""), Some(json!({ "title": "y" }))),
            "create_volunteer_call_publication" => ("POST", call("published", "/publication"), None),
            "create_volunteer_call_closure" => ("POST", call("published", "/closure"), None),
            "create_volunteer_call_cancellation" => {
                ("POST", call("published", "/cancellation"), Some(json!({ "reason": "x" })))
            }
            "create_volunteer_call_completion" => ("POST", call("closed", "/completion"), None),
            "list_shifts" => ("GET", call("published", "/shifts"), None),
            "create_shift" => ("POST", call("published", "/shifts"), Some(shift_draft(town, json!({})))),
            "create_shift_series" => {
                let line =
                    json!({ "weekday": 1, "from": "09:00", "until": "10:00", "place": "x", "capacity": 1 });
                let body = json!({ "volunteer_team": Uuid::nil(), "pattern": [line], "first_on": "2026-11-30", "weeks": 1 });
                ("POST", call("published", "/shift-series"), Some(body))
            }
            "find_shift" => ("GET", shift(""), None),
            "update_shift" => ("PATCH", shift(""), Some(json!({ "place": "y" }))),
            "create_shift_signup" => ("POST", shift("/signups"), Some(json!({ "confirms": [] }))),
            "delete_shift_signup" => ("DELETE", shift("/signups"), None),
            "list_shift_signups" => ("GET", shift("/signups"), None),
            "list_own_shift_signups" => ("GET", "/v1/me/shift-signups".into(), None),
            "create_shift_signup_decision" => {
                let signup = asked(town, &laid("published"));
                let body = json!({ "decision": "refused", "reason": "x" });
                ("POST", format!("/v1/shift-signups/{signup}/decision"), Some(body))
            }
            _ => return None,
        })
    }
}
