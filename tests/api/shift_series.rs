//! Recurring shifts of a team: weeks made ahead without holidays, once, for the team first and then for everybody.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::petitions::neighbour;
use crate::support::volunteering::{Organiser, add_shift, ahead, organiser, sign_up};
use crate::support::{OWN, Person, Reply, Town};

/// A Monday, before National Day.
const NOW: &str = "2026-09-21T02:00:00Z";

#[track_caller]
fn team(town: &Town, us: &Organiser, name: &str) -> String {
    let draft = json!({
        "division": OWN, "organiser": { "organisation": us.organisation }, "name": name, "kind": "standing"
    });
    let reply = town.post("/v1/volunteer-teams", draft).by(&town.later(&us.worker)).send();
    reply.is(201).body["id"].as_str().expect("an id").to_owned()
}

fn series(town: &Town, by: &Person, call: &str, team: &str, more: Value) -> Reply {
    let weekly = |weekday: u8, from: &str, until: &str| json!({ "weekday": weekday, "from": from, "until": until, "place": "友谊路地铁站2号口", "capacity": 1 });
    let draft = json!({
        "volunteer_team": team, "pattern": [weekly(4, "18:30", "20:00"), weekly(6, "09:00", "11:00")], "first_on": "2026-09-28",
        "weeks": 3, "skips_holidays": true, "team_first_until_hours": 24
    });
    let path = format!("/v1/volunteer-calls/{call}/shift-series");
    town.post(&path, with(draft, more)).by(&town.later(by)).send()
}

#[test]
fn weeks_are_made_once_without_holidays_for_the_team_first_and_then_for_everybody() {
    let town = Town::at(NOW);
    let us = organiser(&town);
    let (ours, other) = (team(&town, &us, "文明劝导队"), organiser(&town));
    let theirs = team(&town, &other, "别家服务队");
    let call = us.published(&town, json!({}));
    let make = |more: Value| series(&town, &us.worker, &call, &ours, more);
    series(&town, &us.worker, &call, &theirs, json!({})).is_problem(422, "shift-series-team-unfit");
    series(&town, &neighbour(&town, OWN), &call, &ours, json!({})).is_problem(403, "forbidden");
    let backwards = json!([{ "weekday": 1, "from": "09:00", "until": "09:00", "place": "x", "capacity": 1 }]);
    make(json!({ "pattern": backwards })).is_problem(422, "shift-series-pattern-unfit");
    make(json!({ "first_on": "2027-12-01" })).is_problem(422, "shift-times-unfit");
    make(json!({ "first_on": "2026-08-01", "weeks": 1 })).is_problem(409, "shift-series-empty");
    // Twice at once is once.
    let tries: Vec<Reply> = std::thread::scope(|scope| {
        let go = || make(json!({}));
        [scope.spawn(go), scope.spawn(go)].into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let made: Vec<&Reply> = tries.iter().filter(|reply| reply.status == 201).collect();
    assert_eq!(made.len(), 1, "{} {}", tries[0].text, tries[1].text);
    let body = &made[0].body;
    let starts: Vec<&str> =
        body["shifts"].as_array().unwrap().iter().map(|one| one["starts_at"].as_str().unwrap()).collect();
    // National Day is a Thursday, and the Saturday after it is off, too.
    assert_eq!(
        starts,
        [
            "2026-10-08T10:30:00.000000Z",
            "2026-10-10T01:00:00.000000Z",
            "2026-10-15T10:30:00.000000Z",
            "2026-10-17T01:00:00.000000Z"
        ]
    );
    assert_eq!(body["holidays"], json!(["2026-10-01", "2026-10-03"]));
    // A week more: only that is made.
    let more = make(json!({ "weeks": 4 }));
    assert_eq!(more.is(201).body["shifts"].as_array().unwrap().len(), 2);
    assert_eq!(more.body["skipped"], 4);
    make(json!({ "weeks": 26, "pattern": many() })).is_problem(409, "shift-too-many");
    first_the_team(&town, &ours, body["shifts"][0]["id"].as_str().unwrap());
}

#[test]
fn a_team_keeps_its_week_and_shifts_are_made_of_what_it_keeps() {
    let town = Town::at(NOW);
    let us = organiser(&town);
    let (ours, call) = (team(&town, &us, "文明劝导队"), us.published(&town, json!({})));
    let path = format!("/v1/volunteer-teams/{ours}");
    let make = |weeks: u8| {
        let draft = json!({ "volunteer_team": ours, "first_on": "2026-09-28", "weeks": weeks });
        let by = town.later(&us.worker);
        town.post(&format!("/v1/volunteer-calls/{call}/shift-series"), draft).by(&by).send()
    };
    let keep = |by: &Person, pattern: Value| {
        town.patch(&path, "*", json!({ "pattern": pattern })).by(&town.later(by)).send()
    };
    let weekly = |weekday: u8, until: &str| json!([{ "weekday": weekday, "from": "09:00", "until": until, "role": "劝导", "place": "2号口", "capacity": 3 }]);
    make(2).is_problem(422, "shift-series-pattern-missing");
    // Whoever organises says it; who is in the team reads it.
    let member = neighbour(&town, OWN);
    town.post(&format!("{path}/members"), json!({ "skills": [] })).by(&member).send().is(201);
    keep(&member, weekly(2, "11:00")).is_problem(403, "forbidden");
    keep(&us.worker, weekly(2, "09:00")).is_problem(422, "volunteer-team-pattern-unfit");
    keep(&us.worker, weekly(8, "11:00")).is_problem(422, "field-invalid");
    let kept = keep(&us.worker, weekly(2, "11:00"));
    assert_eq!((&kept.is(200).body["pattern"], &kept.body["version"]), (&weekly(2, "11:00"), &json!(2)));
    let seen = town.get(&path).by(&town.later(&member)).send();
    assert_eq!(seen.is(200).body["pattern"], weekly(2, "11:00"));
    let starts = |reply: &Reply| -> Vec<String> {
        let shifts = reply.is(201).body["shifts"].as_array().unwrap();
        shifts.iter().map(|one| one["starts_at"].as_str().unwrap().to_owned()).collect()
    };
    let made = make(2);
    assert_eq!(starts(&made), ["2026-09-29T01:00:00.000000Z", "2026-10-06T01:00:00.000000Z"]);
    let first = &made.body["shifts"][0];
    assert_eq!(
        (&first["role"], &first["place"], &first["capacity"]),
        (&json!("劝导"), &json!("2号口"), &json!(3))
    );
    // Another week from now on: what is made already stays.
    keep(&us.worker, weekly(3, "10:00")).is(200);
    assert_eq!(starts(&make(1)), ["2026-09-30T01:00:00.000000Z"]);
    keep(&us.worker, json!([])).is(200);
    make(1).is_problem(422, "shift-series-pattern-missing");
    assert_eq!(town.count("SELECT count(*) FROM shifts"), 3);
}

#[test]
fn the_leader_of_a_team_says_what_it_does_each_week_and_nothing_else_of_it() {
    let town = Town::at(NOW);
    let us = organiser(&town);
    let ours = team(&town, &us, "文明劝导队");
    let path = format!("/v1/volunteer-teams/{ours}");
    let (leader, member) = (neighbour(&town, OWN), neighbour(&town, OWN));
    let [first, _] = [&leader, &member].map(|by| {
        let joined = town.post(&format!("{path}/members"), json!({ "skills": [] })).by(by).send();
        joined.is(201).body["id"].clone()
    });
    let week = |until: &str| json!([{ "weekday": 2, "from": "09:00", "until": until, "role": "劝导", "place": "2号口", "capacity": 3 }]);
    let keep = |by: &Person, seen: &str, pattern: Value| {
        let body = json!({ "pattern": pattern });
        town.put(&format!("{path}/pattern"), seen, body).by(&town.later(by)).send()
    };
    keep(&leader, "*", week("11:00")).is_problem(403, "forbidden");
    town.put(&format!("{path}/leader"), "*", json!({ "member": first })).by(&us.worker).send().is(200);
    keep(&member, "*", week("11:00")).is_problem(403, "forbidden");
    keep(&leader, "*", week("09:00")).is_problem(422, "volunteer-team-pattern-unfit");
    keep(&leader, "\"v1\"", week("11:00")).is_problem(412, "version-stale");
    let kept = keep(&leader, "\"v2\"", week("11:00"));
    assert_eq!((&kept.is(200).body["pattern"], &kept.body["version"]), (&week("11:00"), &json!(3)));
    town.patch(&path, "*", json!({ "name": "别的队" })).by(&leader).send().is_problem(403, "forbidden");
    // Who organises it makes shifts of that, and says it, too.
    let call = us.published(&town, json!({}));
    let draft = json!({ "volunteer_team": ours, "first_on": "2026-09-28", "weeks": 2 });
    let made = town.post(&format!("/v1/volunteer-calls/{call}/shift-series"), draft).by(&us.worker).send();
    assert_eq!(made.is(201).body["shifts"].as_array().unwrap().len(), 2);
    keep(&us.worker, "*", json!([])).is(200);
    town.patch(&path, "*", json!({ "status": "dissolved" })).by(&us.worker).send().is(200);
    keep(&leader, "*", week("11:00")).is_problem(409, "volunteer-team-dissolved");
    let change = |more: Value| town.patch(&path, "*", more).by(&us.worker).send();
    change(json!({ "pattern": week("11:00") })).is_problem(409, "volunteer-team-dissolved");
    // Founded again, it has a week again.
    let again = change(json!({ "status": "active", "pattern": week("11:00") }));
    assert_eq!(again.is(200).body["pattern"], week("11:00"));
}

#[test]
fn a_team_is_founded_with_its_week() {
    let town = Town::at(NOW);
    let us = organiser(&town);
    let found = |name: &str, until: &str| {
        let week = json!([{ "weekday": 6, "from": "09:00", "until": until, "place": "花园", "capacity": 5 }]);
        let draft = json!({
            "division": OWN, "organiser": { "organisation": us.organisation }, "name": name, "kind": "standing", "pattern": week
        });
        town.post("/v1/volunteer-teams", draft).by(&us.worker).send()
    };
    found("护绿队", "08:00").is_problem(422, "volunteer-team-pattern-unfit");
    let made = found("护绿队", "10:00").is(201).body.clone();
    assert_eq!((&made["pattern"][0]["place"], &made["pattern"][0]["role"]), (&json!("花园"), &json!("")));
    let list = town.get("/v1/volunteer-teams").by(&us.worker).send();
    assert_eq!(list.is(200).body["items"], json!([made]));
}

#[test]
fn a_single_shift_may_be_for_a_team_first_too() {
    let town = Town::at(NOW);
    let us = organiser(&town);
    let (ours, other) = (team(&town, &us, "文明劝导队"), organiser(&town));
    let theirs = team(&town, &other, "别家服务队");
    let call = us.published(&town, json!({}));
    let add = |team: &str| {
        let more = json!({ "volunteer_team": team, "own_first_until": ahead(&town, 600), "capacity": 1 });
        add_shift(&town, &us.worker, &call, more)
    };
    add(&theirs).is_problem(422, "shift-team-unfit");
    add(&lilong::kit::id::next().to_string()).is_problem(422, "shift-team-unfit");
    let made = add(&ours);
    assert_eq!(made.is(201).body["volunteer_team"], ours);
    let shift = made.body["id"].as_str().unwrap();
    let (member, near) = (neighbour(&town, OWN), neighbour(&town, OWN));
    let join = town.post(&format!("/v1/volunteer-teams/{ours}/members"), json!({ "skills": [] }));
    join.by(&member).send().is(201);
    sign_up(&town, &near, shift).is_problem(409, "shift-own-first");
    assert_eq!(sign_up(&town, &member, shift).is(201).body["state"], "held");
    town.clock.advance(TimeDelta::minutes(601));
    assert_eq!(sign_up(&town, &near, shift).is(201).body["state"], "waiting");
    // A team that was dissolved comes first nowhere.
    let end = json!({ "status": "dissolved" });
    town.patch(&format!("/v1/volunteer-teams/{ours}"), "*", end).by(&town.later(&us.worker)).send().is(200);
    add(&ours).is_problem(422, "shift-team-unfit");
}

fn many() -> Value {
    let line = |n: u8| json!({ "weekday": n % 7 + 1, "from": "06:00", "until": "07:00", "place": format!("门岗{n}"), "capacity": 1 });
    (0..14).map(line).collect()
}

fn first_the_team(town: &Town, team: &str, shift: &str) {
    let (member, near) = (neighbour(town, OWN), neighbour(town, OWN));
    let join = town.post(&format!("/v1/volunteer-teams/{team}/members"), json!({ "skills": [] }));
    let member_id = join.by(&member).send().is(201).body["id"].as_str().unwrap().to_owned();
    sign_up(town, &near, shift).is_problem(409, "shift-own-first");
    let leave = format!("/v1/volunteer-teams/{team}/members/{member_id}");
    assert_eq!(sign_up(town, &member, shift).is(201).body["state"], "held");
    // Who left the team is one of everybody.
    let gone = neighbour(town, OWN);
    let join = town.post(&format!("/v1/volunteer-teams/{team}/members"), json!({ "skills": [] }));
    let gone_id = join.by(&gone).send().is(201).body["id"].as_str().unwrap().to_owned();
    town.call("DELETE", &leave.replace(&member_id, &gone_id)).by(&gone).send().is(204);
    sign_up(town, &gone, shift).is_problem(409, "shift-own-first");
    town.clock.advance(TimeDelta::days(16) + TimeDelta::hours(9));
    assert_eq!(sign_up(town, &near, shift).is(201).body["state"], "waiting");
}
