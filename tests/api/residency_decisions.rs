//! The committee decides who somebody is: once, in its range, never about oneself, and never unseen over another account.

use lilong::access::role::Role;
use lilong::app::worker;
use lilong::kit::stop::Stop;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, with, with_card};
use crate::support::rights::{OTHER_CARD, bind, claim, closing, decide, home, meanwhile, say, settle};
use crate::support::{OWN, PARENT, Person, SIBLING, Town};

#[test]
fn the_committee_confirms_or_refuses_once_and_what_was_said_goes() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let neighbour = town.staff(Role::CommitteeHead, SIBLING);
    let home = home(&town);
    let record = enter(&town, &worker, draft("陈桂芳"));
    let person = town.resident();
    let said = say(&town, &person, claim("陈桂芳", &home));
    let confirmed = json!({ "decision": "confirmed", "resident": record["id"] });
    assert_eq!(town.get("/v1/residencies").by(&neighbour).send().is(200).body["items"], json!([]));
    decide(&town, &neighbour, &said, confirmed.clone()).is_problem(404, "not-found");
    decide(&town, &worker, &said, json!({ "decision": "refused" }))
        .is_problem(422, "residency-reason-missing");
    let foreign = enter(&town, &neighbour, with(draft("陈桂芳"), json!({ "division": SIBLING })));
    let street = town.staff(Role::StreetOfficer, PARENT);
    decide(&town, &street, &said, json!({ "decision": "confirmed", "resident": foreign["id"] }))
        .is_problem(422, "residency-resident-unknown");
    let done = decide(&town, &worker, &said, confirmed.clone());
    assert_eq!(
        (&done.is(201).body["status"], &done.body["name"], &done.body["document"]),
        (&json!("verified"), &Value::Null, &Value::Null)
    );
    decide(&town, &worker, &said, confirmed).is_problem(409, "residency-decided");
    assert_eq!(town.get("/v1/me/resident").by(&person).send().is(200).body["id"], record["id"]);
    let kept =
        "SELECT count(name) + count(document_sealed) + count(document_hash) + count(number) FROM residencies";
    assert_eq!(town.count(kept), 0);
    let events = "SELECT count(*) FROM audit_events WHERE action = 'create_residency_decision'";
    assert_eq!(town.count(events), 1);
}

#[test]
fn whoever_is_refused_reads_why() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let home = home(&town);
    let person = town.resident();
    let said = say(&town, &person, claim("陈桂芳", &home));
    let refused = json!({ "decision": "refused", "reason": "请携证件到居委会办理" });
    decide(&town, &worker, &said, refused).is(201);
    let told = town.get("/v1/me/residency").by(&person).send();
    assert_eq!(
        (&told.is(200).body["status"], &told.body["reason"]),
        (&json!("refused"), &json!("请携证件到居委会办理"))
    );
    assert_eq!(town.count("SELECT count(*) FROM residents"), 0);
}

#[test]
fn who_has_no_record_gets_one_of_what_was_said() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let home = home(&town);
    let person = town.resident();
    let said = say(&town, &person, claim("陈桂芳", &home));
    decide(&town, &worker, &said, json!({ "decision": "confirmed" }))
        .is_problem(422, "residency-residence-missing");
    let done = decide(
        &town,
        &worker,
        &said,
        json!({ "decision": "confirmed", "residence": "registered_elsewhere" }),
    );
    let record = town.get(&format!("/v1/residents/{}", done.is(201).body["resident"].as_str().unwrap()));
    let record = record.by(&worker).send();
    assert_eq!(
        (&record.is(200).body["source"], &record.body["born_on"], &record.body["is_verified"]),
        (&json!("residency"), &json!("1949-12-31"), &json!(true))
    );
    // Whoever shows the same document is not given a second record.
    let other = say(&town, &town.resident(), claim("陈桂芳", &home));
    decide(&town, &worker, &other, json!({ "decision": "confirmed", "residence": "registered_here" }))
        .is_problem(409, "resident-document-taken");
}

#[test]
fn a_record_changes_hands_only_where_the_worker_says_so() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let home = home(&town);
    let record = enter(&town, &worker, with_card("陈桂芳"));
    let (old, new) = (town.resident(), town.resident());
    bind(&town, &old, &record);
    let said = say(&town, &new, claim("陈桂芳", &home));
    let named = json!({ "decision": "confirmed", "resident": record["id"] });
    decide(&town, &worker, &said, named.clone()).is_problem(409, "residency-taken");
    let stranger = enter(
        &town,
        &worker,
        with(draft("王小明"), json!({ "document": { "kind": "resident_id_card", "number": OTHER_CARD } })),
    );
    decide(&town, &worker, &said, json!({ "decision": "confirmed", "resident": stranger["id"] }))
        .is_problem(409, "residency-document-differs");
    decide(&town, &worker, &said, with(named, json!({ "takes_over": true }))).is(201);
    assert_eq!(town.get("/v1/me").by(&old).send().body["residencies"], json!([]));
    assert_eq!(town.get("/v1/me/resident").by(&new).send().is(200).body["id"], record["id"]);
}

#[test]
fn one_account_is_one_person_in_a_committee_and_nobody_decides_about_themselves() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let head = town.staff(Role::CommitteeHead, OWN);
    let home = home(&town);
    let mine = say(&town, &worker, claim("陈桂芳", &home));
    let confirmed = json!({ "decision": "confirmed", "residence": "registered_here" });
    decide(&town, &worker, &mine, confirmed.clone()).is_problem(409, "residency-self-decided");
    // Meanwhile the account was bound to another record of the committee.
    let record = enter(&town, &head, draft("王小明"));
    bind(&town, &worker, &record);
    decide(&town, &head, &mine, confirmed).is_problem(409, "residency-held");
    assert_eq!(town.count("SELECT count(*) FROM residents"), 1);
}

#[test]
fn two_who_decide_at_once_decide_once() {
    let town = Town::with(|settings| settings.seats = 4);
    let workers: Vec<Person> = (0..4).map(|_| town.staff(Role::CommitteeWorker, OWN)).collect();
    let home = home(&town);
    let said = say(&town, &town.resident(), claim("陈桂芳", &home));
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let (town, said) = (&town, &said);
        let confirmed = || json!({ "decision": "confirmed", "residence": "registered_here" });
        let all: Vec<_> = workers
            .iter()
            .map(|worker| scope.spawn(move || decide(town, worker, said, confirmed()).status))
            .collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 3, "{statuses:?}");
    assert_eq!(town.count("SELECT count(*) FROM residents"), 1);
}

#[test]
fn a_closed_account_holds_no_record_and_what_it_said_goes() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let home = home(&town);
    let record = enter(&town, &worker, with_card("陈桂芳"));
    settle(&town, &record, &home);
    let close = |person: &Person| {
        town.execute(&format!(
            "UPDATE accounts SET closed_at = now(), phone_hash = NULL, phone_sealed = '' WHERE id = '{}'",
            person.account
        ));
    };
    let [gone, next, last, doubtful] = std::array::from_fn(|_| town.resident());
    bind(&town, &gone, &record);
    let said = say(&town, &next, claim("陈桂芳", &home));
    assert_eq!(said.is(201).body["status"], "pending");
    let is_taken = || {
        let items = town.get("/v1/residencies").by(&worker).send().is(200).body["items"].clone();
        items[0]["candidate"]["is_taken"].clone()
    };
    assert_eq!(is_taken(), true);
    close(&gone);
    assert_eq!(is_taken(), false);
    decide(&town, &worker, &said, json!({ "decision": "confirmed", "resident": record["id"] })).is(201);
    assert_eq!(town.get("/v1/me/resident").by(&next).send().is(200).body["id"], record["id"]);
    // Nor does it stand in the way of a claim in which all agrees.
    close(&next);
    assert_eq!(say(&town, &last, claim("陈桂芳", &home)).is(201).body["status"], "verified");
    // What waits when its account is closed is decided by nobody, and empty.
    let doubt = say(&town, &doubtful, claim("陈桂芬", &home));
    worker::sweep(&town.gate, &Stop::default()).unwrap();
    assert_eq!(town.count("SELECT count(document_sealed) FROM residencies"), 1);
    close(&doubtful);
    let late = json!({ "decision": "confirmed", "resident": record["id"], "takes_over": true });
    decide(&town, &worker, &doubt, late).is_problem(409, "residency-decided");
    worker::sweep(&town.gate, &Stop::default()).unwrap();
    assert_eq!(town.count("SELECT count(document_sealed) + count(name) FROM residencies"), 0);
    assert_eq!(town.count("SELECT count(*) FROM residencies WHERE status = 'superseded'"), 1);
}

#[test]
fn what_one_said_of_oneself_is_taken_back_and_nothing_of_it_is_left() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let (person, home) = (town.resident(), home(&town));
    let take_back = || town.call("DELETE", "/v1/me/residency").by(&person).send();
    take_back().is_problem(404, "not-found");
    let said = say(&town, &person, claim("陈桂芳", &home));
    assert_eq!(said.is(201).body["status"], "pending");
    take_back().is(204);
    take_back().is_problem(409, "residency-decided");
    assert_eq!(town.get("/v1/me/residency").by(&person).send().is(200).body["status"], "withdrawn");
    assert_eq!(town.get("/v1/residencies").by(&worker).send().is(200).body["items"], json!([]));
    decide(&town, &worker, &said, json!({ "decision": "refused", "reason": "x" }))
        .is_problem(409, "residency-decided");
    assert_eq!(
        town.count("SELECT count(name) + count(document_sealed) + count(document_hash) FROM residencies"),
        0
    );
    // One may say it again; what was decided stays.
    let again = say(&town, &person, claim("陈桂芳", &home));
    decide(&town, &worker, &again, json!({ "decision": "refused", "reason": "查无此人" })).is(201);
    take_back().is_problem(409, "residency-decided");
}

#[test]
fn who_closes_their_account_meanwhile_gets_no_record() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let home = home(&town);
    let (first, second) = (town.resident(), town.resident());
    // What agrees in all of it is bound at once, but not to an account that is closed by then.
    let record = enter(&town, &worker, with_card("陈桂芳"));
    settle(&town, &record, &home);
    let said = meanwhile(&town, [&closing(&first), ""], || say(&town, &first, claim("陈桂芳", &home)));
    said.is_problem(401, "unauthenticated");
    // Nor does the committee bind it.
    let waits = say(&town, &second, claim("陈桂芬", &home));
    let confirmed = json!({ "decision": "confirmed", "resident": record["id"] });
    let decided =
        meanwhile(&town, [&closing(&second), ""], || decide(&town, &worker, &waits, confirmed.clone()));
    decided.is_problem(409, "residency-decided");
    assert_eq!(town.count("SELECT count(*) FROM residents WHERE account_id IS NOT NULL"), 0);
}

#[test]
fn a_record_is_taken_over_from_who_closes_their_account_meanwhile() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let home = home(&town);
    let record = enter(&town, &worker, with_card("陈桂芳"));
    let (old, new) = (town.resident(), town.resident());
    bind(&town, &old, &record);
    let said = say(&town, &new, claim("陈桂芳", &home));
    let taken = json!({ "decision": "confirmed", "resident": record["id"], "takes_over": true });
    // Their account is locked first, and their record freed last: neither waits for the other.
    let closing = closing(&old);
    let (first, then) = closing.split_once(';').unwrap();
    let decided = meanwhile(&town, [first, then], || decide(&town, &worker, &said, taken.clone()));
    decided.is(201);
    assert_eq!(town.get("/v1/me/resident").by(&new).send().is(200).body["id"], record["id"]);
}

#[test]
fn what_waits_in_one_committee_is_taken_back_after_another_has_decided() {
    let town = Town::new();
    let (person, home) = (town.resident(), home(&town));
    let waits = say(&town, &person, claim("陈桂芳", &home));
    assert_eq!(waits.is(201).body["status"], "pending");
    // Said later, in another committee, and decided there.
    town.execute(&format!(
        "INSERT INTO residencies (id, account_id, division, status, decided_at, created_at)
             VALUES ('{}', '{}', {SIBLING}, 'refused', now(), now())",
        lilong::kit::id::next(),
        person.account
    ));
    let own = || town.get("/v1/me/residency").by(&person).send();
    assert_eq!(own().is(200).body, waits.body);
    let take_back = || town.call("DELETE", "/v1/me/residency").by(&person).send();
    take_back().is(204);
    assert_eq!(town.count("SELECT count(*) FROM residencies WHERE status = 'withdrawn'"), 1);
    take_back().is_problem(409, "residency-decided");
    assert_eq!(own().is(200).body["status"], "refused");
}
