//! Counts: of one's range, whole and in parts, and of no other division.

use lilong::access::role::Role;
use lilong::app::worker;
use serde_json::{Value, json};

use super::{ACROSS, PLACES, SEERS, STREET, Scene, Viewer, is_below, walk};
use crate::support::Reply;
use crate::support::archive::{draft, enter, with};
use crate::support::tags::{codes, id, label, set};

/// A label of the other street, on its resident.
fn label_of_street(scene: &Scene) -> String {
    let town = &scene.town;
    let quiet = with(label("quiet"), json!({ "division": STREET, "see_roles": SEERS }));
    let quiet = id(&town.post("/v1/labels", quiet).by(&town.staff(Role::StreetOfficer, STREET)).send());
    for one in scene.kept.iter().filter(|one| one.division == ACROSS) {
        set(town, &scene.writer, &json!({ "id": one.resident }), &quiet).is(201);
    }
    quiet
}

/// How many carry a label, where one is told of it.
fn told(reply: &Reply, label: &str) -> Option<Value> {
    let items = reply.is(200).body["items"].as_array().unwrap();
    items.iter().find(|item| item["label"] == label).map(|item| item["count"].clone())
}

#[test]
fn labels_are_counted_in_ones_range_and_in_no_other_division() {
    let scene = Scene::new();
    let (town, label) = (&scene.town, &scene.label);
    // One, two, three and four people: each sum is of one division only.
    for (more, one) in scene.kept.iter().enumerate() {
        for _ in 0..more {
            let neighbour = with(draft("李秀英"), json!({ "division": one.division }));
            let neighbour = enter(town, &scene.writer, neighbour);
            set(town, &scene.writer, &neighbour, label).is(201);
        }
    }
    while town.count("SELECT count(*) FROM label_count_deltas") > 0 {
        worker::count_labels(&town.gate).expect("the worker's work");
    }
    // These may not be added up yet.
    let quiet = label_of_street(&scene);
    for viewer in scene.viewers() {
        let Viewer { what, person, .. } = &viewer;
        for place in PLACES {
            let reply = town.get(&format!("/v1/label-counts?division={place}&limit=100")).by(person).send();
            if viewer.covers(place) {
                let inside = scene.kept.iter().enumerate().filter(|(_, one)| is_below(place, one.division));
                let people: usize = inside.map(|(more, _)| more + 1).sum();
                assert_eq!(told(&reply, label), Some(json!(people)), "{what}: people of {place}");
                let one = is_below(place, ACROSS).then(|| json!(1));
                assert_eq!(told(&reply, &quiet), one, "{what}: people with the street's label in {place}");
                continue;
            }
            let health = town.get(&format!("/v1/health-summary?division={place}")).by(person).send();
            for reply in [reply, health] {
                assert_eq!((reply.status, reply.code()), (403, "forbidden"), "{what}: counts of {place}");
            }
        }
    }
}

#[test]
fn a_label_of_another_street_is_as_absent_as_those_who_carry_it() {
    let scene = Scene::new();
    let town = &scene.town;
    let quiet = label_of_street(&scene);
    for viewer in scene.viewers() {
        let Viewer { what, person, reach, .. } = &viewer;
        let is_seen = reach.contains(&ACROSS);
        let defined = codes(&town.get("/v1/labels?limit=100").by(person).send());
        assert_eq!(defined.contains(&"quiet".to_owned()), is_seen, "{what}: {defined:?}");
        if is_seen {
            let carriers = walk(town, person, "/v1/residents", &format!("&label={quiet}"));
            assert_eq!(carriers, [scene.kept[2].resident.clone()], "{what}: who carries it");
            continue;
        }
        let list = |label: &str| {
            let reply = town.get(&format!("/v1/residents?label={label}")).by(person).send();
            (reply.status, reply.code().to_owned(), reply.body["errors"].clone())
        };
        let refused = list(&quiet);
        assert_eq!((refused.0, refused.1.as_str()), (422, "label-unknown"), "{what}");
        assert_eq!(refused, list(&uuid::Uuid::nil().to_string()), "{what}");
    }
}
