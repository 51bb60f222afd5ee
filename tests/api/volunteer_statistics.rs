//! Statistics of volunteering: what is counted, what is hidden from whom, and who is asked too often.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::petitions::neighbour;
use crate::support::volunteer_day::{Day, signed};
use crate::support::volunteering::{born, record, second_record};
use crate::support::{OWN, PARENT, Person, Reply, SIBLING, Town};

#[track_caller]
fn counted(town: &Town, by: &Person, division: &str, from: &str, until: &str) -> Reply {
    let path = format!("/v1/volunteer-statistics?division={division}&from={from}&until={until}");
    town.get(&path).by(&town.later(by)).send()
}

fn loads(town: &Town, by: &Person, more: &str) -> Reply {
    town.get(&format!("/v1/volunteer-loads?division={OWN}{more}")).by(&town.later(by)).send()
}

fn of_age<'a>(body: &'a Value, band: &str) -> &'a Value {
    let ages = body["ages"].as_array().expect("ages");
    &ages.iter().find(|one| one["band"] == band).expect("a band")["volunteers"]
}

/// Six sign up on Monday and five come; two of those come again on Tuesday.
fn two_days() -> (Day, Vec<Person>) {
    let day = Day::new();
    let town = &day.town;
    let people: Vec<Person> = (0..6).map(|_| neighbour(town, OWN)).collect();
    for (person, on) in
        people.iter().zip(["1950-01-01", "1950-01-01", "1990-05-05", "1990-05-05", "1990-05-05"])
    {
        born(town, person, on);
    }
    let first = day.shift("02T13:00", "02T15:00");
    let signups: Vec<Value> = people.iter().map(|person| signed(town, person, &first)).collect();
    day.until("02T16:00");
    for signup in &signups[..5] {
        day.stay(&first, signup, "02T13:00", "02T15:00");
    }
    day.note(&first, &signups[5], "no_show", None, json!({})).is(201);
    // The next day two of them come again.
    let second = day.shift("03T13:00", "03T14:00");
    let again: Vec<Value> = people[..2].iter().map(|person| signed(town, person, &second)).collect();
    day.until("03T15:00");
    for signup in &again {
        day.stay(&second, signup, "03T13:00", "03T14:00");
    }
    (day, people)
}

#[test]
fn who_may_list_the_people_sees_all_numbers_and_others_none_below_five() {
    let (day, people) = two_days();
    let town = &day.town;
    let body = counted(town, &day.us.worker, OWN, "2026-03-02", "2026-03-02").is(200).body.clone();
    assert_eq!(
        (&body["volunteers"], &body["minutes"], &body["is_rounded"]),
        (&json!(5), &json!(600), &json!(false))
    );
    assert_eq!(
        (of_age(&body, "from_70"), of_age(&body, "from_35"), of_age(&body, "from_18")),
        (&json!(2), &json!(3), &json!(0))
    );
    let fill = &body["fill"];
    assert_eq!(
        (
            &fill["shifts"],
            &fill["places"],
            &fill["taken"],
            &fill["percent"],
            &fill["attended"],
            &fill["no_shows"]
        ),
        (&json!(1), &json!(20), &json!(6), &json!(30.0), &json!(5), &json!(1))
    );
    let next = counted(town, &day.us.worker, OWN, "2026-03-03", "2026-03-03").is(200).body.clone();
    assert_eq!(next["retention"], json!({ "before": 5, "stayed": 2, "percent": 40.0 }));
    // The district does not list who signed up: two are not told, and six are five.
    let district = town.staff(Role::DistrictOfficer, PARENT);
    let hidden = counted(town, &district, OWN, "2026-03-03", "2026-03-03").is(200).body.clone();
    assert_eq!(
        (&hidden["volunteers"], &hidden["minutes"], &hidden["is_rounded"]),
        (&json!(null), &json!(null), &json!(true))
    );
    assert_eq!(hidden["retention"], json!({ "before": 5, "stayed": null, "percent": null }));
    let shown = counted(town, &district, PARENT, "2026-03-02", "2026-03-03").is(200).body.clone();
    assert_eq!((&shown["volunteers"], &shown["minutes"]), (&json!(5), &json!(600)));
    assert_eq!((&shown["fill"]["taken"], &shown["fill"]["no_shows"]), (&json!(5), &json!(null)));
    assert!(shown["ages"].as_array().unwrap().iter().all(|one| one["volunteers"].is_null()));
    // A post reaches its range and nothing above or beside it.
    counted(town, &day.us.worker, PARENT, "2026-03-02", "2026-03-02").is_problem(404, "not-found");
    counted(town, &day.us.worker, SIBLING, "2026-03-02", "2026-03-02").is_problem(404, "not-found");
    counted(town, &people[0], OWN, "2026-03-02", "2026-03-02").is_problem(403, "forbidden");
    for (from, until) in [("2026-03-02", "2026-03-01"), ("2025-01-01", "2026-03-01")] {
        counted(town, &day.us.worker, OWN, from, until).is_problem(422, "volunteer-statistics-span-invalid");
    }
}

#[test]
fn who_is_asked_too_often_is_told_to_who_sees_who_signed_up() {
    let day = Day::new();
    let town = &day.town;
    let (often, once) = (neighbour(town, OWN), neighbour(town, OWN));
    for n in 2..5 {
        let shift = day.shift(&format!("0{n}T13:00"), &format!("0{n}T15:00"));
        let signup = signed(town, &often, &shift);
        let other = (n == 2).then(|| signed(town, &once, &shift));
        day.until(&format!("0{n}T16:00"));
        day.stay(&shift, &signup, &format!("0{n}T13:00"), &format!("0{n}T15:00"));
        if let Some(other) = other {
            day.stay(&shift, &other, &format!("0{n}T13:00"), &format!("0{n}T15:00"));
        }
    }
    let listed = |more: &str| loads(town, &day.us.worker, more).is(200).body["items"].clone();
    assert_eq!(listed(""), json!([]));
    let both = listed("&minutes=120");
    assert_eq!(both.as_array().unwrap().len(), 2);
    let three = listed("&shifts=3");
    assert_eq!(three.as_array().unwrap().len(), 1);
    let one = &three[0];
    assert_eq!(
        (&one["resident"], &one["minutes"], &one["shifts"]),
        (&json!(record(town, &often)), &json!(360), &json!(3))
    );
    assert!(one["name"].is_string());
    // Page by page, each once.
    let page = loads(town, &day.us.worker, "&minutes=120&limit=1");
    let cursor = page.is(200).body["next_cursor"].as_str().expect("more").to_owned();
    let rest = loads(town, &day.us.worker, &format!("&minutes=120&limit=1&cursor={cursor}"));
    assert_ne!(page.body["items"][0]["resident"], rest.is(200).body["items"][0]["resident"]);
    assert!(rest.body["next_cursor"].is_null());
    assert!(page.header("link").contains(&cursor) && rest.header("link").is_empty());
    // Beyond the range, above it, or as a neighbour: nothing.
    loads(town, &town.staff(Role::CommitteeWorker, SIBLING), "").is_problem(404, "not-found");
    loads(town, &town.staff(Role::DistrictOfficer, PARENT), "").is_problem(403, "forbidden");
    loads(town, &often, "").is_problem(403, "forbidden");
    // What is long ago is no load.
    town.clock.advance(chrono::TimeDelta::days(40));
    let worker = town.staff(Role::CommitteeWorker, OWN);
    assert_eq!(loads(town, &worker, "&minutes=1").is(200).body["items"], json!([]));
    assert!(town.count("SELECT count(*) FROM audit_events WHERE action = 'list_volunteer_loads'") >= 5);
}

#[test]
fn who_has_two_records_is_asked_as_one_person() {
    let day = Day::new();
    let (town, one) = (&day.town, neighbour(&day.town, OWN));
    let shift = day.shift("02T13:00", "02T15:00");
    let signup = signed(town, &one, &shift);
    day.until("02T16:00");
    day.stay(&shift, &signup, "02T13:00", "02T15:00");
    let listed = || loads(town, &day.us.worker, "&minutes=240").is(200).body["items"].clone();
    assert_eq!(listed(), json!([]));
    let first = record(town, &one);
    let second = second_record(town, &one, SIBLING);
    let change = format!("jsonb_build_object('id', gen_random_uuid(), 'resident_id', '{second}')");
    town.execute(&format!(
        "INSERT INTO volunteer_hours SELECT (jsonb_populate_record(h, {change})).* FROM volunteer_hours h"
    ));
    let both = listed();
    assert_eq!((both.as_array().unwrap().len(), &both[0]["minutes"]), (1, &json!(240)));
    assert!(both[0]["resident"] == json!(first) || both[0]["resident"] == json!(second));
}
