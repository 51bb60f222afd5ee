//! The map of open calls nearby: GeoJSON for any map, of what is for everybody.

use serde_json::{Value, json};

use crate::support::petitions::neighbour;
use crate::support::volunteering::{add_shift, organiser, sign_up};
use crate::support::{OWN, Reply, Town};

fn at(longitude: f64, system: &str) -> Value {
    json!({ "location": { "longitude": longitude, "latitude": 31.405, "coord_system": system } })
}

fn map(town: &Town, query: &str) -> Reply {
    town.get(&format!("/v1/volunteer-call-map?{query}")).send()
}

fn titles(reply: &Reply) -> Vec<&str> {
    let features = reply.is(200).body["features"].as_array().unwrap();
    features.iter().map(|one| one["properties"]["title"].as_str().unwrap()).collect()
}

#[test]
fn what_is_open_to_everybody_stands_on_the_map_the_closest_first() {
    let town = Town::new();
    let us = organiser(&town);
    let call = |title: &str, more: Value| {
        us.published(&town, crate::support::archive::with(json!({ "title": title }), more))
    };
    // East of here: 95 m, 190 m, 1.4 km.
    call("二", at(121.491, "wgs84"));
    let first = call("一", at(121.490, "wgs84"));
    call("远", at(121.504, "wgs84"));
    call("无", json!({}));
    call("内", crate::support::archive::with(json!({ "visibility": "community" }), at(121.489, "wgs84")));
    us.call(&town, crate::support::archive::with(json!({ "title": "草" }), at(121.489, "wgs84")));
    let here = "longitude=121.489&latitude=31.405";
    let shown = map(&town, here);
    assert_eq!(titles(&shown), ["一", "二"]);
    assert_eq!(shown.header("content-type"), "application/geo+json");
    assert_eq!(titles(&map(&town, &format!("{here}&within=150"))), ["一"]);
    assert_eq!(titles(&map(&town, &format!("{here}&within=2000"))).len(), 3);
    // Longitude first, and what can still be taken.
    let feature = |reply: &Reply| reply.body["features"][0].clone();
    let told = feature(&shown);
    assert_eq!(
        (&told["type"], &told["geometry"]),
        (&json!("Feature"), &json!({ "type": "Point", "coordinates": [121.490, 31.405] }))
    );
    assert_eq!(
        (&told["properties"]["next_shift_at"], &told["properties"]["free_places"]),
        (&Value::Null, &json!(0))
    );
    let shift = add_shift(&town, &us.worker, &first, json!({ "capacity": 3 }));
    let shift = shift.is(201).body.clone();
    sign_up(&town, &neighbour(&town, OWN), shift["id"].as_str().unwrap()).is(201);
    let told = feature(&map(&town, here));
    assert_eq!((&told["id"], &told["properties"]["free_places"]), (&json!(first), &json!(2)));
    assert_eq!(told["properties"]["next_shift_at"], shift["starts_at"]);
    // What is over is gone.
    us.step(&town, &first, "closure").is(201);
    assert_eq!(titles(&map(&town, here)), ["二"]);
}

#[test]
fn a_place_is_kept_in_the_system_of_geojson_and_taken_back() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, at(121.489, "gcj02"));
    let path = format!("/v1/volunteer-calls/{call}");
    let find = || town.get(&path).by(&us.worker).send().is(200).body["location"].clone();
    assert_eq!(find()["coord_system"], "wgs84");
    let shift = 121.489 - find()["longitude"].as_f64().unwrap();
    assert!((0.003..0.006).contains(&shift), "GCJ-02 lies east of it: {shift}");
    let near = |system: &str| {
        titles(&map(&town, &format!("longitude=121.489&latitude=31.405&within=100&coord_system={system}")))
            .len()
    };
    assert_eq!((near("gcj02"), near("wgs84")), (1, 0));
    town.patch(&path, "*", json!({ "location": null })).by(&us.worker).send().is(200);
    assert_eq!((find(), near("gcj02")), (Value::Null, 0));
    town.patch(
        &path,
        "*",
        json!({ "location": { "longitude": 2.3, "latitude": 48.8, "coord_system": "wgs84" } }),
    )
    .by(&us.worker)
    .send()
    .is_problem(422, "field-invalid");
    for query in [
        "",
        "longitude=121.489",
        "longitude=2.3&latitude=48.8",
        "longitude=121.489&latitude=31.405&within=99",
    ] {
        assert_eq!(map(&town, query).status, 400, "{query}");
    }
}

#[test]
fn of_more_calls_than_a_map_shows_the_closest_stand_on_it_and_the_same_again() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    // To the east, less than a kilometre, the farthest first.
    town.execute(&format!(
        "INSERT INTO volunteer_calls SELECT (jsonb_populate_record(c, jsonb_build_object(
                 'id', gen_random_uuid(), 'title', n::text, 'longitude', 121.489 + n * 0.000004, 'latitude', 31.405))).*
             FROM volunteer_calls c, generate_series(2100, 1, -1) n WHERE c.id = '{call}'"
    ));
    let here = "longitude=121.489&latitude=31.405";
    let closest: Vec<String> = (1..=100).map(|n: i32| n.to_string()).collect();
    assert_eq!(titles(&map(&town, here)), closest);
    // Eight tenths of a metre to the north are farther than three quarters to the east, though they are fewer degrees.
    town.execute(
        "UPDATE volunteer_calls SET longitude = 121.489, latitude = 31.4050072 WHERE title = '2000'",
    );
    assert_eq!(titles(&map(&town, here))[..4], ["1", "2", "2000", "3"]);
    // All in one place: whichever hundred stand on it, they are the same when rows have moved in the table.
    town.execute(
        "UPDATE volunteer_calls SET longitude = 121.489, latitude = 31.405 WHERE longitude IS NOT NULL",
    );
    let first = map(&town, here);
    town.execute(
        "UPDATE volunteer_calls SET version = version + 1 WHERE longitude IS NOT NULL AND title::int % 2 = 0",
    );
    assert_eq!((titles(&first).len(), &map(&town, here).body), (100, &first.body));
}
