//! Health: only with consent, only for the committee's own people, with a trace; to others in numbers that tell of nobody.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, with};
use crate::support::rights::bind;
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

fn path(resident: &Value) -> String {
    format!("/v1/residents/{}/health", resident["id"].as_str().unwrap())
}

fn consent() -> Value {
    json!({ "consent": { "consented_on": "2026-01-05", "how": "signed_paper", "version": 1 } })
}

fn health(conditions: &[&str]) -> Value {
    json!({ "mobility": "with_aid", "care_level": "level_2", "conditions": conditions, "note": "怕黑，夜间需留灯" })
}

#[track_caller]
fn put(town: &Town, by: &Person, resident: &Value, version: &str, body: Value) -> Reply {
    town.put(&path(resident), version, body).by(by).send()
}

#[test]
fn nothing_is_kept_without_consent_and_all_goes_with_it() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let chen = enter(&town, &worker, draft("陈桂芳"));
    let body = || health(&["dementia", "hypertension", "dementia"]);
    put(&town, &worker, &chen, "\"v0\"", body()).is_problem(409, "health-consent-missing");
    let ahead = json!({ "consent": { "consented_on": "2999-01-01", "how": "in_app", "version": 1 } });
    put(&town, &worker, &chen, "\"v0\"", with(body(), ahead)).is_problem(422, "health-consent-ahead");
    assert_eq!(town.count("SELECT count(*) FROM resident_health"), 0);
    let kept = put(&town, &worker, &chen, "\"v0\"", with(body(), consent()));
    assert_eq!(kept.is(200).body["conditions"], json!(["dementia", "hypertension"]));
    assert_eq!(
        (kept.header("cache-control"), kept.body["consent"]["how"].as_str()),
        ("no-store", Some("signed_paper"))
    );
    // The consent is on record, so a change needs it no more; the note is kept sealed and stands in no trail.
    let changed =
        put(&town, &worker, &chen, kept.header("etag"), with(body(), json!({ "conditions": ["stroke"] })));
    assert_eq!(changed.is(200).body["consent"], kept.body["consent"]);
    put(&town, &worker, &chen, kept.header("etag"), body()).is_problem(412, "version-stale");
    put(&town, &worker, &chen, "\"v0\"", body()).is_problem(412, "version-stale");
    for table in ["resident_health", "audit_events", "outbox"] {
        assert_eq!(
            town.count(&format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%怕黑%'")),
            0,
            "{table}"
        );
    }
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE detail::text LIKE '%stroke%'"), 0);
    town.call("DELETE", &path(&chen)).by(&worker).send().is(204);
    town.call("DELETE", &path(&chen)).by(&worker).send().is_problem(404, "not-found");
    assert_eq!(town.count("SELECT count(*) FROM resident_health"), 0);
    town.get(&format!("{}?purpose=service", path(&chen))).by(&worker).send().is_problem(404, "not-found");
    put(&town, &worker, &chen, "*", body()).is_problem(409, "health-consent-missing");
    // A record that comes again has no version that one before had.
    let again = put(&town, &worker, &chen, "*", with(body(), consent()));
    assert_ne!(again.is(200).header("etag"), kept.header("etag"));
    put(&town, &worker, &chen, changed.header("etag"), body()).is_problem(412, "version-stale");
    town.execute("UPDATE residents SET status = 'departed'");
    put(&town, &worker, &chen, "*", body()).is_problem(409, "resident-closed");
}

#[test]
fn a_consent_given_online_counts_as_it_is_on_record_and_nobody_else_says_so() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let chen = enter(&town, &worker, draft("陈桂芳"));
    let own = town.resident();
    bind(&town, &own, &chen);
    let body = || health(&["stroke"]);
    let online = || {
        with(body(), json!({ "consent": { "consented_on": "2026-01-05", "how": "in_app", "version": 7 } }))
    };
    for sent in [body(), online()] {
        put(&town, &worker, &chen, "*", sent).is_problem(409, "health-consent-missing");
    }
    let agreed = town
        .post("/v1/me/consents", json!({ "purpose": "health", "notice_version": 1, "is_separate": true }));
    let agreed = agreed.by(&own).send();
    let id = agreed.is(201).body["id"].as_str().unwrap().to_owned();
    let today = lilong::kit::clock::local_date(town.now()).to_string();
    for sent in [body(), online()] {
        let kept = put(&town, &worker, &chen, "*", sent);
        assert_eq!(
            kept.is(200).body["consent"],
            json!({ "consented_on": today, "how": "in_app", "version": 1 })
        );
    }
    let path = format!("/v1/me/consents/{id}");
    town.call("DELETE", &path).by(&own).send().is(204);
    assert_eq!(town.count("SELECT count(*) FROM resident_health"), 0);
    put(&town, &worker, &chen, "*", body()).is_problem(409, "health-consent-missing");
}

#[test]
fn who_withdraws_the_consent_online_is_forgotten_and_nobody_else_is() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [chen, wang] = ["陈桂芳", "王小明"].map(|name| enter(&town, &worker, draft(name)));
    for who in [&chen, &wang] {
        put(&town, &worker, who, "*", with(health(&["stroke"]), consent())).is(200);
    }
    let person = town.resident();
    bind(&town, &person, &chen);
    let agree = |purpose: &str| {
        let draft = json!({ "purpose": purpose, "notice_version": 1, "is_separate": true });
        let given = town.post("/v1/me/consents", draft).by(&person).send();
        format!("/v1/me/consents/{}", given.is(201).body["id"].as_str().unwrap())
    };
    let withdraw = |path: &str| town.call("DELETE", path).by(&person).send();
    let left = || town.text("SELECT coalesce(string_agg(resident_id::text, ' '), '') FROM resident_health");
    let (other, consent) = (agree("movement_track"), agree("health"));
    withdraw(&other).is(204);
    assert_eq!(town.count("SELECT count(*) FROM resident_health"), 2);
    withdraw(&consent).is(204);
    assert_eq!(left(), wang["id"].as_str().unwrap());
    put(&town, &worker, &chen, "*", health(&["stroke"])).is_problem(409, "health-consent-missing");
}

#[test]
fn of_two_who_write_a_record_at_once_the_second_is_refused() {
    let town = Town::with(|settings| settings.seats = 4);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let chen = enter(&town, &worker, draft("陈桂芳"));
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let write = || put(&town, &worker, &chen, "\"v0\"", with(health(&["stroke"]), consent())).status;
        let tries: Vec<_> = (0..4).map(|_| scope.spawn(write)).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412, 412, 412]);
}

#[test]
fn the_committee_looks_for_a_purpose_and_the_person_reads_it() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let chen = enter(&town, &worker, draft("陈桂芳"));
    put(&town, &worker, &chen, "*", with(health(&["dementia"]), consent())).is(200);
    let look = |by: &Person, query: &str| town.get(&format!("{}{query}", path(&chen))).by(by).send();
    look(&worker, "").is_problem(400, "query-invalid");
    for _ in 0..2 {
        let seen = look(&worker, "?purpose=emergency");
        assert_eq!(
            (seen.is(200).body["note"].as_str(), seen.header("cache-control")),
            (Some("怕黑，夜间需留灯"), "no-store")
        );
    }
    look(&town.staff(Role::CommitteeHead, OWN), "?purpose=service").is(200);
    for (role, range) in [
        (Role::StreetOfficer, PARENT),
        (Role::DistrictOfficer, "310113000000"),
        (Role::CityOfficer, CITY),
        (Role::PoliceOfficer, OWN),
    ] {
        look(&town.staff(role, range), "?purpose=service").is_problem(403, "forbidden");
    }
    for range in [SIBLING, ELSEWHERE] {
        let stranger = town.staff(Role::CommitteeWorker, range);
        look(&stranger, "?purpose=service").is_problem(404, "not-found");
        put(&town, &stranger, &chen, "*", health(&[])).is_problem(404, "not-found");
        town.call("DELETE", &path(&chen)).by(&stranger).send().is_problem(404, "not-found");
    }
    // A head elsewhere who is a police officer here: the posts do not add up.
    let both = town.staff(Role::CommitteeHead, SIBLING);
    town.appoint(&both, Role::PoliceOfficer, OWN);
    look(&both, "?purpose=service").is_problem(403, "forbidden");
    let owner = town.resident();
    town.execute(&format!("UPDATE residents SET account_id = '{}'", owner.account));
    let told = town.get("/v1/me/disclosures").by(&owner).send();
    let items = told.is(200).body["items"].as_array().unwrap().clone();
    assert_eq!(items.len(), 2, "{items:?}");
    assert!(items.iter().all(|item| item["fields"] == json!(["health"])));
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE action = 'find_resident_health'"), 2);
}

fn condition(reply: &Reply, name: &str) -> Value {
    let items = reply.is(200).body["conditions"].as_array().unwrap();
    let item = items.iter().find(|item| item["condition"] == name).unwrap();
    assert_eq!(item["is_suppressed"], item["count"].is_null());
    item["count"].clone()
}

#[test]
fn others_are_told_numbers_from_which_nobody_can_be_told() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let neighbour = town.staff(Role::CommitteeWorker, SIBLING);
    for n in 0..8 {
        let who = enter(&town, &worker, draft("陈桂芳"));
        let conditions: &[&str] = if n < 7 { &["diabetes"] } else { &["stroke"] };
        put(&town, &worker, &who, "*", with(health(conditions), consent())).is(200);
    }
    let one = enter(&town, &neighbour, with(draft("王小明"), json!({ "division": SIBLING })));
    put(&town, &neighbour, &one, "*", with(health(&["diabetes"]), consent())).is(200);
    let ask = |by: &Person, division: &str| {
        town.get(&format!("/v1/health-summary?division={division}")).by(by).send()
    };
    let street = town.staff(Role::StreetOfficer, PARENT);
    let told = [PARENT, OWN, SIBLING].map(|division| condition(&ask(&street, division), "diabetes"));
    assert_eq!(told, [json!(5), json!(5), Value::Null]);
    assert_eq!(condition(&ask(&street, PARENT), "stroke"), Value::Null);
    let all = ask(&street, PARENT);
    assert_eq!((&all.body["people"], &all.body["mobility"][1]["count"]), (&json!(5), &json!(5)));
    assert_eq!(
        all.body["mobility"][0],
        json!({ "mobility": "independent", "count": null, "is_suppressed": true })
    );
    // Who may see each record is told each number.
    assert_eq!(condition(&ask(&worker, OWN), "diabetes"), json!(7));
    assert_eq!(
        (condition(&ask(&worker, OWN), "stroke"), ask(&worker, OWN).body["people"].clone()),
        (json!(1), json!(8))
    );
    for (by, division) in [(&worker, PARENT), (&worker, SIBLING), (&street, CITY), (&street, ELSEWHERE)] {
        ask(by, division).is_problem(403, "forbidden");
    }
    for counter in [Role::Dispatcher, Role::DepartmentOfficer] {
        let counter = town.staff(counter, PARENT);
        let told = [PARENT, OWN, SIBLING].map(|division| condition(&ask(&counter, division), "diabetes"));
        assert_eq!(told, [json!(5), json!(5), Value::Null]);
        town.get(&format!("{}?purpose=service", path(&one))).by(&counter).send().is_problem(403, "forbidden");
    }
    for other in [Role::Lawyer, Role::PropertyStaff] {
        ask(&town.staff(other, PARENT), PARENT).is_problem(403, "forbidden");
    }
    ask(&town.resident(), OWN).is_problem(403, "forbidden");
}
