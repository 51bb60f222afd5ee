//! Venues and the codes at their doors: who shows them, who is near, and what a scan of one is worth.

use chrono::TimeDelta;
use lilong::access::caller::{Origin, Ticket};
use lilong::access::role::Role;
use lilong::places::coordinates::{CoordSystem, Point};
use lilong::places::venues::{self, CodeGrade, VenueScan};
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

fn draft(name: &str, grade: &str) -> Value {
    let location = json!({ "longitude": 121.489, "latitude": 31.405, "coord_system": "wgs84" });
    json!({ "division": OWN, "name": name, "kind": "meeting_hall", "code_grade": grade, "location": location })
}

fn text(reply: &Reply, field: &str) -> String {
    reply.body[field].as_str().expect(field).to_owned()
}

fn names(reply: &Reply) -> Vec<&str> {
    let items = reply.is(200).body["items"].as_array().expect("items");
    items.iter().filter_map(|item| item["name"].as_str()).collect()
}

/// What check-ins will ask, in the name of whoever scans.
fn scan(town: &Town, by: &Person, code: &str, at: Option<Point>) -> Result<VenueScan, &'static str> {
    let origin = Origin { request_id: "scan".into(), address: [127, 0, 0, 1].into(), believed: None };
    let ticket = Ticket { principal: Some(by.principal()), origin, key: None };
    let code = code.to_owned();
    let read = town.gate.fetch(ticket, move |look| venues::read_code(look, &code, at));
    let read = actix_web::rt::System::new().block_on(read);
    read.map_err(|problem| problem.rule().code)
}

#[test]
fn a_venue_is_entered_once_and_changed_within_its_rules() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let create = |draft: Value| town.post("/v1/venues", draft).by(&worker).send();
    // Twice at once: one of them is the second.
    let made: Vec<Reply> = std::thread::scope(|scope| {
        let both = [(); 2].map(|()| scope.spawn(|| create(draft("红色议事厅", "static"))));
        both.map(|one| one.join().expect("an answer")).into()
    });
    let hall = made.iter().find(|reply| reply.status == 201).expect("one of them");
    made.iter().find(|reply| reply.status == 409).expect("not both").is_problem(409, "venue-name-taken");
    let at = hall.header("location").to_owned();
    assert!(!hall.text.contains("short_code") && !hall.text.contains("secret"));
    create(with(draft("x", "static"), json!({ "division": SIBLING }))).is_problem(403, "forbidden");
    create(with(draft("x", "static"), json!({ "organisation": uuid::Uuid::nil() })))
        .is_problem(422, "venue-organisation-unknown");
    create(with(draft("x", "attended"), json!({ "radius": 200 }))).is_problem(422, "venue-fence-unfit");
    create(with(draft("x", "static"), json!({ "radius": 200, "location": null })))
        .is_problem(422, "venue-fence-unfit");
    create(with(draft("x", "static"), json!({ "radius": 99 }))).is_problem(422, "field-invalid");
    let street = town.staff(Role::StreetOfficer, PARENT);
    let gone = with(draft("x", "static"), json!({ "division": "310113003999" }));
    town.post("/v1/venues", gone).by(&street).send().is_problem(422, "venue-division-unknown");
    // A fence needs its middle as long as it stands.
    let patch = |change: Value| town.patch(&at, "*", change).by(&worker).send();
    patch(json!({ "radius": 150 })).is(200);
    patch(json!({ "location": null })).is_problem(422, "venue-fence-unfit");
    patch(json!({ "code_grade": "attended" })).is_problem(422, "venue-fence-unfit");
    patch(json!({ "code_grade": "attended", "radius": null })).is(200);
    town.patch(&at, "\"v1\"", json!({ "address": "x" })).by(&worker).send().is_problem(412, "version-stale");
    // Closed, it is seen by those who look after it alone.
    patch(json!({ "status": "closed" })).is(200);
    let neighbour = town.resident();
    town.get(&at).by(&neighbour).send().is_problem(404, "not-found");
    assert!(names(&town.get("/v1/venues").by(&neighbour).send()).is_empty());
    town.get(&at).by(&worker).send().is(200);
    town.get(&at).by(&town.staff(Role::CommitteeWorker, SIBLING)).send().is_problem(404, "not-found");
}

#[test]
fn what_is_near_is_found_in_either_system() {
    let town = Town::new();
    let (worker, neighbour) = (town.staff(Role::CommitteeWorker, OWN), town.resident());
    town.post("/v1/venues", draft("红色议事厅", "static")).by(&worker).send().is(201);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let far = json!({ "name": "文化中心", "division": PARENT, "location": { "longitude": 121.520, "latitude": 31.405, "coord_system": "wgs84" } });
    town.post("/v1/venues", with(draft("", "rotating"), far)).by(&street).send().is(201);
    // Near: 2.9 km lie between the two.
    let near = |query: &str| town.get(&format!("/v1/venues?{query}")).by(&neighbour).send();
    let here = "longitude=121.490&latitude=31.405";
    let found = near(here);
    assert_eq!(names(&found), ["红色议事厅"]);
    assert_eq!(found.body["items"][0]["distance"], 95);
    assert_eq!(names(&near(&format!("{here}&within=5000"))).len(), 2);
    assert!(names(&near("longitude=121.490&latitude=31.415&within=100")).is_empty());
    // What WeChat's map says of the same place, and is answered in its system.
    let shifted = Point::new(121.490, 31.405, CoordSystem::Wgs84).expect("a point").to_gcj02();
    let query = format!("longitude={}&latitude={}&coord_system=gcj02", shifted.longitude, shifted.latitude);
    let found = near(&query);
    assert_eq!((&found.body["items"][0]["distance"], names(&found)), (&json!(95), vec!["红色议事厅"]));
    assert_eq!(found.body["items"][0]["location"]["coord_system"], "gcj02");
    for bad in [
        "longitude=121",
        "latitude=31",
        "within=500",
        "longitude=NaN&latitude=31",
        "longitude=10&latitude=31",
    ] {
        near(bad).is_problem(400, "query-invalid");
    }
}

#[test]
fn a_code_is_shown_by_those_who_look_after_the_door() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let made = town.post("/v1/venues", draft("<\"议事厅\" & 会客厅>", "static")).by(&worker).send();
    let at = made.is(201).header("location").to_owned();
    let get = |part: &str| town.get(&format!("{at}{part}")).by(&worker).send();
    let shown = get("/code");
    assert_eq!(
        (shown.is(200).header("cache-control"), &shown.body["expires_at"]),
        ("no-store", &Value::Null)
    );
    let printed = text(&shown, "text");
    assert_eq!(printed.len(), 20);
    let sheet = get("/sheet");
    assert!(sheet.is(200).text.contains("&lt;\"议事厅\" &amp; 会客厅&gt;") && sheet.text.contains("210mm"));
    assert!(sheet.header("content-security-policy").contains("default-src 'none'"));
    let short: Vec<char> = printed.chars().skip(4).collect();
    let grouped: Vec<String> = short.chunks(4).map(String::from_iter).collect();
    assert!(sheet.text.contains(&grouped.join("-")));
    let png = get("/code/image?format=png");
    assert!(png.is(200).bytes.starts_with(b"\x89PNG"));
    assert!(get("/code/image").is(200).text.starts_with("<svg"));
    get("/code/image?format=gif").is_problem(400, "query-invalid");
    // Neighbours scan it at the door, and are not told it elsewhere.
    let neighbour = town.resident();
    for part in ["/code", "/code/image", "/sheet"] {
        town.get(&format!("{at}{part}")).by(&neighbour).send().is_problem(403, "forbidden");
    }
    town.get(&format!("{at}/code"))
        .by(&town.staff(Role::CommitteeHead, ELSEWHERE))
        .send()
        .is_problem(404, "not-found");
    assert_eq!(scan(&town, &neighbour, &printed, None).expect("a scan").grade, CodeGrade::Static);
    becomes_another(&town, &worker, &at, &printed);
}

/// Its code is exchanged, then it has none, then it is closed.
fn becomes_another(town: &Town, worker: &Person, at: &str, printed: &str) {
    let neighbour = town.resident();
    let patch = |change: Value| town.patch(at, "*", change).by(worker).send();
    let get = |part: &str| town.get(&format!("{at}{part}")).by(worker).send();
    // Another code: what was shown before is nobody's.
    let again = town.call("POST", &format!("{at}/code")).by(worker).send();
    assert_ne!(text(again.is(201), "text"), printed);
    assert_eq!(scan(town, &neighbour, printed, None), Err("venue-code-unknown"));
    // Attended, and closed.
    patch(json!({ "code_grade": "attended" })).is(200);
    for part in ["/code", "/code/image", "/sheet"] {
        get(part).is_problem(409, "venue-code-attended");
    }
    assert_eq!(scan(town, &neighbour, &text(&again, "text"), None), Err("venue-code-attended"));
    patch(json!({ "code_grade": "static", "status": "closed" })).is(200);
    get("/code").is_problem(409, "venue-closed");
    assert_eq!(scan(town, &neighbour, &text(&again, "text"), None), Err("venue-code-unknown"));
}

#[test]
fn a_rotating_code_is_shown_by_a_screen_of_its_range_and_scope() {
    let town = Town::at("2026-03-02T02:00:07Z");
    let (worker, neighbour) = (town.staff(Role::CommitteeWorker, OWN), town.resident());
    let made = town.post("/v1/venues", draft("议事厅", "static")).by(&worker).send();
    let at = made.is(201).header("location").to_owned();
    let get = |part: &str| town.get(&format!("{at}{part}")).by(&worker).send();
    let printed = text(get("/code").is(200), "text");
    // A rotating one is shown by a screen, of its range and with its scope.
    town.patch(&at, "*", json!({ "code_grade": "rotating" })).by(&worker).send().is(200);
    get("/sheet").is_problem(409, "venue-code-not-printed");
    assert_eq!(scan(&town, &neighbour, &printed, None), Err("venue-code-expired"));
    let screen = town.application(OWN, &["venue_codes.read"]);
    let other = town.application(SIBLING, &["venue_codes.read"]);
    let reader = town.application(OWN, &["venues.read"]);
    let show = |token: &str| town.get(&format!("{at}/code")).token(token).send();
    show(&other.token).is_problem(404, "not-found");
    show(&reader.token).is_problem(403, "forbidden");
    town.get(&at).token(&screen.token).send().is_problem(403, "forbidden");
    assert_eq!(names(&town.get("/v1/venues").token(&reader.token).send()).len(), 1);
    town.get(&at).token(&reader.token).send().is(200);
    let away = town.application(SIBLING, &["venues.read"]);
    assert!(names(&town.get("/v1/venues").token(&away.token).send()).is_empty());
    town.get(&at).token(&away.token).send().is_problem(404, "not-found");
    let first = show(&screen.token);
    let first = (text(first.is(200), "text"), text(&first, "expires_at"));
    assert_eq!(first.1, "2026-03-02T02:00:30.000000Z");
    assert!(scan(&town, &neighbour, &first.0, None).is_ok());
    // The last window's counts as well, the one before it no more.
    town.clock.advance(TimeDelta::seconds(40));
    assert_ne!(text(show(&screen.token).is(200), "text"), first.0);
    assert!(scan(&town, &neighbour, &first.0, None).is_ok());
    town.clock.advance(TimeDelta::seconds(30));
    assert_eq!(scan(&town, &neighbour, &first.0, None), Err("venue-code-expired"));
}
