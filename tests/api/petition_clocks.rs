//! The clocks of petitions on real calendar days, with the town's own clock moved.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::petitions::{
    again, at, draft, events, file, filed, id, neighbour, seen, step, tasks, tend,
};
use crate::support::{OWN, PARENT, Person, Town};

const DISTRICT: &str = "310113000000";

/// One clock of a petition.
fn clock(view: &Value, name: &str) -> Value {
    let clocks = view["clocks"].as_array().expect("clocks");
    clocks.iter().rfind(|clock| clock["clock"] == name).expect("the clock").clone()
}

fn due(town: &Town, by: &Person, petition: &str, name: &str) -> String {
    clock(&seen(town, by, petition), name)["due_on"].as_str().expect("a day").to_owned()
}

#[test]
fn a_clock_passes_over_the_spring_festival_and_counts_the_saturday_that_is_worked() {
    // 春节 2026: Saturday 14 February is worked, 15 to 23 February are off.
    let town = Town::at("2026-02-12T02:00:00Z");
    let (chen, worker) = (neighbour(&town, OWN), town.staff(Role::CommitteeWorker, OWN));
    let petition = filed(&town, &chen);
    assert_eq!(due(&town, &chen, &petition, "acceptance"), "2026-02-13");
    step(&town, &worker, &petition, "acceptance", json!({})).is(200);
    assert_eq!(due(&town, &chen, &petition, "first_contact"), "2026-02-13");
    assert_eq!(due(&town, &chen, &petition, "resolution"), "2026-02-26");
    let view = seen(&town, &chen, &petition);
    assert_eq!((&view["due_on"], &view["is_overdue"]), (&json!("2026-02-13"), &json!(false)));
    assert_eq!(clock(&view, "resolution")["calendar_provisional"], false);
}

#[test]
fn what_is_late_is_reminded_on_its_last_day_and_reported_up_the_line_once_a_step() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (chen, worker) = (neighbour(&town, OWN), town.staff(Role::CommitteeWorker, OWN));
    let (street, district) =
        (town.staff(Role::StreetOfficer, PARENT), town.staff(Role::DistrictOfficer, DISTRICT));
    let petition = filed(&town, &chen);
    step(&town, &worker, &petition, "acceptance", json!({})).is(200);
    step(&town, &worker, &petition, "first-contact", json!({ "note": "已联系" })).is(200);
    assert_eq!(due(&town, &chen, &petition, "resolution"), "2026-03-09");
    at(&town, "2026-03-08T15:50:00Z");
    assert!(!events(&town, &town.later(&worker), &petition).contains(&"reminded".into()));
    at(&town, "2026-03-08T16:10:00Z");
    tend(&town);
    let staff = events(&town, &town.later(&worker), &petition);
    assert_eq!(staff.iter().filter(|event| *event == "reminded").count(), 1, "{staff:?}");
    assert!(tasks(&town, &town.later(&street)).is_empty());
    // The midnight that ends the last day.
    at(&town, "2026-03-09T16:05:00Z");
    assert_eq!(tasks(&town, &town.later(&street)), ["supervise"]);
    assert!(tasks(&town, &town.later(&district)).is_empty());
    let view = seen(&town, &town.later(&chen), &petition);
    assert_eq!((&view["is_overdue"], &clock(&view, "resolution")["escalations"]), (&json!(true), &json!(1)));
    // A working day later, the district.
    at(&town, "2026-03-11T16:05:00Z");
    assert_eq!(tasks(&town, &town.later(&district)), ["supervise"]);
    let told = events(&town, &town.later(&chen), &petition);
    assert_eq!(told, ["submitted", "accepted", "contacted", "escalated", "escalated"]);
    // What was late stays so when it is answered, and nothing waits for it any more.
    let worker = town.later(&worker);
    step(&town, &worker, &petition, "answer", json!({ "outcome": "explained", "text": "已处理。" })).is(200);
    assert_eq!(clock(&seen(&town, &worker, &petition), "resolution")["is_late"], true);
    assert!(tasks(&town, &town.later(&street)).is_empty() && tasks(&town, &town.later(&district)).is_empty());
}

#[test]
fn a_pause_over_a_holiday_gives_back_what_was_left() {
    let town = Town::at("2026-02-12T02:00:00Z");
    let (chen, worker) = (neighbour(&town, OWN), town.staff(Role::CommitteeWorker, OWN));
    let petition = filed(&town, &chen);
    step(&town, &worker, &petition, "acceptance", json!({})).is(200);
    step(&town, &worker, &petition, "progress", json!({ "note": "已查看", "audience": "citizen" })).is(200);
    at(&town, "2026-02-13T02:00:00Z");
    let worker = town.later(&worker);
    let wait = json!({ "reason": "awaiting_citizen", "note": "请补充录音" });
    let paused = step(&town, &worker, &petition, "suspension", wait);
    assert_eq!(clock(&paused.is(200).body, "resolution")["paused_on"], "2026-02-13");
    assert_eq!(tasks(&town, &town.later(&chen)), ["supplement"]);
    // Nothing is late while it waits.
    at(&town, "2026-03-20T02:00:00Z");
    assert!(!events(&town, &again(&town, &chen), &petition).contains(&"escalated".into()));
    let worker = again(&town, &worker);
    let resumed = step(&town, &worker, &petition, "resumption", json!({ "note": "已补充" }));
    // One of five days was used: four are left after Friday 20 March.
    let clock = clock(&resumed.is(200).body, "resolution");
    assert_eq!(
        (&clock["due_on"], &clock["amount"], &clock["paused_on"]),
        (&json!("2026-03-26"), &json!(4), &Value::Null)
    );
}

#[test]
fn more_time_is_asked_for_allowed_by_the_level_above_and_told_to_who_asked() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (chen, worker) = (neighbour(&town, OWN), town.staff(Role::CommitteeWorker, OWN));
    let (street, other) =
        (town.staff(Role::StreetOfficer, PARENT), town.staff(Role::StreetOfficer, "310101002000"));
    let petition = filed(&town, &chen);
    step(&town, &worker, &petition, "acceptance", json!({})).is(200);
    let ask = |amount| json!({ "clock": "resolution", "amount": amount, "reason": "需等待检测报告" });
    step(&town, &worker, &petition, "extensions", ask(4)).is_problem(422, "extension-too-long");
    step(&town, &worker, &petition, "extensions", ask(3)).is(200);
    step(&town, &worker, &petition, "extensions", ask(1)).is_problem(409, "extension-pending");
    assert_eq!(tasks(&town, &street), ["decide_extension"]);
    let extension = town.text("SELECT id FROM matter_extensions");
    let path = format!("/v1/matter-extensions/{extension}/decision");
    let decide =
        |by: &Person| town.post(&path, json!({ "decision": "approved", "note": "同意" })).by(by).send();
    decide(&worker).is_problem(403, "forbidden");
    decide(&other).is_problem(404, "not-found");
    decide(&street).is(200);
    decide(&street).is_problem(409, "extension-decided");
    let view = seen(&town, &chen, &petition);
    let clock = clock(&view, "resolution");
    assert_eq!((&clock["due_on"], &clock["extended_by"]), (&json!("2026-03-12"), &json!(3)));
    assert_eq!(events(&town, &chen, &petition), ["submitted", "accepted", "extension_approved"]);
}

#[test]
fn an_emergency_order_swaps_the_clocks_that_run_and_says_so_on_the_matter() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (chen, worker) = (neighbour(&town, OWN), town.staff(Role::CommitteeWorker, OWN));
    let (elsewhere, district) =
        (neighbour(&town, "310101002003"), town.staff(Role::DistrictOfficer, DISTRICT));
    let request = draft(&town, json!({ "kind": "request" }));
    let petition = id(&file(&town, &chen, request.clone()).is(201).body);
    let other = id(&file(&town, &elsewhere, request.clone()).is(201).body);
    step(&town, &worker, &petition, "acceptance", json!({})).is(200);
    assert_eq!(due(&town, &chen, &petition, "resolution"), "2026-03-09");
    at(&town, "2026-03-03T02:00:00Z");
    let order = json!({
        "division": DISTRICT, "title": "台风应急响应", "legal_basis": "突发事件应对法",
        "starts_at": "2026-03-03T03:00:00Z", "ends_at": "2026-03-06T03:00:00Z"
    });
    let order = town.post("/v1/emergency-orders", order).by(&town.later(&district)).send();
    tend(&town);
    assert_eq!(due(&town, &town.later(&chen), &petition, "resolution"), "2026-03-09");
    at(&town, "2026-03-03T03:01:00Z");
    let view = seen(&town, &town.later(&chen), &petition);
    assert_eq!(
        (&view["emergency_order"], &clock(&view, "resolution")["due_on"]),
        (&order.is(201).body["id"], &json!("2026-03-04"))
    );
    assert!(events(&town, &town.later(&chen), &petition).contains(&"emergency".into()));
    // Another district goes on as it was; and the second time there is nothing left to be done.
    assert_eq!(seen(&town, &town.later(&elsewhere), &other)["emergency_order"], Value::Null);
    let before = town.count("SELECT count(*) FROM matter_events");
    tend(&town);
    assert_eq!(town.count("SELECT count(*) FROM matter_events"), before);
    // What begins while it holds begins by its clocks; what comes after it does not.
    let during =
        id(&file(&town, &town.later(&chen), draft(&town, json!({ "kind": "request", "text": "停电" })))
            .is(201)
            .body);
    assert_eq!(due(&town, &town.later(&chen), &during, "acceptance"), "2026-03-04");
    at(&town, "2026-03-06T03:01:00Z");
    let after =
        id(&file(&town, &town.later(&chen), draft(&town, json!({ "kind": "request", "text": "水管" })))
            .is(201)
            .body);
    assert_eq!(due(&town, &town.later(&chen), &after, "acceptance"), "2026-03-09");
}

#[test]
fn silence_closes_once_however_many_look_at_it() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (chen, worker) = (neighbour(&town, OWN), town.staff(Role::CommitteeWorker, OWN));
    let petition = filed(&town, &chen);
    step(&town, &worker, &petition, "acceptance", json!({})).is(200);
    step(&town, &worker, &petition, "answer", json!({ "outcome": "explained", "text": "已说明。" })).is(200);
    at(&town, "2026-03-09T15:00:00Z");
    assert_eq!(seen(&town, &town.later(&chen), &petition)["state"], "resolved");
    town.clock.advance(chrono::TimeDelta::hours(2));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| tend(&town));
        }
    });
    let chen = town.later(&chen);
    assert_eq!(seen(&town, &chen, &petition)["state"], "closed");
    assert_eq!(events(&town, &chen, &petition), ["submitted", "accepted", "answered", "closed"]);
    step(&town, &chen, &petition, "reopening", json!({ "reason": "x" }))
        .is_problem(409, "matter-state-unfit");
}

#[test]
fn an_unhappy_citizen_opens_it_again_by_a_shorter_clock_and_may_have_it_reviewed_twice() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (chen, worker) = (neighbour(&town, OWN), town.staff(Role::CommitteeWorker, OWN));
    let (street, district) =
        (town.staff(Role::StreetOfficer, PARENT), town.staff(Role::DistrictOfficer, DISTRICT));
    let petition = filed(&town, &chen);
    step(&town, &worker, &petition, "acceptance", json!({})).is(200);
    let answer = json!({ "outcome": "not_supported", "text": "不予支持。" });
    step(&town, &worker, &petition, "answer", answer.clone()).is_problem(422, "petition-law-missing");
    let answer = json!({ "outcome": "not_supported", "text": "不予支持。", "law": "民法典第二百八十七条" });
    step(&town, &worker, &petition, "answer", answer.clone()).is(200);
    let rating = json!({ "satisfaction": "dissatisfied", "is_on_time": true, "is_solved": false });
    step(&town, &chen, &petition, "rating", rating).is(200);
    step(&town, &chen, &petition, "reopening", json!({ "reason": "仍有噪声" })).is(200);
    assert_eq!(due(&town, &chen, &petition, "rehandling"), "2026-03-05");
    step(&town, &worker, &petition, "answer", answer).is(200);
    let ask = |stage: &str| json!({ "stage": stage, "reason": "未说明依据" });
    step(&town, &chen, &petition, "reviews", ask("final_review")).is_problem(409, "petition-review-unfit");
    at(&town, "2026-03-30T02:00:00Z");
    let chen = town.later(&chen);
    step(&town, &chen, &petition, "reviews", ask("review")).is(200);
    assert_eq!(due(&town, &chen, &petition, "review"), "2026-04-29");
    step(&town, &chen, &petition, "reviews", ask("review")).is_problem(409, "petition-reviewed-already");
    assert_eq!(tasks(&town, &town.later(&street)), ["review"]);
    let upheld = json!({ "conclusion": "upheld", "text": "予以维持。" });
    step(&town, &town.later(&street), &petition, "reviews/review/answer", upheld.clone()).is(200);
    // 30 days for asking, and not a day more.
    at(&town, "2026-04-29T17:00:00Z");
    let late = again(&town, &chen);
    step(&town, &late, &petition, "reviews", ask("final_review")).is_problem(409, "petition-review-unfit");
    town.clock.advance(-chrono::TimeDelta::hours(2));
    step(&town, &again(&town, &chen), &petition, "reviews", ask("final_review")).is(200);
    let final_path = "reviews/final_review/answer";
    step(&town, &again(&town, &street), &petition, final_path, upheld.clone()).is_problem(403, "forbidden");
    step(&town, &again(&town, &district), &petition, final_path, upheld).is(200);
}

#[test]
fn a_year_that_is_not_announced_yet_makes_a_deadline_provisional() {
    let town = Town::at("2026-12-29T02:00:00Z");
    let (chen, worker) = (neighbour(&town, OWN), town.staff(Role::CommitteeWorker, OWN));
    let petition = filed(&town, &chen);
    step(&town, &worker, &petition, "acceptance", json!({})).is(200);
    let clock = clock(&seen(&town, &chen, &petition), "resolution");
    assert_eq!((&clock["due_on"], &clock["calendar_provisional"]), (&json!("2027-01-05"), &json!(true)));
}
