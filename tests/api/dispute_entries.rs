//! 解纷一件事: a dispute is told once, goes where it belongs, and comes back.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::disputes::{at_table, case_seen};
use crate::support::petitions::{again, at, id, key, named, neighbour, officer, organisation, tasks};
use crate::support::table::resident_of;
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

fn noise(more: Value) -> Value {
    let body = json!({
        "dispute_type": "neighbour", "facts": "楼上深夜拖动家具。", "wanted": "晚十点后安静。", "place": "247号502室",
        "other": { "name": "楼上钱先生", "phone": "13800000166" }
    });
    with(body, more)
}

#[track_caller]
fn tell(town: &Town, by: &Person, body: Value) -> Reply {
    town.post("/v1/dispute-entries", body).header("Idempotency-Key", &key()).by(by).send()
}

#[track_caller]
fn entry_seen(town: &Town, by: &Person, entry: &str) -> Value {
    town.get(&format!("/v1/dispute-entries/{entry}")).by(by).send().is(200).body.clone()
}

#[track_caller]
fn step(town: &Town, by: &Person, entry: &str, part: &str, body: Value) -> Reply {
    town.post(&format!("/v1/dispute-entries/{entry}/{part}"), body).by(by).send()
}

fn listed(town: &Town, by: &Person, query: &str) -> Vec<String> {
    let page = town.get(&format!("/v1/dispute-entries?{query}")).by(by).send();
    page.is(200).body["items"].as_array().expect("items").iter().map(id).collect()
}

#[test]
fn what_is_mediated_is_a_case_at_once_and_the_entrant_sees_how_it_goes() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let committee = organisation(&town, "宝钢五村居委会", "residents_committee", OWN);
    let head = officer(&town, Role::CommitteeHead, OWN, committee);
    let (zhao, stranger) = (neighbour(&town, OWN), neighbour(&town, OWN));
    let key = key();
    let send = || {
        town.post("/v1/dispute-entries", noise(json!({}))).header("Idempotency-Key", &key).by(&zhao).send()
    };
    let told = send();
    assert_eq!(send().is(201).body, told.body, "told twice, it is one");
    let view = &told.is(201).body;
    assert_eq!(
        (&view["route"], &view["state"], &view["read_as"]),
        (&json!("mediation"), &json!("mediated"), &json!("entrant"))
    );
    assert!(view["telling"]["legal_basis"].as_str().unwrap().contains("人民调解法"));
    let (entry, case) = (id(view), id(&view["case"]));
    assert_eq!(town.count("SELECT count(*) FROM mediation_cases"), 1);
    assert_eq!(town.text("SELECT coalesce(first_receiver_id::text, 'nobody') FROM matters"), "nobody");
    // Without being told again: both sides, the words, the numbers, the committee's office.
    let of_head = case_seen(&town, &head, &case);
    assert_eq!((&of_head["read_as"], &of_head["source"]), (&json!("office"), &json!("dispute_entry")));
    assert_eq!((&of_head["office"]["id"], &of_head["claims"]), (&json!(committee), &json!("晚十点后安静。")));
    assert_eq!(of_head["facts"], "楼上深夜拖动家具。\n地点：247号502室");
    let parties = of_head["parties"].as_array().unwrap();
    assert_eq!((&parties[0]["name"], &parties[0]["side"]), (&json!("陈桂芳"), &json!("applicant")));
    assert_eq!(
        (&parties[1]["name"], &parties[1]["phone"]),
        (&json!("楼上钱先生"), &json!("+86 138****0166"))
    );
    assert!(parties[0]["phone"].as_str().unwrap().contains("****"));
    assert_eq!(case_seen(&town, &zhao, &case)["read_as"], "party");
    assert_eq!(
        (tasks(&town, &zhao), tasks(&town, &head)),
        (vec!["consent".to_owned()], vec!["accept".to_owned()])
    );
    // It moves with its case, its ETag too.
    let path = format!("/v1/dispute-entries/{entry}");
    let seen = town.get(&path).by(&zhao).send().is(200).header("etag").to_owned();
    at_table(&town, &head, &case, "acceptance", json!({})).is(200);
    let moved = town.get(&path).header("If-None-Match", &seen).by(&zhao).send();
    assert_eq!(
        (&moved.is(200).body["case"]["state"], &moved.body["case"]["routes"]),
        (&json!("accepted"), &json!([]))
    );
    at_table(&town, &zhao, &case, "consents", json!({ "is_agreed": false })).is(200);
    // Refused, its other ways are those of the case: one place says them.
    let ended = entry_seen(&town, &zhao, &entry);
    assert_eq!(ended["case"]["routes"], case_seen(&town, &zhao, &case)["routes"]);
    assert!(ended["case"]["routes"].as_array().unwrap().contains(&json!("litigation")));
    // A case is refused in its own place, never handed on here.
    step(&town, &head, &entry, "handover", json!({ "route": "court", "reason": "x" }))
        .is_problem(403, "forbidden");
    // Who has the range is told that there is one; others nothing.
    let over = town.get(&path).by(&head).send();
    assert_eq!((&over.is(200).body["read_as"], &over.body["telling"]), (&json!("overseer"), &json!(null)));
    assert!(!over.text.contains("拖动") && !over.text.contains("钱先生"));
    for nobody in [
        stranger,
        town.staff(Role::CommitteeHead, SIBLING),
        town.staff(Role::Mediator, OWN),
        town.staff(Role::DistrictOfficer, ELSEWHERE),
    ] {
        town.get(&path).by(&nobody).send().is_problem(404, "not-found");
        for of in ["own", "range", "received"] {
            assert_eq!(listed(&town, &nobody, &format!("of={of}")), [""; 0]);
        }
    }
    assert_eq!(listed(&town, &zhao, ""), [entry.as_str()]);
    assert_eq!(listed(&town, &head, "route=mediation"), [entry.as_str()]);
    assert_eq!(listed(&town, &head, "route=police"), [""; 0]);
    let list = town.get("/v1/dispute-entries").by(&town.staff(Role::CityOfficer, CITY)).send();
    assert!(list.text.contains(&entry) && !list.text.contains("拖动") && !list.text.contains("钱先生"));
}

#[test]
fn what_is_not_for_mediation_goes_to_who_it_is_for_and_comes_back() {
    let town = Town::new();
    let station = organisation(&town, "友谊路派出所", "police_station", PARENT);
    let office = organisation(&town, "友谊路司法所", "justice_office", PARENT);
    let police = officer(&town, Role::PoliceOfficer, PARENT, station);
    let justice = officer(&town, Role::JusticeOfficer, PARENT, office);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let zhao = neighbour(&town, OWN);
    let ways = [
        (json!({ "grounds": ["no_means"], "dispute_type": "labour" }), "legal_aid", json!(office)),
        (json!({ "grounds": ["no_means", "sued"] }), "court", json!(null)),
        (json!({ "grounds": ["sued", "violence", "violence"] }), "police", json!(station)),
    ];
    let sent = ways.map(|(more, route, to)| {
        let view = tell(&town, &zhao, noise(more)).is(201).body.clone();
        assert_eq!(
            (&view["route"], &view["organisation"]["id"], &view["state"]),
            (&json!(route), &to, &json!("sent"))
        );
        id(&view)
    });
    let [aid, court, danger] = &sent;
    assert_eq!(town.count("SELECT count(*) FROM mediation_cases"), 0);
    assert_eq!(
        (tasks(&town, &police), tasks(&town, &justice)),
        (vec!["answer_entry".to_owned()], vec!["answer_entry".to_owned()])
    );
    // Where there is no court, the street looks after it.
    assert_eq!(tasks(&town, &street), ["answer_entry"]);
    assert_eq!(listed(&town, &police, "of=received"), [danger.as_str()]);
    assert_eq!(listed(&town, &police, "of=range"), [""; 0]);
    let whole = entry_seen(&town, &police, danger);
    assert_eq!(
        (&whole["read_as"], &whole["telling"]["facts"]),
        (&json!("receiver"), &json!("楼上深夜拖动家具。"))
    );
    assert_eq!(whole["telling"]["grounds"], json!(["sued", "violence"]));
    assert_eq!(
        (&whole["telling"]["whose"]["name"], &whole["telling"]["other"]["phone"]),
        (&json!("陈桂芳"), &json!("+86 138****0166"))
    );
    // Nobody but who received it answers it.
    let answer = json!({ "outcome": "已出警，双方已分开。" });
    step(&town, &justice, danger, "answer", answer.clone()).is_problem(403, "forbidden");
    step(&town, &street, danger, "answer", answer.clone()).is_problem(403, "forbidden");
    step(&town, &police, aid, "answer", answer.clone()).is_problem(404, "not-found");
    step(&town, &zhao, danger, "answer", answer.clone()).is_problem(403, "forbidden");
    assert_eq!(step(&town, &police, danger, "acceptance", json!({})).is(201).body["state"], "accepted");
    step(&town, &police, danger, "acceptance", json!({})).is_problem(409, "dispute-entry-state-unfit");
    step(&town, &police, danger, "answer", answer.clone()).is(201);
    for (part, body) in [
        ("answer", answer.clone()),
        ("handover", json!({ "route": "court", "reason": "x" })),
        ("acceptance", json!({})),
    ] {
        step(&town, &police, danger, part, body).is_problem(409, "dispute-entry-state-unfit");
    }
    let back = entry_seen(&town, &zhao, danger);
    assert_eq!((&back["state"], &back["telling"]["outcome"]), (&json!("answered"), &answer["outcome"]));
    assert_eq!(tasks(&town, &police), [""; 0]);
    let over = entry_seen(&town, &street, danger);
    assert_eq!((&over["state"], &over["telling"]), (&json!("answered"), &json!(null)));
    // The street answers for the court that is not on the map.
    step(&town, &police, court, "answer", answer.clone()).is_problem(404, "not-found");
    step(&town, &street, court, "answer", answer).is(201);
}

#[test]
fn what_is_not_theirs_is_handed_on_once_and_the_entrant_is_told() {
    let town = Town::with(|settings| settings.seats = 4);
    let station = organisation(&town, "友谊路派出所", "police_station", PARENT);
    let office = organisation(&town, "友谊路司法所", "justice_office", PARENT);
    let police = officer(&town, Role::PoliceOfficer, PARENT, station);
    let justice = officer(&town, Role::JusticeOfficer, PARENT, office);
    let zhao = neighbour(&town, OWN);
    let told = || id(&tell(&town, &zhao, noise(json!({ "grounds": ["crime"] }))).is(201).body);
    let on = |route: &str| json!({ "route": route, "reason": "未见违法，属一般纠纷。" });
    let entry = told();
    step(&town, &police, &entry, "handover", on("police")).is_problem(422, "dispute-entry-route-same");
    step(&town, &police, &entry, "acceptance", json!({})).is(201);
    let handed = step(&town, &police, &entry, "handover", on("legal_aid"));
    assert_eq!(
        (&handed.is(201).body["organisation"]["id"], &handed.body["state"]),
        (&json!(office), &json!("sent"))
    );
    assert!(!handed.text.contains("拖动"), "whoever handed it on reads it no more");
    town.get(&format!("/v1/dispute-entries/{entry}")).by(&police).send().is_problem(404, "not-found");
    let seen = entry_seen(&town, &zhao, &entry);
    assert_eq!(
        (&seen["telling"]["handover"]["from"], &seen["telling"]["accepted_at"]),
        (&json!("police"), &json!(null))
    );
    assert_eq!(seen["telling"]["handover"]["reason"], "未见违法，属一般纠纷。");
    assert_eq!(
        (tasks(&town, &zhao), tasks(&town, &justice)),
        (vec!["note_handover".to_owned()], vec!["answer_entry".to_owned()])
    );
    step(&town, &justice, &entry, "handover", on("mediation"))
        .is_problem(409, "dispute-entry-handed-already");
    step(&town, &justice, &entry, "acceptance", json!({})).is(201);
    assert_eq!(tasks(&town, &zhao), [""; 0]);
    // To mediation: the case is there, and both who hand it on at once make one.
    let entry = told();
    let codes: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| step(&town, &police, &entry, "handover", on("mediation")).status))
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(codes.iter().filter(|code| **code == 201).count(), 1, "{codes:?}");
    assert_eq!(town.count("SELECT count(*) FROM mediation_cases"), 1);
    let case = id(&entry_seen(&town, &zhao, &entry)["case"]);
    assert_eq!(case_seen(&town, &zhao, &case)["read_as"], "party");
    let phones = town.count("SELECT count(*) FROM mediation_parties WHERE phone_sealed IS NOT NULL");
    assert_eq!((phones, tasks(&town, &zhao)), (2, vec!["consent".to_owned()]));
    // Whoever handed it on is told that there is a case, as who referred it.
    assert_eq!(case_seen(&town, &police, &case)["read_as"], "overseer");
}

#[test]
fn staff_tell_it_for_somebody_and_the_other_side_learns_nothing() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let company = organisation(&town, "友谊物业", "property_company", OWN);
    let committee = organisation(&town, "宝钢五村居委会", "residents_committee", OWN);
    let boss = officer(&town, Role::PropertyStaff, OWN, company);
    let accused = officer(&town, Role::CommitteeHead, OWN, committee);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let li = neighbour(&town, OWN);
    let resident = resident_of(&town, &li);
    let for_li =
        |more: Value| with(noise(json!({ "division": OWN, "on_behalf": { "resident": resident } })), more);
    let entry = id(&tell(
        &town,
        &worker,
        for_li(json!({ "grounds": ["crime"], "other": { "organisation": company } })),
    )
    .is(201)
    .body);
    // Whose it is sees it as if they had told it; who told it, too.
    for by in [&li, &worker] {
        let seen = entry_seen(&town, by, &entry);
        assert_eq!(
            (&seen["read_as"], &seen["telling"]["other"]["name"]),
            (&json!("entrant"), &json!("友谊物业"))
        );
    }
    town.get(&format!("/v1/dispute-entries/{entry}")).by(&boss).send().is_problem(404, "not-found");
    // The committee itself is the other side: it does not mediate that, nor is it told.
    let against = tell(&town, &worker, for_li(json!({ "other": { "organisation": committee } })));
    let against = id(&against.is(201).body);
    assert_eq!(town.count("SELECT count(*) FROM matters WHERE holder_id IS NULL"), 1);
    town.get(&format!("/v1/dispute-entries/{against}")).by(&accused).send().is_problem(404, "not-found");
    assert_eq!(listed(&town, &accused, "of=range"), [entry.as_str()]);
    // What can't be.
    for (more, code) in [
        (json!({ "division": null }), "dispute-entry-division-not-committee"),
        (json!({ "on_behalf": {} }), "dispute-entry-person-unfit"),
        (json!({ "on_behalf": { "resident": resident, "name": "x" } }), "dispute-entry-person-unfit"),
        (json!({ "on_behalf": { "resident": lilong::kit::id::next() } }), "mediation-resident-unknown"),
        (json!({ "other": {} }), "dispute-entry-other-unfit"),
        (json!({ "other": { "name": "x", "organisation": company } }), "dispute-entry-other-unfit"),
        (json!({ "other": { "organisation": lilong::kit::id::next() } }), "mediation-organisation-unknown"),
    ] {
        tell(&town, &worker, for_li(more)).is_problem(422, code);
    }
    let justice = town.staff(Role::JusticeOfficer, PARENT);
    tell(&town, &justice, for_li(json!({}))).is_problem(422, "mediation-resident-unknown");
    tell(&town, &justice, for_li(json!({ "on_behalf": { "name": "路人", "phone": "13800000199" } }))).is(201);
    let elsewhere = town.staff(Role::CommitteeWorker, SIBLING);
    tell(&town, &elsewhere, for_li(json!({}))).is_problem(403, "forbidden");
    tell(&town, &li, for_li(json!({}))).is_problem(403, "forbidden");
    // One tells it where one lives, and not a hundred times.
    tell(&town, &town.resident(), noise(json!({}))).is_problem(409, "dispute-entry-residency-missing");
    tell(&town, &li, noise(json!({ "division": SIBLING })))
        .is_problem(409, "dispute-entry-residency-missing");
    for _ in 0..5 {
        tell(&town, &li, noise(json!({ "grounds": ["sued"] }))).is(201);
    }
    tell(&town, &li, noise(json!({}))).is_problem(429, "dispute-entry-too-many");
    at(&town, "2026-03-03T02:00:00Z");
    tell(&town, &again(&town, &li), noise(json!({}))).is(201);
    // A minor is spoken for; but not to call the police.
    let boy = neighbour(&town, OWN);
    named(&town, &boy, "小明");
    town.execute(&format!(
        "UPDATE residents SET born_on = '2010-01-01' WHERE account_id = '{}'",
        boy.account
    ));
    tell(&town, &boy, noise(json!({}))).is_problem(422, "mediation-guardian-missing");
    tell(&town, &boy, noise(json!({ "grounds": ["violence"] }))).is(201);
    town.execute("DELETE FROM dispute_route_rules WHERE route = 'mediation'");
    tell(&town, &again(&town, &li), noise(json!({}))).is_problem(409, "dispute-entry-route-unknown");
    let trail = town
        .text("SELECT string_agg(detail::text, '') FROM audit_events WHERE action LIKE '%dispute_entry%'");
    assert!(!trail.is_empty() && !trail.contains("拖动") && !trail.contains("钱先生"));
}
