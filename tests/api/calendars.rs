//! Calendars that phones subscribe to: what stands in them, who can read them, and until when.

use serde_json::{Value, json};

use crate::sign_in::PASSWORD;
use crate::support::petitions::neighbour;
use crate::support::volunteering::{organiser, own_signups, sign_up, withdraw};
use crate::support::{CITY, OWN, PARENT, Person, Reply, SIBLING, Town, wait_until};

fn ask(town: &Town, by: &Person, draft: Value) -> Reply {
    town.post("/v1/me/calendars", draft).by(&town.later(by)).send()
}

/// The address that was answered, as a path of ours.
#[track_caller]
fn path(reply: &Reply) -> String {
    let url = reply.is(201).body["url"].as_str().expect("an address");
    assert_eq!(reply.header("cache-control"), "no-store");
    format!("/v1/{}", url.split_once("/v1/").expect("ours").1)
}

#[track_caller]
fn fetch(town: &Town, path: &str) -> String {
    let reply = town.get(path).send();
    assert_eq!(reply.is(200).header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(reply.header("cache-control"), "private, no-cache");
    reply.text.replace("\r\n ", "")
}

/// A property of the event with that UID.
#[track_caller]
fn told(text: &str, uid: &str, property: &str) -> String {
    let event = text.split("BEGIN:VEVENT").find(|event| event.contains(&format!("UID:{uid}@lilong")));
    let event = event.unwrap_or_else(|| panic!("{uid} is not in {text}"));
    let line = event.split("\r\n").find_map(|line| line.strip_prefix(&format!("{property}:")));
    line.unwrap_or_else(|| panic!("{uid} has no {property} in {text}")).to_owned()
}

fn sequence(text: &str, uid: &str) -> i64 {
    told(text, uid, "SEQUENCE").parse().expect("a number")
}

#[test]
fn ones_own_shifts_keep_their_uid_and_say_what_became_of_them() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({ "capacity": 1 }));
    let (one, two) = (neighbour(&town, OWN), neighbour(&town, OWN));
    let own = path(&ask(&town, &one, json!({ "kind": "own_shifts" })));
    let empty = fetch(&town, &own);
    assert!(empty.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0") && !empty.contains("VEVENT"), "{empty}");
    sign_up(&town, &one, &shift).is(201);
    sign_up(&town, &two, &shift).is(201);
    let uid = own_signups(&town, &one)[0]["id"].as_str().unwrap().to_owned();
    let first = fetch(&town, &own);
    assert_eq!(
        (told(&first, &uid, "STATUS"), told(&first, &uid, "LOCATION")),
        ("CONFIRMED".into(), "247号楼一层大厅".into())
    );
    assert_eq!(first.matches("BEGIN:VEVENT").count(), 1, "nobody else's");
    // Who waits is not sure to come, and is once they move up.
    let theirs = path(&ask(&town, &two, json!({ "kind": "own_shifts" })));
    let other = own_signups(&town, &two)[0]["id"].as_str().unwrap().to_owned();
    let waiting = fetch(&town, &theirs);
    assert_eq!(told(&waiting, &other, "STATUS"), "TENTATIVE");
    // Nothing changed: 304, without a body.
    let tag = town.get(&own).send().header("etag").to_owned();
    let same = town.get(&own).header("If-None-Match", &tag).send();
    assert_eq!((same.is(304).text.as_str(), same.header("etag")), ("", tag.as_str()));
    let change = json!({ "place": "三楼活动室" });
    town.patch(&format!("/v1/shifts/{shift}"), "*", change).by(&town.later(&us.worker)).send().is(200);
    let moved = fetch(&town, &own);
    assert_eq!(told(&moved, &uid, "LOCATION"), "三楼活动室");
    assert!(sequence(&moved, &uid) > sequence(&first, &uid));
    town.get(&own).header("If-None-Match", &tag).send().is(200);
    withdraw(&town, &one, &shift).is(204);
    let gone = fetch(&town, &own);
    assert_eq!(told(&gone, &uid, "STATUS"), "CANCELLED");
    assert!(sequence(&gone, &uid) > sequence(&moved, &uid));
    let sure = fetch(&town, &theirs);
    assert_eq!(told(&sure, &other, "STATUS"), "CONFIRMED");
    us.step(&town, &call, "cancellation").is(201);
    let off = fetch(&town, &theirs);
    assert_eq!(told(&off, &other, "STATUS"), "CANCELLED");
    assert!(
        sequence(&off, &other) > sequence(&sure, &other)
            && sequence(&sure, &other) > sequence(&waiting, &other)
    );
}

#[test]
fn a_community_shows_its_public_calls_and_no_others() {
    let town = Town::new();
    let us = organiser(&town);
    let public = us.published(&town, json!({}));
    let (inner, draft) =
        (us.published(&town, json!({ "visibility": "community" })), us.call(&town, json!({})));
    let shifts = [&public, &inner, &draft].map(|call| us.shift(&town, call, json!({})));
    let one = town.resident();
    for (division, shown) in [(OWN, 1), (PARENT, 1), (SIBLING, 0)] {
        let feed = path(&ask(&town, &one, json!({ "kind": "public_calls", "division": division })));
        let text = fetch(&town, &feed);
        assert_eq!(text.matches("BEGIN:VEVENT").count(), shown, "{division}: {text}");
        assert!(!text.contains(&shifts[1]) && !text.contains(&shifts[2]));
        if shown == 1 {
            us.step(&town, &public, if division == OWN { "closure" } else { "cancellation" }).is(201);
            let now = fetch(&town, &feed);
            let status = if division == OWN { "CONFIRMED" } else { "CANCELLED" };
            assert_eq!(told(&now, &shifts[0], "STATUS"), status);
            assert!(sequence(&now, &shifts[0]) > sequence(&text, &shifts[0]));
        }
    }
    for (draft, code) in [
        (json!({ "kind": "public_calls" }), "calendar-feed-division-unfit"),
        (json!({ "kind": "own_shifts", "division": OWN }), "calendar-feed-division-unfit"),
        (json!({ "kind": "public_calls", "division": "310113003999" }), "calendar-feed-division-unknown"),
        (json!({ "kind": "public_calls", "division": "310113000000" }), "calendar-feed-division-wide"),
        (json!({ "kind": "public_calls", "division": CITY }), "calendar-feed-division-wide"),
    ] {
        ask(&town, &one, draft).is_problem(422, code);
    }
}

#[test]
fn what_comes_next_is_shown_before_what_comes_later_and_what_was() {
    let town = Town::new();
    let us = organiser(&town);
    let one = neighbour(&town, OWN);
    let shift = us.shift(&town, &us.published(&town, json!({})), json!({}));
    sign_up(&town, &one, &shift).is(201);
    let signup = own_signups(&town, &one)[0]["id"].as_str().unwrap().to_owned();
    let feeds = [
        (path(&ask(&town, &one, json!({ "kind": "public_calls", "division": OWN }))), &shift),
        (path(&ask(&town, &one, json!({ "kind": "own_shifts" }))), &signup),
    ];
    // As many more, so many days from then.
    let add = |days: &str| {
        town.execute(&format!(
            "WITH made AS (INSERT INTO shifts SELECT r.* FROM shifts s, generate_series({days}) n, LATERAL jsonb_populate_record(s,
                 jsonb_build_object('id', gen_random_uuid(), 'starts_at', s.starts_at + n * interval '1 day',
                                    'ends_at', s.ends_at + n * interval '1 day')) r WHERE s.id = '{shift}' RETURNING id)
             INSERT INTO shift_signups SELECT r.* FROM shift_signups g, made m, LATERAL jsonb_populate_record(g,
                 jsonb_build_object('id', gen_random_uuid(), 'shift_id', m.id, 'busy_from', null, 'busy_until', null)) r
             WHERE g.shift_id = '{shift}'"
        ));
    };
    add("-60, -2");
    for (feed, _) in &feeds {
        assert_eq!(fetch(&town, feed).matches("BEGIN:VEVENT").count(), 60);
    }
    add("1, 460");
    for (feed, uid) in &feeds {
        let text = fetch(&town, feed);
        assert_eq!(told(&text, uid, "STATUS"), "CONFIRMED");
        // The next and the 460 behind it; of what was, what is left of five hundred.
        let today = town.now().format("DTSTART:%Y%m%dT%H%M%SZ").to_string();
        let begins = text.split("\r\n").filter(|line| line.starts_with("DTSTART:"));
        let (past, next): (Vec<&str>, Vec<&str>) = begins.partition(|line| **line < *today);
        assert_eq!((past.len(), next.len()), (39, 461));
    }
    add("461, 600");
    for (feed, uid) in &feeds {
        let text = fetch(&town, feed);
        assert_eq!(
            (told(&text, uid, "STATUS").as_str(), text.matches("BEGIN:VEVENT").count()),
            ("CONFIRMED", 500)
        );
    }
}

#[test]
fn an_address_is_a_secret_that_is_not_kept_and_can_be_taken_away() {
    let town = Town::new();
    let (one, two) = (town.resident(), town.with_password());
    let made = ask(&town, &one, json!({ "kind": "own_shifts" }));
    let (own, id) = (path(&made), made.body["id"].as_str().unwrap().to_owned());
    let token = own.trim_start_matches("/v1/calendars/").trim_end_matches(".ics").to_owned();
    assert_eq!(token.len(), 43);
    // Neither in the table nor in the trail.
    for table in ["calendars", "audit_events", "outbox"] {
        let rows = town.text(&format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t"));
        assert!(!rows.contains(&token), "{table}");
    }
    // A token that differs in one character was never made here.
    for at in 0..token.len() {
        let other = |one| if one == 'A' { 'B' } else { 'A' };
        let forged: String =
            token.chars().enumerate().map(|(n, one)| if n == at { other(one) } else { one }).collect();
        town.get(&format!("/v1/calendars/{forged}.ics")).send().is_problem(404, "not-found");
    }
    for forged in ["x", "%00", &"A".repeat(43), &format!("{token}A")] {
        town.get(&format!("/v1/calendars/{forged}.ics")).send().is_problem(404, "not-found");
    }
    // Only its owner sees that it is there, or takes it away; at once.
    let list = |by: &Person| town.get("/v1/me/calendars").by(by).send().is(200).body["items"].clone();
    assert_eq!((list(&one).as_array().unwrap().len(), list(&two)), (1, json!([])));
    assert!(list(&one)[0].get("url").is_none());
    let take = |by: &Person| town.call("DELETE", &format!("/v1/me/calendars/{id}")).by(by).send();
    take(&two).is_problem(404, "not-found");
    fetch(&town, &own);
    take(&one).is(204);
    take(&one).is_problem(404, "not-found");
    town.get(&own).send().is_problem(404, "not-found");
    // Ten at most, also of two asked for at once.
    for _ in 0..9 {
        ask(&town, &one, json!({ "kind": "own_shifts" })).is(201);
    }
    let codes: Vec<u16> = std::thread::scope(|scope| {
        let ask = || ask(&town, &one, json!({ "kind": "own_shifts" })).status;
        let all = [scope.spawn(ask), scope.spawn(ask), scope.spawn(ask)];
        all.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(codes.iter().filter(|code| **code == 201).count(), 1, "{codes:?}");
    ask(&town, &one, json!({ "kind": "own_shifts" })).is_problem(409, "calendar-feed-too-many");
    // Of a closed account nothing is told.
    let theirs = path(&ask(&town, &two, json!({ "kind": "own_shifts" })));
    fetch(&town, &theirs);
    town.call("DELETE", "/v1/me").json(&json!({ "current_password": PASSWORD })).by(&two).send().is(204);
    town.get(&theirs).send().is_problem(404, "not-found");
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE action = 'create_calendar'"), 12);
}

#[test]
fn ones_own_shifts_are_found_by_their_indexes_among_those_of_the_city() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({}));
    let one = neighbour(&town, OWN);
    sign_up(&town, &one, &shift).is(201);
    let own = path(&ask(&town, &one, json!({ "kind": "own_shifts" })));
    // Two thousand others, who signed up and withdrew ten times each.
    town.execute(
        "INSERT INTO accounts (id, phone_sealed, phone_hash, display_name, language, created_at, updated_at)
             SELECT ('01900000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, '', sha256(int4send(n)), 'x', 'zh-CN', now(), now()
             FROM generate_series(0, 1999) n;
         INSERT INTO residents (id, division, account_id, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
             SELECT id, 310113003005, id, 'n', 'n', 'n', 'refused', 'registered_here', 'worker', now(), now()
             FROM accounts WHERE phone_sealed = '';
         INSERT INTO shift_signups
             SELECT r.* FROM shift_signups s, generate_series(1, 10) n, accounts a, LATERAL jsonb_populate_record(s,
                 jsonb_build_object('id', gen_random_uuid(), 'turn', n * 10000 + right(a.id::text, 12)::integer, 'state', 'withdrawn',
                                    'resident_id', a.id, 'person_id', a.id, 'account_id', a.id)) r
             WHERE a.phone_sealed = '';
         ANALYZE accounts, residents, shift_signups",
    );
    let told = |what: &str, table: &str| {
        let here = "schemaname = current_schema()";
        town.count(&format!(
            "SELECT sum({what})::bigint FROM pg_stat_user_tables WHERE {here} AND relname = '{table}'"
        ))
    };
    let read = || told("seq_tup_read + coalesce(idx_tup_fetch, 0)", "shift_signups");
    let looks = || told("seq_scan + coalesce(idx_scan, 0)", "calendars");
    wait_until("it is told", || told("n_tup_ins", "shift_signups") == 20_001);
    let (before, looked) = (read(), looks());
    assert_eq!(fetch(&town, &own).matches("BEGIN:VEVENT").count(), 1);
    wait_until("it is told", || looks() > looked);
    assert!(read() - before < 1_000, "{}", read() - before);
}
