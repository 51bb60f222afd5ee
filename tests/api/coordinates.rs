//! Coordinates: kept as WGS84, answered as GCJ-02 where a mini-program's map asks for it.

use serde_json::Value;

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
