//! Residents: entered once, seen in range, numbers masked, whole values only with a trace that the person can read.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{CARD, draft, enter, names, with, with_card};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, SIBLING, Town};

#[test]
fn a_name_a_committee_and_one_identifier_are_enough() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let entered = town.post("/v1/residents", with_card("陈桂芳")).by(&worker).send();
    entered.is(201);
    assert_eq!(
        entered.body["document"],
        json!({ "kind": "resident_id_card", "number": "110*************2X" })
    );
    assert_eq!((&entered.body["born_on"], &entered.body["sex"]), (&json!("1949-12-31"), &json!("female")));
    assert!(!entered.text.contains(CARD));
    let found = town.get(entered.header("location")).by(&worker).send();
    assert_eq!(found.is(200).body, entered.body);
    let bare = with(draft("王小明"), json!({ "no_identifier": null }));
    town.post("/v1/residents", bare).by(&worker).send().is_problem(422, "resident-identifier-missing");
    enter(&town, &worker, with(draft("王小明"), json!({ "phone": "13800001234", "no_identifier": null })));
}

#[test]
fn what_contradicts_itself_is_refused_at_its_field() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let street = town.staff(Role::StreetOfficer, PARENT);
    for (more, code, pointer) in [
        (json!({ "born_on": "1949-12-30" }), "resident-contradicts-document", "/born_on"),
        (json!({ "sex": "male" }), "resident-contradicts-document", "/sex"),
        (
            json!({ "document": { "kind": "resident_id_card", "number": "110105194912310021" } }),
            "field-invalid",
            "/document",
        ),
        (
            json!({ "document": { "kind": "resident_id_card", "number": CARD, "x": 1 } }),
            "field-invalid",
            "/document",
        ),
        (json!({ "ethnicity": "57" }), "field-invalid", "/ethnicity"),
        (json!({ "nationality": "china" }), "field-invalid", "/nationality"),
        (json!({ "name": "王😀" }), "field-invalid", "/name"),
    ] {
        let reply = town.post("/v1/residents", with(with_card("陈桂芳"), more)).by(&worker).send();
        reply.is_problem(422, code);
        let at = reply.body["errors"][0]["pointer"].as_str().unwrap();
        assert!(at.starts_with(pointer), "{}", reply.text);
        assert!(!reply.text.contains(CARD), "{}", reply.text);
    }
    let born_ahead = with(draft("王小明"), json!({ "born_on": "2999-01-01" }));
    town.post("/v1/residents", born_ahead).by(&worker).send().is_problem(422, "resident-born-ahead");
    let in_street = with(draft("王小明"), json!({ "division": PARENT }));
    town.post("/v1/residents", in_street)
        .by(&street)
        .send()
        .is_problem(422, "resident-division-not-committee");
    assert_eq!(town.count("SELECT count(*) FROM residents"), 0);
}

#[test]
fn one_person_has_one_record_in_a_committee_and_another_committee_does_not_learn_of_it() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let neighbour = town.staff(Role::CommitteeWorker, SIBLING);
    enter(&town, &worker, with_card("陈桂芳"));
    let again = town.post("/v1/residents", with_card("陈桂芬")).by(&worker).send();
    again.is_problem(409, "resident-document-taken");
    // 人户分离: the other committee keeps its own record, and nothing tells that there is another.
    let there = with(with_card("陈桂芳"), json!({ "division": SIBLING, "residence": "registered_only" }));
    enter(&town, &neighbour, there);
    let lookup = json!({ "document": { "kind": "resident_id_card", "number": CARD } });
    let found = town.post("/v1/resident-lookups", lookup.clone()).by(&neighbour).send();
    let items = found.is(200).body["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["division"]), (1, &json!(SIBLING)));
    let stranger = town.staff(Role::CommitteeWorker, ELSEWHERE);
    let nobody = town.post("/v1/resident-lookups", lookup.clone()).by(&stranger).send();
    assert_eq!(nobody.is(200).body["items"], json!([]));
    let street = town.staff(Role::StreetOfficer, PARENT);
    assert_eq!(
        town.post("/v1/resident-lookups", lookup).by(&street).send().body["items"].as_array().unwrap().len(),
        2
    );
}

#[test]
fn two_at_once_make_one_record() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let enter = || town.post("/v1/residents", with_card("陈桂芳")).by(&worker).send().status;
        let both: Vec<_> = (0..4).map(|_| scope.spawn(enter)).collect();
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
}

#[test]
fn of_two_who_edit_one_record_the_second_is_told_and_nothing_is_lost() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let entered = town.post("/v1/residents", with_card("陈桂芳")).by(&worker).send();
    let (path, version) = (entered.header("location").to_owned(), entered.header("etag").to_owned());
    let first =
        town.patch(&path, &version, json!({ "name": "陈桂芬", "phone": "13800001234" })).by(&worker).send();
    assert_eq!(first.is(200).body["phone"], "+86 138****1234");
    town.patch(&path, &version, json!({ "education": "college" }))
        .by(&worker)
        .send()
        .is_problem(412, "version-stale");
    let now = first.header("etag");
    town.patch(&path, now, json!({ "document": null, "phone": null }))
        .by(&worker)
        .send()
        .is_problem(422, "resident-identifier-missing");
    let freed = town.patch(&path, now, json!({ "document": null })).by(&worker).send();
    assert_eq!(
        (&freed.is(200).body["document"], &freed.body["born_on"]),
        (&Value::Null, &json!("1949-12-31"))
    );
    assert_eq!(names(&town.get("/v1/residents?name=chenguifen").by(&worker).send()), ["陈桂芬"]);
}

#[test]
fn whole_numbers_need_a_purpose_and_the_person_reads_who_looked() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let entered = enter(&town, &worker, with(with_card("陈桂芳"), json!({ "phone": "13800001234" })));
    let id = entered["id"].as_str().unwrap();
    let path = format!("/v1/residents/{id}/identity");
    town.get(&path).by(&worker).send().is_problem(400, "query-invalid");
    town.get(&format!("{path}?purpose=curiosity")).by(&worker).send().is_problem(400, "query-invalid");
    town.get(&format!("{path}?purpose=service"))
        .by(&town.staff(Role::CityOfficer, CITY))
        .send()
        .is_problem(403, "forbidden");
    let sibling = town.staff(Role::CommitteeHead, SIBLING);
    town.get(&format!("{path}?purpose=service")).by(&sibling).send().is_problem(404, "not-found");
    let look = |purpose: &str| town.get(&format!("{path}?purpose={purpose}")).by(&worker).send();
    let seen = look("service");
    assert_eq!(
        (&seen.is(200).body["document"]["number"], &seen.body["phone"]),
        (&json!(CARD), &json!("+8613800001234"))
    );
    assert_eq!(seen.header("cache-control"), "no-store");
    look("service").is(200);
    look("emergency").is(200);
    let owner = town.resident();
    town.execute(&format!("UPDATE residents SET account_id = '{}' WHERE id = '{id}'", owner.account));
    let told = || town.get("/v1/me/disclosures").by(&owner).send();
    let items = told().is(200).body["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 2, "{items}");
    assert_eq!((&items[0]["purpose"], &items[0]["role"]), (&json!("emergency"), &json!("committee_worker")));
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE action = 'find_resident_identity'"), 2);
    town.clock.advance(chrono::TimeDelta::minutes(11));
    look("service").is(200);
    assert_eq!(told().body["items"].as_array().unwrap().len(), 3);
    assert_eq!(town.get("/v1/me/disclosures").by(&worker).send().body["items"], json!([]));
}

#[test]
fn looks_at_once_are_one_look() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let entered = enter(&town, &worker, with_card("陈桂芳"));
    let path = format!("/v1/residents/{}/identity?purpose=service", entered["id"].as_str().unwrap());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| town.get(&path).by(&worker).send().is(200).status);
        }
    });
    assert_eq!(town.count("SELECT count(*) FROM disclosures"), 1);
}

#[test]
fn a_lookup_goes_by_exactly_one_key_and_leaves_a_trace_without_it() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    enter(&town, &worker, with(with_card("陈桂芳"), json!({ "phone": "13800001234" })));
    let look = |body: Value| town.post("/v1/resident-lookups", body).by(&worker).send();
    assert_eq!(names(&look(json!({ "phone": "+8613800001234" }))), ["陈桂芳"]);
    look(json!({})).is_problem(422, "resident-lookup-one-key");
    look(json!({ "phone": "13800001234", "document": { "kind": "passport", "number": "E1234567" } }))
        .is_problem(422, "resident-lookup-one-key");
    assert_eq!(look(json!({ "home": uuid::Uuid::nil() })).is(200).body["items"], json!([]));
    let trace = town.text(
        "SELECT string_agg(detail::text, ' ') FROM audit_events WHERE action = 'create_resident_lookup'",
    );
    assert!(trace.contains("phone") && !trace.contains("1380000"), "{trace}");
}
