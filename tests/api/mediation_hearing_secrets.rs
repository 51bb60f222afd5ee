//! Who reads what of a hearing: each party, each seat, the office, who keeps the room, the street, the auditor and a stranger.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::disputes::{at_table, put_seat};
use crate::support::hearings::{Table, hours_on};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, Town};

const WORDS: [&str; 8] = [
    "笔录全文",
    "后续安排",
    "电话里说的",
    "书面送达",
    "\"in_session\"",
    "\"adjourned\"",
    "友谊路1号",
    "has_attended",
];

/// Everything there is to be asked of a hearing.
fn asked(town: &Town, table: &Table, hearing: &str, by: &Person) -> [Reply; 3] {
    let read = |path: &str| town.get(path).by(by).send();
    let list = format!("/v1/mediation-cases/{}/hearings", table.case);
    [read(&list), read(&table.path(hearing)), read(&format!("/v1/mediation-cases/{}/events", table.case))]
}

/// Which of the words somebody reads.
fn read(town: &Town, table: &Table, hearing: &str, by: &Person) -> Vec<&'static str> {
    let text: String = asked(town, table, hearing, by).iter().map(|reply| reply.text.clone()).collect();
    WORDS.into_iter().filter(|word| text.contains(word)).collect()
}

/// How the parties and the table were told, as somebody reads it: means of each attendee.
fn means(town: &Town, table: &Table, hearing: &str, by: &Person) -> Vec<Value> {
    let seen = town.get(&table.path(hearing)).by(by).send();
    let there = seen.is(200).body["attendees"].as_array().unwrap().clone();
    there.iter().map(|one| one["notice"]["means"].clone()).collect()
}

#[test]
fn each_reads_of_a_hearing_what_is_for_them_in_every_state_and_a_stranger_nothing() {
    let town = Town::new();
    let table = Table::new(&town);
    let post = |role| town.staff(role, PARENT);
    let (police, lawyer, asked_to_sit) =
        (post(Role::PoliceOfficer), post(Role::Lawyer), post(Role::Mediator));
    put_seat(&town, table.id, "police", police.account, "accepted");
    put_seat(&town, table.id, "lawyer", lawyer.account, "accepted");
    put_seat(&town, table.id, "mediator", asked_to_sit.account, "asked");
    let hearing = table.plan(&town, 1);
    let notice = |party: usize, means: &str, note: &str| {
        let body = json!({ "party": table.parties[party], "means": means, "note": note });
        table.on(&town, &table.zhou, &hearing, "notices", body).is(200);
    };
    notice(0, "phone", "电话里说的");
    notice(1, "paper", "书面送达");
    let table_reads = ["电话里说的", "书面送达", "友谊路1号", "has_attended"];
    let seats = [&table.zhou, &police, &lawyer, &table.justice];
    for seat in seats {
        assert_eq!(read(&town, &table, &hearing, seat), table_reads);
        assert_eq!(
            means(&town, &table, &hearing, seat),
            [json!(null), json!(null), json!(null), json!("phone"), json!("paper")]
        );
    }
    for (party, own) in [(&table.zhao, ["phone", "null"]), (&table.qian, ["null", "paper"])] {
        assert_eq!(read(&town, &table, &hearing, party), ["友谊路1号", "has_attended"]);
        let told = means(&town, &table, &hearing, party);
        let told = [&told[3], &told[4]].map(|one| one.as_str().unwrap_or("null").to_owned());
        assert_eq!(told, own);
    }
    nobody_else_reads(&town, &table, &hearing, &asked_to_sit);
    // Held, and adjourned: the minutes are for everybody who was there, and for nobody else.
    town.clock.advance(chrono::TimeDelta::minutes(50));
    let on = |part: &str, body: Value| table.on(&town, &town.later(&table.zhou), &hearing, part, body);
    on("opening", json!({ "seats": [table.seat], "parties": table.parties })).is(200);
    on("adjournment", json!({ "minutes": "笔录全文", "next_steps": "后续安排" })).is(200);
    for seat in seats {
        let words = read(&town, &table, &hearing, &town.later(seat));
        assert_eq!(
            words,
            ["笔录全文", "后续安排", "电话里说的", "书面送达", "\"adjourned\"", "友谊路1号", "has_attended"]
        );
    }
    for party in [&table.zhao, &table.qian] {
        let words = read(&town, &table, &hearing, &town.later(party));
        assert_eq!(words, ["笔录全文", "后续安排", "\"adjourned\"", "友谊路1号", "has_attended"]);
    }
    nobody_else_reads(&town, &table, &hearing, &asked_to_sit);
}

/// Whoever is told that there is a case is told no more; nobody else is told that.
fn nobody_else_reads(town: &Town, table: &Table, hearing: &str, asked_to_sit: &Person) {
    let street = town.staff(Role::StreetOfficer, PARENT);
    for overseer in [&town.later(asked_to_sit), &street, &town.staff(Role::CommitteeHead, OWN)] {
        for reply in asked(town, table, hearing, overseer) {
            reply.is_problem(403, "forbidden");
        }
    }
    // Whoever serves in the room knows when it is taken, and not by whom.
    let liaison = town.staff(Role::PoliceOfficer, PARENT);
    town.execute(&format!(
        "INSERT INTO mediation_room_staff (id, room_id, role, account_id, is_part_time, weekly_hours, starts_on, created_by, created_at)
             VALUES (gen_random_uuid(), '{}', 'liaison', '{}', true, 8, '2020-01-01', '{}', now())",
        table.room, liaison.account, street.account
    ));
    let auditor = town.staff(Role::Auditor, CITY);
    let other_justice = town.staff(Role::JusticeOfficer, ELSEWHERE);
    for nobody in [&liaison, &auditor, &town.resident(), &other_justice, &town.staff(Role::Mediator, PARENT)]
    {
        for reply in asked(town, table, hearing, nobody) {
            reply.is_problem(404, "not-found");
        }
        let slots = town.get(&format!("/v1/mediation-rooms/{}/slots", table.room)).by(nobody).send();
        assert!(!slots.is(200).text.contains(&table.case));
    }
    // A hearing is not found under another case that one may read, nor told apart from one that is none.
    let other = Table::silent(town);
    town.get(&other.path(hearing)).by(&other.zhao).send().is_problem(404, "not-found");
    let body = json!({ "room": table.room, "begins_at": hours_on(town, 1), "ends_at": hours_on(town, 2) });
    at_table(town, &town.resident(), &table.case, "hearings", body).is_problem(404, "not-found");
}
