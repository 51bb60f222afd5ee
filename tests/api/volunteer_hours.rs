//! Attendance and hours: who came when, what that earns, what is put right, what is disputed, and the stars.

use chrono::{DateTime, TimeDelta, Utc};
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::petitions::{again, neighbour};
use crate::support::volunteering::{
    Organiser, born, organiser, own_signups, record, sign_up, sign_up_with, written,
};
use crate::support::{OWN, PARENT, Person, Reply, Town};

/// Monday, 10:00 in Shanghai.
const START: &str = "2026-03-02T02:00:00Z";

/// A committee with one call, in a town whose clock tests move.
struct Day {
    town: Town,
    us: Organiser,
    call: String,
}

impl Day {
    fn new() -> Self {
        let town = Town::at(START);
        let us = organiser(&town);
        let call = us.published(&town, json!({}));
        Day { town, us, call }
    }

    /// A shift between two moments of Shanghai's clock, as `02T13:00`.
    fn shift_of(&self, call: &str, from: &str, until: &str, more: Value) -> String {
        let times = json!({ "starts_at": at(from), "ends_at": at(until), "capacity": 20 });
        self.us.shift(&self.town, call, crate::support::archive::with(times, more))
    }

    fn shift(&self, from: &str, until: &str) -> String {
        self.shift_of(&self.call, from, until, json!({}))
    }

    /// Lets the clock go on to a moment.
    fn until(&self, moment: &str) {
        let then: DateTime<Utc> = at(moment).parse().unwrap();
        assert!(then >= self.town.now(), "{moment} is past");
        self.town.clock.advance(then - self.town.now());
    }

    fn note(&self, shift: &str, signup: &Value, event: &str, moment: Option<&str>, more: Value) -> Reply {
        let body = json!({ "signup": signup, "event": event, "at": moment.map(at), "reason": "现场登记" });
        let body = crate::support::archive::with(body, more);
        let path = format!("/v1/shifts/{shift}/attendances");
        self.town.post(&path, body).by(&self.town.later(&self.us.worker)).send()
    }

    /// Somebody came and went; answers the stay.
    fn stay(&self, shift: &str, signup: &Value, from: &str, until: &str) -> Value {
        self.note(shift, signup, "arrival", Some(from), json!({})).is(201);
        self.note(shift, signup, "departure", Some(until), json!({})).is(201).body["id"].clone()
    }

    fn correct(&self, by: &Person, stay: &Value, from: &str, until: &str) -> Reply {
        let body = json!({ "kind": "present", "arrived_at": at(from), "left_at": at(until), "reason": "核对签到表" });
        let path = format!("/v1/attendances/{}/corrections", stay.as_str().unwrap());
        self.town.post(&path, body).by(&self.town.later(by)).send()
    }

    fn hours(&self, by: &Person) -> Value {
        let page = self.town.get("/v1/me/volunteer-hours?limit=100").by(&self.town.later(by)).send();
        assert_eq!(page.header("cache-control"), "no-store");
        page.is(200).body.clone()
    }

    fn total(&self, by: &Person) -> i64 {
        self.hours(by)["total_minutes"].as_i64().unwrap()
    }

    /// Lines of the ledger, the oldest first: day and minutes.
    fn lines(&self, by: &Person) -> Vec<(String, i64)> {
        let items = self.hours(by)["items"].as_array().unwrap().clone();
        let line = |item: &Value| {
            (item["worked_on"].as_str().unwrap()[8..].to_owned(), item["minutes"].as_i64().unwrap())
        };
        items.iter().rev().map(line).collect()
    }
}

fn at(moment: &str) -> String {
    let local: DateTime<chrono::FixedOffset> = format!("2026-03-{moment}:00+08:00").parse().unwrap();
    written(local.with_timezone(&Utc))
}

fn signed(town: &Town, by: &Person, shift: &str) -> Value {
    sign_up(town, by, shift).is(201).body["id"].clone()
}

fn line(day: &str, minutes: i64) -> (String, i64) {
    (day.to_owned(), minutes)
}

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
fn who_did_not_come_is_noted_at_the_end_and_may_dispute_it_twice() {
    let day = Day::new();
    let one = neighbour(&day.town, OWN);
    let shift = day.shift("02T13:00", "02T17:00");
    let signup = signed(&day.town, &one, &shift);
    let raise = |by: &Person| {
        let path = format!("/v1/shift-signups/{}/disputes", signup.as_str().unwrap());
        day.town.post(&path, json!({ "reason": "当天服务到五点" })).by(&day.town.later(by)).send()
    };
    let answer = |by: &Person, dispute: &Value, outcome: &str| {
        let path = format!("/v1/hour-disputes/{}/answer", dispute.as_str().unwrap());
        day.town.post(&path, json!({ "outcome": outcome, "answer": "已核对" })).by(&day.town.later(by)).send()
    };
    raise(&one).is_problem(409, "hour-dispute-early");
    day.until("02T18:00");
    day.us.step(&day.town, &day.call, "closure").is(201);
    day.us.step(&day.town, &day.call, "completion").is(201);
    assert_eq!(day.town.text("SELECT kind || ' ' || source FROM attendances"), "no_show completion");
    raise(&neighbour(&day.town, OWN)).is_problem(404, "not-found");
    let first = raise(&one).is(201).body["id"].clone();
    raise(&one).is_problem(409, "hour-dispute-pending");
    answer(&one, &first, "upheld").is_problem(403, "forbidden");
    assert_eq!(answer(&day.us.worker, &first, "upheld").is(201).body["stage"], "organiser");
    answer(&day.us.worker, &first, "upheld").is_problem(409, "hour-dispute-answered");
    let second = raise(&one).is(201).body["id"].clone();
    answer(&day.us.worker, &second, "upheld").is_problem(409, "hour-dispute-another-needed");
    let head = day.town.staff(Role::CommitteeHead, OWN);
    let stay = json!(day.town.text("SELECT id FROM attendances"));
    day.correct(&head, &stay, "02T13:00", "02T17:00").is(201);
    let settled = answer(&head, &second, "corrected");
    assert_eq!((&settled.is(201).body["stage"], day.total(&one)), (&json!("committee"), 240));
    raise(&one).is_problem(409, "hour-dispute-decided");
    let list = |by: &Person| {
        let page = day.town.get("/v1/hour-disputes").by(&day.town.later(by)).send();
        page.is(200).body["items"].as_array().unwrap().len()
    };
    assert_eq!((list(&one), list(&head), list(&neighbour(&day.town, OWN))), (2, 2, 0));
    assert_eq!(list(&day.town.staff(Role::StreetOfficer, PARENT)), 2);
}

#[test]
fn stars_follow_from_the_sum_by_the_rules_of_the_place() {
    let day = Day::new();
    let one = neighbour(&day.town, OWN);
    assert_eq!(
        (day.hours(&one)["stars"].clone(), day.hours(&one)["next_star"]["minutes"].clone()),
        (json!(0), json!(6000))
    );
    let shift = day.shift("02T13:00", "02T17:00");
    let signup = signed(&day.town, &one, &shift);
    day.until("02T18:00");
    let stay = day.stay(&shift, &signup, "02T13:00", "02T17:00");
    // The rest, as if it had been recorded long ago.
    let earlier = |minutes: i64| {
        day.town.execute(&format!(
            "INSERT INTO volunteer_hours (id, resident_id, attendance_id, call_id, division, worked_on, kind, minutes, reason, created_at)
                 SELECT gen_random_uuid(), '{}', '{}', '{}', {OWN}, '2020-01-01'::date + n::int, 'earned', 480, '', now()
                 FROM generate_series(1, {}) n",
            record(&day.town, &one), stay.as_str().unwrap(), day.call, minutes / 480
        ));
    };
    earlier(5760);
    let told = day.hours(&one);
    assert_eq!(
        (&told["total_minutes"], &told["stars"], &told["next_star"]["stars"]),
        (&json!(6000), &json!(1), &json!(2))
    );
    assert!(told["next_star"]["legal_basis"].as_str().unwrap().contains("340号"));
    // A district with rules of its own.
    day.town.execute(
        "INSERT INTO volunteer_rules (id, division, rule, stars, minutes, effective_from, legal_basis, created_at)
             SELECT gen_random_uuid(), 310113000000, 'star', n, n * 1800, '2026-01-01', '区办法', now() FROM generate_series(1, 3) n",
    );
    assert_eq!(day.hours(&one)["stars"], 3);
    assert_eq!(day.hours(&one)["next_star"], Value::Null);
    assert_eq!(day.hours(&day.town.resident())["total_minutes"], 0);
}

#[test]
fn a_guardian_reads_a_child_s_hours_and_two_records_become_one_ledger() {
    let day = Day::new();
    let [mother, child, double] = std::array::from_fn(|_| neighbour(&day.town, OWN));
    born(&day.town, &child, "2017-05-01");
    let ward = record(&day.town, &child);
    day.town.execute(&format!(
        "INSERT INTO guardians (id, ward_id, guardian_id, division, relation, evidence, recorded_by, created_at)
             VALUES (gen_random_uuid(), '{ward}', '{}', {OWN}, 'parent', 'x', '{}', now())",
        record(&day.town, &mother), day.us.worker.account
    ));
    let shift = day.shift("02T13:00", "02T17:00");
    let week = day.shift_of(&day.call, "02T11:00", "08T18:00", json!({ "kind": "flexible" }));
    let for_child = format!("?for={ward}");
    let signup = sign_up_with(&day.town, &mother, &shift, &for_child, json!({})).is(201).body["id"].clone();
    let (own, other) = (signed(&day.town, &mother, &shift), signed(&day.town, &double, &week));
    day.until("02T18:00");
    day.stay(&shift, &signup, "02T13:00", "02T14:00");
    day.stay(&shift, &own, "02T13:00", "02T17:00");
    day.stay(&week, &other, "02T15:00", "02T18:00");
    let path = format!("/v1/me/volunteer-hours?for={ward}");
    let read = |by: &Person| day.town.get(&path).by(&day.town.later(by)).send();
    assert_eq!(read(&mother).is(200).body["total_minutes"], 60);
    read(&double).is_problem(404, "not-found");
    // 13–17 and 15–18 o'clock of one person are five hours.
    let (from, into) = (record(&day.town, &double), record(&day.town, &mother));
    day.town.execute(&format!("UPDATE residents SET account_id = NULL WHERE id = '{from}'"));
    let body = json!({ "from": from, "into": into, "reason": "本人到场核对" });
    day.town.post("/v1/resident-merges", body).by(&day.town.later(&day.us.worker)).send().is(201);
    assert_eq!(day.total(&mother), 300);
    assert_eq!(own_signups(&day.town, &again(&day.town, &mother)).len(), 3);
    assert!(day.town.now() > START.parse::<DateTime<Utc>>().unwrap() + TimeDelta::hours(7));
}
