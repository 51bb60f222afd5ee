//! Whoever stands at the door: a free place, and the hours from that moment on, by one scan.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::petitions::neighbour;
use crate::support::rights::meanwhile;
use crate::support::scans::{agree, check_in, code, send};
use crate::support::volunteer_day::{Day, signed};
use crate::support::volunteering::{born, guard, record, replay, sign_up, sign_up_with, years_ago};
use crate::support::{OWN, Person, Reply, SIBLING};

fn passer(day: &Day, division: &str) -> Person {
    let one = neighbour(&day.town, division);
    agree(&day.town, &one);
    one
}

fn let_in(day: &Day, by: &Person, one: &Person, shift: &str, more: Value) -> Reply {
    let body = json!({ "code": code(&day.town, one).text(), "confirms": ["risks", "skill", "training"] });
    send(&day.town, by, &format!("/v1/shifts/{shift}/walk-ins"), with(body, more))
}

fn of(day: &Day, table: &str) -> i64 {
    day.town.count(&format!("SELECT count(*) FROM {table}"))
}

#[test]
fn who_walks_by_is_there_by_one_scan_and_goes_by_another() {
    let day = Day::new();
    let (worker, one) = (&day.us.worker, passer(&day, SIBLING));
    let shift = day.shift("02T13:00", "02T17:00");
    day.until("02T14:00");
    sign_up(&day.town, &one, &shift).is_problem(409, "shift-begun");
    let stay = let_in(&day, worker, &one, &shift, json!({}));
    assert_eq!((&stay.is(201).body["source"], &stay.body["left_at"]), (&json!("code"), &Value::Null));
    // Shown again, they are there already.
    assert_eq!(let_in(&day, worker, &one, &shift, json!({})).is(201).body["id"], stay.body["id"]);
    assert_eq!((of(&day, "shift_signups"), of(&day, "attendances"), of(&day, "check_ins")), (1, 1, 1));
    replay(&day.town, &shift);
    day.until("02T16:00");
    let out = json!({ "code": code(&day.town, &one).text(), "purpose": "shift_out", "event": shift, "division": OWN });
    check_in(&day.town, worker, out).is(201);
    // From the scan on, not from the beginning of the shift; the clock goes on meanwhile.
    assert!([119, 120].contains(&day.total(&one)), "{:?}", day.lines(&one));
}

#[test]
fn a_code_that_a_gate_has_used_lets_nobody_walk_in_and_a_fresh_one_does() {
    let day = Day::new();
    let (worker, one) = (&day.us.worker, passer(&day, OWN));
    let shift = day.shift("02T13:00", "02T17:00");
    day.until("02T13:30");
    let venue = json!({ "division": OWN, "name": "东门", "kind": "meeting_hall", "code_grade": "attended" });
    let door =
        day.town.post("/v1/venues", venue).by(&day.town.later(worker)).send().is(201).body["id"].clone();
    // The gate at the door knows of no place of theirs.
    let shown = code(&day.town, &one).text();
    let came =
        json!({ "code": shown, "purpose": "shift_in", "event": shift, "division": OWN, "venue": door });
    check_in(&day.town, worker, came).is(201);
    let_in(&day, worker, &one, &shift, json!({ "code": shown })).is_problem(409, "check-in-code-used");
    assert_eq!((of(&day, "shift_signups"), of(&day, "attendances")), (0, 0));
    let_in(&day, worker, &one, &shift, json!({})).is(201);
    assert_eq!((of(&day, "check_ins"), of(&day, "attendances")), (1, 1));
}

#[test]
fn a_place_is_free_or_it_is_not_and_who_asked_for_one_is_approved() {
    let day = Day::new();
    let worker = &day.us.worker;
    let shift = day.shift_of(&day.call, "02T13:00", "02T17:00", json!({ "capacity": 1 }));
    let [held, waits, late] = std::array::from_fn(|_| passer(&day, OWN));
    signed(&day.town, &held, &shift);
    signed(&day.town, &waits, &shift);
    let asked =
        day.shift_of(&day.call, "02T18:00", "02T19:00", json!({ "capacity": 1, "needs_approval": true }));
    let asks = passer(&day, OWN);
    signed(&day.town, &asks, &asked);
    day.until("02T13:30");
    let_in(&day, worker, &waits, &shift, json!({})).is_problem(409, "shift-full");
    let_in(&day, worker, &late, &shift, json!({})).is_problem(409, "shift-full");
    let_in(&day, worker, &held, &shift, json!({})).is(201);
    // Nobody is in two places at a time.
    let other = day.shift("02T14:00", "02T16:00");
    let_in(&day, worker, &held, &other, json!({})).is_problem(409, "shift-clash");
    day.until("02T18:10");
    let_in(&day, worker, &asks, &asked, json!({})).is(201);
    let_in(&day, worker, &late, &asked, json!({})).is_problem(409, "shift-full");
    assert_eq!(of(&day, "attendances"), 2);
    replay(&day.town, &shift);
    replay(&day.town, &asked);
}

#[test]
fn of_many_at_the_door_as_many_come_in_as_there_are_places() {
    let day = Day::new();
    let shift = day.shift_of(&day.call, "02T13:00", "02T17:00", json!({ "capacity": 3 }));
    let crowd: Vec<Person> = (0..12).map(|_| passer(&day, OWN)).collect();
    day.until("02T13:30");
    let replies: Vec<Reply> = std::thread::scope(|scope| {
        let asked: Vec<_> = crowd
            .iter()
            .map(|one| scope.spawn(|| let_in(&day, &day.us.worker, one, &shift, json!({}))))
            .collect();
        asked.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 3);
    for lost in replies.iter().filter(|reply| reply.status != 201) {
        lost.is_problem(409, "shift-full");
    }
    assert_eq!((of(&day, "shift_signups"), of(&day, "attendances"), of(&day, "code_uses")), (3, 3, 3));
    replay(&day.town, &shift);
}

#[test]
fn who_could_not_sign_up_does_not_walk_in_either_and_nothing_is_left_of_it() {
    let day = Day::new();
    let (town, worker) = (&day.town, &day.us.worker);
    let call = day.us.published(town, json!({ "visibility": "community", "risks": "楼道湿滑" }));
    let shift = day.shift_of(&call, "02T13:00", "02T17:00", json!({}));
    let [one, stranger] = [passer(&day, OWN), passer(&day, SIBLING)];
    let_in(&day, worker, &one, &shift, json!({})).is_problem(422, "attendance-moment-unfit");
    day.until("02T12:00");
    let_in(&day, worker, &stranger, &shift, json!({})).is_problem(409, "shift-outside");
    let_in(&day, worker, &one, &shift, json!({ "confirms": [] })).is_problem(422, "shift-unconfirmed");
    let_in(&day, worker, &neighbour(town, OWN), &shift, json!({})).is_problem(403, "consent-missing");
    let_in(&day, worker, &one, &shift, json!({ "code": "SG1:X" })).is_problem(422, "code-malformed");
    // Who organises it and lives here shows their own code to somebody else.
    let both = passer(&day, OWN);
    town.appoint(&both, Role::CommitteeWorker, OWN);
    let_in(&day, &both, &both, &shift, json!({})).is_problem(409, "shift-signup-own");
    for (role, division, status) in [
        (Role::PropertyStaff, OWN, 403),
        (Role::CommitteeWorker, SIBLING, 404),
        (Role::GroupLeader, OWN, 404),
    ] {
        let by = town.staff(role, division);
        assert_eq!(let_in(&day, &by, &one, &shift, json!({})).status, status, "{role:?}");
    }
    // A minor comes by the word of a guardian, a child with one.
    let day_of_birth =
        |years: i64| (town.now() - chrono::TimeDelta::days(years * 366)).date_naive().to_string();
    let [minor, child] = [passer(&day, OWN), passer(&day, OWN)];
    born(town, &minor, &day_of_birth(15));
    born(town, &child, &day_of_birth(9));
    let_in(&day, worker, &child, &shift, json!({ "consent_by": "phone" }))
        .is_problem(409, "shift-guardian-needed");
    let_in(&day, worker, &minor, &shift, json!({})).is_problem(422, "shift-signup-consent-missing");
    assert_eq!((of(&day, "shift_signups"), of(&day, "check_ins"), of(&day, "code_uses")), (0, 0, 0));
    let_in(&day, worker, &minor, &shift, json!({ "consent_by": "phone" })).is(201);
    let kept = "SELECT count(*) FROM shift_signups WHERE needs_consent AND consent_by = 'phone' AND decided_by IS NOT NULL";
    assert_eq!(town.count(kept), 1);
    day.until("02T17:01");
    let_in(&day, worker, &one, &shift, json!({})).is_problem(422, "attendance-moment-unfit");
}

#[test]
fn who_was_signed_up_before_they_had_an_account_comes_to_that_place() {
    let day = Day::new();
    let (town, worker) = (&day.town, &day.us.worker);
    let [mother, child] = [passer(&day, OWN), passer(&day, OWN)];
    born(town, &child, &years_ago(town, 15));
    let whose = record(town, &child);
    guard(town, worker, &mother, &whose);
    town.execute(&format!("UPDATE residents SET account_id = NULL WHERE id = '{whose}'"));
    let shift = day.shift_of(&day.call, "02T13:00", "02T17:00", json!({ "capacity": 1 }));
    sign_up_with(town, &mother, &shift, &format!("?for={whose}"), json!({})).is(201);
    town.execute(&format!("UPDATE residents SET account_id = '{}' WHERE id = '{whose}'", child.account));
    day.until("02T13:30");
    let_in(&day, worker, &child, &shift, json!({})).is(201);
    assert_eq!((of(&day, "shift_signups"), of(&day, "attendances")), (1, 1));
    assert_eq!(replay(town, &shift), (1, 0));
}

#[test]
fn who_lets_somebody_in_who_asked_and_who_binds_their_record_wait_in_one_order() {
    let day = Day::new();
    let one = passer(&day, OWN);
    let shift = day.shift_of(&day.call, "02T13:00", "02T17:00", json!({ "needs_approval": true }));
    signed(&day.town, &one, &shift);
    day.until("02T13:30");
    // As a binding does: the record first, then the shifts of its sign-ups.
    let record = format!("SELECT FROM residents WHERE account_id = '{}' FOR UPDATE", one.account);
    let shifts = format!("SELECT FROM shifts WHERE id = '{shift}' FOR NO KEY UPDATE");
    let came = || let_in(&day, &day.us.worker, &one, &shift, json!({})).status;
    assert_eq!(meanwhile(&day.town, [&record, &shifts], came), 201);
}
