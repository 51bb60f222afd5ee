//! Lists narrowed by building, group, age, residence and status tell of one's range, whatever of another's they name.

use lilong::kit::clock::local_date;
use serde_json::json;

use super::{Kept, Scene, Viewer, walk};
use crate::support::CITY;
use crate::support::petitions::id;

/// Where somebody lives.
struct Place<'a> {
    of: &'a Kept,
    building: String,
    group: String,
}

/// The building of somebody, which becomes a group.
fn place<'a>(scene: &Scene, of: &'a Kept) -> Place<'a> {
    let Scene { town, writer, .. } = scene;
    let building = town.text(&format!("SELECT building_id FROM dwellings WHERE id = '{}'", of.dwelling));
    let estate = town.text(&format!("SELECT estate_id FROM buildings WHERE id = '{building}'"));
    let draft = json!({ "estate": estate, "name": "247号楼组", "members": [{ "building": building }] });
    let group = id(&town.post("/v1/building-groups", draft).by(writer).send().is(201).body);
    Place { of, building, group }
}

fn places(scene: &Scene) -> Vec<Place<'_>> {
    scene.kept.iter().map(|one| place(scene, one)).collect()
}

/// The list narrowed so has these people, and pages for nobody else.
#[track_caller]
fn has(scene: &Scene, viewer: &Viewer, query: &str, expected: &[String]) {
    let told = walk(&scene.town, &viewer.person, "/v1/residents", query);
    assert_eq!(told, expected, "{}: residents{query}", viewer.what);
}

/// The resident, if somebody reaches them.
fn seen(viewer: &Viewer, one: &Kept) -> Vec<String> {
    if viewer.sees(one) { vec![one.resident.clone()] } else { Vec::new() }
}

#[test]
fn what_narrows_a_list_leads_to_nobody_out_of_range() {
    let scene = Scene::new();
    let (places, label, wide) = (places(&scene), &scene.label, format!("&division={CITY}"));
    for viewer in scene.viewers() {
        let all = scene.reached(&viewer, |one| &one.resident);
        // All of them were born on the last day of 1949, and are registered where they live.
        for query in [
            "&min_age=70".to_owned(),
            "&max_age=120".to_owned(),
            format!("&min_age=70&max_age=120{wide}"),
            format!("&min_age=70&name=wangxiao{wide}"),
            "&residence=registered_here".to_owned(),
            format!("&residence=registered_here&label={label}{wide}"),
            "&status=present".to_owned(),
            format!("&status=present&initials=wx{wide}"),
        ] {
            has(&scene, &viewer, &query, &all);
        }
        for query in ["&max_age=60", "&min_age=120", "&residence=owner_only"] {
            has(&scene, &viewer, &format!("{query}{wide}"), &[]);
        }
        for status in ["departed", "deceased", "merged", "restricted", "erased"] {
            has(&scene, &viewer, &format!("&status={status}{wide}"), &[]);
        }
        for Place { of, building, group } in &places {
            for query in [
                format!("&building={building}"),
                format!("&building_group={group}"),
                format!("&building={building}&building_group={group}&division={}", of.division),
                format!("&building={building}&name=wangxiao{wide}"),
                format!("&building_group={group}&initials=wx"),
                format!("&building_group={group}&label={label}"),
                format!("&building_group={group}&min_age=70&residence=registered_here&status=present"),
            ] {
                has(&scene, &viewer, &query, &seen(&viewer, of));
            }
            has(&scene, &viewer, &format!("&building={building}&max_age=60"), &[]);
        }
    }
}

#[test]
fn who_left_is_told_of_in_range_and_lives_nowhere() {
    let scene = Scene::new();
    let Scene { town, writer, kept, .. } = &scene;
    let (places, wide) = (places(&scene), format!("&division={CITY}"));
    let today = local_date(town.now()).to_string();
    for Kept { resident, .. } in kept {
        let left = json!({ "kind": "moved_out", "on": today });
        town.post(&format!("/v1/residents/{resident}/departure"), left).by(writer).send().is(201);
    }
    for viewer in scene.viewers() {
        let all = scene.reached(&viewer, |one| &one.resident);
        for query in [
            "&status=departed".to_owned(),
            format!("&status=departed&min_age=70{wide}"),
            format!("&status=departed&residence=registered_here{wide}"),
            "&status=departed&name=wangxiao".to_owned(),
            format!("&status=departed&initials=wx{wide}"),
        ] {
            has(&scene, &viewer, &query, &all);
        }
        has(&scene, &viewer, &wide, &[]);
        for Place { of, building, group } in &places {
            let query = format!("&status=departed&division={}", of.division);
            has(&scene, &viewer, &query, &seen(&viewer, of));
            for query in [format!("&building={building}"), format!("&building_group={group}")] {
                has(&scene, &viewer, &format!("{query}&status=departed"), &[]);
            }
        }
    }
}
