//! Photos of visits: the author's own pictures, seen by whoever may find the visit and by nobody else.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::files::png;
use crate::support::archive::with;
use crate::support::visits::{neighbour, to, write};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, SIBLING, Town};

/// Sends so many pictures; their ids.
fn pictures(town: &Town, by: &Person, many: u32) -> Vec<Value> {
    let send = |n| town.upload("x.png", &png(3, 2 + n)).by(by).send().is(201).body["id"].clone();
    (0..many).map(send).collect()
}

#[test]
fn photos_are_seen_by_whoever_may_find_the_visit() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, None);
    let owner = town.resident();
    let id = chen["id"].as_str().unwrap();
    town.execute(&format!("UPDATE residents SET account_id = '{}' WHERE id = '{id}'", owner.account));
    let photos = pictures(&town, &worker, 2);
    let finding = json!([{ "category": "facility", "text": "楼道灯不亮" }]);
    let written = write(&town, &worker, with(to(&chen), json!({ "photos": photos, "findings": finding })));
    let told: Vec<Value> =
        written.is(201).body["photos"].as_array().unwrap().iter().map(|photo| photo["id"].clone()).collect();
    assert_eq!(told, photos);
    let path = format!("/v1/visit-findings/{}", written.body["findings"][0]["id"].as_str().unwrap());
    let found = town.get(&path).by(&worker).send();
    assert_eq!(found.is(200).body["photos"], written.body["photos"]);
    let content = written.body["photos"][0]["content_url"].as_str().unwrap();
    let thumbnail = written.body["photos"][0]["thumbnail_url"].as_str().unwrap();
    for (role, place, status) in [
        (Role::CommitteeHead, OWN, 200),
        (Role::StreetOfficer, PARENT, 200),
        (Role::DistrictOfficer, "310113000000", 200),
        (Role::CommitteeHead, SIBLING, 404),
        (Role::CommitteeWorker, ELSEWHERE, 404),
        (Role::CityOfficer, CITY, 404),
        (Role::PoliceOfficer, PARENT, 404),
    ] {
        let person = town.staff(role, place);
        for path in [content, thumbnail] {
            assert_eq!(town.get(path).by(&person).send().status, status, "{role:?} {place} {path}");
        }
    }
    // The photo may show others.
    town.get(content).by(&owner).send().is_problem(404, "not-found");
    let own = town.get("/v1/me/visits").by(&owner).send();
    assert!(!own.is(200).text.contains("photos"), "{}", own.text);
}

#[test]
fn a_photo_is_a_picture_of_ones_own_that_belongs_to_nothing_yet() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let colleague = town.staff(Role::CommitteeWorker, OWN);
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, None);
    let theirs = pictures(&town, &colleague, 1);
    let mine = pictures(&town, &worker, 2);
    let table = town.upload("x.csv", b"a,b").by(&worker).send().is(201).body["id"].clone();
    let send = |photos: Value| write(&town, &worker, with(to(&chen), json!({ "photos": photos })));
    for (photos, code, pointer) in [
        (json!([mine[0], theirs[0]]), "file-unknown", "/photos/1"),
        (json!([mine[0], mine[0]]), "file-unknown", "/photos/1"),
        (json!([uuid::Uuid::nil()]), "file-unknown", "/photos/0"),
        (json!([mine[0], table]), "visit-photo-invalid", "/photos/1"),
    ] {
        let reply = send(photos);
        reply.is_problem(422, code);
        assert_eq!(reply.body["errors"][0]["pointer"], pointer, "{}", reply.text);
    }
    // What was refused has left nothing behind, and what belongs to a visit belongs to no other.
    assert_eq!(town.count("SELECT (SELECT count(*) FROM visits) + (SELECT count(*) FROM file_links)"), 0);
    send(json!([mine[0]])).is(201);
    send(json!([mine[0]])).is_problem(422, "file-unknown");
    send(json!([mine[1]])).is(201);
}

#[test]
fn photos_are_added_within_the_week_up_to_twenty() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let head = town.staff(Role::CommitteeHead, OWN);
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, None);
    let photos = pictures(&town, &worker, 9);
    let written = write(&town, &worker, with(to(&chen), json!({ "photos": photos })));
    let path = written.is(201).header("location").to_owned();
    let add =
        |by: &Person, photos: &[Value]| town.patch(&path, "*", json!({ "photos": photos })).by(by).send();
    // The head adds their own, not the worker's.
    let more = pictures(&town, &head, 9);
    let waiting = pictures(&town, &worker, 3);
    add(&head, &waiting[..1]).is_problem(422, "file-unknown");
    let changed = add(&head, &more);
    assert_eq!(
        (changed.is(200).body["photos"].as_array().unwrap().len(), changed.header("etag")),
        (18, "\"v2\"")
    );
    add(&worker, &waiting).is_problem(409, "visit-too-much");
    assert_eq!(add(&worker, &waiting[..2]).is(200).body["photos"].as_array().unwrap().len(), 20);
    write(&town, &worker, with(to(&chen), json!({ "photos": vec![waiting[2].clone(); 10] })))
        .is_problem(422, "field-invalid");
}
