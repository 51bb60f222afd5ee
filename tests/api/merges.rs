//! Merges: two records of one person become one, everything that hangs on them moves, and nothing is forgotten.

use std::collections::BTreeSet;

use lilong::access::role::Role;
use lilong::app::moves::moves;
use serde_json::{Value, json};

use crate::support::archive::{CARD, draft, enter, homes, move_in, person, with, with_card};
use crate::support::{OWN, PARENT, Person, Reply, SIBLING, Town, visits};

fn merge(town: &Town, by: &Person, from: &str, into: &str, more: Value) -> Reply {
    let body = with(json!({ "from": from, "into": into, "reason": "本人到场核对" }), more);
    town.post("/v1/resident-merges", body).by(by).send()
}

fn find(town: &Town, by: &Person, id: &str) -> Value {
    town.get(&format!("/v1/residents/{id}")).by(by).send().is(200).body.clone()
}

fn id(view: &Value) -> String {
    view["id"].as_str().unwrap().to_owned()
}

#[test]
fn every_column_that_names_a_resident_is_moved_or_said_to_stay() {
    let town = Town::new();
    let keys = town.text(
        "SELECT string_agg(c.relname || '.' || a.attname, ' ')
         FROM pg_constraint k
         JOIN pg_class c ON c.oid = k.conrelid
         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
         WHERE k.contype = 'f' AND k.confrelid = 'residents'::regclass",
    );
    let keys: BTreeSet<String> = keys.split(' ').map(ToOwned::to_owned).collect();
    let moved: BTreeSet<String> = moves().iter().map(|one| format!("{}.{}", one.table, one.column)).collect();
    assert!(keys.len() > 5, "{keys:?}");
    assert_eq!(keys, moved, "src/app/moves.rs names each foreign key to residents");
}

#[test]
fn the_record_that_stays_gets_what_it_lacks_and_answers_under_both_ids() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let more = json!({ "phone": "13800001234", "external_id": "SQY-1", "education": "college",
                       "registered_place": "上海市宝山区" });
    let from = id(&enter(&town, &worker, with(with_card("陈桂芳"), more)));
    let into = id(&enter(&town, &worker, with(draft("陈桂芬"), json!({ "education": "primary" }))));
    let looks = format!("/v1/residents/{from}/identity?purpose=service");
    town.get(&looks).by(&worker).send().is(200);
    let account = town.resident();
    town.execute(&format!("UPDATE residents SET account_id = '{}' WHERE id = '{from}'", account.account));
    let merged = merge(&town, &worker, &from, &into, json!({}));
    assert_eq!((&merged.is(201).body["from"], &merged.body["into"]), (&json!(from), &json!(into)));
    let answered = find(&town, &worker, &from);
    assert_eq!(answered, find(&town, &worker, &into));
    assert_eq!((&answered["id"], &answered["name"]), (&json!(into), &json!("陈桂芬")));
    assert_eq!(answered["document"]["number"], "110*************2X");
    assert_eq!((&answered["phone"], &answered["external_id"]), (&json!("+86 138****1234"), &json!("SQY-1")));
    assert_eq!((&answered["born_on"], &answered["education"]), (&json!("1949-12-31"), &json!("primary")));
    assert_eq!((&answered["no_identifier"], &answered["is_verified"]), (&Value::Null, &json!(true)));
    // The person still reads who looked, and nobody finds two.
    assert_eq!(
        town.get("/v1/me/disclosures").by(&account).send().is(200).body["items"][0]["resident"],
        json!(into)
    );
    let key = json!({ "document": { "kind": "resident_id_card", "number": CARD } });
    let found = town.post("/v1/resident-lookups", key).by(&worker).send();
    assert_eq!(found.is(200).body["items"].as_array().unwrap().len(), 1);
    // Both keep what they said, in versions; the old one is closed for good.
    assert_eq!(town.text(&format!("SELECT name FROM residents WHERE id = '{from}'")), "陈桂芳");
    town.patch(&format!("/v1/residents/{from}"), "*", json!({ "education": "college" }))
        .by(&worker)
        .send()
        .is_problem(409, "resident-closed");
    assert_eq!(town.count("SELECT sum(version) FROM residents"), 4);
    merge(&town, &worker, &from, &into, json!({})).is_problem(409, "resident-closed");
    merge(&town, &worker, &into, &from, json!({})).is_problem(409, "resident-closed");
    let told = town.text("SELECT string_agg(payload::text, ' ') FROM outbox")
        + &town.text("SELECT string_agg(detail::text, ' ') FROM audit_events");
    assert!(told.contains(&from) && !told.contains("核对") && !told.contains("桂"), "{told}");
}

#[test]
fn an_old_id_leads_to_the_last_record_in_one_step() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [a, b, c] = ["陈桂芳", "陈桂芬", "陈桂香"].map(|name| person(&town, &worker, name));
    merge(&town, &worker, &a, &b, json!({})).is(201);
    merge(&town, &worker, &b, &c, json!({})).is(201);
    for old in [&a, &b, &c] {
        assert_eq!(find(&town, &worker, old)["id"], json!(c));
    }
    assert_eq!(town.count(&format!("SELECT count(*) FROM residents WHERE merged_into = '{c}'")), 2);
    let lineage = town.text("SELECT string_agg(from_id::text, ' ' ORDER BY id) FROM resident_merges");
    assert_eq!(lineage, format!("{a} {b}"));
}

#[test]
fn two_documents_are_told_apart_by_whoever_merges() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let passport = json!({ "document": { "kind": "passport", "number": "E1234567" }, "born_on": "1950-01-01",
                           "no_identifier": null });
    let from = id(&enter(&town, &worker, with_card("陈桂芳")));
    let into = id(&enter(&town, &worker, with(draft("陈桂芳"), passport)));
    let refused = merge(&town, &worker, &from, &into, json!({}));
    assert_eq!(
        refused.is_problem(409, "resident-merge-documents-differ").body["errors"][0]["pointer"],
        "/document"
    );
    assert_eq!(town.count("SELECT count(*) FROM residents WHERE status = 'merged'"), 0);
    merge(&town, &worker, &from, &into, json!({ "document": "from" })).is(201);
    let kept = find(&town, &worker, &into);
    // Day of birth and sex go with the document.
    assert_eq!(
        (&kept["document"]["kind"], &kept["born_on"]),
        (&json!("resident_id_card"), &json!("1949-12-31"))
    );
    // The number of the record that closed is free again.
    let again = town.post("/v1/residents", with_card("陈桂芳")).by(&worker).send();
    again.is_problem(409, "resident-document-taken");
    let other = id(&enter(
        &town,
        &worker,
        with(
            draft("陈桂芳"),
            json!({ "document": { "kind": "passport", "number": "E1234567" }, "no_identifier": null }),
        ),
    ));
    merge(&town, &worker, &other, &into, json!({ "document": "into" })).is(201);
    assert_eq!(find(&town, &worker, &other)["document"]["kind"], "resident_id_card");
}

#[test]
fn homes_and_households_go_along_without_being_doubled() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [first, second, third] = homes(&town, OWN);
    let [from, into, son] = ["陈桂芳", "陈桂芬", "陈建华"].map(|name| person(&town, &worker, name));
    let occupant =
        |who: &str, since: &str| json!({ "resident": who, "relation": "occupant", "starts_on": since });
    move_in(&town, &worker, &first, occupant(&from, "2010-01-01"));
    move_in(&town, &worker, &second, occupant(&from, "2020-01-01"));
    move_in(&town, &worker, &third, occupant(&into, "2021-01-01"));
    let share = |who: &str, n: i32| json!({ "resident": who, "share": { "numerator": n, "denominator": 6 } });
    let owners =
        json!({ "owners": [share(&from, 2), share(&into, 1), share(&son, 3)], "starts_on": "2001-01-01" });
    town.put(&format!("/v1/dwellings/{first}/owners"), "*", owners).by(&worker).send().is(200);
    let seen =
        town.get(&format!("/v1/dwellings/{first}/owners")).by(&worker).send().header("etag").to_owned();
    let family = json!({ "division": OWN, "members": [
        { "resident": son, "relation": "head" }, { "resident": from, "relation": "parent" }
    ] });
    let path = town.post("/v1/households", family).by(&worker).send().header("location").to_owned();
    merge(&town, &worker, &from, &into, json!({})).is(201);
    // Two halves of one person are one share, in a new version.
    let owners = town.get(&format!("/v1/dwellings/{first}/owners")).by(&worker).send();
    let of = |who: &str| {
        let items = owners.is(200).body["owners"].as_array().unwrap().clone();
        items
            .into_iter()
            .filter(|owner| owner["resident"] == who)
            .map(|owner| owner["share"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&into), [json!({ "numerator": 1, "denominator": 2 })]);
    assert_eq!((of(&from).len(), of(&son).len()), (0, 1));
    assert_ne!(owners.header("etag"), seen);
    // Who lived in two homes lives in that of the record that stays; the past is theirs, too.
    assert_eq!(find(&town, &worker, &into)["home"], json!(third));
    let lived = format!("SELECT count(*) FROM dwelling_residents WHERE resident_id = '{into}' AND is_living");
    assert_eq!(town.count(&lived), 3);
    assert_eq!(town.count(&format!("{lived} AND ends_on IS NULL")), 1);
    let household = town.get(&path).by(&worker).send();
    assert_eq!(household.is(200).body["members"][1]["resident"], json!(into));
    assert_eq!(town.count("SELECT sum(share_numerator * 6 / share_denominator) FROM dwelling_residents WHERE ends_on IS NULL AND relation = 'owner'"), 6);
}

#[test]
fn what_is_no_merge_is_refused() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let sibling = town.staff(Role::CommitteeWorker, SIBLING);
    let [chen, wang, son] = ["陈桂芳", "王小明", "陈建华"].map(|name| person(&town, &worker, name));
    let there = id(&enter(&town, &sibling, with(draft("陈桂芳"), json!({ "division": SIBLING }))));
    let nobody = uuid::Uuid::nil().to_string();
    merge(&town, &worker, &chen, &chen, json!({})).is_problem(422, "resident-merge-itself");
    for (from, into) in [(&chen, &there), (&there, &chen), (&chen, &nobody), (&nobody, &chen)] {
        merge(&town, &worker, from, into, json!({})).is_problem(404, "not-found");
    }
    // Of a household's head nobody is left behind.
    let family = json!({ "division": OWN, "members": [
        { "resident": chen, "relation": "head" }, { "resident": wang, "relation": "other" },
        { "resident": son, "relation": "child" }
    ] });
    town.post("/v1/households", family).by(&worker).send().is(201);
    merge(&town, &worker, &chen, &wang, json!({})).is_problem(409, "household-head-needed");
    let died = json!({ "kind": "deceased", "on": "2026-11-20" });
    town.post(&format!("/v1/residents/{son}/departure"), died).by(&worker).send().is(201);
    merge(&town, &worker, &son, &wang, json!({})).is_problem(409, "resident-merge-status-differs");
    merge(&town, &worker, &wang, &son, json!({})).is_problem(409, "resident-merge-status-differs");
    assert_eq!(town.count("SELECT count(*) FROM resident_merges"), 0);
    merge(&town, &worker, &wang, &chen, json!({})).is(201);
}

#[test]
fn records_of_two_committees_are_merged_by_who_reaches_both_and_leave_nothing_there() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let sibling = town.staff(Role::CommitteeWorker, SIBLING);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let [away] = homes(&town, SIBLING);
    let there = with(with_card("陈桂芳"), json!({ "division": SIBLING, "external_id": "X-1" }));
    let there = id(&enter(&town, &sibling, there));
    let here = person(&town, &worker, "陈桂芳");
    let lives = json!({ "resident": there, "relation": "occupant", "starts_on": "2020-01-01" });
    let home = move_in(&town, &sibling, &away, lives);
    merge(&town, &street, &there, &here, json!({})).is_problem(409, "resident-merge-ties-elsewhere");
    let path = format!("/v1/dwellings/{away}/residents/{}", id(&home));
    town.call("DELETE", &path).by(&sibling).send().is(204);
    let called_on = with(visits::to(&json!({ "id": there })), json!({ "division": SIBLING }));
    visits::write(&town, &sibling, called_on).is(201);
    let account = town.resident();
    town.execute(&format!("UPDATE residents SET account_id = '{}' WHERE id = '{there}'", account.account));
    merge(&town, &street, &there, &here, json!({})).is(201);
    let kept = find(&town, &street, &there);
    assert_eq!(
        (&kept["id"], &kept["division"], &kept["external_id"]),
        (&json!(here), &json!(OWN), &Value::Null)
    );
    // The other committee keeps its past, and is told nothing of where the person is now.
    town.get(&format!("/v1/residents/{there}")).by(&sibling).send().is_problem(404, "not-found");
    let past = town.get(&format!("/v1/dwellings/{away}/residents?history=true")).by(&sibling).send();
    assert_eq!(past.is(200).body["items"][0]["resident"], json!(there));
    let visits = town.get("/v1/visits").by(&sibling).send();
    assert_eq!(visits.is(200).body["items"][0]["resident"]["id"], json!(there));
    assert!(!past.text.contains(&here) && !visits.text.contains(&here));
    // The person still reads that they were called on.
    let own = town.get("/v1/me/visits").by(&account).send();
    assert_eq!(own.is(200).body["items"].as_array().unwrap().len(), 1);
}

#[test]
fn two_merges_of_one_pair_make_no_circle() {
    let town = Town::with(|settings| settings.seats = 4);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    for _ in 0..5 {
        let [a, b] = ["陈桂芳", "陈桂芬"].map(|name| person(&town, &worker, name));
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let (town, worker, a, b) = (&town, &worker, &a, &b);
            let one = scope.spawn(move || merge(town, worker, a, b, json!({})).status);
            let other = scope.spawn(move || merge(town, worker, b, a, json!({})).status);
            vec![one.join().unwrap(), other.join().unwrap()]
        });
        assert!(matches!(statuses.as_slice(), [201, 409] | [409, 201]), "{statuses:?}");
        assert_eq!(find(&town, &worker, &a)["id"], find(&town, &worker, &b)["id"]);
    }
    let circles = "SELECT count(*) FROM residents a JOIN residents b ON b.id = a.merged_into WHERE b.merged_into IS NOT NULL";
    assert_eq!(town.count(circles), 0);
}

#[test]
fn a_closed_account_does_not_take_the_record_of_a_living_one() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let into = person(&town, &worker, "陈桂芳");
    let from = person(&town, &worker, "陈桂芳");
    let [gone, living] = std::array::from_fn(|_| town.resident());
    for (account, record) in [(&gone, &into), (&living, &from)] {
        town.execute(&format!(
            "UPDATE residents SET account_id = '{}' WHERE id = '{record}'",
            account.account
        ));
    }
    town.execute(&format!(
        "UPDATE accounts SET closed_at = now(), phone_hash = NULL, phone_sealed = '' WHERE id = '{}'",
        gone.account
    ));
    merge(&town, &worker, &from, &into, json!({})).is(201);
    assert_eq!(town.get("/v1/me/resident").by(&living).send().is(200).body["id"], json!(into));
}
