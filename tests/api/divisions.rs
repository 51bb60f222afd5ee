//! Divisions: public to read, changed by the line above them.

use lilong::access::role::Role;
use lilong::places::divisions;
use serde_json::json;

use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, SIBLING, Town};

#[test]
fn the_map_is_public_and_paged_in_the_order_of_codes() {
    let town = Town::new();
    let first = town.get(&format!("/v1/divisions?parent={PARENT}&limit=2")).send();
    assert_eq!(first.is(200).body["items"].as_array().unwrap().len(), 2);
    assert_eq!(first.body["has_more"], true);
    let mut codes: Vec<String> = Vec::new();
    let mut path = format!("/v1/divisions?parent={PARENT}&limit=2");
    loop {
        let page = town.get(&path).send();
        codes.extend(
            page.body["items"].as_array().unwrap().iter().map(|d| d["code"].as_str().unwrap().to_owned()),
        );
        match page.body["next_cursor"].as_str() {
            Some(cursor) => {
                assert!(page.header("link").contains(cursor));
                path = format!("/v1/divisions?parent={PARENT}&limit=2&cursor={cursor}");
            }
            None => break,
        }
    }
    assert!(codes.is_sorted() && codes.contains(&OWN.to_owned()) && codes.len() > 20, "{codes:?}");
    assert_eq!(
        codes.len() as i64,
        town.count(&format!("SELECT count(*) FROM divisions WHERE parent = {PARENT}"))
    );
}

#[test]
fn a_cursor_of_another_filter_is_refused() {
    let town = Town::new();
    let page = town.get("/v1/divisions?limit=2").send();
    let cursor = page.body["next_cursor"].as_str().unwrap();
    town.get(&format!("/v1/divisions?limit=2&level=street&cursor={cursor}"))
        .send()
        .is_problem(400, "cursor-invalid");
    town.get("/v1/divisions?cursor=bm9uc2Vuc2U").send().is_problem(400, "cursor-invalid");
}

#[test]
fn what_the_caller_has_is_not_sent_again() {
    let town = Town::new();
    let found = town.get(&format!("/v1/divisions/{OWN}")).send();
    let etag = found.is(200).header("etag").to_owned();
    let again = town.get(&format!("/v1/divisions/{OWN}")).header("If-None-Match", &etag).send();
    assert_eq!((again.status, again.text.as_str()), (304, ""));
}

#[test]
fn an_office_says_how_it_is_reached_and_the_second_writer_is_told() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let path = format!("/v1/divisions/{OWN}");
    let hours = json!({ "weekly": [{ "days": [1, 2, 3, 4, 5], "opens": "08:30", "closes": "20:00" }], "exceptions": [] });
    let draft = json!({
        "address": "友谊路1588弄", "phones": ["021-56100000"], "opening_hours": hours,
        "location": { "longitude": 121.4935, "latitude": 31.4030, "coord_system": "gcj02" }
    });
    let changed = town.patch(&path, "\"v1\"", draft.clone()).by(&head).send();
    assert_eq!(changed.is(200).header("etag"), "\"v2\"");
    assert_eq!(changed.body["location"]["coord_system"], "wgs84");
    assert_eq!(changed.body["opening_hours"], hours);
    town.patch(&path, "\"v1\"", draft.clone()).by(&head).send().is_problem(412, "version-stale");
    town.call("PATCH", &path).json(&draft).by(&head).send().is_problem(428, "if-match-missing");
    let found = town.get(&path).send();
    assert_eq!(found.body["address"], "友谊路1588弄");
    let emptied = town.patch(&path, "\"v2\"", json!({ "location": null })).by(&head).send();
    assert!(emptied.is(200).body["location"].is_null());
}

#[test]
fn a_mini_program_without_patch_says_so_in_a_header() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let call = town.post(&format!("/v1/divisions/{OWN}"), json!({ "address": "x" }));
    let reply =
        call.header("X-HTTP-Method-Override", "PATCH").header("If-Match", "*").by(&head).send_unchecked();
    assert_eq!(reply.is(200).body["address"], "x");
}

#[test]
fn hours_that_contradict_themselves_and_a_status_going_back_are_refused() {
    let town = Town::new();
    let head = town.staff(Role::StreetOfficer, PARENT);
    let path = format!("/v1/divisions/{OWN}");
    let hours = json!({ "weekly": [{ "days": [1], "opens": "20:00", "closes": "08:30" }], "exceptions": [] });
    town.patch(&path, "*", json!({ "opening_hours": hours }))
        .by(&head)
        .send()
        .is_problem(422, "opening-hours-invalid");
    town.patch(&path, "*", json!({ "status": "preparing" }))
        .by(&head)
        .send()
        .is_problem(409, "division-status-backwards");
    town.patch(&path, "*", json!({ "status": null })).by(&head).send().is_problem(422, "field-invalid");
    assert_eq!(town.get(&path).send().header("etag"), "\"v1\"");
}

#[test]
fn only_the_line_above_changes_a_division() {
    let town = Town::new();
    let path = format!("/v1/divisions/{OWN}");
    for (role, place) in
        [(Role::CommitteeHead, SIBLING), (Role::CommitteeWorker, OWN), (Role::StreetOfficer, ELSEWHERE)]
    {
        let person = town.staff(role, place);
        town.patch(&path, "*", json!({ "address": "x" })).by(&person).send().is_problem(403, "forbidden");
    }
    town.patch(&path, "*", json!({ "address": "x" })).send().is_problem(401, "unauthenticated");
}

#[test]
fn only_the_line_above_changes_a_status() {
    let town = Town::new();
    let path = |code: &str| format!("/v1/divisions/{code}");
    let abolish = |code: &str, role, place| {
        let call = town.patch(&path(code), "*", json!({ "status": "abolished" }));
        call.by(&town.staff(role, place)).send()
    };
    abolish(OWN, Role::CommitteeHead, OWN).is_problem(403, "division-status-by-line-above");
    abolish(PARENT, Role::StreetOfficer, PARENT).is_problem(403, "division-status-by-line-above");
    abolish(CITY, Role::CityOfficer, CITY).is_problem(403, "division-status-by-line-above");
    abolish(OWN, Role::StreetOfficer, PARENT).is(200);
    abolish(SIBLING, Role::CityOfficer, CITY).is(200);
    abolish(PARENT, Role::DistrictOfficer, "310113000000").is(200);
    // What is said again is no change.
    let same = json!({ "status": "abolished", "address": "x" });
    town.patch(&path(OWN), "*", same).by(&town.staff(Role::CommitteeHead, OWN)).send().is(200);
}

#[test]
fn an_import_touches_only_what_differs() {
    let town = Town::new();
    let csv = format!(
        "code,name,level,parent,status\n\
         {OWN},宝钢六村居委会,committee,{PARENT},established\n\
         {SIBLING},{},committee,{PARENT},established\n",
        town.text(&format!("SELECT name FROM divisions WHERE code = {SIBLING}"))
    );
    let lines = lilong::kit::lines::read(csv.as_bytes()).unwrap();
    let import = || divisions::import(&mut town.owner(), &lines, town.now()).unwrap();
    assert_eq!((import(), import()), (1, 0));
    let found = town.get(&format!("/v1/divisions/{OWN}")).send();
    assert_eq!((found.header("etag"), &found.body["name"]), ("\"v2\"", &json!("宝钢六村居委会")));
    assert_eq!(town.get(&format!("/v1/divisions/{SIBLING}")).send().header("etag"), "\"v1\"");
}

#[test]
fn what_a_division_came_from_is_written_by_the_line_above_both() {
    let town = Town::new();
    let path = format!("/v1/divisions/{OWN}/predecessors");
    let write = |by: &Person, predecessor: &str, kind: &str| {
        let body = json!({ "predecessor": predecessor, "kind": kind, "effective_on": "2019-07-01" });
        town.post(&path, body).by(by).send()
    };
    let (street, head) = (town.staff(Role::StreetOfficer, PARENT), town.staff(Role::CommitteeHead, OWN));
    write(&head, SIBLING, "merged").is_problem(403, "forbidden");
    write(&town.staff(Role::StreetOfficer, ELSEWHERE), SIBLING, "merged").is_problem(403, "forbidden");
    // Whose range ends with the division itself does not stand above it, nor a street's above another's.
    let own = town.staff(Role::StreetOfficer, OWN);
    write(&own, SIBLING, "merged").is_problem(409, "division-lineage-by-line-above");
    write(&street, ELSEWHERE, "merged").is_problem(403, "forbidden");
    for unfit in [OWN, PARENT, "310113003999"] {
        write(&street, unfit, "merged").is_problem_at(422, "division-predecessor-unfit", "/predecessor");
    }
    let before = town.get(&format!("/v1/divisions/{SIBLING}")).send().header("etag").to_owned();
    let written = write(&street, SIBLING, "carved_out");
    let step = json!({
        "predecessor": SIBLING, "successor": OWN, "kind": "carved_out", "effective_on": "2019-07-01"
    });
    assert_eq!(written.is(201).body, step);
    write(&street, SIBLING, "split").is_problem(409, "division-predecessor-known");
    for code in [OWN, SIBLING] {
        assert_eq!(town.get(&format!("/v1/divisions/{code}")).send().is(200).body["lineage"], json!([step]));
    }
    // Who kept the page before is told that there is another.
    let again = town.get(&format!("/v1/divisions/{SIBLING}")).header("If-None-Match", &before).send();
    assert_eq!(again.status, 200);
    assert_eq!(
        town.count("SELECT count(*) FROM audit_events WHERE action = 'create_division_predecessor'"),
        1
    );
}
