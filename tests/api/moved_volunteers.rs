//! Volunteers who move away, and records that become another account's: what somebody did is theirs, and counts once.

use serde_json::{Value, json};

use crate::support::archive::{enter, with_card};
use crate::support::petitions::neighbour;
use crate::support::rights::{bind, claim, decide, home, rebind_meanwhile, say, settle};
use crate::support::volunteer_day::{Day, signed};
use crate::support::volunteering::{record, second_record, sign_up_with};
use crate::support::{OWN, Person, Reply, SIBLING};

fn ask(day: &Day, by: &Person, query: &str) -> Reply {
    let body = json!({ "organisation": day.us.organisation });
    day.town.post(&format!("/v1/me/certificates{query}"), body).by(&day.town.later(by)).send()
}

fn certificates(day: &Day, by: &Person) -> usize {
    let page = day.town.get("/v1/me/certificates").by(&day.town.later(by)).send();
    page.is(200).body["items"].as_array().unwrap().len()
}

fn hours_of(day: &Day, by: &Person, record: &str) -> Reply {
    day.town.get(&format!("/v1/me/volunteer-hours?for={record}")).by(&day.town.later(by)).send()
}

fn told(day: &Day, number: &Value) -> (Value, Value) {
    let path = format!("/v1/certificate-verifications/{}", number.as_str().unwrap());
    let body = day.town.get(&path).send().is(200).body.clone();
    (body["status"].clone(), body["current_minutes"].clone())
}

#[test]
fn hours_certificates_and_disputes_go_with_who_moves_away() {
    let day = Day::new();
    let (one, other) = (neighbour(&day.town, OWN), neighbour(&day.town, OWN));
    let first = record(&day.town, &one);
    let shift = day.shift("02T13:00", "02T15:00");
    let signup = signed(&day.town, &one, &shift);
    day.until("02T15:30");
    let stay = day.stay(&shift, &signup, "02T13:00", "02T15:00");
    assert_eq!(ask(&day, &one, "").is(201).body["minutes"], 120);
    let left = json!({ "kind": "moved_out", "on": "2026-03-02" });
    let path = format!("/v1/residents/{first}/departure");
    day.town.post(&path, left).by(&day.town.later(&day.us.worker)).send().is(201);
    // A resident nowhere, and what they did is theirs.
    assert_eq!((day.total(&one), certificates(&day, &one)), (120, 1));
    let alone = ask(&day, &one, "").is(201).body["number"].clone();
    day.town.execute(&format!("UPDATE shift_signups SET account_id = '{}'", other.account));
    let dispute = |by: &Person| {
        let path = format!("/v1/shift-signups/{}/disputes", signup.as_str().unwrap());
        day.town.post(&path, json!({ "reason": "当天服务到五点" })).by(&day.town.later(by)).send()
    };
    dispute(&neighbour(&day.town, OWN)).is_problem(404, "not-found");
    dispute(&one).is(201);
    // A resident elsewhere, they go on, and it is added up.
    let second = second_record(&day.town, &one, SIBLING);
    let next = day.shift("03T13:00", "03T14:00");
    let again = signed(&day.town, &one, &next);
    day.until("03T14:30");
    day.stay(&next, &again, "03T13:00", "03T14:00");
    assert_eq!(day.total(&one), 180);
    let both = ask(&day, &one, "").is(201).body.clone();
    assert_eq!((&both["minutes"], &both["resident"]), (&json!(180), &json!(second)));
    assert_eq!(both["served_from"], "2026-03-02");
    assert_eq!(certificates(&day, &one), 3);
    assert_eq!(told(&day, &both["number"]), (json!("valid"), json!(180)));
    assert_eq!(told(&day, &alone), (json!("valid"), json!(120)));
    for (whose, minutes) in [(&first, 120), (&second, 60)] {
        assert_eq!(hours_of(&day, &one, whose).is(200).body["total_minutes"], minutes);
    }
    assert_eq!(ask(&day, &one, &format!("?for={first}")).is(201).body["minutes"], 120);
    // What is put right of the old record tells in the certificate of both.
    day.correct(&day.us.worker, &stay, "02T13:00", "02T14:30").is(201);
    assert_eq!(told(&day, &both["number"]), (json!("corrected"), json!(150)));
    // Nobody else has any of it.
    assert_eq!((day.total(&other), certificates(&day, &other)), (0, 0));
    ask(&day, &other, "").is_problem(409, "certificate-nothing-recorded");
    ask(&day, &other, &format!("?for={first}")).is_problem(404, "not-found");
    hours_of(&day, &other, &first).is_problem(404, "not-found");
}

#[test]
fn what_records_did_at_one_time_counts_once_as_soon_as_they_are_of_one_account_and_not_longer() {
    let day = Day::new();
    let (town, home) = (&day.town, home(&day.town));
    // A record that was bound to the wrong account, whose own is of another committee, and so is the right one's.
    let kept = enter(town, &day.us.worker, with_card("陈桂芳"));
    settle(town, &kept, &home);
    let [right, wrong] = std::array::from_fn(|_| neighbour(town, SIBLING));
    let [of_right, of_wrong] = [&right, &wrong].map(|person| record(town, person));
    bind(town, &wrong, &kept);
    let at_hours = |by: &Person, record: &str, from: &str, until: &str| {
        let shift = day.shift_of(&day.call, "02T11:00", "08T18:00", json!({ "kind": "flexible" }));
        let signup = sign_up_with(town, by, &shift, &format!("?for={record}"), json!({}));
        (shift, signup.is(201).body["id"].clone(), from.to_owned(), until.to_owned())
    };
    let stays = [
        at_hours(&right, &of_right, "02T13:00", "02T17:00"),
        at_hours(&wrong, kept["id"].as_str().unwrap(), "02T15:00", "02T18:00"),
        at_hours(&wrong, &of_wrong, "02T17:00", "02T19:00"),
    ];
    day.until("02T20:00");
    for (shift, signup, from, until) in &stays {
        day.stay(shift, signup, from, until);
    }
    assert_eq!((day.total(&right), day.total(&wrong)), (240, 240));
    // 13–17 and 15–18 o'clock of one person are five hours, and 17–19 o'clock of another two.
    let said = say(town, &town.later(&right), claim("陈桂芳", &home));
    let decision = json!({ "decision": "confirmed", "resident": kept["id"], "takes_over": true });
    decide(town, &town.later(&day.us.worker), &said, decision).is(201);
    assert_eq!((day.total(&right), day.total(&wrong)), (300, 120));
}

#[test]
fn what_was_done_before_one_showed_who_one_is_counts_once_with_the_rest() {
    let day = Day::new();
    let (town, home) = (&day.town, home(&day.town));
    let kept = enter(town, &day.us.worker, with_card("陈桂芳"));
    settle(town, &kept, &home);
    let (one, before) = (neighbour(town, SIBLING), town.resident());
    bind(town, &before, &kept);
    let [first, second] = ["02T13:00", "02T14:00"]
        .map(|from| day.shift_of(&day.call, from, "02T18:00", json!({ "kind": "flexible" })));
    let signups = [signed(town, &one, &first), signed(town, &before, &second)];
    town.execute(&format!("UPDATE residents SET account_id = NULL WHERE account_id = '{}'", before.account));
    day.until("02T20:00");
    day.stay(&first, &signups[0], "02T13:00", "02T17:00");
    day.stay(&second, &signups[1], "02T15:00", "02T18:00");
    assert_eq!(day.total(&one), 240);
    let said = say(town, &town.later(&one), claim("陈桂芳", &home));
    assert_eq!(said.is(201).body["status"], "verified");
    assert_eq!(day.total(&one), 300);
}

#[test]
fn who_goes_while_their_record_becomes_an_account_s_has_the_hours_of_that_person() {
    let day = Day::new();
    let town = &day.town;
    let [one, before] = [SIBLING, OWN].map(|division| neighbour(town, division));
    let kept = record(town, &before);
    let [first, second] = ["02T13:00", "02T14:00"]
        .map(|from| day.shift_of(&day.call, from, "02T18:00", json!({ "kind": "flexible" })));
    let (signup, other) = (signed(town, &one, &first), signed(town, &before, &second));
    day.until("02T20:00");
    day.stay(&first, &signup, "02T13:00", "02T17:00");
    day.note(&second, &other, "arrival", Some("02T15:00"), json!({})).is(201);
    let gone = rebind_meanwhile(town, &kept, &one, || {
        day.note(&second, &other, "departure", Some("02T18:00"), json!({})).status
    });
    // 13–17 and 15–18 o'clock of one person are five hours.
    assert_eq!((gone, day.total(&one)), (201, 300));
}
