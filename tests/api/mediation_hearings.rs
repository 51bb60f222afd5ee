//! Hearings: what is planned and what is not, who is told, who comes, what is written down.

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::disputes::{at_table, case_events, case_seen, put_room, put_seat};
use crate::support::hearings::{Table, hours_on};
use crate::support::petitions::{at, tasks};
use crate::support::{ELSEWHERE, Town};

#[test]
fn nothing_is_planned_before_all_agreed_and_the_table_is_manned() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let table = Table::silent(&town);
    let ask = |more: Value| table.ask(&town, 24, more);
    ask(json!({})).is_problem(409, "mediation-consent-missing");
    town.execute("UPDATE mediation_parties SET consent = 'agreed', consent_by = 'app', consented_at = now(), wants_open = true");
    town.execute(&format!(
        "UPDATE mediation_parties SET wants_open = NULL WHERE id = '{}'",
        table.parties[1]
    ));
    ask(json!({ "is_open": true })).is_problem(409, "mediation-hearing-open-unwanted");
    // 疑难: the three sit, and two mediate.
    town.execute("UPDATE mediation_cases SET grade = 'difficult'");
    ask(json!({})).is_problem(409, "mediation-hearing-seat-empty");
    for (role, post) in
        [("police", Role::PoliceOfficer), ("justice", Role::JusticeOfficer), ("lawyer", Role::Lawyer)]
    {
        put_seat(&town, table.id, role, town.staff(post, ELSEWHERE).account, "asked");
    }
    ask(json!({})).is_problem(409, "mediation-hearing-seat-empty");
    town.execute("UPDATE mediation_seats SET state = 'accepted'");
    ask(json!({})).is_problem(409, "mediation-hearing-mediators-few");
    let wu = put_seat(&town, table.id, "mediator", town.staff(Role::Mediator, ELSEWHERE).account, "accepted");
    // Who is objected to waits.
    town.execute(&format!(
        "INSERT INTO mediation_objections (id, case_id, seat_id, party_id, reason, created_at)
             VALUES (gen_random_uuid(), '{}', '{wu}', '{}', 'x', now())",
        table.id, table.parties[0]
    ));
    ask(json!({})).is_problem(409, "mediation-hearing-objection-undecided");
    // Nor is it heard without them: then there is one mediator.
    let others: Vec<String> = town
        .text("SELECT string_agg(id::text, ' ') FROM mediation_seats WHERE state = 'accepted'")
        .split(' ')
        .filter(|id| *id != wu.to_string())
        .map(str::to_owned)
        .collect();
    ask(json!({ "seats": others })).is_problem(409, "mediation-hearing-mediators-few");
    let decided = "decision = 'overruled', decision_reason = 'x', decided_by = (SELECT id FROM accounts LIMIT 1), decided_at = now()";
    town.execute(&format!("UPDATE mediation_objections SET {decided}"));
    ask(json!({ "seats": others[..1] })).is_problem(409, "mediation-hearing-seat-empty");
    let planned = ask(json!({}));
    assert_eq!(planned.is(201).body["attendees"].as_array().map(Vec::len), Some(7));
    assert_eq!(table.state(&town), "scheduled");
    ask(json!({})).is_problem(409, "matter-state-unfit");
}

#[test]
fn a_hearing_has_a_room_that_serves_the_place_is_open_and_holds_everybody() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let table = Table::new(&town);
    let ask = |more: Value| table.ask(&town, 24, more);
    for (unfit, code) in [
        (json!({ "room": Uuid::nil() }), "mediation-hearing-room-unfit"),
        (json!({ "room": null }), "mediation-hearing-place-unfit"),
        (json!({ "slot": Uuid::nil() }), "mediation-hearing-place-unfit"),
        (
            json!({ "slot": Uuid::nil(), "room": null, "begins_at": null, "ends_at": null }),
            "mediation-hearing-room-unfit",
        ),
        (json!({ "begins_at": "2026-03-02T01:59:00Z" }), "mediation-hearing-time-unfit"),
        (json!({ "ends_at": "2026-03-03T02:00:00Z" }), "mediation-hearing-time-unfit"),
        (
            json!({ "begins_at": "2027-06-01T02:00:00Z", "ends_at": "2027-06-01T03:00:00Z" }),
            "mediation-hearing-time-unfit",
        ),
        (json!({ "seats": [table.parties[0]] }), "mediation-hearing-attendee-unknown"),
        (json!({ "parties": [table.seat] }), "mediation-hearing-attendee-unknown"),
    ] {
        ask(unfit.clone()).is_problem(422, code);
    }
    ask(json!({ "seats": [] })).is_problem(422, "field-invalid");
    let room =
        |set: &str| town.execute(&format!("UPDATE mediation_rooms SET {set} WHERE id = '{}'", table.room));
    room("is_active = false");
    ask(json!({})).is_problem(422, "mediation-hearing-room-unfit");
    room(&format!("is_active = true, division = {ELSEWHERE}"));
    ask(json!({})).is_problem(422, "mediation-hearing-room-unfit");
    room("division = 310113003000, capacity = 2");
    ask(json!({})).is_problem(409, "mediation-hearing-room-small");
    // Open on weekdays, in the morning: ten to twelve fits, eleven to one does not.
    let hours = json!({ "weekly": [{ "days": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "12:30" }], "exceptions": [] });
    room(&format!("capacity = 3, opening_hours = '{hours}'"));
    table.ask(&town, 25, json!({})).is_problem(409, "mediation-hearing-room-closed");
    table.ask(&town, 24 * 5, json!({})).is_problem(409, "mediation-hearing-room-closed");
    // Twice named is once there.
    let planned = ask(json!({ "seats": [table.seat, table.seat] }));
    let view = &planned.is(201).body;
    assert_eq!(
        (&view["edition"], &view["is_open"], &view["room"]["name"]),
        (&json!(1), &json!(false), &json!("调解室"))
    );
    assert_eq!(planned.header("location"), table.path(view["id"].as_str().unwrap()));
}

#[test]
fn a_hearing_is_told_held_continued_and_written_down() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let table = Table::new(&town);
    let first = table.plan(&town, 24);
    assert_eq!(tasks(&town, &table.zhao), ["confirm_hearing"]);
    assert_eq!(tasks(&town, &table.zhou), ["mediate", "confirm_hearing"]);
    // Oneself in the app; somebody else by telephone, who confirms it later.
    let tell = |by, body| table.on(&town, by, &first, "notices", body);
    let of_qian = |more: Value| {
        crate::support::archive::with(json!({ "party": table.parties[1], "means": "phone" }), more)
    };
    tell(&table.zhao, json!({ "means": "phone" })).is_problem(422, "mediation-hearing-notice-unfit");
    tell(&table.zhao, of_qian(json!({}))).is_problem(403, "forbidden");
    tell(&table.zhou, of_qian(json!({ "means": "app" }))).is_problem(422, "mediation-hearing-notice-unfit");
    tell(&table.zhou, of_qian(json!({ "served_at": "2026-03-05T00:00:00Z" })))
        .is_problem(422, "mediation-hearing-notice-unfit");
    tell(&table.zhou, json!({ "seat": Uuid::nil(), "means": "paper" }))
        .is_problem(422, "mediation-hearing-not-expected");
    tell(&table.zhao, json!({})).is(200);
    tell(&table.zhou, of_qian(json!({ "note": "家人代接" }))).is(200);
    let heard = tell(&table.qian, json!({}));
    let notices: Vec<&Value> =
        heard.is(200).body["attendees"].as_array().unwrap().iter().map(|one| &one["notice"]).collect();
    // Qian reads how Qian was told, and nothing of the others.
    assert!(
        notices[0].is_null()
            && notices[1].is_null()
            && notices[2]["means"] == "app"
            && notices[2]["note"].is_null()
    );
    assert_eq!(town.count("SELECT count(*) FROM mediation_hearing_notices"), 3);
    assert!(tasks(&town, &table.zhao).is_empty());
    // Another time: everybody is told anew.
    is_moved(&town, &table, &first);
    let second = held(&town, &table, &first);
    let events = case_events(&town, &town.later(&table.qian), &table.case);
    let first_round = ["scheduled", "hearing_changed", "opened", "adjourned"];
    let second_round = ["scheduled", "opened", "hearing_concluded", "adjourned"];
    assert_eq!(events, [first_round, second_round].concat());
    assert_eq!(case_seen(&town, &town.later(&table.zhao), &table.case)["state"], "adjourned");
    let page = town
        .get(&format!("/v1/mediation-cases/{}/hearings?limit=1", table.case))
        .by(&town.later(&table.zhao))
        .send();
    assert_eq!((&page.is(200).body["items"][0]["id"], &page.body["has_more"]), (&json!(first), &json!(true)));
    let path = table.path(&second);
    assert_eq!(town.get(&path).by(&town.later(&table.zhao)).send().is(200).body["next_steps"], "再约");
}

/// Moved, it waits for everybody to say that they know.
fn is_moved(town: &Town, table: &Table, first: &str) {
    let times = json!({ "begins_at": hours_on(town, 48), "ends_at": hours_on(town, 50) });
    let moved = table.move_it(town, first, times.clone());
    assert_eq!((&moved.is(200).body["edition"], moved.header("etag")), (&json!(2), "\"v2\""));
    let stale = town.patch(&table.path(first), "\"v1\"", times).by(&table.justice).send();
    stale.is_problem(412, "version-stale");
    assert_eq!(tasks(town, &table.qian), ["confirm_hearing"]);
    table.open(town, first).is_problem(409, "mediation-hearing-not-now");
}

/// Held once with one party and adjourned, and held again with both: the second.
fn held(town: &Town, table: &Table, first: &str) -> String {
    at(town, "2026-03-04T01:40:00Z");
    let on = |hearing: &str, part: &str, body: Value| {
        table.on(town, &town.later(&table.zhou), hearing, part, body)
    };
    let open = on(first, "opening", json!({ "seats": [table.seat], "parties": [table.parties[0]] }));
    let came = |n: usize| open.body["attendees"][n]["has_attended"].clone();
    assert_eq!(open.is(200).body["state"], "in_session");
    assert_eq!([came(0), came(1), came(2)], [json!(true), json!(true), json!(false)]);
    on(first, "adjournment", json!({ "next_steps": "x" })).is_problem(422, "mediation-hearing-text-missing");
    on(first, "adjournment", json!({ "minutes": "x", "next_steps": "" }))
        .is_problem(422, "mediation-hearing-text-missing");
    on(first, "cancellation", json!({ "reason": "x" })).is_problem(409, "matter-state-unfit");
    on(first, "adjournment", json!({ "minutes": "各自陈述", "next_steps": "三日内提交票据" })).is(200);
    assert_eq!(table.state(town), "adjourned");
    let plan = |hours: i64| {
        let (from, to) = (hours_on(town, hours), hours_on(town, hours + 2));
        let body = json!({ "room": table.room, "begins_at": from, "ends_at": to });
        at_table(town, &town.later(&table.justice), &table.case, "hearings", body)
    };
    let second = plan(24).is(201).body["id"].as_str().unwrap().to_owned();
    plan(72).is_problem(409, "mediation-hearing-planned");
    at(town, "2026-03-05T02:00:00Z");
    on(&second, "opening", json!({ "seats": [table.seat], "parties": table.parties })).is(200);
    on(&second, "conclusion", json!({ "minutes": "" })).is_problem(422, "mediation-hearing-text-missing");
    on(&second, "conclusion", json!({ "minutes": "未达成一致" })).is(200);
    on(&second, "conclusion", json!({ "minutes": "改写" }))
        .is_problem(409, "mediation-hearing-minutes-written");
    on(&second, "adjournment", json!({ "minutes": "改写", "next_steps": "x" }))
        .is_problem(409, "mediation-hearing-minutes-written");
    on(&second, "adjournment", json!({ "next_steps": "再约" })).is(200);
    second
}

#[test]
fn a_room_has_free_times_that_a_hearing_takes() {
    let town = Town::new();
    let table = Table::new(&town);
    let keeper = town.staff(Role::StreetOfficer, crate::support::PARENT);
    let slots = format!("/v1/mediation-rooms/{}/slots", table.room);
    let enter = |by, from: i64, to: i64| {
        let body = json!({ "begins_at": hours_on(&town, from), "ends_at": hours_on(&town, to) });
        town.post(&slots, body).by(by).send()
    };
    let id = |reply: crate::support::Reply| reply.is(201).body["id"].as_str().unwrap().to_owned();
    enter(&table.zhou, 24, 26).is_problem(403, "forbidden");
    enter(&keeper, -1, 2).is_problem(422, "hearing-slot-time-unfit");
    let (first, second) = (id(enter(&keeper, 24, 26)), id(enter(&keeper, 26, 28)));
    enter(&keeper, 25, 27).is_problem(409, "hearing-slot-taken");
    let free = |query: &str| {
        let page = town.get(&format!("{slots}{query}")).by(&table.qian).send();
        let items = page.is(200).body["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|one| (one["id"].as_str().unwrap().to_owned(), one["is_free"] == true))
            .collect::<Vec<_>>()
    };
    assert_eq!(free(""), [(first.clone(), true), (second.clone(), true)]);
    let of_slot = |slot: &str| json!({ "slot": slot, "room": null, "begins_at": null, "ends_at": null });
    let planned = table.ask(&town, 0, of_slot(&first));
    let hearing = planned.is(201).body["id"].as_str().unwrap().to_owned();
    assert_eq!((&planned.body["slot"], &planned.body["room"]["id"]), (&json!(first), &json!(table.room)));
    assert_eq!(free(""), [(first.clone(), false), (second.clone(), true)]);
    assert_eq!(free("?is_free=true"), [(second.clone(), true)]);
    assert_eq!(free("?is_free=false"), [(first.clone(), false)]);
    // Moved into the other: the first is free, and stays on record as one that was taken only while somebody has it.
    table
        .move_it(&town, &hearing, json!({ "slot": second, "room": table.room }))
        .is_problem(422, "mediation-hearing-place-unfit");
    table.move_it(&town, &hearing, json!({ "slot": second })).is(200);
    assert_eq!(free("?is_free=true"), [(first.clone(), true)]);
    let remove = |slot: &str| town.call("DELETE", &format!("{slots}/{slot}")).by(&keeper).send();
    remove(&second).is_problem(409, "hearing-slot-in-use");
    remove(&first).is(204);
    remove(&first).is_problem(404, "not-found");
    // A room that is not used has no new ones.
    town.execute("UPDATE mediation_rooms SET is_active = false");
    enter(&keeper, 30, 31).is_problem(409, "hearing-slot-room-inactive");
}

#[test]
fn free_times_are_read_page_by_page_the_earliest_first() {
    let town = Town::new();
    let (keeper, anybody) = (town.staff(Role::StreetOfficer, crate::support::PARENT), town.resident());
    let other = put_room(&town);
    let slots = format!("/v1/mediation-rooms/{other}/slots");
    for n in (1..=5).rev() {
        let body = json!({ "begins_at": hours_on(&town, n * 2), "ends_at": hours_on(&town, n * 2 + 1) });
        town.post(&slots, body).by(&keeper).send().is(201);
    }
    let (mut cursor, mut met) = (String::new(), Vec::new());
    loop {
        let page = town.get(&format!("{slots}?limit=2{cursor}")).by(&anybody).send();
        let items = page.is(200).body["items"].as_array().unwrap().clone();
        met.extend(items.iter().map(|one| one["begins_at"].as_str().unwrap().to_owned()));
        let Some(next) = page.body["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert!(met.len() == 5 && met.is_sorted(), "{met:?}");
}
