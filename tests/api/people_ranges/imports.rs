//! Lists in: they go into the range and nowhere else, and who is known elsewhere is as new as anybody.

use lilong::access::role::Role;
use serde_json::{Value, json};

use super::{PHONE, PLACES, Scene, Viewer, is_below, walk};
use crate::lists::{counts, import, send};
use crate::support::archive::{CARD, draft, enter, with, with_card};
use crate::support::rights::OTHER_CARD;
use crate::support::{CITY, Person, Reply, Town};

const IMPORTERS: [Role; 3] = [Role::CommitteeWorker, Role::CommitteeHead, Role::StreetOfficer];
/// Two committees of the street in which nobody is kept.
const EMPTY: [&str; 2] = ["310113003007", "310113003008"];
/// No committee at all.
const NOWHERE: &str = "310113003999";

/// The records of those who are kept.
fn records(scene: &Scene) -> String {
    let ids: Vec<String> = scene.kept.iter().map(|one| format!("'{}'", one.resident)).collect();
    let ids = ids.join(", ");
    scene.town.text(&format!(
        "SELECT md5(string_agg(r::text, ' ' ORDER BY r.id)) FROM residents r WHERE id IN ({ids})"
    ))
}

/// Everybody as they are kept, and somebody of no committee.
fn list(scene: &Scene) -> String {
    let row = |name: &str, division: &str| format!("{name},{CARD},{PHONE},SQY-1,{division}\n");
    let rows: String = scene.kept.iter().map(|one| row(one.name, one.division)).collect();
    format!("姓名,证件号码,电话,外部编号,区划代码\n{rows}{}", row("李秀英", NOWHERE))
}

/// Asks for places out of range, which is refused; then for one's own. Answers that import.
fn ask(scene: &Scene, viewer: &Viewer) -> Option<Value> {
    let (town, Viewer { what, person, .. }) = (&scene.town, viewer);
    let may = viewer.has(&IMPORTERS);
    let file = send(town, person, &list(scene));
    let body = |place: &str| json!({ "file": file, "division": place, "mode": "each" });
    for place in PLACES.into_iter().filter(|place| !may || !viewer.covers(place)) {
        let reply = town.post("/v1/imports", body(place)).by(person).send();
        assert_eq!((reply.status, reply.code()), (403, "forbidden"), "{what}: import into {place}");
    }
    // The list is in the hands of who sent it.
    let stranger = town.staff(Role::CityOfficer, CITY);
    town.get(&format!("/v1/files/{file}")).by(&stranger).send().is_problem(404, "not-found");
    if !may {
        return None;
    }
    let (_, place) = viewer.posts[0];
    let done = import(town, person, body(place));
    let inside = scene.kept.iter().filter(|one| is_below(place, one.division)).count() as i64;
    assert_eq!(counts(&done), [0, 0, inside, 5 - inside], "{what}: rows into {place}: {done}");
    town.get(&format!("/v1/files/{file}")).by(&stranger).send().is_problem(404, "not-found");
    Some(done)
}

/// What somebody is told of an import that another sent: itself where it is in range, and never its report.
fn check_others(town: &Town, viewer: &Viewer, done: &Value) {
    let what = format!("{}: import into {}", viewer.what, done["division"]);
    let path = format!("/v1/imports/{}", done["id"].as_str().unwrap());
    let may = viewer.has(&IMPORTERS);
    let is_seen = may && viewer.covers(done["division"].as_str().unwrap());
    let hidden = if may { 404 } else { 403 };
    let found = town.get(&path).by(&viewer.person).send();
    assert_eq!(found.status, if is_seen { 200 } else { hidden }, "{what}");
    assert!(!is_seen || found.body["report_url"].is_null(), "{what}: {}", found.text);
    let report = town.get(&format!("{path}/report")).by(&viewer.person).send();
    assert_eq!(report.status, hidden, "{what}: its report");
}

#[test]
fn a_list_goes_into_the_range_and_what_is_refused_tells_nothing() {
    let scene = Scene::new();
    let (town, before) = (&scene.town, records(&scene));
    let viewers = scene.viewers();
    let sent: Vec<(&Viewer, Value)> =
        viewers.iter().filter_map(|viewer| Some((viewer, ask(&scene, viewer)?))).collect();
    assert_eq!(sent.len(), 5);
    assert_eq!(records(&scene), before, "nobody is changed");
    // A committee out of range, with the very person or without, and one that does not exist are the same.
    let reasons = town.text(
        "SELECT string_agg(DISTINCT field || ' ' || code || ' ' || explanation, ';') FROM import_faults",
    );
    assert!(reasons.starts_with("division import-row-out-of-reach ") && !reasons.contains(';'), "{reasons}");
    for viewer in &viewers {
        for (sender, done) in &sent {
            if sender.what != viewer.what {
                check_others(town, viewer, done);
                continue;
            }
            let report = town.get(done["report_url"].as_str().unwrap()).by(&viewer.person).send();
            assert_eq!(report.status, 200, "{}: their own report", viewer.what);
        }
        if viewer.has(&IMPORTERS) {
            let listed = walk(town, &viewer.person, "/v1/imports", "").len();
            let inside = sent.iter().filter(|(_, done)| viewer.covers(done["division"].as_str().unwrap()));
            assert_eq!(listed, inside.count(), "{}: imports", viewer.what);
        }
    }
}

#[test]
fn who_is_known_out_of_range_is_as_new_as_anybody() {
    let scene = Scene::new();
    let (town, before) = (&scene.town, records(&scene));
    let [listed, by_hand] = EMPTY;
    let worker = town.staff(Role::CommitteeWorker, listed);
    let text = format!("姓名,证件号码,电话,外部编号\n王小明,{CARD},{PHONE},SQY-1\n");
    for (is_dry_run, expected) in [(true, [1, 0, 0, 0]), (false, [1, 0, 0, 0]), (false, [0, 0, 1, 0])] {
        let file = send(town, &worker, &text);
        let body = json!({ "file": file, "division": listed, "mode": "each", "is_dry_run": is_dry_run });
        assert_eq!(counts(&import(town, &worker, body)), expected, "dry: {is_dry_run}");
    }
    // By hand, entered and changed: only one's own committee's records are in the way.
    let worker = town.staff(Role::CommitteeWorker, by_hand);
    let bare = enter(town, &worker, with(draft("王小明"), json!({ "division": by_hand })));
    let path = format!("/v1/residents/{}", bare["id"].as_str().unwrap());
    let numbers = json!({
        "document": { "kind": "resident_id_card", "number": CARD }, "phone": PHONE, "external_id": "SQY-1"
    });
    town.patch(&path, "*", numbers).by(&worker).send().is(200);
    let again = with(with_card("王小红"), json!({ "division": by_hand }));
    town.post("/v1/residents", again).by(&worker).send().is_problem(409, "resident-document-taken");
    // Out of range the same is refused of who is kept there and of who is not.
    let told = |reply: &Reply| (reply.status, reply.code().to_owned(), reply.body["errors"].clone());
    let enter_at = |by: &Person, card: &str, division: &str| {
        let document = json!({ "kind": "resident_id_card", "number": card });
        let body = with(with_card("王小明"), json!({ "document": document, "division": division }));
        told(&town.post("/v1/residents", body).by(by).send())
    };
    for Viewer { what, person, reach, .. } in scene.viewers() {
        for one in scene.kept.iter().filter(|one| !reach.contains(&one.division)) {
            let refused = enter_at(&person, CARD, one.division);
            assert_eq!((refused.0, refused.1.as_str()), (403, "forbidden"), "{what}: {}", one.division);
            assert_eq!(refused, enter_at(&person, OTHER_CARD, one.division), "{what}: {}", one.division);
        }
    }
    assert_eq!(records(&scene), before, "nobody is changed");
}
