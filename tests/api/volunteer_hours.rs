//! Attendance and hours: who came when, what that earns, and what is put right.

use lilong::access::role::Role;
use serde_json::json;

use crate::support::petitions::neighbour;
use crate::support::volunteer_day::{Day, line, signed};
use crate::support::volunteering::{record, second_record, sign_up_with, withdraw};
use crate::support::{OWN, SIBLING};

#[test]
fn hours_are_those_inside_the_shift_less_breaks_and_up_to_the_cap() {
    let day = Day::new();
    let (one, two) = (neighbour(&day.town, OWN), neighbour(&day.town, OWN));
    let shift = day.shift("02T13:00", "02T17:00");
    let (first, second) = (signed(&day.town, &one, &shift), signed(&day.town, &two, &shift));
    // Nobody is there before it can be, nor in time to come.
    day.note(&shift, &first, "arrival", None, json!({})).is_problem(422, "attendance-moment-unfit");
    day.until("02T12:30");
    day.note(&shift, &first, "departure", None, json!({})).is_problem(409, "attendance-not-open");
    day.note(&shift, &first, "no_show", None, json!({})).is_problem(422, "attendance-moment-unfit");
    day.note(&shift, &json!(lilong::kit::id::next()), "arrival", None, json!({}))
        .is_problem(422, "attendance-not-signed-up");
    day.note(&shift, &first, "arrival", None, json!({})).is(201);
    day.note(&shift, &first, "arrival", None, json!({})).is_problem(409, "attendance-open");
    day.note(&shift, &first, "arrival", Some("02T14:00"), json!({}))
        .is_problem(422, "attendance-moment-unfit");
    assert_eq!(day.total(&one), 0);
    day.until("02T18:00");
    day.note(&shift, &first, "departure", Some("02T12:00"), json!({}))
        .is_problem(422, "attendance-moment-unfit");
    let long = json!({ "break_minutes": 400 });
    day.note(&shift, &first, "departure", Some("02T17:30"), long).is_problem(422, "attendance-break-unfit");
    let gone = day.note(&shift, &first, "departure", Some("02T17:30"), json!({ "break_minutes": 30 }));
    assert_eq!((&gone.is(201).body["source"], &gone.body["break_minutes"]), (&json!("leader"), &json!(30)));
    assert_eq!(day.lines(&one), [line("02", 210)]);
    // Who did not come has none, and can't have come as well.
    day.note(&shift, &second, "no_show", None, json!({})).is(201);
    day.note(&shift, &second, "no_show", None, json!({})).is_problem(409, "attendance-noted");
    day.note(&shift, &second, "arrival", Some("02T13:00"), json!({})).is_problem(409, "attendance-noted");
    assert_eq!(day.total(&two), 0);
    // Ten hours in a day count as eight.
    let long = day.shift("03T08:00", "03T18:00");
    let signup = signed(&day.town, &one, &long);
    day.until("03T18:30");
    day.stay(&long, &signup, "03T08:00", "03T18:00");
    assert_eq!(day.lines(&one), [line("02", 210), line("03", 480)]);
    assert_eq!(day.town.count("SELECT count(*) FROM audit_events WHERE action = 'create_attendance'"), 5);
}

#[test]
fn one_sees_what_was_noted_of_oneself_and_nothing_of_others() {
    let day = Day::new();
    let (one, two) = (neighbour(&day.town, OWN), neighbour(&day.town, OWN));
    let shift = day.shift("02T13:00", "02T17:00");
    let (first, second) = (signed(&day.town, &one, &shift), signed(&day.town, &two, &shift));
    day.until("02T18:00");
    day.stay(&shift, &first, "02T13:00", "02T15:00");
    day.note(&shift, &second, "no_show", None, json!({})).is(201);
    let list =
        |by, more: &str| day.town.get(&format!("/v1/me/attendances{more}")).by(&day.town.later(by)).send();
    for (by, signup, kind, reason) in
        [(&one, &first, "present", "现场登记"), (&two, &second, "no_show", "现场登记")]
    {
        let listed = list(by, "");
        let items = listed.is(200).body["items"].as_array().unwrap();
        assert_eq!(items.len(), 1);
        assert_eq!(
            (&items[0]["signup"], &items[0]["kind"], &items[0]["reason"]),
            (signup, &json!(kind), &json!(reason))
        );
    }
    let others = format!("?for={}", record(&day.town, &one));
    list(&one, &others).is(200);
    list(&two, &others).is_problem(404, "not-found");
}

#[test]
fn a_night_two_calls_at_once_and_a_missing_departure() {
    let day = Day::new();
    let one = neighbour(&day.town, OWN);
    let night = day.shift("02T22:00", "03T03:00");
    let signup = signed(&day.town, &one, &night);
    let other = day.us.published(&day.town, json!({}));
    let week = day.shift_of(&other, "02T18:00", "08T18:00", json!({ "kind": "flexible" }));
    let free = signed(&day.town, &one, &week);
    day.until("03T04:00");
    day.stay(&night, &signup, "02T21:50", "03T03:20");
    assert_eq!(day.lines(&one), [line("02", 120), line("03", 180)]);
    // The other call at the same time adds what is beside it: 21–22 and 3–4 o'clock.
    let beside = day.stay(&week, &free, "02T21:00", "03T04:00");
    assert_eq!(day.total(&one), 120 + 180 + 60 + 60);
    let by_day = "SELECT string_agg(worked_on || ':' || minutes, ' ' ORDER BY worked_on)
        FROM (SELECT worked_on, sum(minutes) AS minutes FROM volunteer_hours GROUP BY worked_on) t";
    assert_eq!(day.town.text(by_day), "2026-03-02:180 2026-03-03:240");
    // Whoever forgot to go earns nothing until it is known when they did.
    day.until("04T10:00");
    day.note(&week, &free, "arrival", Some("04T09:00"), json!({})).is(201);
    assert_eq!(day.total(&one), 420);
    day.us.step(&day.town, &other, "closure").is(201);
    day.until("08T19:00");
    day.us.step(&day.town, &other, "completion").is_problem(409, "volunteer-call-attendance-open");
    day.note(&week, &free, "departure", Some("08T18:00"), json!({}))
        .is_problem(422, "attendance-moment-unfit");
    day.note(&week, &free, "departure", Some("04T11:00"), json!({})).is(201);
    assert_eq!(day.total(&one), 540);
    day.us.step(&day.town, &other, "completion").is(201);
    // Over, nothing is noted, and what is wrong is put right.
    day.note(&week, &free, "arrival", Some("05T09:00"), json!({}))
        .is_problem(409, "volunteer-call-state-unfit");
    day.correct(&day.us.worker, &beside, "02T21:00", "02T21:30").is(201);
    assert_eq!(day.total(&one), 540 - 90);
    let reversed =
        day.hours(&one)["items"].as_array().unwrap().iter().filter(|item| item["kind"] == "reversed").count();
    assert!(reversed >= 2, "{reversed}");
    assert_eq!(day.hours(&one)["items"][0]["reason"], "核对签到表");
}

#[test]
fn of_all_who_had_places_of_fixed_shifts_those_are_absent_at_the_end_of_whom_nothing_is_noted() {
    let day = Day::new();
    let [came, stayed, excused, left] = std::array::from_fn(|_| neighbour(&day.town, OWN));
    let (first, second) = (day.shift("02T13:00", "02T14:00"), day.shift("02T15:00", "02T16:00"));
    let week = day.shift_of(&day.call, "02T11:00", "02T18:00", json!({ "kind": "flexible" }));
    let [present, noted] = [&came, &excused].map(|one| signed(&day.town, one, &first));
    for (one, shift) in [(&stayed, &first), (&stayed, &second), (&came, &second), (&left, &second)] {
        signed(&day.town, one, shift);
    }
    // Whoever chooses their hours is never absent, nor who gave their place back.
    signed(&day.town, &left, &week);
    withdraw(&day.town, &left, &second).is(204);
    day.until("02T18:30");
    day.stay(&first, &present, "02T13:00", "02T14:00");
    day.note(&first, &noted, "no_show", None, json!({})).is(201);
    day.us.step(&day.town, &day.call, "closure").is(201);
    day.us.step(&day.town, &day.call, "completion").is(201);
    let absent = |shift: &str| {
        day.town.text(&format!(
            "SELECT string_agg(source || ' ' || (resident_id = '{}')::text, ',' ORDER BY source, resident_id = '{}')
                 FROM attendances WHERE shift_id = '{shift}' AND kind = 'no_show'",
            record(&day.town, &stayed), record(&day.town, &stayed)
        ))
    };
    assert_eq!(absent(&first), "completion true,leader false");
    assert_eq!(absent(&second), "completion false,completion true");
    assert_eq!(day.town.count("SELECT count(*) FROM attendances"), 5);
    // The ids are of one kind.
    let others = "SELECT count(*) FROM attendances WHERE substr(id::text, 15, 1) <> '7' OR substr(id::text, 20, 1) !~ '[89ab]'";
    assert_eq!(day.town.count(others), 0);
}

#[test]
fn a_correction_takes_back_and_counts_anew_and_nobody_corrects_themselves() {
    let day = Day::new();
    let (one, worker) = (neighbour(&day.town, OWN), neighbour(&day.town, OWN));
    day.town.appoint(&worker, Role::CommitteeWorker, OWN);
    let shift = day.shift("02T13:00", "02T17:00");
    let (first, own) = (signed(&day.town, &one, &shift), signed(&day.town, &worker, &shift));
    day.until("02T18:00");
    let stay = day.stay(&shift, &first, "02T13:00", "02T15:00");
    let own = day.stay(&shift, &own, "02T13:00", "02T14:00");
    day.correct(&worker, &own, "02T13:00", "02T17:00").is_problem(409, "shift-signup-own");
    day.correct(&one, &stay, "02T13:00", "02T17:00").is_problem(403, "forbidden");
    day.correct(&day.us.worker, &stay, "02T13:00", "02T19:00").is_problem(422, "attendance-moment-unfit");
    day.correct(&worker, &stay, "02T13:00", "02T16:30").is(201);
    assert_eq!(day.lines(&one), [line("02", 120), line("02", -120), line("02", 210)]);
    day.correct(&worker, &stay, "02T13:00", "02T16:30").is(201);
    assert_eq!(day.lines(&one).len(), 3, "nothing changed");
    let body = json!({ "kind": "no_show", "reason": "冒签" });
    let path = format!("/v1/attendances/{}/corrections", stay.as_str().unwrap());
    day.town.post(&path, body).by(&day.town.later(&worker)).send().is(201);
    assert_eq!((day.total(&one), day.lines(&one).len()), (0, 4));
    assert_eq!(day.town.count("SELECT count(*) FROM attendance_corrections"), 3);
    for sql in [
        "UPDATE volunteer_hours SET minutes = 300",
        "DELETE FROM volunteer_hours",
        "TRUNCATE volunteer_hours",
    ] {
        use diesel::connection::SimpleConnection;
        assert!(day.town.owner().batch_execute(sql).is_err(), "{sql}");
    }
    // A second person's noting at the same moment is one.
    let late = day.shift("03T13:00", "03T14:00");
    let signup = signed(&day.town, &one, &late);
    day.until("03T15:00");
    day.note(&late, &signup, "arrival", Some("03T13:00"), json!({})).is(201);
    let codes: Vec<u16> = std::thread::scope(|scope| {
        let (day, signup, late) = (&day, &signup, &late);
        let go = move || day.note(late, signup, "departure", Some("03T14:00"), json!({})).status;
        let both = [scope.spawn(go), scope.spawn(go)];
        both.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!((codes.iter().filter(|code| **code == 201).count(), day.total(&one)), (1, 60), "{codes:?}");
}

#[test]
fn one_person_by_two_records_has_each_minute_once_and_one_cap() {
    let day = Day::new();
    let one = neighbour(&day.town, OWN);
    let first = record(&day.town, &one);
    let second = second_record(&day.town, &one, SIBLING);
    let signed = |whose: &str| {
        let shift = day.shift_of(&day.call, "02T11:00", "02T23:00", json!({ "kind": "flexible" }));
        let signup = sign_up_with(&day.town, &one, &shift, &format!("?for={whose}"), json!({}));
        (shift, signup.is(201).body["id"].clone())
    };
    let (here, there) = (signed(&first), signed(&second));
    let minutes = || {
        let of = |whose: &str| {
            day.town.count(&format!(
                "SELECT coalesce(sum(minutes), 0) FROM volunteer_hours WHERE resident_id = '{whose}'"
            ))
        };
        (of(&first), of(&second), day.total(&one))
    };
    day.until("02T23:30");
    let stay_here = day.stay(&here.0, &here.1, "02T11:00", "02T16:00");
    let stay_there = day.stay(&there.0, &there.1, "02T14:00", "02T18:00");
    assert_eq!(minutes(), (300, 120, 420));
    day.correct(&day.us.worker, &stay_there, "02T14:00", "02T22:00").is(201);
    assert_eq!(minutes(), (300, 180, 480));
    // What one record loses, the other may have, and each line is of the record that was there.
    day.correct(&day.us.worker, &stay_here, "02T11:00", "02T13:00").is(201);
    assert_eq!(minutes(), (120, 360, 480));
}
