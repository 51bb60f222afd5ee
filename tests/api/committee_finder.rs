//! The committee finder: where a question about a place leads, and whether somebody is there now.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::petitions::at;
use crate::support::{ELSEWHERE, OWN, PARENT, Reply, SIBLING, Town};

const FINDER: &str = "/v1/committee-finder";
/// The lane of the estate in most of these tests, as it is kept.
const LANE: &str = "友谊路1588弄";

/// The address of a question.
fn path(question: &str) -> String {
    let encoded: String = question.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("{FINDER}?q={encoded}")
}

/// Asks, as anybody may.
#[track_caller]
fn ask(town: &Town, question: &str) -> Reply {
    town.get(&path(question)).send()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// What was found: how exactly, and of which committee.
#[track_caller]
fn found(reply: &Reply) -> Vec<(&str, &str)> {
    let matches = reply.is(200).body["matches"].as_array().expect("matches");
    matches.iter().map(|one| (text(&one["match_kind"]), text(&one["committee"]["code"]))).collect()
}

/// Enters an estate, by name and address, with one building; answers the ids of both.
#[track_caller]
fn enter(town: &Town, division: &str, (name, address): (&str, &str), number: &str) -> [Value; 2] {
    let worker = town.staff(Role::CommitteeWorker, division);
    let made = |path: &str, draft: Value| {
        let reply = town.post(path, draft).by(&worker).send();
        reply.is(201).body["id"].clone()
    };
    let draft = json!({ "name": name, "division": division, "kind": "public_housing", "address": address });
    let estate = made("/v1/estates", draft);
    let building = made("/v1/buildings", json!({ "estate": estate, "number": number }));
    [estate, building]
}

/// Changes the division of the committee, as its line does.
#[track_caller]
fn change(town: &Town, (role, division): (Role, &str), change: Value) {
    let by = town.staff(role, division);
    town.patch(&format!("/v1/divisions/{OWN}"), "*", change).by(&by).send().is(200);
}

#[test]
fn an_estate_leads_to_its_committee_and_the_street_above() {
    let town = Town::new();
    let [estate, _] = enter(&town, OWN, ("宝钢五村", "上海市宝山区友谊路１５８８弄"), "247号");
    let reply = ask(&town, " 宝钢 五村 ");
    assert_eq!(found(&reply), [("estate", OWN)]);
    assert_eq!(
        (&reply.body["query"], reply.header("cache-control")),
        (&json!("宝钢五村"), "public, max-age=60")
    );
    let one = &reply.body["matches"][0];
    assert_eq!(one["estate"], json!({ "id": estate, "name": "宝钢五村", "address": LANE }));
    assert_eq!(one["street"], json!({ "code": PARENT, "name": "友谊路街道" }));
    assert_eq!((&one["committee"]["name"], &one["building"]), (&json!("宝钢五村居委会"), &Value::Null));
    // While nobody has said when it is open, nothing is promised.
    assert_eq!((&one["is_open_now"], &one["opens_next"]), (&json!(false), &Value::Null));
}

#[test]
fn a_building_is_found_behind_the_name_or_the_lane_of_its_estate() {
    let town = Town::new();
    let [estate, building] = enter(&town, OWN, ("宝钢五村", LANE), "247号");
    for question in [
        "宝钢五村247号",
        "宝钢五村 ２４７号 502室",
        "宝钢五村247",
        "友谊路1588弄247号",
        "上海市宝山区友谊路街道友谊路1588弄247号502室",
    ] {
        let reply = ask(&town, question);
        assert_eq!(found(&reply), [("building", OWN)], "{question}");
        let one = &reply.body["matches"][0];
        assert_eq!(one["building"], json!({ "id": building, "number": "247号" }), "{question}");
        assert_eq!(one["estate"]["id"], estate, "{question}");
        assert_eq!(one["street"]["code"], PARENT, "{question}");
    }
    for question in ["宝钢五村248号", "宝钢五村502室", "友谊路1588弄248号"] {
        let reply = ask(&town, question);
        assert_eq!(found(&reply), [("estate", OWN)], "{question}");
        assert!(reply.body["matches"][0]["building"].is_null(), "{question}");
    }
}

#[test]
fn a_lane_is_found_however_it_is_written_and_only_as_a_whole() {
    let town = Town::new();
    enter(&town, OWN, ("宝钢五村", LANE), "247号");
    for question in [LANE, "友谊路１５８８弄", "上海市宝山区 友谊路 1588 弄", "我住友谊路1588弄"]
    {
        assert_eq!(found(&ask(&town, question)), [("estate", OWN)], "{question}");
    }
    for question in ["友谊路", "友谊路158弄", "1588弄"] {
        assert!(found(&ask(&town, question)).is_empty(), "{question}");
    }
}

#[test]
fn a_committee_is_found_by_any_form_of_its_name_and_by_its_beginning() {
    let town = Town::new();
    for question in ["宝钢五村居委会", "宝钢五村居民委员会", "友谊路街道宝钢五村居委会", "宝钢五村", "宝钢五"]
    {
        let reply = ask(&town, question);
        assert_eq!(found(&reply), [("committee", OWN)], "{question}");
        assert!(reply.body["matches"][0]["estate"].is_null(), "{question}");
    }
    for question in ["炮台村", "炮台村委会", "炮台村村民委员会"] {
        assert_eq!(found(&ask(&town, question)), [("committee", "310113003201")], "{question}");
    }
    assert_eq!(ask(&town, "宝钢五村居民委员会").body["query"], "宝钢五村居委会");
    // Eleven begin like this.
    let begun = ask(&town, "宝钢");
    assert_eq!(found(&begun).len(), 10);
    let matches = begun.body["matches"].as_array().expect("matches");
    assert!(matches.iter().all(|one| text(&one["committee"]["name"]).starts_with("宝钢")), "{}", begun.text);
}

#[test]
fn of_places_of_one_name_the_district_or_street_that_is_named_decides() {
    let town = Town::new();
    for division in [OWN, ELSEWHERE] {
        enter(&town, division, ("宝钢五村", ""), "1号");
    }
    let (here, there) = (("estate", OWN), ("estate", ELSEWHERE));
    assert_eq!(found(&ask(&town, "宝钢五村")), [there, here]);
    for question in ["宝山区宝钢五村", "上海市宝山区友谊路街道宝钢五村", "宝钢五村，友谊路街道"]
    {
        assert_eq!(found(&ask(&town, question)), [here], "{question}");
    }
    let reply = ask(&town, "黄浦区宝钢五村");
    assert_eq!(found(&reply), [there]);
    let street = json!({ "code": "310101002000", "name": "南京东路街道" });
    assert_eq!(reply.body["matches"][0]["street"], street);
}

#[test]
fn a_committee_says_whether_it_is_open_and_when_it_opens_next() {
    // The night to a Monday.
    let town = Town::at("2026-03-01T16:00:00Z");
    let hours = json!({
        "weekly": [
            { "days": [1, 2, 3, 4, 5], "opens": "08:30", "closes": "11:30" },
            { "days": [1, 2, 3, 4, 5], "opens": "13:00", "closes": "17:00" }
        ],
        "exceptions": [
            { "date": "2026-03-04", "opens": null, "closes": null },
            { "date": "2026-03-07", "opens": "09:00", "closes": "12:00" }
        ]
    });
    change(&town, (Role::CommitteeHead, OWN), json!({ "opening_hours": hours }));
    for (moment, is_open, next) in [
        ("2026-03-02T08:29:00+08:00", false, "2026-03-02T08:30:00+08:00"),
        ("2026-03-02T08:30:00+08:00", true, "2026-03-02T13:00:00+08:00"),
        ("2026-03-02T11:30:00+08:00", false, "2026-03-02T13:00:00+08:00"),
        ("2026-03-02T16:30:00+08:00", true, "2026-03-03T08:30:00+08:00"),
        ("2026-03-02T17:00:00+08:00", false, "2026-03-03T08:30:00+08:00"),
        // Before the Wednesday that it is closed, and on it at a working hour.
        ("2026-03-03T22:00:00+08:00", false, "2026-03-05T08:30:00+08:00"),
        ("2026-03-04T10:00:00+08:00", false, "2026-03-05T08:30:00+08:00"),
        ("2026-03-05T10:00:00+08:00", true, "2026-03-05T13:00:00+08:00"),
        // The Saturday that it is open, at other hours than in the week.
        ("2026-03-07T08:45:00+08:00", false, "2026-03-07T09:00:00+08:00"),
        ("2026-03-07T11:45:00+08:00", true, "2026-03-09T08:30:00+08:00"),
        ("2026-03-07T14:00:00+08:00", false, "2026-03-09T08:30:00+08:00"),
    ] {
        at(&town, moment);
        let reply = ask(&town, "宝钢五村居委会");
        assert_eq!(found(&reply), [("committee", OWN)]);
        let one = &reply.body["matches"][0];
        let told = (&one["is_open_now"], &one["opens_next"]);
        assert_eq!(told, (&json!(is_open), &json!(next)), "{moment}");
        assert_eq!(one["committee"]["opening_hours"], hours);
    }
}

#[test]
fn an_office_says_how_it_is_reached_in_the_system_asked_for() {
    let town = Town::new();
    let (east, north) = (121.4890, 31.4050);
    let location = json!({ "longitude": east, "latitude": north, "coord_system": "wgs84" });
    let told = json!({ "address": LANE, "phones": ["021-56100000"], "location": location });
    change(&town, (Role::CommitteeHead, OWN), told);
    let plain = ask(&town, "宝钢五村");
    let committee = &plain.is(200).body["matches"][0]["committee"];
    assert_eq!((&committee["code"], &committee["address"]), (&json!(OWN), &json!(LANE)));
    assert_eq!((&committee["phones"], &committee["location"]), (&json!(["021-56100000"]), &location));
    let shifted = town.get(&format!("{}&coord_system=gcj02", path("宝钢五村"))).send();
    let location = &shifted.is(200).body["matches"][0]["committee"]["location"];
    assert_eq!(location["coord_system"], "gcj02");
    let is_near = |name: &str, degrees: f64| {
        let shown = location[name].as_f64().expect("degrees");
        (shown - degrees).abs() < 0.0005
    };
    assert!(is_near("longitude", east + 0.0045) && is_near("latitude", north - 0.0020), "{location}");
}

#[test]
fn a_question_that_cannot_be_read_is_a_problem_and_one_that_names_nothing_finds_nothing() {
    let town = Town::new();
    enter(&town, OWN, ("宝钢五村", LANE), "247号");
    let (long, longer) = ("x".repeat(64), format!("?q={}", "x".repeat(65)));
    for query in [
        "",
        "?q=",
        "?q=%20%20",
        longer.as_str(),
        "?q=a%00b",
        "?q=%FF",
        "?q=x&q=y",
        "?q=x&name=y",
        "?q=x&coord_system=bd09",
    ] {
        let refused = town.get(&format!("{FINDER}{query}")).send();
        refused.is_problem(400, "query-invalid");
        assert_eq!(refused.body["title"], "查询参数无法识别。", "{query}");
    }
    assert_eq!(town.get(FINDER).send().body["errors"][0]["parameter"], "q");
    // One character names too much, and a number alone nothing.
    for question in ["宝", "247号", "x", long.as_str(), "不存在路99弄1号"] {
        let nothing = ask(&town, question);
        assert!(found(&nothing).is_empty(), "{question}: {}", nothing.text);
        assert_eq!(nothing.body["query"], question);
    }
}

#[test]
fn nobody_is_sent_to_a_committee_that_was_abolished() {
    let town = Town::new();
    enter(&town, OWN, ("宝钢五村", LANE), "247号");
    // Of the same lane, where another committee goes on.
    enter(&town, SIBLING, ("宝钢六村", LANE), "1号");
    let (old, goes_on) = (("building", OWN), ("estate", SIBLING));
    assert_eq!(found(&ask(&town, "友谊路1588弄247号")), [old, goes_on]);
    assert_eq!(found(&ask(&town, "宝钢五村247号")), [old]);
    change(&town, (Role::StreetOfficer, PARENT), json!({ "status": "abolished" }));
    for question in ["宝钢五村", "宝钢五村247号", "宝钢五村居委会", "宝钢五"] {
        let nothing = ask(&town, question);
        assert!(found(&nothing).is_empty(), "{question}: {}", nothing.text);
    }
    for question in [LANE, "友谊路1588弄247号", "宝钢六村"] {
        assert_eq!(found(&ask(&town, question)), [goes_on], "{question}");
    }
}
