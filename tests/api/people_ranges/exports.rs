//! Exports: exactly the rows of a division within the range, for who asked and for nobody else.

use lilong::access::role::Role;
use serde_json::json;

use super::{PLACES, Scene, Viewer, is_below, sorted};
use crate::lists::over;
use crate::support::{SIBLING, Town};

const EXPORTERS: [Role; 4] =
    [Role::CommitteeHead, Role::StreetOfficer, Role::DistrictOfficer, Role::CityOfficer];

/// Asks for each place out of range, which is refused, and for one's own and the sibling's people; answers what was taken.
fn ask<'a>(town: &Town, viewer: &'a Viewer) -> Vec<(&'a Viewer, &'static str, String)> {
    let mut taken = Vec::new();
    for place in PLACES {
        let may = viewer.has(&EXPORTERS) && viewer.covers(place);
        let is_own = viewer.posts.iter().any(|(_, own)| *own == place);
        if may && !is_own && place != SIBLING {
            continue;
        }
        let body = json!({ "division": place, "form": "csv", "purpose": "service" });
        let reply = town.post("/v1/exports", body).by(&viewer.person).send();
        let expected = if may { (202, "") } else { (403, "forbidden") };
        assert_eq!((reply.status, reply.code()), expected, "{}: export of {place}", viewer.what);
        if may {
            taken.push((viewer, place, reply.header("location").to_owned()));
        }
    }
    taken
}

#[test]
fn an_export_has_the_rows_of_its_division_and_is_fetched_by_who_asked() {
    let scene = Scene::new();
    let town = &scene.town;
    let viewers = scene.viewers();
    let asked: Vec<_> = viewers.iter().flat_map(|viewer| ask(town, viewer)).collect();
    assert_eq!(asked.len(), 11);
    for (viewer, place, path) in asked {
        let Viewer { what, person, .. } = viewer;
        let done = over(town, person, &path);
        let inside = scene.kept.iter().filter(|one| is_below(place, one.division));
        let people = sorted(inside.map(|one| format!("{},{}", one.name, one.division)).collect());
        assert_eq!(done["people"], json!(people.len()), "{what}: export of {place}: {done}");
        let url = done["content_url"].as_str().expect("an address");
        let list = town.get(url).by(person).send();
        let rows = list.is(200).text.lines().skip(1).map(|row| row.splitn(3, ',').collect::<Vec<_>>());
        let rows = sorted(rows.map(|row| row[..2].join(",")).collect());
        assert_eq!(rows, people, "{what}: rows of {place}");
        for other in viewers.iter().filter(|other| other.what != *what) {
            let reply = town.get(url).by(&other.person).send();
            let told = (reply.status, reply.code());
            assert_eq!(told, (404, "not-found"), "{} fetches the export of {what}", other.what);
        }
    }
}
