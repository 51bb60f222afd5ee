//! 排查: a campaign looks, notes what it sees, tells at once of danger, and hands to mediation what needs it, once.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::disputes::case_seen;
use crate::support::petitions::{again, at, id, neighbour, officer, organisation, tasks};
use crate::support::screening::{begin, leads_of, make_case, note, settle};
use crate::support::table::resident_of;
use crate::support::{ELSEWHERE, OWN, PARENT, Person, SIBLING, Town};

/// A street that looks, a committee with its people, and a quarrel of 赵 with the floor above.
struct Campaign {
    town: Town,
    police: Person,
    head: Person,
    street: Person,
    worker: Person,
    sibling: Person,
    zhao: Person,
    committee: String,
    screening: String,
}

fn campaign() -> Campaign {
    let town = Town::at("2026-03-02T02:00:00Z");
    let station = organisation(&town, "友谊路派出所", "police_station", PARENT);
    let committee = organisation(&town, "宝钢五村居委会", "residents_committee", OWN);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let screening = id(&begin(&town, &street, json!({})).is(201).body);
    Campaign {
        police: officer(&town, Role::PoliceOfficer, PARENT, station),
        head: officer(&town, Role::CommitteeHead, OWN, committee),
        worker: town.staff(Role::CommitteeWorker, OWN),
        sibling: town.staff(Role::CommitteeWorker, SIBLING),
        zhao: neighbour(&town, OWN),
        committee: committee.to_string(),
        street,
        screening,
        town,
    }
}

impl Campaign {
    /// A lead about 赵 and the floor above; its address.
    fn lead(&self, more: Value) -> String {
        let resident = resident_of(&self.town, &self.zhao);
        let who = json!([{ "side": "applicant", "resident": resident }, { "side": "respondent", "name": "楼上钱先生" }]);
        let more = crate::support::archive::with(json!({ "parties": who }), more);
        let made = note(&self.town, &self.worker, &self.screening, more);
        let named: Vec<_> =
            made.is(201).body["parties"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
        assert_eq!(named, [json!("陈桂芳"), json!("楼上钱先生")]);
        made.header("location").to_owned()
    }

    fn waits(&self, by: &Person) -> String {
        tasks(&self.town, by).join(" ")
    }
}

#[test]
fn what_is_dangerous_is_told_at_once() {
    let one = campaign();
    let path = one.lead(json!({}));
    // A next look is the committee's; nobody else is told of what is harmless.
    assert_eq!((one.waits(&one.worker), one.waits(&one.sibling)), ("look_again".into(), String::new()));
    assert_eq!((one.waits(&one.street), one.waits(&one.police)), (String::new(), String::new()));
    let raised = json!({ "risk_level": "high", "seen": "楼道推搡，扬言报复。", "next_look_on": null });
    let raise = |body: Value| one.town.patch(&path, "\"v1\"", body).by(&one.worker).send();
    raise(raised.clone()).is(200);
    raise(raised).is_problem(412, "version-stale");
    // 人民调解法 25.
    assert_eq!((one.waits(&one.street), one.waits(&one.police)), ("watch_risk".into(), "watch_risk".into()));
    assert_eq!((one.waits(&one.worker), one.waits(&one.sibling)), (String::new(), String::new()));
    let seen = one.town.get(&path).by(&one.police).send();
    assert_eq!(seen.is(200).body["seen"], "楼道推搡，扬言报复。");
    settle(&one.town, &one.worker, &path).is(201);
    assert_eq!((one.waits(&one.street), one.waits(&one.police)), (String::new(), String::new()));
    for by in [&one.street, &one.worker] {
        settle(&one.town, by, &path).is_problem(409, "screening-lead-ended");
    }
    let again = one.town.patch(&path, "*", json!({ "seen": "x" })).by(&one.worker).send();
    again.is_problem(409, "screening-lead-ended");
    let trail = one.town.text("SELECT string_agg(detail::text, '') FROM audit_events");
    assert!(trail.contains("high") && !trail.contains("推搡") && !trail.contains("钱先生"));
}

#[test]
fn a_lead_becomes_one_case_however_many_ask_at_once() {
    let one = campaign();
    let path = one.lead(json!({ "risk_level": "high", "seen": "楼道推搡，扬言报复。" }));
    let codes: Vec<(u16, String)> = std::thread::scope(|scope| {
        let make = || {
            let reply = make_case(&one.town, &one.worker, &path, json!({}));
            (reply.status, reply.code().to_owned())
        };
        let tries: Vec<_> = (0..6).map(|_| scope.spawn(make)).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let late: Vec<_> = codes.iter().filter(|(status, _)| *status != 201).collect();
    assert_eq!(late.len(), 5, "{codes:?}");
    assert!(late.iter().all(|(_, code)| code == "screening-lead-ended" || code == "busy"), "{codes:?}");
    assert_eq!(one.town.count("SELECT count(*) FROM mediation_cases"), 1);
    assert_eq!((one.waits(&one.street), one.waits(&one.police)), (String::new(), String::new()));
    let seen = one.town.get(&path).by(&one.worker).send().is(200).body.clone();
    let case = id(&seen["case"]);
    assert_eq!((&seen["state"], &seen["case"]["state"]), (&json!("became_case"), &json!("registered")));
    // The committee mediates it; what staff saw is for the table, not for whom it is about.
    let office = case_seen(&one.town, &one.head, &case);
    assert_eq!((&office["source"], &office["office"]["id"]), (&json!("screening"), &json!(one.committee)));
    assert_eq!((&office["risk_note"], &office["is_violent"]), (&json!("楼道推搡，扬言报复。"), &json!(true)));
    assert_eq!(office["parties"].as_array().unwrap().len(), 2);
    let of_party = one.town.get(&format!("/v1/mediation-cases/{case}")).by(&one.zhao).send();
    assert!(of_party.is(200).body["read_as"] == "party" && !of_party.text.contains("推搡"));
}

#[test]
fn nobody_whom_it_is_about_reads_it_but_their_copy_says_that_there_is_one() {
    let one = campaign();
    let path = one.lead(json!({ "seen": "楼道推搡。" }));
    one.town.get(&path).by(&one.zhao).send().is_problem(403, "forbidden");
    let copy = one.town.call("POST", "/v1/me/data-exports").by(&one.zhao).send();
    let copy = crate::data_exports::wait(&one.town, &one.zhao, copy.is(202).header("location"));
    let copy = one.town.get(copy["content_url"].as_str().unwrap()).by(&one.zhao).send();
    assert_eq!(copy.is(200).body["screening_leads"][0]["dispute_type"], "neighbour");
    assert!(!copy.text.contains("推搡"));
    // Another committee learns nothing of what was seen: not even how much.
    let counts = format!("/v1/screenings/{}/counts", one.screening);
    let total = |by: &Person| one.town.get(&counts).by(by).send().is(200).body["total"].clone();
    assert_eq!((total(&one.street), total(&one.sibling)), (json!(1), json!(0)));
    assert_eq!(leads_of(&one.town, &one.sibling, &one.screening, ""), [""; 0]);
    one.town.get(&path).by(&one.sibling).send().is_problem(404, "not-found");
    // A lead is found below its own screening alone.
    let other = id(&begin(&one.town, &one.street, json!({})).is(201).body);
    one.town.get(&path.replace(&one.screening, &other)).by(&one.worker).send().is_problem(404, "not-found");
}

#[test]
fn a_campaign_looks_where_it_is_said() {
    let Campaign { town, street, worker, sibling, .. } = campaign();
    let elsewhere = town.staff(Role::StreetOfficer, ELSEWHERE);
    for (more, code) in [
        (json!({ "ends_on": "2026-02-01" }), "screening-period-unfit"),
        (json!({ "ends_on": "2028-02-01" }), "screening-period-unfit"),
        (json!({ "divisions": [ELSEWHERE] }), "screening-divisions-unfit"),
        (json!({ "divisions": ["310113003999"] }), "screening-division-unknown"),
    ] {
        begin(&town, &street, more).is_problem(422, code);
    }
    begin(&town, &worker, json!({ "division": OWN })).is_problem(403, "forbidden");
    begin(&town, &elsewhere, json!({})).is_problem(403, "forbidden");
    let made = begin(&town, &street, json!({ "divisions": [OWN] }));
    let (screening, path) = (id(&made.is(201).body), made.header("location").to_owned());
    // Below it is known, too; elsewhere it is not.
    town.get(&path).by(&sibling).send().is(200);
    town.get(&path).by(&elsewhere).send().is_problem(404, "not-found");
    town.get(&path).by(&town.resident()).send().is_problem(403, "forbidden");
    town.patch(&path, "*", json!({ "title": "x" })).by(&worker).send().is_problem(403, "forbidden");
    let beside = note(&town, &sibling, &screening, json!({ "division": SIBLING }));
    beside.is_problem(422, "screening-lead-division-unfit");
    let party = |one: Value| json!({ "parties": [one] });
    let unknown = lilong::kit::id::next();
    for (more, code) in [
        (json!({ "division": SIBLING }), "forbidden"),
        (party(json!({ "side": "third" })), "screening-lead-party-unfit"),
        (party(json!({ "side": "third", "resident": unknown })), "mediation-resident-unknown"),
        (party(json!({ "side": "third", "organisation": unknown })), "mediation-organisation-unknown"),
        (json!({ "dwelling": unknown }), "screening-lead-dwelling-unknown"),
    ] {
        assert_eq!(note(&town, &worker, &screening, more).code(), code);
    }
    let third = json!({ "side": "third", "resident": resident_of(&town, &neighbour(&town, OWN)) });
    note(&town, &worker, &screening, json!({ "parties": [third, third] }))
        .is_problem(422, "screening-lead-party-twice");
}

#[test]
fn it_counts_what_it_saw_and_what_became_of_it() {
    let Campaign { town, street, worker, committee, screening, .. } = campaign();
    let noted = |level: &str| {
        let made = note(&town, &worker, &screening, json!({ "risk_level": level }));
        made.is(201).header("location").to_owned()
    };
    let [low, medium, high] = ["low", "medium", "high"].map(noted);
    make_case(&town, &worker, &low, json!({})).is_problem(409, "screening-lead-parties-missing");
    settle(&town, &worker, &low).is(201);
    make_case(&town, &worker, &low, json!({})).is_problem(409, "screening-lead-ended");
    // An organisation in dispute does not mediate it; what the parties read may be said.
    let who = json!([{ "side": "applicant", "name": "赵先生" }, { "side": "respondent", "organisation": committee }]);
    let named = town.patch(&medium, "*", json!({ "parties": who, "next_look_on": null })).by(&worker).send();
    named.is(200);
    make_case(&town, &worker, &medium, json!({ "facts": "公共收益分配争议。" })).is(201);
    assert_eq!(town.text("SELECT facts FROM mediation_cases"), "公共收益分配争议。");
    let received = "holder_id IS NULL AND first_receiver_id IS NOT NULL";
    assert_eq!(town.count(&format!("SELECT count(*) FROM matters WHERE {received}")), 1);
    let path = format!("/v1/screenings/{screening}");
    let all = town.get(&format!("{path}/counts")).by(&street).send().is(200).body.clone();
    let of = |at: usize| {
        ["open", "settled", "became_cases"].map(|field| all["levels"][at][field].as_i64().unwrap())
    };
    assert_eq!((of(0), of(1), of(2), &all["total"]), ([0, 1, 0], [0, 0, 1], [1, 0, 0], &json!(3)));
    assert_eq!(leads_of(&town, &worker, &screening, "risk_level=high").len(), 1);
    assert_eq!(leads_of(&town, &worker, &screening, "state=open").len(), 1);
    // Over, nothing new is noted, and what is open is still handled.
    at(&town, "2026-04-01T02:00:00Z");
    let (worker, street) = (again(&town, &worker), again(&town, &street));
    note(&town, &worker, &screening, json!({})).is_problem(409, "screening-not-running");
    town.patch(&path, "*", json!({ "ends_on": "2026-04-30" })).by(&street).send().is(200);
    note(&town, &worker, &screening, json!({})).is(201);
    let close = || town.post(&format!("{path}/closure"), json!({ "note": "均已处置。" })).by(&street).send();
    close().is(201);
    close().is_problem(409, "screening-closed");
    town.patch(&path, "*", json!({ "title": "x" })).by(&street).send().is_problem(409, "screening-closed");
    note(&town, &worker, &screening, json!({})).is_problem(409, "screening-not-running");
    settle(&town, &worker, &high).is(201);
    let closed = town.get("/v1/screenings?is_closed=true").by(&worker).send();
    assert_eq!(closed.is(200).body["items"][0]["closing_note"], "均已处置。");
}
