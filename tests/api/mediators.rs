//! Rosters: one person for one term, seen whole by staff of the range and by themselves, and by everybody as far as they may choose.

use chrono::{Days, NaiveDate, TimeDelta};
use lilong::access::role::Role;
use lilong::kit::clock::{local_date, start_of};
use serde_json::{Value, json};

use crate::support::disputes::{put_case, put_seat};
use crate::support::mediation::desk;
use crate::support::power::organisation;
use crate::support::tags::id;
use crate::support::visits::ids;
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, SIBLING, Town};

const BASE: &str = "/v1/mediators";
const DISTRICT: &str = "310113000000";

fn day(town: &Town, ahead: u64) -> NaiveDate {
    local_date(town.now()) + Days::new(ahead)
}

#[test]
fn whoever_may_choose_one_is_told_the_name_and_what_they_know_and_no_more() {
    let desk = desk(Town::new());
    let town = &desk.town;
    let (xu, entry) = desk.mediator(json!({ "expertise": ["neighbour", "family", "neighbour"] }));
    let find = |by: &Person, entry: &str| town.get(&format!("{BASE}/{entry}")).by(by).send();
    let expected = json!({
        "id": entry, "kind": "mediator", "name": "徐志明", "expertise": ["neighbour", "family"],
        "languages": ["mandarin"], "record": null
    });
    let strangers = [
        town.resident(),
        town.staff(Role::StreetOfficer, "310101002000"),
        town.staff(Role::CommitteeHead, SIBLING),
        town.staff(Role::Lawyer, PARENT),
    ];
    for stranger in &strangers {
        let reply = find(stranger, &entry);
        assert_eq!(reply.is(200).body, expected);
        assert_eq!((reply.header("etag"), reply.header("cache-control")), ("", "no-store"));
        // What they are not told they can't ask for either.
        for asked in [format!("organisation={}", desk.committee), "status=active".into()] {
            assert!(ids(&town.get(&format!("{BASE}?{asked}")).by(stranger).send()).is_empty(), "{asked}");
        }
    }
    town.get(BASE).send().is_problem(401, "unauthenticated");
    let near = [
        desk.officer.clone(),
        town.staff(Role::JusticeOfficer, PARENT),
        town.staff(Role::PoliceOfficer, PARENT),
        town.staff(Role::DistrictOfficer, DISTRICT),
        town.staff(Role::CityOfficer, CITY),
        xu.clone(),
    ];
    for person in &near {
        let reply = find(person, &entry);
        let record = &reply.is(200).body["record"];
        assert_eq!(
            (&record["max_load"], &record["load"], &record["status"]),
            (&json!(5), &json!(0), &json!("active"))
        );
        assert_eq!((&record["account"], reply.header("etag")), (&json!(xu.account), "\"v1\""));
        assert!(!reply.text.contains(xu.phone.trim_start_matches("+86")), "a number: {}", reply.text);
    }
}

#[test]
fn whoever_does_not_serve_is_there_for_staff_alone_and_for_themselves() {
    let desk = desk(Town::new());
    let (town, resident) = (&desk.town, &desk.town.resident());
    let (xu, entry) = desk.mediator(json!({ "expertise": ["family"] }));
    let (_, idle) = desk.mediator(json!({ "languages": ["shanghainese", "sign_language"] }));
    let find = |by: &Person, entry: &str| town.get(&format!("{BASE}/{entry}")).by(by).send();
    let list = |by: &Person, query: &str| ids(&town.get(&format!("{BASE}{query}")).by(by).send());
    assert_eq!(list(resident, &format!("?division={PARENT}")), [entry.clone(), idle.clone()]);
    assert_eq!(list(resident, "?language=sign_language"), std::slice::from_ref(&idle));
    assert_eq!(list(resident, "?dispute_type=family&kind=mediator"), std::slice::from_ref(&entry));
    assert!(
        list(resident, &format!("?division={ELSEWHERE}")).is_empty()
            && list(resident, "?kind=lawyer").is_empty()
    );
    town.patch(&format!("{BASE}/{entry}"), "*", json!({ "status": "suspended" }))
        .by(&desk.officer)
        .send()
        .is(200);
    assert_eq!(find(resident, &entry).status, 404);
    assert_eq!(list(resident, ""), std::slice::from_ref(&idle));
    assert_eq!(find(&xu, &entry).is(200).body["record"]["is_standing"], false);
    assert_eq!(list(&desk.officer, "?status=suspended"), std::slice::from_ref(&entry));
    for (role, place) in [(Role::StreetOfficer, "310101002000"), (Role::DistrictOfficer, "310101000000")] {
        assert_eq!(find(&town.staff(role, place), &entry).status, 404);
    }
    let change =
        |by: &Person| town.patch(&format!("{BASE}/{entry}"), "*", json!({ "max_load": 9 })).by(by).send();
    change(resident).is_problem(404, "not-found");
    change(&town.staff(Role::DistrictOfficer, DISTRICT)).is_problem(403, "forbidden");
    assert_eq!(change(&town.staff(Role::JusticeOfficer, PARENT)).is(200).body["record"]["max_load"], 9);
}

#[test]
fn an_entry_is_one_term_of_somebody_with_the_fitting_post() {
    let desk = desk(Town::at("2026-03-02T02:00:00Z"));
    let town = &desk.town;
    let xu = town.staff(Role::Mediator, PARENT);
    let made = desk.enter(desk.entry(&xu, json!({ "name": null })));
    let record = &made.is(201).body["record"];
    assert_eq!((&record["starts_on"], &record["ends_on"]), (&json!("2026-03-02"), &json!("2029-03-01")));
    assert_eq!(made.body["name"], "陈阿姨", "what the account is called");
    let at_fault = |draft: Value, code: &str| {
        desk.enter(draft).is_problem(422, code).body["errors"][0]["pointer"].clone()
    };
    let unfit = "mediator-account-unfit";
    for person in [town.resident(), town.staff(Role::Lawyer, PARENT), town.staff(Role::Mediator, ELSEWHERE)] {
        assert_eq!(at_fault(desk.entry(&person, json!({})), unfit), "/account");
    }
    // A post of one committee does not make a mediator of the street; of that committee it does.
    let gu = town.staff(Role::Mediator, OWN);
    assert_eq!(at_fault(desk.entry(&gu, json!({})), unfit), "/account");
    desk.enter(desk.entry(&gu, json!({ "division": OWN }))).is(201);
    assert_eq!(at_fault(desk.entry(&gu, json!({ "account": lilong::kit::id::next() })), unfit), "/account");
    assert_eq!(at_fault(desk.entry(&gu, json!({ "account": null })), unfit), "/account");
    let far = organisation(town, "law_firm", "外滩律所", "310101002000");
    assert_eq!(
        at_fault(desk.entry(&xu, json!({ "organisation": far })), "mediator-organisation-unfit"),
        "/organisation"
    );
    let more = |more: Value| desk.entry(&town.staff(Role::Mediator, PARENT), more);
    assert_eq!(at_fault(more(json!({ "ends_on": "2029-03-02" })), "mediator-term-too-long"), "/ends_on");
    for term in [("2026-02-01", "2026-03-01"), ("2026-03-05", "2026-03-04")] {
        let draft = more(json!({ "starts_on": term.0, "ends_on": term.1 }));
        assert_eq!(at_fault(draft, "mediator-term-reversed"), "/ends_on");
    }
    for bad in [json!({ "expertise": [] }), json!({ "languages": ["latin"] }), json!({ "max_load": 0 })] {
        at_fault(more(bad), "field-invalid");
    }
}

#[test]
fn an_expert_may_be_nobody_s_account_and_nobody_enters_themselves() {
    let desk = desk(Town::new());
    let town = &desk.town;
    let at_fault = |draft: Value, code: &str| {
        desk.enter(draft).is_problem(422, code).body["errors"][0]["pointer"].clone()
    };
    let expert = |more: Value| {
        let draft = desk.entry(&desk.officer, json!({ "kind": "expert", "account": null, "name": "王教授" }));
        crate::support::archive::with(draft, more)
    };
    assert_eq!(at_fault(expert(json!({ "name": null })), "mediator-name-missing"), "/name");
    assert_eq!(desk.enter(expert(json!({}))).is(201).body["record"]["ends_on"], Value::Null);
    desk.enter(expert(json!({ "starts_on": "2030-01-01" }))).is_problem(409, "mediator-term-taken");
    // Not by oneself, and not where one has no say.
    town.appoint(&desk.officer, Role::Mediator, PARENT);
    desk.enter(desk.entry(&desk.officer, json!({}))).is_problem(409, "mediator-self-entered");
    for (role, place) in
        [(Role::StreetOfficer, "310101002000"), (Role::CommitteeHead, OWN), (Role::CityOfficer, CITY)]
    {
        let draft = desk.entry(&town.staff(Role::Mediator, PARENT), json!({}));
        town.post(BASE, draft).by(&town.staff(role, place)).send().is_problem(403, "forbidden");
    }
}

#[test]
fn terms_of_one_person_in_one_roster_do_not_overlap() {
    let desk = desk(Town::at("2026-03-02T02:00:00Z"));
    let town = &desk.town;
    let xu = town.staff(Role::Mediator, PARENT);
    let made = desk.enter(desk.entry(&xu, json!({})));
    // The next begins the day after.
    let next = |from: &str| desk.enter(desk.entry(&xu, json!({ "starts_on": from })));
    next("2029-03-01").is_problem(409, "mediator-term-taken");
    let chosen_again = id(&next("2029-03-02"));
    let path = format!("{BASE}/{}", id(&made));
    let change = |version: &str, body: Value| town.patch(&path, version, body).by(&desk.officer()).send();
    change("\"v1\"", json!({ "ends_on": "2029-03-02" })).is_problem(422, "mediator-term-too-long");
    change("\"v1\"", json!({ "ends_on": null })).is_problem(422, "mediator-term-reversed");
    change("\"v1\"", json!({ "ends_on": "2026-03-01" })).is_problem(422, "mediator-term-reversed");
    change("\"v1\"", json!({ "status": "removed" })).is(200);
    change("\"v1\"", json!({ "max_load": 3 })).is_problem(412, "version-stale");
    town.call("PATCH", &path)
        .json(&json!({ "max_load": 3 }))
        .by(&desk.officer)
        .send()
        .is_problem(428, "if-match-missing");
    // Whoever was removed is in nobody's way, and does not come back beside who took the term.
    let again = next("2026-06-01");
    again.is_problem(409, "mediator-term-taken");
    let short = json!({ "starts_on": "2026-06-01", "ends_on": "2029-03-01" });
    desk.enter(desk.entry(&xu, short)).is(201);
    change("\"v2\"", json!({ "status": "active" })).is_problem(409, "mediator-term-taken");
    assert_eq!(town.count("SELECT count(*) FROM mediators WHERE status = 'removed'"), 1);
    town.get(&format!("{BASE}/{chosen_again}")).by(&town.resident()).send().is_problem(404, "not-found");
}

#[test]
fn entered_twice_at_once_somebody_stands_there_once_and_to_the_end_of_the_last_day() {
    let desk = desk(Town::at("2026-03-02T02:00:00Z"));
    let town = &desk.town;
    for _ in 0..4 {
        let person = town.staff(Role::Mediator, PARENT);
        let statuses = std::thread::scope(|scope| {
            let tries = [0, 1].map(|_| scope.spawn(|| desk.enter(desk.entry(&person, json!({}))).status));
            tries.map(|one| one.join().unwrap())
        });
        assert!(statuses == [201, 409] || statuses == [409, 201], "{statuses:?}");
    }
    let last = day(town, 2);
    let (_, entry) = desk.mediator(json!({ "ends_on": last }));
    let resident = town.resident();
    let seen = || town.get(&format!("{BASE}/{entry}")).by(&town.later(&resident)).send().status;
    town.clock.advance(start_of(last + Days::new(1)) - town.now() - TimeDelta::seconds(2));
    assert_eq!(seen(), 200);
    town.clock.advance(TimeDelta::seconds(3));
    assert_eq!(seen(), 404);
    let record = town.get(&format!("{BASE}/{entry}")).by(&desk.officer()).send();
    assert_eq!(record.is(200).body["record"]["is_standing"], false);
}

#[test]
fn who_fits_best_is_proposed_first_and_says_why() {
    let desk = desk(Town::new());
    let town = &desk.town;
    let (_, street) = desk.mediator(json!({}));
    let (_, signing) = desk.mediator(json!({ "expertise": ["debt"], "languages": ["sign_language"] }));
    let local = town.staff(Role::Mediator, OWN);
    let local = id(&desk.enter(desk.entry(&local, json!({ "division": OWN, "is_part_time": true }))));
    let beside = town.staff(Role::Mediator, SIBLING);
    desk.enter(desk.entry(&beside, json!({ "division": SIBLING }))).is(201);
    let lawyer = town.staff(Role::Lawyer, PARENT);
    let lawyer = id(&desk.enter(desk.entry(&lawyer, json!({ "kind": "lawyer" }))));
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let asked = |by: &Person, more: &str| {
        let path = format!("/v1/mediator-proposals?division={OWN}&dispute_type=neighbour{more}");
        town.get(&path).by(by).send()
    };
    let order = |more: &str| -> Vec<String> {
        let items = asked(&worker, more).is(200).body["items"].as_array().unwrap().clone();
        items.iter().map(|one| one["mediator"].as_str().unwrap().to_owned()).collect()
    };
    let all = asked(&worker, "");
    let first = &all.is(200).body["items"][0];
    assert_eq!(first["reasons"], json!(["expertise", "near", "free", "part_time"]));
    assert_eq!((&first["load"], &first["max_load"], &first["is_fit"]), (&json!(0), &json!(5), &json!(true)));
    assert_eq!(order(""), [local.clone(), street.clone(), signing.clone()]);
    assert_eq!(order(&format!("&excluding={local},{street}")), std::slice::from_ref(&signing));
    assert_eq!(order("&limit=1"), std::slice::from_ref(&local));
    assert_eq!(order("&kind=lawyer"), [lawyer]);
    assert_eq!(order("&language=sign_language")[0], signing);
    assert_eq!(asked(&worker, "&language=sign_language").body["items"][1]["is_fit"], false);
    town.patch(&format!("{BASE}/{street}"), "*", json!({ "status": "suspended" }))
        .by(&desk.officer)
        .send()
        .is(200);
    assert_eq!(order(""), [local, signing]);
    for nobody in
        [town.staff(Role::CommitteeWorker, SIBLING), town.resident(), town.staff(Role::Mediator, PARENT)]
    {
        asked(&nobody, "").is_problem(403, "forbidden");
    }
    asked(&worker, "&excluding=x").is_problem(400, "query-invalid");
    asked(&worker, "&limit=0").is_problem(400, "query-invalid");
    town.get("/v1/mediator-proposals").send().is_problem(401, "unauthenticated");
}

#[test]
fn what_somebody_carries_is_the_open_cases_they_sit_in_and_who_is_full_comes_last() {
    let desk = desk(Town::new());
    let town = &desk.town;
    let (xu, first) = desk.mediator(json!({ "max_load": 2 }));
    let (_, second) = desk.mediator(json!({ "max_load": 2 }));
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let told = || {
        let path = format!("/v1/mediator-proposals?division={OWN}&dispute_type=neighbour");
        let items = town.get(&path).by(&worker).send().is(200).body["items"].as_array().unwrap().clone();
        let told = |one: &Value| json!([one["mediator"], one["load"], one["is_fit"]]);
        json!(items.iter().map(told).collect::<Vec<Value>>())
    };
    assert_eq!(told(), json!([[first, 0, true], [second, 0, true]]));
    let [one, two, over] = ["in_mediation", "registered", "closed"].map(|state| put_case(town, state));
    let seat = put_seat(town, one, "mediator", xu.account, "accepted");
    put_seat(town, over, "mediator", xu.account, "accepted");
    put_seat(town, two, "mediator", xu.account, "declined");
    assert_eq!(told(), json!([[second, 0, true], [first, 1, true]]));
    put_seat(town, two, "mediator", xu.account, "asked");
    assert_eq!(told(), json!([[second, 0, true], [first, 2, false]]));
    let record = town.get(&format!("{BASE}/{first}")).by(&xu).send();
    assert_eq!(record.is(200).body["record"]["load"], 2);
    let list = town.get(&format!("{BASE}?division={PARENT}")).by(&desk.officer).send();
    assert_eq!(list.is(200).body["items"][0]["record"]["load"], 2);
    town.execute(&format!("UPDATE mediation_seats SET state = 'left', left_at = now() WHERE id = '{seat}'"));
    assert_eq!(told(), json!([[second, 0, true], [first, 1, true]]));
}
