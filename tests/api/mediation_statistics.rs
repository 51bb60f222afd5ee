//! Statistics of mediation: what is counted, and what nobody who may not read the cases can find out from it.

use chrono::{DateTime, TimeDelta, Utc};
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::agreements::{put_agreement, put_confirmation};
use crate::support::disputes::{put_case, put_hearing, put_party, put_room};
use crate::support::petitions::neighbour;
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

const START: &str = "2026-03-02T02:00:00Z";

fn counted(town: &Town, by: &Person, query: &str) -> Reply {
    town.get(&format!("/v1/mediation-statistics?{query}")).by(by).send()
}

/// A case of the first days of March that went that way, so many days after it was taken.
fn put(town: &Town, day: i64, way: &[(&str, &str)], days: i64) -> Uuid {
    let (_, state) = *way.last().expect("a way");
    let case = put_case(town, state);
    let at = START.parse::<DateTime<Utc>>().expect("a moment") + TimeDelta::days(day);
    town.execute(&format!("UPDATE matters SET created_at = '{at}' WHERE id = '{case}'"));
    let enter = |event: &str, state: &str, at: DateTime<Utc>| {
        town.execute(&format!(
            "INSERT INTO matter_events (id, matter_id, at, event, state, is_on_behalf, audience, note)
                 VALUES ('{}', '{case}', '{at}', '{event}', '{state}', false, 'staff', '')",
            lilong::kit::id::next()
        ));
    };
    enter("accepted", "accepted", at);
    for (event, state) in way {
        enter(event, state, at + TimeDelta::days(days));
    }
    case
}

const AGREED: &[(&str, &str)] = &[("agreed", "agreed")];
const PERFORMED: &[(&str, &str)] = &[("agreed", "agreed"), ("completed", "performed"), ("closed", "closed")];
const FAILED: &[(&str, &str)] = &[("failed", "failed"), ("closed", "closed")];
const BREACHED: &[(&str, &str)] = &[("agreed", "agreed"), ("breached", "breached")];

/// Fourteen cases: nine kept after 4 days, one of them confirmed and heard in that room; one that is to be kept after 20, two not settled, one
/// broken after 9, and in April one that was not taken.
fn spring(town: &Town) -> Uuid {
    let first = put(town, 0, PERFORMED, 4);
    for day in 1..9 {
        put(town, day, PERFORMED, 4);
    }
    put(town, 1, AGREED, 20);
    put(town, 2, FAILED, 3);
    put(town, 3, FAILED, 3);
    put(town, 4, BREACHED, 9);
    put(town, 40, &[("declined", "declined")], 0);
    let parties = ["respondent", "applicant"].map(|side| put_party(town, first, side, None));
    let (agreement, ..) = put_agreement(town, first, parties, ("effective", 1));
    let asked = put_confirmation(town, agreement, "applied");
    town.execute(&format!(
        "UPDATE mediation_confirmations SET state = 'confirmed', decided_on = applied_on, document_number = 'x' WHERE id = '{asked}'"
    ));
    let room = put_room(town);
    put_hearing(town, first, room, "concluded", START.parse().expect("a moment"));
    room
}

#[test]
fn the_judicial_office_is_told_the_numbers_as_they_are_and_others_rounded_down() {
    let town = Town::at(START);
    let room = spring(&town);
    let (justice, street) =
        (town.staff(Role::JusticeOfficer, PARENT), town.staff(Role::StreetOfficer, PARENT));
    let march = format!("division={PARENT}&from=2026-03-01&until=2026-03-31");
    let exact = counted(&town, &justice, &march).is(200).body.clone();
    assert_eq!(exact["is_exact"], true);
    let total = json!({
        "registered": 13, "declined": 0, "agreed": 11, "failed": 2, "withdrawn": 0, "performed": 9, "breached": 1, "confirmed": 1,
        "success_percent": 84.6, "performance_percent": 90.0, "confirmation_percent": 9.1, "median_days": 4.0, "mean_days": 5.9
    });
    assert_eq!(exact["total"], total);
    // The street sees that there are cases, and reads none of them.
    let told = counted(&town, &street, &march).is(200).body.clone();
    assert_eq!(told["is_exact"], false);
    let total = json!({
        "registered": 10, "declined": null, "agreed": 10, "failed": null, "withdrawn": null, "performed": 5, "breached": null,
        "confirmed": null, "success_percent": 100.0, "performance_percent": 50.0, "confirmation_percent": null, "median_days": 2.0,
        "mean_days": 2.0
    });
    assert_eq!(told["total"], total);
    let by = |by: &str| counted(&town, &justice, &format!("{march}&by={by}")).is(200).body["groups"].clone();
    let group = |groups: &Value, key: &str| {
        let found = groups.as_array().expect("groups").iter().find(|group| group["key"] == key);
        found.expect("the group")["numbers"]["registered"].clone()
    };
    assert_eq!(
        (group(&by("dispute_type"), "neighbour"), group(&by("dispute_type"), "debt")),
        (json!(13), json!(0))
    );
    assert_eq!(group(&by("source"), "walk_in"), json!(13));
    assert_eq!(group(&by("room"), &room.to_string()), json!(1));
    let months =
        counted(&town, &justice, &format!("division={OWN}&from=2026-02-01&until=2026-04-30&by=month"));
    let months = months.is(200).body["groups"].clone();
    let named = ["2026-02", "2026-03", "2026-04"].map(|month| group(&months, month));
    assert_eq!(named, [json!(0), json!(13), json!(1)]);
}

#[test]
fn parties_who_came_back_are_counted_once() {
    let town = Town::at(START);
    let justice = town.staff(Role::JusticeOfficer, PARENT);
    let residents: Vec<String> = ["陈桂芳", "李娜", "王强"]
        .map(|name| crate::support::archive::person(&town, &town.staff(Role::CommitteeWorker, OWN), name))
        .to_vec();
    for (day, parties) in [(0, &residents[..2]), (1, &residents[1..]), (2, &residents[1..2])] {
        let case = put(&town, day, AGREED, 1);
        for resident in parties {
            town.execute(&format!(
                "INSERT INTO mediation_parties (id, case_id, side, kind, resident_id, representation, authority, consent, created_at)
                     VALUES (gen_random_uuid(), '{case}', 'third', 'resident', '{resident}', 'oneself', '', 'pending', now())"
            ));
        }
    }
    let all = counted(&town, &justice, &format!("division={OWN}&from=2026-03-01&until=2026-03-31"));
    let all = all.is(200).body.clone();
    assert_eq!((&all["parties"], &all["repeat_parties"]), (&json!(3), &json!(1)));
}

#[test]
fn no_two_neighbouring_questions_tell_what_became_of_one_case() {
    // Two towns that differ in one case of the fifth day: settled after 3 days there, not settled here.
    let answers = [(AGREED, 3), (FAILED, 9), (AGREED, 48)].map(|(way, days)| {
        let town = Town::at(START);
        for n in 0..6 {
            put(&town, n % 3, AGREED, 12);
        }
        put(&town, 5, way, days);
        let street = town.staff(Role::StreetOfficer, PARENT);
        let mut told = Vec::new();
        for until in 2..8 {
            for division in [OWN, PARENT] {
                for by in ["", "&by=source", "&by=month", "&by=room", "&by=dispute_type"] {
                    let query =
                        format!("division={division}&from=2026-03-01&until=2026-03-{:02}{by}", until + 2);
                    told.push(counted(&town, &street, &query).is(200).body.clone());
                }
            }
        }
        told
    });
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[test]
fn nobody_counts_beyond_their_range_or_without_end() {
    let town = Town::new();
    let (head, chen) = (town.staff(Role::CommitteeHead, OWN), neighbour(&town, OWN));
    let of = |division: &str| format!("division={division}&from=2026-03-01&until=2026-03-31");
    counted(&town, &head, &of(OWN)).is(200);
    for division in [SIBLING, PARENT, ELSEWHERE, CITY] {
        counted(&town, &head, &of(division)).is_problem(404, "not-found");
    }
    counted(&town, &chen, &of(OWN)).is_problem(403, "forbidden");
    counted(&town, &town.staff(Role::Mediator, OWN), &of(OWN)).is_problem(403, "forbidden");
    for (from, until) in [("2026-02-01", "2026-01-01"), ("2024-01-01", "2026-01-01")] {
        let query = format!("division={OWN}&from={from}&until={until}");
        counted(&town, &head, &query).is_problem(422, "mediation-statistics-span-invalid");
    }
}
