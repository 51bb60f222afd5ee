//! Residents narrowed by building and building group: those who live there, and nobody of the neighbours'.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::building_groups::{Estate, estate_in, member};
use crate::support::archive::{draft, enter, move_in, names, with};
use crate::support::petitions::id;
use crate::support::tags::{define, label, set};
use crate::support::{CITY, OWN, PARENT, Person, SIBLING, Town};

/// Together with ages and statuses.
mod together;

/// The text of an id.
fn text(id: &Value) -> &str {
    id.as_str().expect("an id")
}

/// A new home in a unit of a building.
#[track_caller]
fn home(town: &Town, by: &Person, building: &Value, (unit, number): (&str, &str)) -> String {
    let draft = json!({ "building": building, "unit": unit, "number": number });
    id(&town.post("/v1/dwellings", draft).by(by).send().is(201).body)
}

/// Somebody enters the archive and lives in a home; answers the record.
#[track_caller]
fn settle(town: &Town, by: &Person, home: &str, draft: Value) -> Value {
    let record = enter(town, by, draft);
    move_in(town, by, home, json!({ "resident": record["id"], "relation": "occupant" }));
    record
}

/// A group of buildings and units; its id.
#[track_caller]
fn found(town: &Town, estate: &Estate, name: &str, members: &Value) -> String {
    let draft = json!({ "estate": estate.id, "name": name, "members": members });
    id(&town.post("/v1/building-groups", draft).by(&estate.worker).send().is(201).body)
}

/// 247号's first unit as a group, and a home there.
#[track_caller]
fn unit(town: &Town, estate: &Estate) -> (String, String) {
    let group = found(town, estate, "一单元楼组", &json!([member(&estate.halves, "1")]));
    (group, home(town, &estate.worker, &estate.halves, ("1", "501")))
}

/// The list narrowed so tells of these people, each once, and of nobody else.
#[track_caller]
fn tells(town: &Town, by: &Person, query: &str, people: &str) {
    let mut told = names(&town.get(&format!("/v1/residents?{query}")).by(by).send());
    let mut expected: Vec<&str> = people.split_whitespace().collect();
    told.sort_unstable();
    expected.sort_unstable();
    assert_eq!(told, expected, "{query}");
}

/// An estate of three buildings and the people in them. 247号 is in two groups, each with a unit of it; 248号 is a group with all its units.
struct Scene {
    town: Town,
    estate: Estate,
    /// 248号, of two units.
    tall: Value,
    /// The first unit of 247号.
    one: String,
    /// All of 248号.
    whole: String,
    /// 246号, and the second unit of 247号.
    rest: String,
    /// The homes of [`PEOPLE`], and their records.
    kept: Vec<(String, Value)>,
}

/// Who lives in which building, unit and home. 吴建国 lives nowhere that is known.
const PEOPLE: [(&str, &str, &str, &str); 6] = [
    ("246号", "", "501", "陈桂芳"),
    ("247号", "1", "501", "王小明"),
    ("247号", "1", "502", "李秀英"),
    ("247号", "2", "501", "赵铁柱"),
    ("248号", "1", "501", "孙国强"),
    ("248号", "2", "501", "钱文娟"),
];
const ALL: &str = "陈桂芳 王小明 李秀英 赵铁柱 孙国强 钱文娟 吴建国";

impl Scene {
    fn new() -> Self {
        let town = Town::new();
        let estate = estate_in(&town, OWN);
        let worker = &estate.worker;
        let draft_of_tall = json!({ "estate": estate.id, "number": "248号", "units": ["1", "2"] });
        let tall = town.post("/v1/buildings", draft_of_tall).by(worker).send().is(201).body["id"].clone();
        let settled = |&(number, unit, room, name): &(&str, &str, &str, &str)| {
            let building = match number {
                "246号" => &estate.plain,
                "247号" => &estate.halves,
                _ => &tall,
            };
            let home = home(&town, worker, building, (unit, room));
            let record = settle(&town, worker, &home, draft(name));
            (home, record)
        };
        let kept = PEOPLE.iter().map(settled).collect();
        enter(&town, worker, draft("吴建国"));
        let one = found(&town, &estate, "一单元楼组", &json!([member(&estate.halves, "1")]));
        let whole = found(&town, &estate, "248号楼组", &json!([member(&tall, "")]));
        let members = json!([member(&estate.halves, "2"), member(&estate.plain, "")]);
        let rest = found(&town, &estate, "邻里楼组", &members);
        Scene { town, estate, tall, one, whole, rest, kept }
    }
}

#[test]
fn a_building_and_a_group_have_exactly_the_people_in_their_homes() {
    let scene = Scene::new();
    let Scene { town, estate, one, whole, rest, kept, .. } = &scene;
    let [plain, halves, tall] = [&estate.plain, &estate.halves, &scene.tall].map(text);
    // Who rents a home there and lives elsewhere does not live there.
    let rents = json!({ "resident": kept[0].1["id"], "relation": "tenant", "is_living": false });
    move_in(town, &estate.worker, &kept[1].0, rents);
    let [street, city] =
        [(Role::StreetOfficer, PARENT), (Role::CityOfficer, CITY)].map(|(role, at)| town.staff(role, at));
    for by in [&estate.worker, &street, &city] {
        tells(town, by, "", ALL);
        for (query, expected) in [
            (format!("building={plain}"), "陈桂芳"),
            (format!("building={halves}"), "王小明 李秀英 赵铁柱"),
            (format!("building={tall}"), "孙国强 钱文娟"),
            (format!("building_group={one}"), "王小明 李秀英"),
            (format!("building_group={whole}"), "孙国强 钱文娟"),
            (format!("building_group={rest}"), "陈桂芳 赵铁柱"),
            // Both at once are where both agree.
            (format!("building={halves}&building_group={rest}"), "赵铁柱"),
            (format!("building={tall}&building_group={one}"), ""),
            (format!("building_group={rest}&home={}", kept[3].0), "赵铁柱"),
            (format!("building_group={one}&home={}", kept[3].0), ""),
            (format!("building_group={one}&division={OWN}"), "王小明 李秀英"),
            (format!("building_group={one}&division={SIBLING}"), ""),
            // In the order of names, too, which narrow and wide scopes read by other indexes.
            (format!("building={halves}&name=wangxiao"), "王小明"),
            (format!("building_group={one}&initials=lx"), "李秀英"),
            (format!("building_group={whole}&name=wangxiao"), ""),
        ] {
            tells(town, by, &query, expected);
        }
    }
    for bad in ["building=247", "building_group=x"] {
        town.get(&format!("/v1/residents?{bad}")).by(&street).send().is_problem(400, "query-invalid");
    }
}

#[test]
fn those_who_carry_a_label_are_narrowed_by_building_and_group_as_all_others() {
    let scene = Scene::new();
    let Scene { town, estate, one, whole, rest, kept, .. } = &scene;
    let worker = &estate.worker;
    let label = define(town, label("lives_alone"));
    for n in [1, 3] {
        set(town, worker, &kept[n].1, &label).is(201);
    }
    for (query, expected) in [
        (format!("building={}", text(&estate.halves)), "王小明 赵铁柱"),
        (format!("building={}", text(&estate.plain)), ""),
        (format!("building_group={one}"), "王小明"),
        (format!("building_group={rest}"), "赵铁柱"),
        (format!("building_group={whole}"), ""),
        (format!("building_group={one}&name=wangxiao"), "王小明"),
        (format!("building_group={rest}&name=wangxiao"), ""),
    ] {
        tells(town, worker, &format!("label={label}&{query}"), expected);
    }
}

#[test]
fn who_moves_and_what_a_group_is_made_of_counts_at_once() {
    let scene = Scene::new();
    let Scene { town, estate, one, rest, kept, .. } = &scene;
    let worker = &estate.worker;
    // 李秀英 moves to 246号.
    move_in(town, worker, &kept[0].0, json!({ "resident": kept[2].1["id"], "relation": "occupant" }));
    tells(town, worker, &format!("building_group={one}"), "王小明");
    tells(town, worker, &format!("building_group={rest}"), "陈桂芳 赵铁柱 李秀英");
    tells(town, worker, &format!("building={}", text(&estate.halves)), "王小明 赵铁柱");
    // One group gives its unit up, and the other takes the whole building.
    for (group, of) in [(rest, member(&estate.plain, "")), (one, member(&estate.halves, ""))] {
        let change = json!({ "members": [of] });
        town.patch(&format!("/v1/building-groups/{group}"), "*", change).by(worker).send().is(200);
    }
    tells(town, worker, &format!("building_group={one}"), "王小明 赵铁柱");
    tells(town, worker, &format!("building_group={rest}"), "陈桂芳 李秀英");
}

#[test]
fn the_building_and_the_group_of_a_sibling_tell_of_nobody() {
    let town = Town::new();
    let [own, theirs] = [OWN, SIBLING].map(|division| estate_in(&town, division));
    let [own_unit, their_unit] = [&own, &theirs].map(|estate| unit(&town, estate));
    let at = |division: &str, name: &str| with(draft(name), json!({ "division": division }));
    settle(&town, &own.worker, &own_unit.1, at(OWN, "陈桂芳"));
    settle(&town, &theirs.worker, &their_unit.1, at(SIBLING, "王小明"));
    let street = town.staff(Role::StreetOfficer, PARENT);
    let places = [(&own, &own_unit.0, "陈桂芳"), (&theirs, &their_unit.0, "王小明")];
    for (estate, group, name) in places {
        let queries = [format!("building={}", text(&estate.halves)), format!("building_group={group}")];
        for query in &queries {
            tells(&town, &street, query, name);
            tells(&town, &estate.worker, query, name);
        }
    }
    // What is there and what is not look the same to the neighbours.
    let absent = lilong::kit::id::next();
    for (by, estate, group) in [(&own, &theirs, &their_unit.0), (&theirs, &own, &own_unit.0)] {
        for (filter, there) in [("building", text(&estate.halves)), ("building_group", group.as_str())] {
            for more in ["", "&name=wangxiao", "&name=chengui", "&min_age=0", "&status=departed"] {
                let list =
                    |id: &str| town.get(&format!("/v1/residents?{filter}={id}{more}")).by(&by.worker).send();
                let (seen, nothing) = (list(there), list(&absent.to_string()));
                assert_eq!(
                    (&seen.is(200).body["items"], &seen.body),
                    (&json!([]), &nothing.body),
                    "{filter}"
                );
            }
        }
    }
}
