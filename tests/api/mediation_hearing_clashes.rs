//! Nothing is at two hearings at a time: not a room, not who sits at a table, not a party; however many ask at once, and whoever writes it.

use diesel::connection::SimpleConnection;
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::disputes::{agree, at_table, put_case, put_party, put_room, put_seat};
use crate::support::hearings::{Table, hours_on};
use crate::support::petitions::neighbour;
use crate::support::{OWN, PARENT, Person, Reply, Town};

const MANY: usize = 200;

/// Asks for hearings of all these cases at once.
fn all_ask(town: &Town, by: &Person, cases: &[Uuid], body: impl Fn(usize) -> Value + Sync) -> Vec<Reply> {
    let ask = |n: usize, case: &Uuid| at_table(town, by, &case.to_string(), "hearings", body(n));
    let ask = &ask;
    std::thread::scope(|scope| {
        let asked: Vec<_> =
            cases.iter().enumerate().map(|(n, case)| scope.spawn(move || ask(n, case))).collect();
        asked.into_iter().map(|one| one.join().expect("an answer")).collect()
    })
}

/// That many cases of nobody else, with a mediator each unless told.
fn cases(town: &Town, n: usize, mediator: Option<&Person>, party: Option<&str>) -> Vec<Uuid> {
    let made = (0..n).map(|_| {
        let case = put_case(town, "accepted");
        let first = put_party(town, case, "applicant", None);
        put_party(town, case, "respondent", None);
        agree(town, case);
        if let Some(resident) = party {
            town.execute(&format!(
                "UPDATE mediation_parties SET kind = 'resident', resident_id = '{resident}' WHERE id = '{first}'"
            ));
        }
        let sits = mediator.map_or_else(|| town.resident().account, |person| person.account);
        put_seat(town, case, "mediator", sits, "accepted");
        case
    });
    made.collect()
}

/// One of them was answered yes, all others no, with that code.
fn one_won(replies: &[Reply], code: &str) {
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    for lost in replies.iter().filter(|reply| reply.status != 201) {
        lost.is_problem(409, code);
    }
}

#[test]
fn of_two_hundred_who_want_one_free_time_one_has_it() {
    let town = Town::new();
    let (justice, room) = (town.staff(Role::JusticeOfficer, PARENT), put_room(&town));
    let keeper = town.staff(Role::StreetOfficer, PARENT);
    let times = json!({ "begins_at": hours_on(&town, 24), "ends_at": hours_on(&town, 26) });
    let slot = town.post(&format!("/v1/mediation-rooms/{room}/slots"), times).by(&keeper).send();
    let slot = slot.is(201).body["id"].clone();
    let cases = cases(&town, MANY, None, None);
    let replies = all_ask(&town, &justice, &cases, |_| json!({ "slot": slot }));
    assert_eq!(replies.len(), MANY);
    one_won(&replies, "mediation-hearing-room-taken");
    // Whoever lost has lost nothing else, and keeps nobody's time.
    assert_eq!(town.count("SELECT count(*) FROM mediation_hearings"), 1);
    assert_eq!(town.count("SELECT count(DISTINCT hearing_id) FROM mediation_hearing_reservations"), 1);
    assert_eq!(town.count("SELECT count(*) FROM matters WHERE state = 'accepted'"), MANY as i64 - 1);
    assert_eq!(
        town.count("SELECT count(*) FROM audit_events WHERE action = 'create_mediation_case_hearing'"),
        1
    );
}

#[test]
fn a_mediator_and_a_party_are_in_one_room_at_a_time() {
    let town = Town::new();
    let justice = town.staff(Role::JusticeOfficer, PARENT);
    let rooms: Vec<Uuid> = (0..12).map(|_| put_room(&town)).collect();
    let body = |hours: i64| {
        let rooms = &rooms;
        let (from, to) = (hours_on(&town, hours), hours_on(&town, hours + 1));
        move |n: usize| json!({ "room": rooms[n], "begins_at": from, "ends_at": to })
    };
    let zhou = town.staff(Role::Mediator, OWN);
    one_won(
        &all_ask(&town, &justice, &cases(&town, 12, Some(&zhou), None), body(24)),
        "mediation-hearing-person-taken",
    );
    let chen = neighbour(&town, OWN);
    let resident = town.text(&format!("SELECT id FROM residents WHERE account_id = '{}'", chen.account));
    let of_chen = cases(&town, 12, None, Some(&resident));
    one_won(&all_ask(&town, &justice, &of_chen, body(48)), "mediation-hearing-party-taken");
    // Who mediates in one case is a party of another: they are one person.
    let other = put_case(&town, "accepted");
    put_party(&town, other, "applicant", Some(zhou.account.0));
    put_party(&town, other, "respondent", None);
    put_seat(&town, other, "mediator", town.resident().account, "accepted");
    agree(&town, other);
    // In a room of its own: any of the twelve may be the one that was taken.
    let room = put_room(&town);
    let ask = |hours: i64| {
        let body = json!({ "room": room, "begins_at": hours_on(&town, hours), "ends_at": hours_on(&town, hours + 1) });
        at_table(&town, &justice, &other.to_string(), "hearings", body)
    };
    ask(24).is_problem(409, "mediation-hearing-person-taken");
    // One after the other is no clash.
    ask(25).is(201);
}

#[test]
fn one_person_who_speaks_for_two_children_is_reserved_once() {
    let town = Town::new();
    let table = Table::new(&town);
    put_party(&town, table.id, "third", Some(table.zhao.account.0));
    agree(&town, table.id);
    let planned = table.ask(&town, 24, json!({}));
    assert_eq!(planned.is(201).body["attendees"].as_array().map(Vec::len), Some(4));
    assert_eq!(town.count("SELECT count(*) FROM mediation_hearing_reservations"), 3);
    // One of the two does not come: the other still does, and so does who speaks for both.
    let hearing = planned.body["id"].as_str().unwrap();
    table.move_it(&town, hearing, json!({ "parties": table.parties })).is(200);
    assert_eq!(town.count("SELECT count(*) FROM mediation_hearing_reservations"), 3);
    table.move_it(&town, hearing, json!({ "parties": [table.parties[1]] })).is(200);
    assert_eq!(town.count("SELECT count(*) FROM mediation_hearing_reservations"), 2);
}

#[test]
fn what_is_reserved_moves_with_a_hearing_or_nothing_does() {
    let town = Town::new();
    let (one, other) = (Table::new(&town), Table::new(&town));
    let (first, second) = (one.plan(&town, 24), other.plan(&town, 48));
    let to =
        |hours: i64| json!({ "begins_at": hours_on(&town, hours), "ends_at": hours_on(&town, hours + 2) });
    // Into the other's room at the other's time.
    let clash = crate::support::archive::with(to(49), json!({ "room": other.room }));
    let before =
        town.text("SELECT string_agg(r::text, '' ORDER BY id) FROM mediation_hearing_reservations r");
    one.move_it(&town, &first, clash.clone()).is_problem(409, "mediation-hearing-room-taken");
    let wu = put_seat(&town, one.id, "mediator", other.zhou.account, "accepted");
    let taken = crate::support::archive::with(to(49), json!({ "seats": [one.seat, wu] }));
    one.move_it(&town, &first, taken).is_problem(409, "mediation-hearing-person-taken");
    assert_eq!(
        town.text("SELECT string_agg(r::text, '' ORDER BY id) FROM mediation_hearing_reservations r"),
        before
    );
    // Called off, it is in nobody's way.
    other.on(&town, &other.justice, &second, "cancellation", json!({ "reason": "住院" })).is(200);
    assert_eq!(other.state(&town), "accepted");
    one.move_it(&town, &first, clash).is(200);
    let of_first = format!("FROM mediation_hearing_reservations WHERE hearing_id = '{first}'");
    let moved =
        format!("{of_first} AND begins_at = (SELECT begins_at FROM mediation_hearings WHERE id = '{first}')");
    assert_eq!(town.count(&format!("SELECT count(*) {moved}")), 3);
    other.ask(&town, 48, json!({})).is_problem(409, "mediation-hearing-room-taken");
    // The case ends, and so does what was planned.
    let end = json!({ "reason": "no_agreement", "note": "x" });
    at_table(&town, &one.justice, &one.case, "failure", end).is(200);
    other.ask(&town, 48, json!({})).is(201);
    assert_eq!(town.text(&format!("SELECT state FROM mediation_hearings WHERE id = '{first}'")), "cancelled");
}

#[test]
fn whoever_leaves_the_table_is_free_and_an_empty_table_hears_nothing() {
    let town = Town::new();
    let (one, other) = (Table::new(&town), Table::new(&town));
    let hearing = one.plan(&town, 1);
    let seat = put_seat(&town, other.id, "mediator", one.zhou.account, "accepted");
    let ask = || other.ask(&town, 1, json!({ "seats": [seat] }));
    ask().is_problem(409, "mediation-hearing-person-taken");
    let objection = json!({ "seat": one.seat, "reason": "同事" });
    at_table(&town, &one.qian, &one.case, "objections", objection).is(200);
    let objection = town.text("SELECT id FROM mediation_objections");
    let sustained = json!({ "decision": "sustained", "reason": "属实" });
    at_table(&town, &one.justice, &one.case, &format!("objections/{objection}/decision"), sustained).is(200);
    let elsewhere = ask().is(201).body["id"].as_str().unwrap().to_owned();
    town.clock.advance(chrono::TimeDelta::minutes(45));
    let justice = town.later(&one.justice);
    let open = |seats: Value| {
        let body = json!({ "seats": seats, "parties": one.parties });
        one.on(&town, &justice, &hearing, "opening", body)
    };
    open(json!([one.seat])).is_problem(422, "mediation-hearing-attendee-unknown");
    // Who takes the place comes without having been expected; whoever is at another hearing then does not.
    let busy = put_seat(&town, one.id, "mediator", other.zhou.account, "accepted");
    let with_both = json!({ "seats": [seat, other.seat] });
    let moved = town.patch(&other.path(&elsewhere), "*", with_both).by(&town.later(&other.justice)).send();
    moved.is(200);
    open(json!([busy])).is_problem(409, "mediation-hearing-person-taken");
    let free = put_seat(&town, one.id, "mediator", town.resident().account, "accepted");
    let begun = open(json!([free]));
    let there = begun.is(200).body["attendees"].as_array().unwrap().clone();
    let came = there.iter().find(|one| one["seat"] == json!(free)).expect("who came");
    assert_eq!((&came["is_expected"], &came["has_attended"]), (&json!(false), &json!(true)));
    // A party stops it: what is held ends, and what was said is written down afterwards.
    at_table(&town, &town.later(&one.zhao), &one.case, "consents", json!({ "is_agreed": false })).is(200);
    let view = town.get(&one.path(&hearing)).by(&justice).send();
    assert_eq!((&view.is(200).body["state"], &view.body["minutes"]), (&json!("concluded"), &json!("")));
    one.on(&town, &justice, &hearing, "conclusion", json!({ "minutes": "申请人退出" })).is(200);
}

#[test]
fn what_is_reserved_for_a_record_is_reserved_for_the_one_it_is_joined_to() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [from, into] = [neighbour(&town, OWN), neighbour(&town, OWN)]
        .map(|who| town.text(&format!("SELECT id FROM residents WHERE account_id = '{}'", who.account)));
    town.execute("UPDATE residents SET account_id = NULL");
    let table = Table::new(&town);
    town.execute(&format!(
        "UPDATE mediation_parties SET kind = 'resident', resident_id = '{from}' WHERE id = '{}'",
        table.parties[0]
    ));
    table.plan(&town, 24);
    let body = json!({ "from": from, "into": into, "reason": "本人到场核对" });
    town.post("/v1/resident-merges", body).by(&worker).send().is(201);
    for joined in ["mediation_hearing_reservations", "mediation_hearing_attendees"] {
        assert_eq!(town.count(&format!("SELECT count(*) FROM {joined} WHERE subject_id = '{into}'")), 1);
    }
    let other = cases(&town, 1, None, Some(&into));
    let room = put_room(&town);
    let body = json!({ "room": room, "begins_at": hours_on(&town, 25), "ends_at": hours_on(&town, 26) });
    at_table(&town, &table.justice, &other[0].to_string(), "hearings", body)
        .is_problem(409, "mediation-hearing-party-taken");
}

#[test]
fn the_database_itself_refuses_what_overlaps() {
    let town = Town::new();
    let (one, other) = (Table::new(&town), Table::new(&town));
    let (first, second) = (one.plan(&town, 24), other.plan(&town, 48));
    let refused = |sql: &str, by: &str| {
        let said = town.owner().batch_execute(sql).expect_err("the owner is refused").to_string();
        assert!(said.contains(by), "{sql}: {said}");
    };
    let hearing = |set: &str| format!("UPDATE mediation_hearings SET {set} WHERE id = '{first}'");
    let times = format!("begins_at = '{}', ends_at = '{}'", hours_on(&town, 49), hours_on(&town, 51));
    // A room, written and moved.
    let room = |id: Uuid| format!("room_id = '{id}', {times}");
    refused(&hearing(&room(other.room)), "mediation_hearings_room_id_excl");
    refused(
        &format!(
            "INSERT INTO mediation_hearings (id, case_id, room_id, begins_at, ends_at, is_open, state, holds, edition, minutes, next_steps,
                 reason, created_by, created_at, updated_at)
                 SELECT gen_random_uuid(), '{}', room_id, begins_at, ends_at, false, 'scheduled', true, 1, '', '', '', created_by, now(), now()
                 FROM mediation_hearings WHERE id = '{second}'",
            put_case(&town, "accepted")
        ),
        "mediation_hearings_room_id_excl",
    );
    // A person and a party, by themselves and carried along with their hearing.
    let reserve = |column: &str, id: Uuid| {
        format!(
            "INSERT INTO mediation_hearing_reservations (id, hearing_id, {column}, begins_at, ends_at, holds)
                 SELECT gen_random_uuid(), id, '{id}', begins_at, ends_at, holds FROM mediation_hearings WHERE id = '{first}'"
        )
    };
    town.execute(&reserve("account_id", other.zhou.account.0));
    refused(&hearing(&times), "mediation_hearing_reservations_account_id_excl");
    let subject = Uuid::from_u128(7);
    town.execute(&reserve("subject_id", subject));
    town.execute(&reserve("subject_id", subject).replace(&first, &second));
    town.execute(&format!(
        "DELETE FROM mediation_hearing_reservations WHERE account_id = '{}' AND hearing_id = '{first}'",
        other.zhou.account
    ));
    refused(&hearing(&times), "mediation_hearing_reservations_subject_id_excl");
    apart(&town, &one, &first, &refused);
}

/// Nothing can be taken out of what is reserved for a hearing, nor is anybody expected beside it.
fn apart(town: &Town, one: &Table, first: &str, refused: &dyn Fn(&str, &str)) {
    let reservations =
        |set: &str| format!("UPDATE mediation_hearing_reservations SET {set} WHERE hearing_id = '{first}'");
    refused(
        &reservations("ends_at = ends_at + interval '1 hour'"),
        "mediation_hearing_reservations_hearing_id_fkey",
    );
    refused(&reservations("holds = false"), "mediation_hearing_reservations_hearing_id_fkey");
    refused(
        &format!("UPDATE mediation_hearings SET holds = false WHERE id = '{first}'"),
        "mediation_hearings_holds_check",
    );
    refused(
        &format!("DELETE FROM mediation_hearing_reservations WHERE hearing_id = '{first}'"),
        "mediation_hearing_attendees_account_id_fkey",
    );
    let busy = put_seat(town, one.id, "mediator", town.resident().account, "accepted");
    let expect = |account: &str| {
        format!(
            "INSERT INTO mediation_hearing_attendees (id, hearing_id, seat_id, account_id, is_expected)
                 SELECT gen_random_uuid(), '{first}', id, {account}, true FROM mediation_seats WHERE id = '{busy}'"
        )
    };
    refused(&expect("account_id"), "mediation_hearing_attendees_account_id_fkey");
    refused(&expect("NULL"), "mediation_hearing_attendees_seated_check");
    // Not by another account that is reserved, either.
    refused(&expect(&format!("'{}'::uuid", one.zhou.account)), "mediation_hearing_attendees_seat_id_fkey");
}
