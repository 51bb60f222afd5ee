//! What hangs on a person's rights goes with their record, when it is merged or deleted.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, homes, move_in, person};
use crate::support::rights::bind;
use crate::support::{OWN, Person, Town};

/// The same of both records, so that all of it is there twice once they are one.
fn everything_twice(town: &Town, by: &Person, pair: [&str; 2], child: &str) {
    for (n, record) in pair.into_iter().enumerate() {
        let (other, account) = (pair[1 - n], by.account);
        town.execute(&format!(
            "INSERT INTO consents (id, account_id, resident_id, purpose, notice_version, is_separate, given_at)
                 VALUES (gen_random_uuid(), '{account}', '{record}', 'publication', 1, true, now());
             INSERT INTO corrections (id, resident_id, division, account_id, field, value_sealed, note, status, created_at)
                 VALUES (gen_random_uuid(), '{record}', {OWN}, '{account}', 'sex', '\\x00', '', 'pending', now());
             INSERT INTO erasures (id, resident_id, division, account_id, reason, status, created_at)
                 VALUES (gen_random_uuid(), '{record}', {OWN}, '{account}', '', 'pending', now());
             INSERT INTO guardians (id, ward_id, guardian_id, division, relation, evidence, recorded_by, created_at)
                 VALUES (gen_random_uuid(), '{child}', '{record}', {OWN}, 'parent', 'x', '{account}', now()),
                        (gen_random_uuid(), '{record}', '{other}', {OWN}, 'sibling', 'x', '{account}', now());
             INSERT INTO residencies (id, account_id, division, status, resident_id, decided_at, created_at)
                 VALUES (gen_random_uuid(), '{account}', {OWN}, 'verified', '{record}', now(), now())"
        ));
    }
}

#[test]
fn what_two_records_of_one_person_have_is_had_once() {
    let town = Town::new();
    let by = town.staff(Role::CommitteeWorker, OWN);
    let [from, into, child] = ["陈桂芳", "陈桂芬", "王小明"].map(|name| person(&town, &by, name));
    everything_twice(&town, &by, [&from, &into], &child);
    let merge = json!({ "from": from, "into": into, "reason": "同一人" });
    town.post("/v1/resident-merges", merge).by(&by).send().is(201);
    for (table, now) in [
        ("consents", "withdrawn_at IS NULL"),
        ("corrections", "status = 'pending'"),
        ("erasures", "status = 'pending'"),
        ("guardians", "ended_at IS NULL"),
    ] {
        let column = if table == "guardians" { "guardian_id" } else { "resident_id" };
        let count = |rest: &str| town.count(&format!("SELECT count(*) FROM {table} WHERE {rest}"));
        assert_eq!(count(&format!("{column} = '{into}' AND {now}")), 1, "{table}");
        assert_eq!(count(&format!("{column} = '{from}'")), 0, "{table}");
    }
    assert_eq!(town.count(&format!("SELECT count(*) FROM residencies WHERE resident_id = '{into}'")), 2);
    assert_eq!(town.count("SELECT count(*) FROM guardians WHERE ward_id = guardian_id"), 0);
}

/// Asks for it and lets the head decide; the answer of the latter.
fn erase(town: &Town, own: &Person, head: &Person) -> crate::support::Reply {
    let asked = town.post("/v1/me/erasures", json!({})).by(own).send();
    let id = asked.is(201).body["id"].as_str().unwrap().to_owned();
    let body = json!({ "decision": "erased", "answer": "" });
    town.post(&format!("/v1/erasures/{id}/decision"), body).by(head).send()
}

/// A visit with words everywhere: its address, its version and the photo's id.
fn visited(town: &Town, worker: &Person, id: &str) -> (String, String, String) {
    let photo = town.upload("x.png", &crate::files::png(3, 2)).by(worker).send();
    let photo = photo.is(201).body["id"].as_str().unwrap().to_owned();
    let visit = json!({
        "division": OWN, "kind": "visit", "resident": id, "summary": "陈桂芳说电梯坏了", "topic": "陈桂芳家电梯",
        "findings": [{ "category": "facility", "text": "陈桂芳家电梯坏了" }], "photos": [photo]
    });
    let visit = town.post("/v1/visits", visit).header("Idempotency-Key", "1").by(worker).send();
    let finding = visit.is(201).body["findings"][0]["id"].as_str().unwrap();
    let closure = format!("/v1/visit-findings/{finding}/closure");
    town.post(&closure, json!({ "note": "陈桂芳满意" })).by(worker).send().is(201);
    (visit.header("location").to_owned(), visit.header("etag").to_owned(), photo)
}

#[test]
fn who_lives_here_is_not_erased_and_of_who_has_left_nothing_stays() {
    let town = Town::new();
    let (worker, head) = (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeHead, OWN));
    let own = town.resident();
    let [dwelling] = homes(&town, OWN);
    let chen: Value = enter(&town, &worker, draft("陈桂芳"));
    let id = chen["id"].as_str().unwrap();
    let again = person(&town, &worker, "陈桂芳菲");
    let merge = json!({ "from": again, "into": id, "reason": "同一人" });
    town.post("/v1/resident-merges", merge).by(&worker).send().is(201);
    bind(&town, &own, &chen);
    let home = move_in(&town, &worker, &dwelling, json!({ "resident": id, "relation": "occupant" }));
    let (visit, version, photo) = visited(&town, &worker, id);
    let asked = erase(&town, &own, &head);
    asked.is_problem(409, "erasure-ties");
    town.execute(&format!(
        "UPDATE dwelling_residents SET is_living = false, ends_on = starts_on WHERE id = {}",
        home["id"].to_string().replace('"', "'")
    ));
    let erasure = town.text("SELECT id FROM erasures WHERE status = 'pending'");
    let body = json!({ "decision": "erased", "answer": "" });
    town.post(&format!("/v1/erasures/{erasure}/decision"), body).by(&head).send().is(201);
    for record in [id, &again] {
        town.get(&format!("/v1/residents/{record}")).by(&worker).send().is_problem(404, "not-found");
    }
    for table in
        ["residents", "dwelling_residents", "visits", "visit_findings", "resident_merges", "erasures"]
    {
        let rows = town.text(&format!("SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM {table} t"));
        assert!(!rows.contains("陈桂芳"), "{table}: {rows}");
    }
    assert_eq!(town.count("SELECT count(*) FROM dwelling_residents"), 0);
    // Nobody writes back what they still have, and the photo is gone with the words.
    let again = town.patch(&visit, &version, json!({ "summary": "陈桂芳" })).by(&worker).send();
    again.is_problem(404, "not-found");
    town.get(&format!("/v1/files/{photo}")).by(&worker).send().is_problem(404, "not-found");
}

#[test]
fn what_was_said_to_whom_the_law_keeps_sealed_is_found_by_nobody_in_daily_work() {
    let town = Town::new();
    let (worker, head) = (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeHead, OWN));
    let own = town.resident();
    let chen: Value = enter(&town, &worker, draft("陈桂芳"));
    bind(&town, &own, &chen);
    let (visit, version, photo) = visited(&town, &worker, chen["id"].as_str().unwrap());
    let finding = town.text("SELECT id FROM visit_findings");
    let found = ["/v1/visits", "/v1/visit-findings?state=closed"];
    let count =
        |path: &str| town.get(path).by(&worker).send().is(200).body["items"].as_array().unwrap().len();
    assert_eq!(found.map(count), [1, 1]);
    let asked = town.post("/v1/me/erasures", json!({})).by(&own).send();
    let erasure = asked.is(201).body["id"].as_str().unwrap().to_owned();
    let body = json!({ "decision": "sealed_by_law", "answer": "社区矫正法" });
    town.post(&format!("/v1/erasures/{erasure}/decision"), body).by(&head).send().is(201);
    assert_eq!(found.map(count), [0, 0]);
    let closure = format!("/v1/visit-findings/{finding}");
    for path in [visit.clone(), closure, format!("/v1/files/{photo}")] {
        town.get(&path).by(&worker).send().is_problem(404, "not-found");
    }
    let change = town.patch(&visit, &version, json!({ "summary": "x" })).by(&worker).send();
    change.is_problem(404, "not-found");
    // It is kept, since the law says so.
    assert_eq!(town.count("SELECT count(*) FROM visits WHERE summary <> ''"), 1);
}

#[test]
fn a_phone_that_kept_who_one_is_hears_that_one_has_left() {
    let town = Town::new();
    let (worker, own) = (town.staff(Role::CommitteeWorker, OWN), town.resident());
    let chen: Value = enter(&town, &worker, draft("陈桂芳"));
    bind(&town, &own, &chen);
    let kept = town.get("/v1/me").by(&own).send();
    assert_eq!(kept.is(200).body["residencies"].as_array().unwrap().len(), 1);
    let departure = format!("/v1/residents/{}/departure", chen["id"].as_str().unwrap());
    town.post(&departure, json!({ "kind": "moved_out", "on": "2026-01-01" })).by(&worker).send().is(201);
    let asked = town.get("/v1/me").header("If-None-Match", kept.header("etag")).by(&own).send();
    assert_eq!(asked.is(200).body["residencies"], json!([]));
}

#[test]
fn who_has_moved_away_keeps_their_rights_to_what_is_kept() {
    let town = Town::new();
    let (worker, head) = (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeHead, OWN));
    let own = town.resident();
    let chen: Value = enter(&town, &worker, draft("陈桂芳"));
    bind(&town, &own, &chen);
    let id = chen["id"].as_str().unwrap();
    let departure = json!({ "kind": "moved_out", "on": "2026-11-20", "destination": "上海市浦东新区" });
    town.post(&format!("/v1/residents/{id}/departure"), departure).by(&worker).send().is(201);
    let read = |path: &str| town.get(path).by(&own).send();
    assert_eq!(read("/v1/me/resident").is(200).body["status"], "departed");
    read(&format!("/v1/me/disclosures?for={id}")).is(200);
    erase(&town, &own, &head).is(201);
    read("/v1/me/resident").is_problem(404, "not-found");
    assert_eq!(town.count("SELECT count(*) FROM residents WHERE name LIKE '陈桂%'"), 0);
}
