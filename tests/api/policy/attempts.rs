//! One attempt at each operation, on things in the committee `OWN`. A new operation without one fails the test.

use std::sync::atomic::{AtomicU32, Ordering};

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use super::applications::on_applications;
use super::venues::on_venues;
use crate::support::{OWN, Person, Town};

static TRIES: AtomicU32 = AtomicU32::new(0);

/// Operations on what is the caller's own by its nature.
pub fn is_own(operation: &str) -> bool {
    const OWN: [&str; 20] = [
        "find_me",
        "update_me",
        "update_password",
        "create_totp",
        "create_totp_confirmation",
        "delete_totp",
        "create_recovery_codes",
        "delete_me",
        "create_identity",
        "delete_identity",
        "list_sessions",
        "delete_session",
        "list_posts",
        "list_disclosures",
        "create_file",
        "find_file",
        "find_file_content",
        "find_file_thumbnail",
        "delete_file",
        "list_own_visits",
    ];
    OWN.contains(&operation)
        || super::rights::OWN_RIGHTS.contains(&operation)
        || super::petitions::OWN_PETITIONS.contains(&operation)
        || super::codes::OWN_CODES.contains(&operation)
        || super::petition_signatures::OWN_SIGNATURES.contains(&operation)
        || super::volunteering::OWN_VOLUNTEERING.contains(&operation)
        || super::feeds::OWN_FEEDS.contains(&operation)
        || super::teams::OWN_TEAMS.contains(&operation)
        || super::recognitions::OWN_RECOGNITIONS.contains(&operation)
}

/// Operations that answer those of many things that are in range.
pub fn is_list(operation: &str) -> bool {
    operation.starts_with("list_") || operation == "create_resident_lookup"
}

/// Operations whose 401 and 422 speak of the credentials sent, not of the caller.
pub fn is_sign_in(operation: &str) -> bool {
    ["create_otp", "create_account", "create_session", "create_token", "create_access_token"]
        .contains(&operation)
}

/// The things in `OWN` that attempts are made on.
pub struct Scene {
    pub(super) organisation: Uuid,
    pub(super) estate: Uuid,
    pub(super) building: Uuid,
    pub(super) dwelling: Uuid,
    pub(super) group: Uuid,
    pub resident: Uuid,
    pub(super) import: Uuid,
}

impl Scene {
    /// Puts one of each into `OWN`.
    pub fn new(town: &Town) -> Self {
        let [organisation, estate, building, dwelling, group, resident, import] =
            std::array::from_fn(|n| Uuid::from_u128(n as u128 + 1));
        town.execute(&format!(
            "INSERT INTO organisations (id, name, kind, division, created_at, updated_at)
                 VALUES ('{organisation}', '宝钢五村居委会', 'residents_committee', {OWN}, now(), now());
             INSERT INTO estates (id, name, division, kind, created_at, updated_at)
                 VALUES ('{estate}', '宝钢五村', {OWN}, 'public_housing', now(), now());
             INSERT INTO buildings (id, estate_id, division, number, created_at, updated_at)
                 VALUES ('{building}', '{estate}', {OWN}, '247号', now(), now());
             INSERT INTO dwellings (id, building_id, division, number, created_at, updated_at)
                 VALUES ('{dwelling}', '{building}', {OWN}, '502', now(), now());
             INSERT INTO building_groups (id, estate_id, division, name, created_at, updated_at)
                 VALUES ('{group}', '{estate}', {OWN}, '247号楼', now(), now());
             INSERT INTO residents (id, division, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
                 VALUES ('{resident}', {OWN}, '陈桂芳', 'chenguifang', 'cgf', 'refused', 'registered_here', 'worker', now(), now());
             INSERT INTO imports (id, division, form, sha256, mode, is_dry_run, created_at)
                 VALUES ('{import}', {OWN}, 'csv', '', 'each', false, now())"
        ));
        super::visits::put(town, dwelling, resident);
        super::power::put(town, organisation);
        super::mediation::put(town, organisation);
        Scene { organisation, estate, building, dwelling, group, resident, import }
    }

    /// The request of an operation; what it needs is put there.
    pub fn request(
        &self,
        town: &Town,
        operation: &str,
        person: Option<&Person>,
    ) -> (&'static str, String, Option<Value>) {
        let n = TRIES.fetch_add(1, Ordering::Relaxed);
        self.on_oneself(town, operation, person)
            .or_else(|| self.on_posts(town, operation, person))
            .or_else(|| on_files(town, operation, person))
            .or_else(|| on_applications(town, operation, n))
            .or_else(|| self.on_places(operation, n))
            .or_else(|| on_venues(town, operation, n))
            .or_else(|| self.on_people(operation))
            .or_else(|| self.on_lists(operation))
            .or_else(|| self.on_homes(town, operation))
            .or_else(|| self.on_visits(operation))
            .or_else(|| self.on_labels(town, operation))
            .or_else(|| self.on_health(town, operation))
            .or_else(|| self.on_data_grants(town, operation))
            .or_else(|| self.on_rights(town, operation, person))
            .or_else(|| self.on_petitions(town, operation))
            .or_else(|| self.on_mediation_cases(town, operation))
            .or_else(|| self.on_disputes(town, operation, n))
            .or_else(|| self.on_hearings(town, operation))
            .or_else(|| self.on_agreements(town, operation))
            .or_else(|| self.on_power(town, operation, person, n))
            .or_else(|| self.on_signatures(town, operation))
            .or_else(|| self.on_calendar(town, operation))
            .or_else(|| self.on_mediation(town, operation, person, n))
            .or_else(|| self.on_codes(town, operation, person))
            .or_else(|| self.on_volunteering(town, operation))
            .or_else(|| self.on_hours(town, operation, person))
            .or_else(|| self.on_feeds(town, operation, person))
            .or_else(|| self.on_teams(town, operation, person))
            .or_else(|| self.on_ledger(town, operation, n))
            .or_else(|| self.on_recognitions(town, operation, person))
            .or_else(|| self.on_pledges(town, operation))
            .unwrap_or_else(|| panic!("{operation} is not tried: add it to tests/api/policy/attempts.rs"))
    }

    fn on_oneself(
        &self,
        town: &Town,
        operation: &str,
        person: Option<&Person>,
    ) -> Option<(&'static str, String, Option<Value>)> {
        let phone = "+8613600000000";
        Some(match operation {
            "find_health" => ("GET", "/healthz".into(), None),
            "find_readiness" => ("GET", "/readyz".into(), None),
            "find_problem" => ("GET", "/problems/forbidden".into(), None),
            "list_keys" => ("GET", "/.well-known/jwks.json".into(), None),
            "create_otp" => ("POST", "/v1/auth/otps".into(), Some(json!({ "phone": phone }))),
            "create_account" => (
                "POST",
                "/v1/accounts".into(),
                Some(json!({ "phone": phone, "otp": "000000", "display_name": "x" })),
            ),
            "create_session" => (
                "POST",
                "/v1/auth/sessions".into(),
                Some(json!({ "phone": phone, "password": "wrong-wrong-42" })),
            ),
            "create_token" => ("POST", "/v1/auth/tokens".into(), Some(json!({ "refresh_token": "x" }))),
            "list_sessions" => ("GET", "/v1/auth/sessions".into(), None),
            "delete_session" => {
                let session = person.map_or(Uuid::nil(), |person| town.second_session(person).0);
                ("DELETE", format!("/v1/auth/sessions/{session}"), None)
            }
            _ => return self.on_own_account(town, operation, person),
        })
    }

    fn on_own_account(
        &self,
        town: &Town,
        operation: &str,
        person: Option<&Person>,
    ) -> Option<(&'static str, String, Option<Value>)> {
        Some(match operation {
            "find_me" => ("GET", "/v1/me".into(), None),
            "update_me" => ("PATCH", "/v1/me".into(), Some(json!({ "language": "en" }))),
            // A wrong code: the person is needed for the other attempts.
            "update_password" => {
                let draft = json!({ "password": "quiet-lane-77-lamp", "otp": "000000" });
                ("PUT", "/v1/me/password".into(), Some(draft))
            }
            "create_totp" => ("POST", "/v1/me/totp".into(), None),
            "create_totp_confirmation" => {
                ("POST", "/v1/me/totp/confirmation".into(), Some(json!({ "code": "000000" })))
            }
            "delete_totp" => ("DELETE", "/v1/me/totp".into(), None),
            "create_recovery_codes" => ("POST", "/v1/me/totp/recovery-codes".into(), None),
            "create_identity" => ("POST", "/v1/me/identities".into(), Some(json!({ "js_code": "x" }))),
            "delete_identity" => {
                let account = person.map_or(Uuid::nil(), |person| person.account.0);
                if person.is_some() {
                    town.execute(&format!(
                        "INSERT INTO account_identities (id, account_id, openid_hash, created_at)
                             VALUES ('{account}', '{account}', uuid_send('{account}'), now())"
                    ));
                }
                ("DELETE", "/v1/me/identities/wechat".into(), None)
            }
            // The same.
            "delete_me" => ("DELETE", "/v1/me".into(), Some(json!({ "otp": "000000" }))),
            _ => return None,
        })
    }

    fn on_posts(
        &self,
        town: &Town,
        operation: &str,
        person: Option<&Person>,
    ) -> Option<(&'static str, String, Option<Value>)> {
        Some(match operation {
            "list_posts" => ("GET", format!("/v1/posts?division={OWN}"), None),
            "create_post" => {
                let phone = if person.is_some() { town.resident().phone } else { "+8613600000000".into() };
                (
                    "POST",
                    "/v1/posts".into(),
                    Some(json!({ "phone": phone, "role": "group_leader", "division": OWN })),
                )
            }
            "delete_post" => {
                let holder = town.staff(Role::GroupLeader, OWN);
                let post =
                    town.text(&format!("SELECT id FROM posts WHERE account_id = '{}'", holder.account));
                ("DELETE", format!("/v1/posts/{post}"), None)
            }
            "create_totp_reset" => {
                let whose = person.map(|_| town.staff(Role::GroupLeader, OWN).phone);
                let phone = whose.unwrap_or_else(|| "+8613600000000".into());
                let body = json!({ "phone": phone, "reason": "device_lost" });
                ("POST", "/v1/totp-resets".into(), Some(body))
            }
            "list_audit_events" => ("GET", "/v1/audit-events".into(), None),
            _ => return None,
        })
    }
}

/// On a picture of one's own that is attached to nothing; tests/api/files.rs tries what is attached.
fn on_files(
    town: &Town,
    operation: &str,
    person: Option<&Person>,
) -> Option<(&'static str, String, Option<Value>)> {
    let (verb, part) = operation.split_once("_file")?;
    let method = [("find", "GET"), ("delete", "DELETE")].into_iter().find(|(known, _)| *known == verb)?.1;
    // In a session of theirs, since a program has nothing of its own.
    let token = |person: &Person| town.gate.tokens().sign(person.account, person.session, town.now());
    let own = |person: &Person| {
        town.upload("x.png", &crate::files::png(3, 2)).token(&token(person).expect("a token")).send()
    };
    let id =
        person.map_or(Value::from(Uuid::nil().to_string()), |person| own(person).is(201).body["id"].clone());
    Some((method, format!("/v1/files/{}{}", id.as_str()?, part.replace('_', "/")), None))
}
