//! Visits, their findings and their photos: read in the range of the committee that called.

use lilong::access::role::Role;
use serde_json::{Value, json};

use super::{Kept, Scene, Viewer, sorted, walk};
use crate::files::png;
use crate::support::CITY;
use crate::support::archive::with;
use crate::support::visits::{to, write};

/// A visit in a committee.
struct Called {
    division: &'static str,
    visit: String,
    finding: String,
    photo: String,
}

/// Calls on everybody.
fn call(scene: &Scene) -> Vec<Called> {
    let Scene { town, writer, kept, .. } = scene;
    let text = |value: &Value| value.as_str().expect("an id").to_owned();
    let call = |one: &Kept| {
        let photo = text(&town.upload("x.png", &png(3, 2)).by(writer).send().is(201).body["id"]);
        let more = json!({
            "division": one.division, "photos": [photo],
            "findings": [{ "category": "facility", "text": "楼道灯不亮" }]
        });
        let written = write(town, writer, with(to(&json!({ "id": one.resident })), more));
        let (visit, finding) = (text(&written.is(201).body["id"]), text(&written.body["findings"][0]["id"]));
        Called { division: one.division, visit, finding, photo }
    };
    kept.iter().map(call).collect()
}

#[test]
fn visits_and_their_photos_are_read_in_range_and_are_nothing_to_all_others() {
    let scene = Scene::new();
    let (town, called) = (&scene.town, call(&scene));
    for viewer in scene.viewers() {
        let Viewer { what, person, reach, .. } = &viewer;
        let reads = !viewer.has(&[Role::CityOfficer]);
        let status_of = |path: &str| town.get(path).by(person).send().status;
        for one in &called {
            let is_seen = reach.contains(&one.division);
            for part in ["", "/content", "/thumbnail"] {
                let status = status_of(&format!("/v1/files/{}{part}", one.photo));
                let expected = if reads && is_seen { 200 } else { 404 };
                assert_eq!(status, expected, "{what}: photo{part} of {}", one.division);
            }
            for path in [format!("/v1/visits/{}", one.visit), format!("/v1/visit-findings/{}", one.finding)] {
                let expected = match (reads, is_seen) {
                    (false, _) => 403,
                    (true, true) => 200,
                    (true, false) => 404,
                };
                assert_eq!(status_of(&path), expected, "{what}: {path} of {}", one.division);
            }
        }
        if !reads {
            assert_eq!(status_of("/v1/visits"), 403, "{what}");
            continue;
        }
        let seen = called.iter().filter(|one| reach.contains(&one.division));
        let visits = sorted(seen.clone().map(|one| one.visit.clone()).collect());
        assert_eq!(walk(town, person, "/v1/visits", &format!("&division={CITY}")), visits, "{what}: visits");
        let findings = sorted(seen.map(|one| one.finding.clone()).collect());
        assert_eq!(walk(town, person, "/v1/visit-findings", ""), findings, "{what}: findings");
    }
}
