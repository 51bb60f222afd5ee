//! Agreements of mediation for tests.

use lilong::access::role::Role;
use lilong::kit::clock::local_date;
use lilong::matters::registry::Receipt;
use serde_json::{Value, json};
use uuid::Uuid;

use super::disputes::{at_table, put_party, put_seat};
use super::{PARENT, Person, Reply, Town};

/// An agreement in that state, between those two, with that many payments of 100 yuan due today: agreement, number, items.
pub fn put_agreement(
    town: &Town,
    case: Uuid,
    [debtor, creditor]: [Uuid; 2],
    (state, items): (&str, i32),
) -> (Uuid, String, Vec<Uuid>) {
    let (id, number) = (lilong::kit::id::next(), Receipt::random().expect("a number").to_string());
    let on = local_date(town.now());
    let (effective, ended) = match state {
        "effective" => (format!("'{on}'"), "NULL"),
        "signing" => ("NULL".to_owned(), "NULL"),
        _ => ("NULL".to_owned(), "now()"),
    };
    town.execute(&format!(
        "INSERT INTO mediation_agreements
             (id, case_id, number, form, state, basis, terms, text, text_sha256, created_by, created_at, effective_on, ended_at)
             SELECT '{id}', '{case}', '{number}', 'written', '{state}', 'x', 'x', '{number}', sha256('{number}'), registered_by,
                    '{}', {effective}, {ended} FROM mediation_cases WHERE id = '{case}'",
        town.now()
    ));
    let of_item = |n: i32| {
        let item = lilong::kit::id::next();
        town.execute(&format!(
            "INSERT INTO mediation_agreement_items
                 (id, agreement_id, position, instalment, kind, debtor_id, creditor_id, amount_fen, act, due_on, state, paid_fen)
                 VALUES ('{item}', '{id}', {n}, 1, 'payment', '{debtor}', '{creditor}', 10000, '', '{on}', 'open', 0)"
        ));
        item
    };
    (id, number, (1..=items).map(of_item).collect())
}

/// Two parties of a case without accounts, and such an agreement.
pub fn put_bound(town: &Town, case: Uuid, state: &str) -> (Uuid, String, Vec<Uuid>) {
    let parties = ["respondent", "applicant"].map(|side| put_party(town, case, side, None));
    put_agreement(town, case, parties, (state, 2))
}

/// A request to the court for an agreement.
pub fn put_confirmation(town: &Town, agreement: Uuid, state: &str) -> Uuid {
    let (id, on) = (lilong::kit::id::next(), local_date(town.now()));
    let applied = if state == "joining" { "NULL".to_owned() } else { format!("'{on}'") };
    town.execute(&format!(
        "INSERT INTO mediation_confirmations (id, agreement_id, state, court, applied_on, note, created_by, created_at, updated_at)
             SELECT '{id}', '{agreement}', '{state}', '上海市宝山区人民法院', {applied}, '', created_by, now(), now()
             FROM mediation_agreements WHERE id = '{agreement}'"
    ));
    id
}

/// What a court did to the agreement in force today.
pub fn annulment(town: &Town) -> Value {
    json!({
        "kind": "revoked", "court": "上海市宝山区人民法院", "decided_on": local_date(town.now()),
        "document_number": "（2026）沪0113民初1234号", "reason": "协议内容显失公平"
    })
}

/// That a court found an agreement void.
pub fn put_annulment(town: &Town, agreement: Uuid) {
    town.execute(&format!(
        "INSERT INTO mediation_annulments
             (id, agreement_id, kind, court, decided_on, document_number, reason, created_by, created_at)
             SELECT gen_random_uuid(), id, 'void', 'x', effective_on, 'x', 'x', created_by, now() FROM mediation_agreements
             WHERE id = '{agreement}'"
    ));
}

/// A visit that is planned for today.
pub fn put_follow_up(town: &Town, case: Uuid) -> Uuid {
    let (id, on) = (lilong::kit::id::next(), local_date(town.now()));
    town.execute(&format!(
        "INSERT INTO mediation_follow_ups
             (id, case_id, channel, planned_on, planned_by, account_id, note, created_at, updated_at)
             SELECT '{id}', id, 'phone', '{on}', registered_by, registered_by, '', now(), now() FROM mediation_cases WHERE id = '{case}'"
    ));
    id
}

/// The police referred it.
pub fn refer(town: &Town, case: Uuid) {
    let incident = case.simple();
    town.execute(&format!(
        "UPDATE mediation_cases SET source = 'police_referral', incident_number = '{incident}' WHERE id = '{case}'"
    ));
}

/// The applicant asked that nobody be punished; the police sit at the table, and the request waits for them.
pub fn put_waiver(town: &Town, case: &str, by: &Person) -> (Person, Uuid) {
    let (police, waiver) = (town.staff(Role::PoliceOfficer, PARENT), lilong::kit::id::next());
    put_seat(town, case.parse().expect("an id"), "police", police.account, "accepted");
    town.execute(&format!(
        "INSERT INTO mediation_penalty_waivers (id, case_id, party_id, state, text, account_id, created_at, reason)
             SELECT '{waiver}', case_id, id, 'applied', 'x', '{}', now(), '' FROM mediation_parties
             WHERE case_id = '{case}' AND side = 'applicant'",
        by.account
    ));
    (police, waiver)
}

/// A request for a month more that waits for answers.
pub fn put_extension(town: &Town, case: Uuid) -> Uuid {
    let id = lilong::kit::id::next();
    town.execute(&format!(
        "INSERT INTO mediation_extensions (id, case_id, amount, reason, state, asked_by, created_at)
             SELECT '{id}', id, 1, 'x', 'pending', registered_by, now() FROM mediation_cases WHERE id = '{case}'"
    ));
    id
}

/// The month of a case runs from today.
pub fn put_month(town: &Town, case: Uuid) {
    let on = local_date(town.now());
    town.execute(&format!(
        "INSERT INTO matter_clocks
             (id, matter_id, division, clock, unit, started_at, anchor_on, amount, extended_by, due_on, due_at, is_provisional, escalations)
             SELECT gen_random_uuid(), id, division, 'resolution', 'month', now(), '{on}', 1, 0, '{on}'::date + 30,
                    '{on}'::timestamptz + interval '31 days', true, 0 FROM matters WHERE id = '{case}'"
    ));
}

/// A file that belongs to nothing yet.
pub fn paper(town: &Town, by: &Person) -> String {
    let sent = town.upload("scan.csv", b"a,b").by(by).send();
    sent.is(201).body["id"].as_str().expect("an id").to_owned()
}

/// The parties of a case by side, as kept.
pub fn party_of(town: &Town, case: &str, side: &str) -> String {
    town.text(&format!("SELECT id FROM mediation_parties WHERE case_id = '{case}' AND side = '{side}'"))
}

/// Two floors settle: quiet at night, and 2100 yuan in three instalments on those days.
pub fn terms(town: &Town, case: &str, days: [&str; 3]) -> Value {
    let (zhao, qian) = (party_of(town, case, "applicant"), party_of(town, case, "respondent"));
    let instalments: Vec<Value> =
        days.iter().map(|day| json!({ "due_on": day, "amount_fen": 70_000 })).collect();
    json!({
        "form": "written", "basis": "楼上夜间拖动家具，影响楼下休息。", "terms": "晚十点后不拖动家具，分三期赔偿。",
        "items": [{ "kind": "payment", "debtor": qian, "creditor": zhao, "act": "赔偿", "instalments": instalments }]
    })
}

/// Signs in the app, as what one is.
#[track_caller]
pub fn sign(town: &Town, by: &Person, case: &str, (capacity, sha256): (&str, &str)) -> Reply {
    let body = json!({ "text_sha256": sha256, "capacity": capacity, "means": "app" });
    at_table(town, by, case, "signatures", body)
}

/// Says how an item was kept.
#[track_caller]
pub fn keep(town: &Town, by: &Person, case: &str, (item, outcome): (&str, &str), more: Value) -> Reply {
    let body = super::archive::with(json!({ "item": item, "outcome": outcome }), more);
    at_table(town, by, case, "performances", body)
}
