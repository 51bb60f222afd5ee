//! Mediation cases for tests.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{OWN, Person, Reply, Town};

/// A case in `OWN` in that state, of nobody.
pub fn put_case(town: &Town, state: &str) -> Uuid {
    let (id, registrar) = (lilong::kit::id::next(), town.resident().account);
    let receipt = format!("{:012}", id.as_u128() % 1_000_000_000_000);
    let is_open = !["declined", "withdrawn", "closed"].contains(&state);
    town.execute(&format!(
        "INSERT INTO matters (id, kind, division, receipt, title, state, grade, level, is_open, returns, created_at, updated_at)
             VALUES ('{id}', 'mediation_case', {OWN}, '{receipt}', '邻里纠纷', '{state}', 'normal', 'street', {is_open}, 0, now(), now());
         INSERT INTO mediation_cases (id, source, dispute_type, grade, subject, facts, claims, is_violent, risk_note, registered_by, end_note, routes)
             VALUES ('{id}', 'walk_in', 'neighbour', 'general', 'x', 'x', '', false, '', '{registrar}', '', '{{}}')"
    ));
    id
}

/// Somebody in dispute, who may have an account.
pub fn put_party(town: &Town, case: Uuid, side: &str, account: Option<Uuid>) -> Uuid {
    let id = lilong::kit::id::next();
    let account = account.map_or("NULL".to_owned(), |account| format!("'{account}'"));
    town.execute(&format!(
        "INSERT INTO mediation_parties (id, case_id, side, kind, name, account_id, representation, authority, consent, created_at)
             VALUES ('{id}', '{case}', '{side}', 'person', '赵先生', {account}, 'oneself', '', 'pending', now())"
    ));
    id
}

/// Somebody at its table, or asked to sit there.
pub fn put_seat(town: &Town, case: Uuid, role: &str, account: impl std::fmt::Display, state: &str) -> Uuid {
    let id = lilong::kit::id::next();
    town.execute(&format!(
        "INSERT INTO mediation_seats (id, case_id, role, account_id, state, reason, asked_by, asked_at)
             VALUES ('{id}', '{case}', '{role}', '{account}', '{state}', '', '{account}', now())"
    ));
    id
}

/// A dispute told in `OWN`, that went to an organisation's police.
pub fn put_entry(town: &Town, organisation: Uuid) -> Uuid {
    let (id, by) = (lilong::kit::id::next(), town.resident().account);
    town.execute(&format!(
        "INSERT INTO dispute_entries
             (id, division, dispute_type, grounds, facts, wanted, place, name, other_name, route, legal_basis, organisation_id, state,
              entered_by, created_at, updated_at)
             VALUES ('{id}', {OWN}, 'neighbour', '{{}}', 'x', '', '', '赵先生', '钱先生', 'police', 'x', '{organisation}', 'sent',
                     '{by}', now(), now())"
    ));
    id
}

/// A screening of `OWN` that runs all its life.
pub fn put_screening(town: &Town) -> Uuid {
    let (id, by) = (lilong::kit::id::next(), town.resident().account);
    town.execute(&format!(
        "INSERT INTO screenings (id, division, title, starts_on, ends_on, divisions, created_by, created_at, updated_at)
             VALUES ('{id}', {OWN}, 'x', '2020-01-01', '2099-01-01', '{{}}', '{by}', now(), now())"
    ));
    id
}

/// An open lead of a screening of `OWN`, with somebody concerned; its address.
pub fn put_lead(town: &Town) -> String {
    let (screening, id, by) = (put_screening(town), lilong::kit::id::next(), town.resident().account);
    town.execute(&format!(
        "INSERT INTO screening_leads
             (id, screening_id, division, dispute_type, risk_level, seen, state, noted_by, created_at, updated_at)
             VALUES ('{id}', '{screening}', {OWN}, 'neighbour', 'low', 'x', 'open', '{by}', now(), now());
         INSERT INTO screening_lead_parties (id, lead_id, side, name)
             VALUES (gen_random_uuid(), '{id}', 'applicant', '赵先生')"
    ));
    format!("/v1/screenings/{screening}/leads/{id}")
}

/// Everybody wants it mediated.
pub fn agree(town: &Town, case: Uuid) {
    town.execute(&format!(
        "UPDATE mediation_parties SET consent = 'agreed', consent_by = 'paper', consented_at = now() WHERE case_id = '{case}'"
    ));
}

/// A room of an organisation of `OWN`, without hours.
pub fn put_room(town: &Town) -> Uuid {
    let (id, office) = (lilong::kit::id::next(), lilong::kit::id::next());
    town.execute(&format!(
        "INSERT INTO organisations (id, name, kind, division, created_at, updated_at)
             VALUES ('{office}', '调委会{office}', 'social_organisation', {OWN}, now(), now());
         INSERT INTO mediation_rooms
             (id, division, organisation_id, name, kind, address, capacity, opening_hours, is_active, created_at, updated_at)
             VALUES ('{id}', {OWN}, '{office}', '调解室', 'room', '友谊路1号', 8, '{{\"weekly\":[],\"exceptions\":[]}}', true, now(), now())"
    ));
    id
}

/// A hearing of a case in that state, from then on for an hour, at which everybody who sits and every party is expected.
pub fn put_hearing(
    town: &Town,
    case: Uuid,
    room: Uuid,
    state: &str,
    from: chrono::DateTime<chrono::Utc>,
) -> Uuid {
    let id = lilong::kit::id::next();
    let holds = ["scheduled", "in_session"].contains(&state);
    let (is_begun, is_ended) =
        (!["scheduled", "cancelled"].contains(&state), ["adjourned", "concluded"].contains(&state));
    let at = |is_so: bool| if is_so { format!("'{from}'") } else { "NULL".into() };
    let (begun, ended) = (at(is_begun), at(is_ended));
    town.execute(&format!(
        "INSERT INTO mediation_hearings
             (id, case_id, room_id, begins_at, ends_at, is_open, state, holds, edition, begun_at, ended_at, minutes, next_steps, reason,
              created_by, created_at, updated_at)
             SELECT '{id}', '{case}', '{room}', '{from}', '{from}'::timestamptz + interval '1 hour', false, '{state}', {holds}, 1,
                    {begun}, {ended}, '', '', '', registered_by, '{from}', '{from}' FROM mediation_cases WHERE id = '{case}';
         INSERT INTO mediation_hearing_reservations (id, hearing_id, account_id, begins_at, ends_at, holds)
             SELECT gen_random_uuid(), '{id}', account_id, h.begins_at, h.ends_at, h.holds FROM mediation_hearings h, (
                 SELECT account_id FROM mediation_seats WHERE case_id = '{case}' AND state = 'accepted'
                 UNION SELECT account_id FROM mediation_parties WHERE case_id = '{case}' AND account_id IS NOT NULL) people
             WHERE h.id = '{id}';
         INSERT INTO mediation_hearing_attendees (id, hearing_id, seat_id, account_id, is_expected)
             SELECT gen_random_uuid(), '{id}', id, account_id, true FROM mediation_seats WHERE case_id = '{case}' AND state = 'accepted';
         INSERT INTO mediation_hearing_attendees (id, hearing_id, party_id, account_id, is_expected)
             SELECT gen_random_uuid(), '{id}', id, account_id, true FROM mediation_parties WHERE case_id = '{case}'"
    ));
    id
}

/// Does one step.
#[track_caller]
pub fn at_table(town: &Town, by: &Person, case: &str, part: &str, body: Value) -> Reply {
    town.post(&format!("/v1/mediation-cases/{case}/{part}"), body).by(by).send()
}

/// A case as somebody sees it.
#[track_caller]
pub fn case_seen(town: &Town, by: &Person, case: &str) -> Value {
    town.get(&format!("/v1/mediation-cases/{case}")).by(by).send().is(200).body.clone()
}

/// What happened, as somebody reads it.
#[track_caller]
pub fn case_events(town: &Town, by: &Person, case: &str) -> Vec<String> {
    let page = town.get(&format!("/v1/mediation-cases/{case}/events?limit=100")).by(by).send();
    let items = page.is(200).body["items"].as_array().expect("items").clone();
    items.iter().map(|item| item["event"].as_str().expect("an event").to_owned()).collect()
}

/// What two floors quarrel about, referred by the police.
pub fn referral(more: Value) -> Value {
    let body = json!({
        "division": OWN, "source": "police_referral", "incident_number": "310113202603020231", "dispute_type": "neighbour",
        "subject": "楼上楼下噪声纠纷", "facts": "夜间拖动家具，报警两次，现场调处未果。", "claims": "夜间安静，赔偿2000元。",
        "is_violent": true, "risk_note": "曾在楼道推搡"
    });
    super::archive::with(body, more)
}

/// Everything that is kept of a case.
pub fn kept(town: &Town, case: &str) -> String {
    town.text(&format!(
        "SELECT concat((SELECT m::text FROM matters m WHERE id = '{case}'), (SELECT c::text FROM mediation_cases c WHERE id = '{case}'),
                (SELECT string_agg(p::text, '') FROM mediation_parties p WHERE case_id = '{case}'),
                (SELECT string_agg(s::text, '') FROM mediation_seats s WHERE case_id = '{case}'),
                (SELECT string_agg(o::text, '') FROM mediation_objections o WHERE case_id = '{case}'),
                (SELECT string_agg(n::text, '') FROM mediation_notes n WHERE case_id = '{case}'),
                (SELECT string_agg(e::text, '') FROM mediation_evidence e WHERE case_id = '{case}'),
                (SELECT string_agg(h::text, '') FROM mediation_hearings h WHERE case_id = '{case}'),
                (SELECT string_agg(r::text, '') FROM mediation_hearing_reservations r JOIN mediation_hearings h ON h.id = hearing_id
                  WHERE case_id = '{case}'),
                (SELECT string_agg(k::text, '') FROM matter_clocks k WHERE matter_id = '{case}'),
                (SELECT string_agg(t::text, '') FROM matter_events t WHERE matter_id = '{case}'))"
    ))
}
