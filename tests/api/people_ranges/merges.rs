//! Merges: of two records that one reaches both; of the rest it is not told whether they are there.

use lilong::access::role::Role;
use serde_json::{Value, json};

use super::{ACROSS, Kept, STREET, Scene, Viewer, walk};
use crate::support::archive::{draft, enter, with};
use crate::support::{OWN, PARENT, Person, Reply, Town};

fn merge(town: &Town, by: &Person, from: &str, into: &str) -> Reply {
    let body = json!({ "from": from, "into": into, "reason": "本人到场核对" });
    town.post("/v1/resident-merges", body).by(by).send()
}

fn told(reply: &Reply) -> (u16, String, Value) {
    (reply.status, reply.code().to_owned(), reply.body["errors"].clone())
}

/// All that a merge would move.
fn state(town: &Town) -> Vec<String> {
    let tables =
        ["residents", "resident_labels", "dwelling_residents", "household_members", "resident_merges"];
    let read = |table: &str| {
        town.text(&format!(
            "SELECT coalesce(md5(string_agg(t::text, ' ' ORDER BY t::text)), '') FROM {table} t"
        ))
    };
    tables.into_iter().map(read).collect()
}

#[test]
fn a_record_out_of_range_is_merged_with_nothing_and_is_nobody() {
    let scene = Scene::new();
    let (town, kept, before) = (&scene.town, &scene.kept, state(&scene.town));
    let nobody: [String; 2] = std::array::from_fn(|_| lilong::kit::id::next().to_string());
    for viewer in scene.viewers() {
        let Viewer { what, person, .. } = &viewer;
        let may = !viewer.has(&[Role::DistrictOfficer, Role::CityOfficer]);
        let pairs = kept.iter().flat_map(|from| kept.iter().map(move |into| (from, into)));
        for (from, into) in pairs.filter(|(from, into)| from.division != into.division) {
            let reply = merge(town, person, &from.resident, &into.resident);
            let expected = match viewer.sees(from) && viewer.sees(into) {
                _ if !may => (403, "forbidden"),
                false => (404, "not-found"),
                // Both are reached, but the home of the one that would close is of the other committee.
                true => (409, "resident-merge-ties-elsewhere"),
            };
            let pair = format!("{} into {}", from.division, into.division);
            assert_eq!((reply.status, reply.code()), expected, "{what}: {pair}");
            if reply.status == 409 {
                continue;
            }
            let known = |one: &Kept, nobody: &str| match viewer.sees(one) {
                true => one.resident.clone(),
                false => nobody.to_owned(),
            };
            let absent = merge(town, person, &known(from, &nobody[0]), &known(into, &nobody[1]));
            assert_eq!(told(&reply), told(&absent), "{what}: {pair}, or nobody");
        }
    }
    assert_eq!(state(town), before, "a refused merge changes nothing");
}

#[test]
fn a_merge_of_two_streets_tells_neither_of_the_other() {
    let scene = Scene::new();
    let town = &scene.town;
    // Whoever has both streets; the district's officer sees both and merges nothing.
    let officer = town.staff(Role::StreetOfficer, PARENT);
    town.appoint(&officer, Role::StreetOfficer, STREET);
    let [here, there] = [OWN, ACROSS].map(|division| {
        let entered = enter(town, &scene.writer, with(draft("李秀英"), json!({ "division": division })));
        entered["id"].as_str().unwrap().to_owned()
    });
    merge(town, &officer, &there, &here).is(201);
    for viewer in scene.viewers() {
        let Viewer { what, person, reach, .. } = &viewer;
        let find = |id: &str| town.get(&format!("/v1/residents/{id}")).by(person).send();
        let sees_new = reach.contains(&OWN);
        let sees_old = sees_new && reach.contains(&ACROSS);
        for (id, is_seen) in [(&here, sees_new), (&there, sees_old)] {
            let reply = find(id);
            assert_eq!(reply.status, if is_seen { 200 } else { 404 }, "{what}: {}", reply.text);
            assert!(!is_seen || reply.body["id"] == json!(here), "{what}: {}", reply.text);
        }
        let listed = walk(town, person, "/v1/residents", "&name=lixiu");
        let expected = if sees_new { vec![here.clone()] } else { Vec::new() };
        assert_eq!(listed, expected, "{what}: the record that stays");
    }
}
