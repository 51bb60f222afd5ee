//! Homes: who lives, rents and is registered where, since when, and what the database itself refuses.

use diesel::connection::SimpleConnection;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, homes, move_in, person, with};
use crate::support::{OWN, PARENT, Person, Reply, SIBLING, Town};

fn today(town: &Town) -> String {
    lilong::kit::clock::local_date(town.now()).to_string()
}

fn listed(town: &Town, by: &Person, dwelling: &str, history: bool) -> Vec<Value> {
    let path = format!("/v1/dwellings/{dwelling}/residents?history={history}");
    town.get(&path).by(by).send().is(200).body["items"].as_array().unwrap().clone()
}

fn home(town: &Town, by: &Person, resident: &str) -> Value {
    town.get(&format!("/v1/residents/{resident}")).by(by).send().is(200).body["home"].clone()
}

fn occupant(resident: &str) -> Value {
    json!({ "resident": resident, "relation": "occupant" })
}

#[test]
fn who_moves_in_lives_there_and_no_longer_where_they_lived() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [first, second] = homes(&town, OWN);
    let chen = person(&town, &worker, "陈桂芳");
    let since = json!({ "starts_on": "2019-06-01", "source": "household_register" });
    let entered = move_in(&town, &worker, &first, with(occupant(&chen), since));
    assert_eq!(
        (&entered["name"], &entered["is_living"], &entered["ends_on"], &entered["share"]),
        (&json!("陈桂芳"), &json!(true), &Value::Null, &Value::Null)
    );
    assert_eq!(home(&town, &worker, &chen), json!(first));
    let tenant = json!({ "resident": chen, "relation": "tenant", "source": "lease" });
    move_in(&town, &worker, &second, tenant);
    assert_eq!(home(&town, &worker, &chen), json!(second));
    assert!(listed(&town, &worker, &first, false).is_empty());
    let past = listed(&town, &worker, &first, true);
    assert_eq!((past.len(), &past[0]["ends_on"]), (1, &json!(today(&town))));
    // Back again on the same day, since it was the wrong door.
    move_in(&town, &worker, &first, occupant(&chen));
    assert_eq!(home(&town, &worker, &chen), json!(first));
    assert_eq!(town.count("SELECT count(*) FROM dwelling_residents WHERE is_living AND ends_on IS NULL"), 1);
    // Entering and each move; and each home that was left.
    assert_eq!(town.count("SELECT count(*) FROM outbox WHERE topic = 'dwelling.residents_changed'"), 5);
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE resource = 'dwelling-residents'"), 5);
    let told = town.text("SELECT string_agg(payload::text, ' ') FROM outbox")
        + &town.text("SELECT string_agg(detail::text, ' ') FROM audit_events");
    assert!(!told.contains("陈桂芳"), "{told}");
}

#[test]
fn what_is_not_so_is_refused_at_its_field() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let sibling = town.staff(Role::CommitteeWorker, SIBLING);
    let [dwelling, other] = homes(&town, OWN);
    let chen = person(&town, &worker, "陈桂芳");
    let there = enter(&town, &sibling, with(draft("王小明"), json!({ "division": SIBLING })));
    let there = there["id"].as_str().unwrap();
    let path = format!("/v1/dwellings/{dwelling}/residents");
    let attempt = |by: &Person, body: Value| town.post(&path, body).by(by).send();
    let refuse = |reply: Reply, status: u16, code: &str, pointer: &str| {
        assert_eq!(reply.is_problem(status, code).body["errors"][0]["pointer"], pointer, "{}", reply.text);
    };
    // Hidden and absent are the same; who sees both committees is told why.
    refuse(attempt(&worker, occupant(there)), 422, "dwelling-resident-unknown", "/resident");
    let nobody = uuid::Uuid::nil().to_string();
    refuse(attempt(&worker, occupant(&nobody)), 422, "dwelling-resident-unknown", "/resident");
    refuse(attempt(&street, occupant(there)), 422, "dwelling-resident-other-committee", "/resident");
    let owner = with(occupant(&chen), json!({ "relation": "owner" }));
    refuse(attempt(&worker, owner), 422, "dwelling-resident-owner", "/relation");
    let ahead = with(occupant(&chen), json!({ "starts_on": "2999-01-01" }));
    refuse(attempt(&worker, ahead), 422, "dwelling-resident-day-ahead", "/starts_on");
    attempt(&sibling, occupant(there)).is_problem(404, "not-found");
    assert_eq!(town.count("SELECT count(*) FROM dwelling_residents"), 0);
    move_in(&town, &worker, &dwelling, with(occupant(&chen), json!({ "starts_on": "2020-01-01" })));
    attempt(&worker, occupant(&chen)).is_problem(409, "dwelling-resident-held");
    let earlier = with(occupant(&chen), json!({ "starts_on": "2019-01-01" }));
    town.post(&format!("/v1/dwellings/{other}/residents"), earlier)
        .by(&worker)
        .send()
        .is_problem(409, "dwelling-resident-lives-since-later");
    town.post(&format!("/v1/residents/{chen}/departure"), json!({ "kind": "moved_out", "on": today(&town) }))
        .by(&worker)
        .send()
        .is(201);
    attempt(&worker, occupant(&chen)).is_problem(409, "resident-closed");
}

#[test]
fn the_database_itself_refuses_the_same_twice_at_a_time() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling, other] = homes(&town, OWN);
    let (chen, wang) = (person(&town, &worker, "陈桂芳"), person(&town, &worker, "王小明"));
    let insert = |dwelling: &str, resident: &str, relation: &str, from: &str, until: &str| {
        town.owner().batch_execute(&format!(
            "INSERT INTO dwelling_residents (id, dwelling_id, division, resident_id, relation, is_living, starts_on, ends_on, source, created_at, updated_at)
                 VALUES (gen_random_uuid(), '{dwelling}', {OWN}, '{resident}', '{relation}', false, '{from}', {until}, 'worker', now(), now())"
        ))
    };
    insert(&dwelling, &chen, "tenant", "2010-01-01", "'2020-01-01'").unwrap();
    for (from, until) in
        [("2019-12-31", "NULL"), ("2005-01-01", "'2010-01-02'"), ("2012-01-01", "'2013-01-01'")]
    {
        let refused = insert(&dwelling, &chen, "tenant", from, until).unwrap_err().to_string();
        assert!(refused.contains("dwelling_residents_overlap_excl"), "{from} {until}: {refused}");
    }
    insert(&dwelling, &chen, "tenant", "2020-01-01", "NULL").unwrap();
    insert(&dwelling, &chen, "occupant", "2010-01-01", "NULL").unwrap();
    insert(&dwelling, &wang, "tenant", "2010-01-01", "NULL").unwrap();
    insert(&other, &chen, "tenant", "2010-01-01", "NULL").unwrap();
    let reversed = insert(&other, &wang, "tenant", "2020-01-02", "'2020-01-01'").unwrap_err().to_string();
    assert!(reversed.contains("dwelling_residents_days_check"), "{reversed}");
}

#[test]
fn of_several_who_move_somebody_at_once_one_is_first_and_one_home_is_left() {
    let town = Town::with(|settings| settings.seats = 4);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let dwellings: [String; 4] = homes(&town, OWN);
    let (chen, wang) = (person(&town, &worker, "陈桂芳"), person(&town, &worker, "王小明"));
    let at_once = |resident: &str, doors: [&String; 4]| -> Vec<u16> {
        std::thread::scope(|scope| {
            let all = doors.map(|door| {
                let path = format!("/v1/dwellings/{door}/residents");
                let (town, worker) = (&town, &worker);
                scope.spawn(move || town.post(&path, occupant(resident)).by(worker).send().status)
            });
            all.into_iter().map(|one| one.join().unwrap()).collect()
        })
    };
    let same = at_once(&chen, std::array::from_fn(|_| &dwellings[0]));
    assert_eq!(same.iter().filter(|status| **status == 201).count(), 1, "{same:?}");
    assert_eq!(same.iter().filter(|status| **status == 409).count(), 3, "{same:?}");
    let different = at_once(&wang, std::array::from_fn(|n| &dwellings[n]));
    assert!(different.iter().all(|status| *status == 201), "{different:?}");
    let agree = "SELECT count(*) FROM residents r JOIN dwelling_residents d ON d.resident_id = r.id
                 WHERE d.is_living AND d.ends_on IS NULL AND d.dwelling_id = r.home_id";
    assert_eq!(town.count(agree), 2);
    assert_eq!(town.count("SELECT count(*) FROM dwelling_residents WHERE ends_on IS NULL"), 2);
}

#[test]
fn a_relation_is_corrected_by_whoever_saw_it_last() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling, other] = homes(&town, OWN);
    let chen = person(&town, &worker, "陈桂芳");
    let registered = with(occupant(&chen), json!({ "is_living": false, "starts_on": "2010-01-01" }));
    let entered = move_in(&town, &worker, &dwelling, registered);
    assert_eq!(home(&town, &worker, &chen), Value::Null);
    move_in(&town, &worker, &other, occupant(&chen));
    let path = format!("/v1/dwellings/{dwelling}/residents/{}", entered["id"].as_str().unwrap());
    let patch = |version: &str, body: Value| town.patch(&path, version, body).by(&worker).send();
    let lives = patch("\"v1\"", json!({ "is_living": true, "relation": "tenant" }));
    assert_eq!((lives.is(200).header("etag"), &lives.body["relation"]), ("\"v2\"", &json!("tenant")));
    assert_eq!(home(&town, &worker, &chen), json!(dwelling));
    assert!(listed(&town, &worker, &other, false).is_empty());
    patch("\"v1\"", json!({ "starts_on": "2011-01-01" })).is_problem(412, "version-stale");
    town.call("PATCH", &path).json(&json!({})).by(&worker).send().is_problem(428, "if-match-missing");
    patch("*", json!({ "ends_on": "2009-01-01" })).is_problem(422, "dwelling-resident-days-reversed");
    patch("*", json!({ "ends_on": "2999-01-01" })).is_problem(422, "dwelling-resident-day-ahead");
    patch("*", json!({ "relation": "owner" })).is_problem(422, "dwelling-resident-owner");
    let ended = patch("\"v2\"", json!({ "ends_on": "2026-01-01", "starts_on": "2011-02-03" }));
    assert_eq!(
        (&ended.is(200).body["starts_on"], &ended.body["ends_on"]),
        (&json!("2011-02-03"), &json!("2026-01-01"))
    );
    assert_eq!(home(&town, &worker, &chen), Value::Null);
    // A relation of one home is not found through another.
    town.patch(&path.replace(&dwelling, &other), "*", json!({}))
        .by(&worker)
        .send()
        .is_problem(404, "not-found");
}

#[test]
fn moving_out_ends_the_relation_and_removes_nothing() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling] = homes(&town, OWN);
    let chen = person(&town, &worker, "陈桂芳");
    let entered = move_in(&town, &worker, &dwelling, occupant(&chen));
    let path = format!("/v1/dwellings/{dwelling}/residents/{}", entered["id"].as_str().unwrap());
    let delete = || town.call("DELETE", &path).by(&worker).send();
    delete().is(204);
    delete().is_problem(409, "dwelling-resident-ended");
    assert_eq!(home(&town, &worker, &chen), Value::Null);
    assert_eq!(listed(&town, &worker, &dwelling, true).len(), 1);
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE action = 'delete_dwelling_resident'"), 1);
}

#[test]
fn a_list_is_paged_and_its_cursor_belongs_to_its_home() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling, other] = homes(&town, OWN);
    for name in ["陈桂芳", "王小明", "李爷叔"] {
        let resident = person(&town, &worker, name);
        move_in(&town, &worker, &dwelling, occupant(&resident));
    }
    let page = town.get(&format!("/v1/dwellings/{dwelling}/residents?limit=2")).by(&worker).send();
    assert_eq!(page.is(200).body["items"].as_array().unwrap().len(), 2);
    let cursor = page.body["next_cursor"].as_str().unwrap();
    let next = |dwelling: &str| {
        town.get(&format!("/v1/dwellings/{dwelling}/residents?limit=2&cursor={cursor}")).by(&worker).send()
    };
    assert_eq!(next(&dwelling).is(200).body["items"][0]["name"], "李爷叔");
    next(&other).is_problem(400, "cursor-invalid");
    let sibling = town.staff(Role::CommitteeWorker, SIBLING);
    town.get(&format!("/v1/dwellings/{dwelling}/residents")).by(&sibling).send().is_problem(404, "not-found");
    assert!(listed(&town, &worker, &other, false).is_empty());
}
