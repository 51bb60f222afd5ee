//! Merges across committees: what the person asked goes to the committee that keeps the record, what the other wrote stays
//! there, and nobody decides or learns what is not theirs.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, homes, move_in, person, with};
use crate::support::rights::bind;
use crate::support::{OWN, PARENT, Person, Reply, SIBLING, Town, visits};

fn id(view: &Value) -> String {
    view["id"].as_str().unwrap().to_owned()
}

/// Somebody of the sibling, whose own account that is.
fn there(town: &Town, sibling: &Person, account: &Person) -> String {
    let record = enter(town, sibling, with(draft("陈桂芳"), json!({ "division": SIBLING })));
    bind(town, account, &record);
    id(&record)
}

fn merge(town: &Town, from: &str, into: &str) -> Reply {
    let street = town.staff(Role::StreetOfficer, PARENT);
    let body = json!({ "from": from, "into": into, "reason": "同一人" });
    town.post("/v1/resident-merges", body).by(&street).send()
}

fn items(town: &Town, by: &Person, path: &str) -> usize {
    town.get(path).by(by).send().is(200).body["items"].as_array().unwrap().len()
}

#[test]
fn what_a_person_asked_is_answered_by_the_committee_that_keeps_the_record() {
    let town = Town::new();
    let [sibling, head] = [SIBLING, OWN].map(|range| town.staff(Role::CommitteeHead, range));
    let account = town.resident();
    let (from, into) = (there(&town, &sibling, &account), person(&town, &head, "陈桂芬"));
    let correction = json!({ "field": "education", "value": "college" });
    town.post("/v1/me/corrections", correction).by(&account).send().is(201);
    let erasure = town.post("/v1/me/erasures", json!({})).by(&account).send();
    let erasure = id(&erasure.is(201).body);
    town.execute(&format!(
        "INSERT INTO residencies (id, account_id, division, status, resident_id, decided_at, created_at)
             VALUES (gen_random_uuid(), '{}', {SIBLING}, 'verified', '{from}', now(), now());
         INSERT INTO guardians (id, ward_id, guardian_id, division, relation, evidence, recorded_by, created_at)
             VALUES (gen_random_uuid(), '{from}', '{}', {SIBLING}, 'parent', 'x', '{0}', now())",
        account.account,
        person(&town, &head, "陈建华"),
    ));
    let lists = ["/v1/corrections", "/v1/erasures", "/v1/residencies?status=verified"];
    assert_eq!(lists.map(|path| items(&town, &sibling, path)), [1, 1, 1]);
    merge(&town, &from, &into).is(201);
    assert_eq!(lists.map(|path| items(&town, &sibling, path)), [0, 0, 0]);
    assert_eq!(lists.map(|path| items(&town, &head, path)), [1, 1, 1]);
    let decision = json!({ "decision": "erased", "answer": "" });
    let decide = format!("/v1/erasures/{erasure}/decision");
    town.post(&decide, decision.clone()).by(&sibling).send().is_problem(404, "not-found");
    for table in ["corrections", "erasures", "residencies", "guardians"] {
        let left = format!("SELECT count(*) FROM {table} WHERE division = {SIBLING}");
        assert_eq!(town.count(&left), 0, "{table}");
    }
    town.post(&decide, decision).by(&head).send().is(201);
    assert_eq!(town.count("SELECT count(*) FROM residents WHERE status = 'erased'"), 2);
}

#[test]
fn who_is_erased_is_erased_with_all_that_was_written_of_every_record() {
    let town = Town::new();
    let [sibling, head] = [SIBLING, OWN].map(|range| town.staff(Role::CommitteeHead, range));
    let account = town.resident();
    let (from, into) = (there(&town, &sibling, &account), person(&town, &head, "陈桂芬"));
    let [dwelling] = homes(&town, SIBLING);
    let home = move_in(&town, &sibling, &dwelling, json!({ "resident": from, "relation": "occupant" }));
    let out = format!("/v1/dwellings/{dwelling}/residents/{}", id(&home));
    town.call("DELETE", &out).by(&sibling).send().is(204);
    let called_on = json!({ "division": SIBLING, "summary": "说起儿子" });
    visits::write(&town, &sibling, with(visits::to(&json!({ "id": from })), called_on)).is(201);
    merge(&town, &from, &into).is(201);
    assert_eq!(items(&town, &account, "/v1/me/visits"), 1);
    let erasure = id(&town.post("/v1/me/erasures", json!({})).by(&account).send().is(201).body);
    let decision = json!({ "decision": "erased", "answer": "" });
    town.post(&format!("/v1/erasures/{erasure}/decision"), decision).by(&head).send().is(201);
    assert_eq!(town.count("SELECT count(*) FROM visits WHERE summary = ''"), 1);
    assert_eq!(town.count("SELECT count(*) FROM dwelling_residents"), 0);
}

#[test]
fn an_account_is_one_person_in_a_committee_after_a_merge_as_well() {
    let town = Town::new();
    let [sibling, worker] = [SIBLING, OWN].map(|range| town.staff(Role::CommitteeWorker, range));
    let account = town.resident();
    let from = there(&town, &sibling, &account);
    let bound = enter(&town, &worker, draft("陈桂芳"));
    bind(&town, &account, &bound);
    let into = person(&town, &worker, "陈桂芬");
    merge(&town, &from, &into).is_problem(409, "resident-account-taken");
    merge(&town, &id(&bound), &into).is(201);
    merge(&town, &from, &into).is(201);
    let held = format!("SELECT count(*) FROM residents WHERE account_id = '{}'", account.account);
    assert_eq!((town.count(&held), town.count(&format!("{held} AND id = '{into}'"))), (1, 1));
}

#[test]
fn a_record_that_is_sealed_by_law_is_merged_owned_by_and_shown_by_nobody() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling] = homes(&town, OWN);
    let [hidden, other, seen] = ["陈桂芳", "陈桂芬", "陈建华"].map(|name| person(&town, &worker, name));
    let left = json!({ "kind": "moved_out", "on": "2026-11-20", "destination": "外省" });
    town.post(&format!("/v1/residents/{hidden}/departure"), left).by(&worker).send().is(201);
    town.execute(&format!("UPDATE residents SET status = 'restricted' WHERE id IN ('{hidden}', '{other}')"));
    for pair in [[&hidden, &other], [&hidden, &seen], [&seen, &hidden]] {
        merge(&town, pair[0], pair[1]).is_problem(404, "not-found");
    }
    let share = json!({ "numerator": 1, "denominator": 1 });
    let owners = json!({ "owners": [{ "resident": hidden, "share": share }] });
    let put = town.put(&format!("/v1/dwellings/{dwelling}/owners"), "*", owners).by(&worker).send();
    put.is_problem(422, "dwelling-resident-unknown");
    let family = json!({ "division": OWN, "members": [{ "resident": hidden, "relation": "head" }] });
    town.post("/v1/households", family).by(&worker).send().is_problem(422, "household-member-unknown");
    let departure = format!("/v1/residents/{hidden}/departure");
    town.get(&departure).by(&worker).send().is_problem(404, "not-found");
    town.call("DELETE", &departure).by(&worker).send().is_problem(404, "not-found");
}
