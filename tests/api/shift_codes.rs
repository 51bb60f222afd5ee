//! Coming and going by code: what is scanned at a shift is the attendance, and earns the hours.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::petitions::neighbour;
use crate::support::scans::{agree, check_in, code, send};
use crate::support::volunteer_day::{Day, line, signed};
use crate::support::{OWN, Person, SIBLING};

/// Somebody scans the code of another, at a shift.
fn scan(day: &Day, by: &Person, whose: &Person, shift: &str, purpose: &str, more: Value) -> Value {
    let body =
        json!({ "code": code(&day.town, whose).text(), "purpose": purpose, "event": shift, "division": OWN });
    check_in(&day.town, by, with(body, more)).is(201).body.clone()
}

/// Whether what was scanned is a repeat, and whether it was noted in the attendance.
fn told(scanned: &Value) -> (&Value, &Value) {
    (&scanned["duplicate"], &scanned["noted"])
}

fn stays(day: &Day) -> i64 {
    day.town.count("SELECT count(*) FROM attendances")
}

#[test]
fn who_is_scanned_in_and_out_has_served_the_time_between() {
    let day = Day::new();
    let (guard, one) = (day.town.staff(Role::PropertyStaff, OWN), neighbour(&day.town, OWN));
    agree(&day.town, &one);
    let shift = day.shift("02T13:00", "02T17:00");
    signed(&day.town, &one, &shift);
    // Nobody went who did not come.
    let gone = scan(&day, &guard, &one, &shift, "shift_out", json!({}));
    assert_eq!(told(&gone), (&json!(false), &json!(false)));
    assert_eq!(stays(&day), 0);
    day.until("02T12:50");
    let come = scan(&day, &guard, &one, &shift, "shift_in", json!({}));
    assert_eq!(told(&come), (&json!(false), &json!(true)));
    // Shown again, one is there already.
    let again = scan(&day, &guard, &one, &shift, "shift_in", json!({}));
    assert_eq!(told(&again), (&json!(true), &Value::Null));
    assert_eq!((stays(&day), day.total(&one)), (1, 0));
    day.until("02T15:00");
    scan(&day, &guard, &one, &shift, "shift_out", json!({}));
    assert_eq!(day.lines(&one), [line("02", 120)]);
    // Who comes back is there again: a second stay of the same shift.
    day.until("02T15:59");
    assert_eq!(scan(&day, &guard, &one, &shift, "shift_in", json!({}))["duplicate"], false);
    day.until("02T17:10");
    scan(&day, &guard, &one, &shift, "shift_out", json!({}));
    assert_eq!((stays(&day), day.total(&one)), (2, 180));
    let path = format!("/v1/shifts/{shift}/attendances");
    let list = day.town.get(&path).by(&day.town.later(&day.us.worker)).send();
    let by_code = |item: &Value| item["source"] == "code" && item["reason"] == "";
    assert!(list.is(200).body["items"].as_array().unwrap().iter().all(by_code), "{}", list.text);
}

#[test]
fn a_scan_of_who_has_no_place_or_of_oneself_or_from_elsewhere_is_a_check_in_and_no_attendance() {
    let day = Day::new();
    let (guard, stranger) = (day.town.staff(Role::PropertyStaff, OWN), neighbour(&day.town, OWN));
    let (worker, one) = (neighbour(&day.town, OWN), neighbour(&day.town, OWN));
    day.town.appoint(&worker, Role::CommitteeWorker, OWN);
    for person in [&stranger, &worker, &one] {
        agree(&day.town, person);
    }
    let shift = day.shift("02T13:00", "02T17:00");
    signed(&day.town, &worker, &shift);
    signed(&day.town, &one, &shift);
    day.until("02T13:00");
    let placeless = scan(&day, &guard, &stranger, &shift, "shift_in", json!({}));
    assert_eq!(told(&placeless), (&json!(false), &json!(false)));
    scan(&day, &worker, &worker, &shift, "shift_in", json!({}));
    let elsewhere = day.town.staff(Role::CommitteeWorker, SIBLING);
    scan(&day, &elsewhere, &one, &shift, "shift_in", json!({ "division": SIBLING }));
    scan(&day, &guard, &one, &lilong::kit::id::next().to_string(), "shift_in", json!({}));
    assert_eq!((stays(&day), day.town.count("SELECT count(*) FROM check_ins")), (0, 4));
    // Where one has a place, one is noted, at two gates at once as one.
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| scan(&day, &guard, &one, &shift, "shift_in", json!({})));
        }
    });
    assert_eq!(stays(&day), 1);
}

#[test]
fn who_comes_from_the_next_committee_is_scanned_in_and_out_and_their_record_stays_theirs() {
    let day = Day::new();
    let (guard, one) = (day.town.staff(Role::PropertyStaff, OWN), neighbour(&day.town, SIBLING));
    agree(&day.town, &one);
    let shift = day.shift("02T13:00", "02T17:00");
    signed(&day.town, &one, &shift);
    let scan = |purpose: &str| {
        let body = json!({ "code": code(&day.town, &one).text(), "purpose": purpose, "event": shift, "division": OWN });
        let scanned = check_in(&day.town, &guard, body);
        assert_eq!(scanned.is(201).body["resident"], Value::Null, "{}", scanned.text);
    };
    // Some minutes early: the clock goes on.
    day.until("02T12:55");
    scan("shift_in");
    day.until("02T15:00");
    scan("shift_out");
    assert_eq!(day.lines(&one), [line("02", 120)]);
}

#[test]
fn a_gate_that_uploads_the_going_before_the_coming_counts_the_hours_all_the_same() {
    let day = Day::new();
    let (guard, one) = (day.town.staff(Role::PropertyStaff, OWN), neighbour(&day.town, OWN));
    agree(&day.town, &one);
    let shift = day.shift("02T13:00", "02T17:00");
    signed(&day.town, &one, &shift);
    let scanned = || json!({ "code": code(&day.town, &one).text(), "scanned_at": day.town.now() });
    day.until("02T12:55");
    let came = scanned();
    day.until("02T15:00");
    let went = scanned();
    day.until("02T18:00");
    let upload = |purpose: &str, scan: &Value| {
        let body = json!({ "purpose": purpose, "event": shift, "division": OWN, "scans": [scan] });
        let sent = send(&day.town, &guard, "/v1/check-in-batches", body);
        sent.is(207).body["items"][0]["status"].clone()
    };
    assert_eq!((upload("shift_out", &went), stays(&day)), (json!(201), 0));
    assert_eq!(upload("shift_in", &came), 201);
    assert_eq!(day.lines(&one), [line("02", 120)]);
    // Sent again, nothing is doubled.
    assert_eq!((upload("shift_in", &came), upload("shift_out", &went)), (json!(200), json!(200)));
    assert_eq!((stays(&day), day.total(&one)), (1, 120));
}

#[test]
fn who_is_there_when_it_is_called_off_goes_by_code_or_by_the_leaders_word_with_their_hours() {
    let day = Day::new();
    let (guard, all) =
        (day.town.staff(Role::PropertyStaff, OWN), [(); 4].map(|()| neighbour(&day.town, OWN)));
    let [of_call, by_code, by_word, of_shift] = &all;
    for one in &all {
        agree(&day.town, one);
    }
    let fixed = day.shift("02T13:00", "02T17:00");
    let flexible = json!({ "kind": "flexible" });
    let week = day.shift_of(&day.call, "02T13:00", "08T18:00", flexible.clone());
    let other = day.us.published(&day.town, json!({}));
    let single = day.shift_of(&other, "02T13:00", "08T18:00", flexible);
    signed(&day.town, of_call, &fixed);
    signed(&day.town, by_code, &week);
    let signup = signed(&day.town, by_word, &week);
    signed(&day.town, of_shift, &single);
    day.until("02T12:55");
    for (one, shift) in [(of_call, &fixed), (by_code, &week), (of_shift, &single)] {
        scan(&day, &guard, one, shift, "shift_in", json!({}));
    }
    day.note(&week, &signup, "arrival", None, json!({})).is(201);
    day.until("02T15:00");
    day.us.step(&day.town, &day.call, "cancellation").is(201);
    let path = format!("/v1/shifts/{single}");
    let called_off = json!({ "is_cancelled": true });
    day.town.patch(&path, "*", called_off).by(&day.town.later(&day.us.worker)).send().is(200);
    day.until("02T15:05");
    for (one, shift) in [(of_call, &fixed), (by_code, &week), (of_shift, &single)] {
        scan(&day, &guard, one, shift, "shift_out", json!({}));
    }
    day.note(&week, &signup, "departure", None, json!({})).is(201);
    for one in &all {
        assert_eq!(day.lines(one), [line("02", 125)]);
    }
    // Nobody comes any more, nor goes who has gone.
    for (one, shift) in [(of_call, &fixed), (by_code, &week), (of_shift, &single)] {
        scan(&day, &guard, one, shift, "shift_in", json!({}));
    }
    day.note(&week, &signup, "arrival", None, json!({})).is_problem(409, "volunteer-call-state-unfit");
    day.note(&week, &signup, "departure", None, json!({})).is_problem(409, "attendance-not-open");
    assert_eq!(stays(&day), 4);
}

#[test]
fn each_evening_of_a_shift_that_goes_on_for_days_is_a_coming_and_a_going_of_its_own() {
    let day = Day::new();
    let (guard, one) = (day.town.staff(Role::PropertyStaff, OWN), neighbour(&day.town, OWN));
    agree(&day.town, &one);
    let week = day.shift_of(&day.call, "02T12:00", "08T21:00", json!({ "kind": "flexible" }));
    signed(&day.town, &one, &week);
    let scanned = |purpose: &str| {
        let shown = code(&day.town, &one).text();
        let body = json!({ "code": shown, "purpose": purpose, "event": week, "division": OWN });
        let reply = check_in(&day.town, &guard, body);
        (reply.is(201).body["id"].clone(), reply.body["duplicate"].clone())
    };
    let mut ids = Vec::new();
    for evening in ["02", "03"] {
        for (time, purpose) in [("19:00", "shift_in"), ("20:30", "shift_out")] {
            day.until(&format!("{evening}T{time}"));
            // At two gates at once, and at one of them again, it is one.
            let mut answers: Vec<(Value, Value)> = std::thread::scope(|scope| {
                let go = || scanned(purpose);
                [scope.spawn(go), scope.spawn(go)].map(|one| one.join().unwrap()).to_vec()
            });
            answers.push(scanned(purpose));
            assert_eq!(answers.iter().filter(|(_, duplicate)| *duplicate == false).count(), 1, "{answers:?}");
            assert!(answers.iter().all(|(id, _)| *id == answers[0].0), "{answers:?}");
            ids.push(answers[0].0.to_string());
        }
    }
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), day.town.count("SELECT count(*) FROM check_ins"), stays(&day)), (4, 4, 2));
    let lines = day.lines(&one);
    let days: Vec<&str> = lines.iter().map(|(day, _)| day.as_str()).collect();
    assert_eq!(days, ["02", "03"]);
    // Seconds of the clock pass between one scan and another.
    assert!(lines.iter().all(|(_, minutes)| (89..=90).contains(minutes)), "{lines:?}");
}

#[test]
fn on_the_second_day_too_a_going_told_before_its_coming_counts() {
    let day = Day::new();
    let (guard, one) = (day.town.staff(Role::PropertyStaff, OWN), neighbour(&day.town, OWN));
    agree(&day.town, &one);
    let week = day.shift_of(&day.call, "02T12:00", "08T21:00", json!({ "kind": "flexible" }));
    signed(&day.town, &one, &week);
    day.until("02T19:00");
    scan(&day, &guard, &one, &week, "shift_in", json!({}));
    day.until("02T20:30");
    scan(&day, &guard, &one, &week, "shift_out", json!({}));
    // The gate at the entrance is offline, the one at the exit is not.
    day.until("03T18:55");
    let came = json!({ "code": code(&day.town, &one).text(), "scanned_at": day.town.now() });
    day.until("03T20:30");
    assert_eq!(scan(&day, &guard, &one, &week, "shift_out", json!({}))["duplicate"], false);
    assert_eq!((stays(&day), day.town.count("SELECT count(*) FROM check_ins")), (1, 3));
    let body = json!({ "purpose": "shift_in", "event": week, "division": OWN, "scans": [came] });
    let sent = send(&day.town, &guard, "/v1/check-in-batches", body);
    assert_eq!(sent.is(207).body["items"][0]["status"], 201);
    let lines = day.lines(&one);
    let [(first, short), (second, long)] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!((first.as_str(), second.as_str()), ("02", "03"));
    // Seconds of the clock pass between one scan and another.
    assert!((89..=90).contains(short) && (94..=95).contains(long), "{lines:?}");
}

#[test]
fn of_one_persons_scans_uploaded_together_the_earliest_is_the_coming() {
    let day = Day::new();
    let (guard, one) = (day.town.staff(Role::PropertyStaff, OWN), neighbour(&day.town, OWN));
    agree(&day.town, &one);
    let shift = day.shift("02T13:00", "02T17:00");
    signed(&day.town, &one, &shift);
    let scanned = |moment: &str| {
        day.until(moment);
        json!({ "code": code(&day.town, &one).text(), "scanned_at": day.town.now() })
    };
    let mut scans: Vec<Value> =
        ["02T12:50", "02T12:52", "02T12:54", "02T12:56"].into_iter().map(scanned).collect();
    scans.reverse();
    let body = json!({ "purpose": "shift_in", "event": shift, "division": OWN, "scans": scans });
    let sent = send(&day.town, &guard, "/v1/check-in-batches", body);
    let statuses: Vec<&Value> =
        sent.is(207).body["items"].as_array().unwrap().iter().map(|item| &item["status"]).collect();
    assert_eq!(statuses, [200, 200, 200, 201]);
    assert_eq!(stays(&day), 1);
}

#[test]
fn a_gate_whose_clock_is_ahead_loses_nobody_s_hours() {
    let day = Day::new();
    let (guard, one) = (day.town.staff(Role::PropertyStaff, OWN), neighbour(&day.town, OWN));
    agree(&day.town, &one);
    let shift = day.shift("02T13:00", "02T17:00");
    signed(&day.town, &one, &shift);
    let upload = |purpose: &str| {
        let ahead = day.town.now() + TimeDelta::seconds(20);
        let scan = json!({ "code": code(&day.town, &one).text(), "scanned_at": ahead });
        let body = json!({ "purpose": purpose, "event": shift, "division": OWN, "scans": [scan] });
        let sent = send(&day.town, &guard, "/v1/check-in-batches", body);
        assert_eq!(sent.is(207).body["items"][0]["status"], 201, "{}", sent.text);
    };
    day.until("02T12:55");
    upload("shift_in");
    assert_eq!(stays(&day), 1);
    day.until("02T15:00");
    upload("shift_out");
    assert_eq!(day.lines(&one), [line("02", 120)]);
    // What the device said stands beside.
    assert_eq!(day.town.count("SELECT count(*) FROM check_ins WHERE scanned_at > checked_in_at"), 2);
}
