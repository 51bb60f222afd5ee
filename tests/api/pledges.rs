//! Pledges: who checks in to a community, what it says to that, what came of it, and what both tell each other once a year.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::petitions::{neighbour, officer, organisation};
use crate::support::{CITY, OWN, PARENT, Person, Reply, SIBLING, Town};

const NOW: &str = "2026-03-02T02:00:00Z";

fn offer(more: Value) -> Value {
    let draft = json!({ "division": OWN, "kind": "services", "offer": "每月第二个周六上门义诊", "starts_on": "2026-03-02" });
    with(draft, more)
}

fn pledge(town: &Town, by: &Person, more: Value) -> Reply {
    town.post("/v1/pledges", offer(more)).by(&town.later(by)).send()
}

#[track_caller]
fn id(reply: &Reply) -> String {
    reply.is(201).body["id"].as_str().expect("an id").to_owned()
}

fn step(town: &Town, by: &Person, id: &str, part: &str, body: Value) -> Reply {
    town.post(&format!("/v1/pledges/{id}/{part}"), body).by(&town.later(by)).send()
}

fn end(town: &Town, by: &Person, id: &str) -> Reply {
    town.call("POST", &format!("/v1/pledges/{id}/completion")).by(&town.later(by)).send()
}

fn get(town: &Town, by: &Person, path: &str) -> Reply {
    town.get(path).by(&town.later(by)).send()
}

fn count(town: &Town, by: &Person, path: &str) -> usize {
    get(town, by, path).is(200).body["items"].as_array().expect("items").len()
}

#[test]
fn an_organisation_checks_in_by_its_head_and_both_sides_report_once_a_year() {
    let town = Town::at(NOW);
    let hospital = organisation(&town, "宝山区中西医结合医院", "public_institution", CITY);
    let (director, nurse) = (
        officer(&town, Role::DepartmentOfficer, CITY, hospital),
        officer(&town, Role::CommitteeWorker, SIBLING, hospital),
    );
    let (worker, head) = (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeHead, OWN));
    let for_it = |more: Value| with(json!({ "organisation": hospital }), more);
    // Who works there does not speak for it; nobody else does, either.
    for by in [&nurse, &head, &neighbour(&town, OWN)] {
        pledge(&town, by, for_it(json!({}))).is_problem(403, "forbidden");
    }
    for (more, code) in [
        (json!({ "division": PARENT }), "pledge-division-unfit"),
        (json!({ "division": "310113003999" }), "pledge-division-unfit"),
        (json!({ "starts_on": "2026-03-01" }), "pledge-days-unfit"),
        (json!({ "ends_on": "2026-03-01" }), "pledge-days-unfit"),
        (json!({ "kind": "hours" }), "pledge-hours-unfit"),
        (json!({ "hours": 3 }), "pledge-hours-unfit"),
        (json!({ "organisation": lilong::kit::id::next() }), "pledge-organisation-unknown"),
    ] {
        pledge(&town, &director, for_it(more)).is_problem(422, code);
    }
    let id = id(&pledge(&town, &director, for_it(json!({ "ends_on": "2027-12-31" }))));
    let path = format!("/v1/pledges/{id}");
    assert_eq!(get(&town, &director, &path).is(200).body["name"], "宝山区中西医结合医院");
    for by in [&nurse, &neighbour(&town, OWN)] {
        get(&town, by, &path).is_problem(404, "not-found");
        assert_eq!(count(&town, by, "/v1/pledges"), 0);
    }
    let patched = town.call("PATCH", &path).header("If-Match", "\"v1\"");
    let patched = patched.json(&json!({ "offer": "每月第一个周六上门义诊" })).by(&director).send();
    assert_eq!(patched.is(200).body["version"], 2);
    taken(&town, &id, [&director, &worker]);
    reported(&town, &id, [&director, &worker, &head]);
}

fn taken(town: &Town, id: &str, [director, worker]: [&Person; 2]) {
    let path = format!("/v1/pledges/{id}");
    let take = json!({ "is_accepted": true });
    step(town, director, id, "decision", take.clone()).is_problem(403, "forbidden");
    step(town, &town.staff(Role::CommitteeHead, SIBLING), id, "decision", take.clone())
        .is_problem(404, "not-found");
    step(town, worker, id, "decision", json!({ "is_accepted": false }))
        .is_problem(422, "pledge-reason-missing");
    let used =
        |minutes: i32, day: &str| json!({ "used_on": day, "text": "量血压32人次", "minutes": minutes });
    step(town, worker, id, "uses", used(90, "2026-03-02")).is_problem(409, "pledge-state-unfit");
    step(town, worker, id, "decision", take.clone()).is(201);
    step(town, worker, id, "decision", take).is_problem(409, "pledge-state-unfit");
    let late = town.call("PATCH", &path).header("If-Match", "*").json(&json!({ "offer": "别的" }));
    late.by(director).send().is_problem(409, "pledge-state-unfit");
    for day in ["2026-03-01", "2026-03-03"] {
        step(town, worker, id, "uses", used(90, day)).is_problem(422, "pledge-use-day-unfit");
    }
    step(town, director, id, "uses", used(90, "2026-03-02")).is_problem(403, "forbidden");
    step(town, worker, id, "uses", used(90, "2026-03-02")).is(201);
    step(town, worker, id, "uses", used(30, "2026-03-02")).is(201);
}

fn reported(town: &Town, id: &str, [director, worker, head]: [&Person; 3]) {
    let tell = |by: &Person, year: i32| {
        step(town, by, id, "reports", json!({ "year": year, "text": "两次义诊，居民满意。" }))
    };
    let answer = |by: &Person| step(town, by, id, "reports/2026/answer", json!({ "text": "明年增加一次。" }));
    for year in [2025, 2027] {
        tell(worker, year).is_problem(422, "pledge-report-year-unfit");
    }
    tell(director, 2026).is_problem(403, "forbidden");
    answer(director).is_problem(404, "not-found");
    // Twice at once is once.
    let mut codes: Vec<u16> = std::thread::scope(|scope| {
        let go = |by| tell(by, 2026).status;
        let both = [worker, head].map(|by| scope.spawn(move || go(by)));
        both.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    codes.sort_unstable();
    assert_eq!(codes, [201, 409]);
    tell(worker, 2026).is_problem(409, "pledge-report-made");
    answer(worker).is_problem(403, "forbidden");
    answer(director).is(201);
    answer(director).is_problem(409, "pledge-report-answered");
    let listed = get(town, director, &format!("/v1/pledges/{id}/reports"));
    let one = &listed.is(200).body["items"][0];
    assert_eq!((&one["uses"], &one["minutes"]), (&json!(2), &json!(120)));
    assert_eq!((&one["year"], &one["answer"]), (&json!(2026), &json!("明年增加一次。")));
    assert_eq!(count(town, director, &format!("/v1/pledges/{id}/uses")), 2);
    assert_eq!(end(town, director, id).is(201).body["state"], "completed");
    end(town, worker, id).is_problem(409, "pledge-state-unfit");
}

#[test]
fn a_member_checks_in_where_they_live_and_nobody_decides_about_themselves() {
    let town = Town::at(NOW);
    let (member, far) = (neighbour(&town, OWN), neighbour(&town, SIBLING));
    let hours = || json!({ "kind": "hours", "hours": 20 });
    pledge(&town, &far, hours()).is_problem(409, "pledge-outside");
    pledge(&town, &town.resident(), hours()).is_problem(409, "pledge-outside");
    let one = id(&pledge(&town, &member, hours()));
    assert_eq!(count(&town, &member, "/v1/pledges?kind=hours&state=offered"), 1);
    assert_eq!(count(&town, &far, "/v1/pledges"), 0);
    // A worker who lives there offers something, too, and another takes it.
    let (worker, other) = (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeWorker, OWN));
    town.execute(&format!(
        "INSERT INTO residents (id, division, account_id, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
             VALUES ('{}', {OWN}, '{}', '李敏', 'limin', 'lm', 'refused', 'registered_here', 'worker', now(), now())",
        lilong::kit::id::next(),
        worker.account
    ));
    let own = id(&pledge(&town, &worker, json!({ "kind": "skills", "offer": "理发" })));
    let take = json!({ "is_accepted": true });
    step(&town, &worker, &own, "decision", take.clone()).is_problem(409, "pledge-own");
    step(&town, &other, &own, "decision", take.clone()).is(201);
    let used = json!({ "used_on": "2026-03-02", "text": "理发5人" });
    step(&town, &worker, &own, "uses", used.clone()).is_problem(409, "pledge-own");
    step(&town, &other, &own, "uses", used).is(201);
    let why = json!({ "is_accepted": false, "reason": "目前人手充足" });
    assert_eq!(step(&town, &other, &one, "decision", why).is(201).body["state"], "declined");
    step(&town, &member, &one, "reports/2026/answer", json!({ "text": "好" }))
        .is_problem(409, "pledge-state-unfit");
    assert_eq!(get(&town, &member, &format!("/v1/pledges/{one}")).is(200).body["reason"], "目前人手充足");
    end(&town, &member, &own).is_problem(404, "not-found");
    end(&town, &worker, &own).is(201);
}
