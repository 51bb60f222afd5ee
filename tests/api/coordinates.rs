//! Coordinates: kept as WGS84, answered as GCJ-02 where a mini-program's map asks for it.

use serde_json::{Value, json};

use crate::support::petitions::{draft, file, id, neighbour};
use crate::support::volunteering::organiser;
use crate::support::{OWN, Town};

/// Where the estate, the organisation and the division of the test are, as kept.
const KEPT: (f64, f64) = (121.4890, 31.4050);

fn near(location: &Value, east: f64, north: f64) -> bool {
    let degrees = |name: &str| location[name].as_f64().expect("degrees");
    (degrees("longitude") - east).abs() < 0.0005 && (degrees("latitude") - north).abs() < 0.0005
}

#[test]
fn places_are_shown_in_the_system_asked_for() {
    let town = Town::new();
    let resident = town.resident();
    let (id, (east, north)) = (uuid::Uuid::from_u128(8), KEPT);
    town.execute(&format!(
        "INSERT INTO organisations (id, name, kind, division, longitude, latitude, created_at, updated_at)
             VALUES ('{id}', '宝钢五村居委会', 'residents_committee', {OWN}, {east}, {north}, now(), now());
         INSERT INTO estates (id, name, division, kind, longitude, latitude, created_at, updated_at)
             VALUES ('{id}', '宝钢五村', {OWN}, 'public_housing', {east}, {north}, now(), now());
         UPDATE divisions SET longitude = {east}, latitude = {north} WHERE code = {OWN}"
    ));
    let finds =
        [format!("/v1/divisions/{OWN}"), format!("/v1/organisations/{id}"), format!("/v1/estates/{id}")];
    let lists =
        ["/v1/divisions?parent=310113003000&limit=10", "/v1/organisations?limit=10", "/v1/estates?limit=10"];
    for path in &finds {
        let plain = town.get(path).by(&resident).send();
        let location = &plain.is(200).body["location"];
        assert!(location["coord_system"] == "wgs84" && near(location, east, north), "{path}: {location}");
        let shifted = town.get(&format!("{path}?coord_system=gcj02")).by(&resident).send();
        let location = &shifted.is(200).body["location"];
        assert_eq!(location["coord_system"], "gcj02", "{path}");
        assert!(near(location, east + 0.0045, north - 0.0020), "{path}: {location}");
        town.get(&format!("{path}?coord_system=bd09")).by(&resident).send().is_problem(400, "query-invalid");
    }
    for path in lists {
        let shown = |path: &str| {
            let list = town.get(path).by(&resident).send();
            let items = list.is(200).body["items"].as_array().cloned().unwrap_or_default();
            items.into_iter().map(|item| item["location"].clone()).find(|location| !location.is_null())
        };
        let (plain, shifted) = (shown(path), shown(&format!("{path}&coord_system=gcj02")));
        assert!(plain.is_some_and(|location| near(&location, east, north)), "{path}");
        let location = shifted.expect("a location");
        assert_eq!(location["coord_system"], "gcj02", "{path}");
        assert!(near(&location, east + 0.0045, north - 0.0020), "{path}: {location}");
    }
}

#[test]
fn calls_and_petitions_are_shown_in_the_system_asked_for() {
    let town = Town::new();
    let (us, (east, north)) = (organiser(&town), KEPT);
    let placed = json!({ "location": { "longitude": east, "latitude": north, "coord_system": "wgs84" } });
    let asker = neighbour(&town, OWN);
    let petition = id(&file(&town, &asker, draft(&town, placed.clone())).is(201).body);
    let call = us.published(&town, placed);
    let (call, petition) = (format!("/v1/volunteer-calls/{call}"), format!("/v1/petitions/{petition}"));
    let places = [
        (call.as_str(), "?", &us.worker, "/location"),
        (petition.as_str(), "?", &asker, "/location"),
        ("/v1/volunteer-calls?limit=10", "&", &us.worker, "/items/0/location"),
    ];
    for (path, joint, by, place) in places {
        let shown = |path: &str| town.get(path).by(by).send().is(200).body.pointer(place).unwrap().clone();
        let plain = shown(path);
        assert!(plain["coord_system"] == "wgs84" && near(&plain, east, north), "{path}: {plain}");
        let shifted = shown(&format!("{path}{joint}coord_system=gcj02"));
        assert_eq!(shifted["coord_system"], "gcj02", "{path}");
        assert!(near(&shifted, east + 0.0045, north - 0.0020), "{path}: {shifted}");
    }
}
