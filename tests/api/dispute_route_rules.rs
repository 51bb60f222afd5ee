//! Which way disputes go: what a street says of its own from a day on.

use chrono::{NaiveDate, TimeDelta};
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::entries::{Offices, noise, tell};
use crate::support::petitions::neighbour;
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

const RULES: &str = "/v1/dispute-route-rules";

fn day(town: &Town, ahead: i64) -> NaiveDate {
    lilong::kit::clock::local_date(town.now()) + TimeDelta::days(ahead)
}

/// The street's neighbours go to legal aid from today on, before mediation is asked about.
fn said(town: &Town, by: &Person, more: Value) -> Reply {
    let draft = json!({
        "division": PARENT, "position": 50, "dispute_type": "neighbour", "route": "legal_aid", "effective_from": day(town, 0),
        "legal_basis": "友谊路街道解纷一件事分流办法"
    });
    town.post(RULES, with(draft, more)).by(by).send()
}

/// Where a dispute goes that somebody tells now, and by what.
#[track_caller]
fn way(town: &Town, by: &Person, more: Value) -> (String, String) {
    let view = tell(town, by, noise(more)).is(201).body.clone();
    let text = |value: &Value| value.as_str().expect("words").to_owned();
    (text(&view["route"]), text(&view["telling"]["legal_basis"]))
}

#[test]
fn a_street_says_where_its_own_disputes_go_and_nobody_else_s() {
    let town = Town::new();
    let Offices { street, zhao, .. } = &Offices::of(&town);
    let [sibling, elsewhere] = [SIBLING, ELSEWHERE].map(|place| neighbour(&town, place));
    for by in [zhao, &sibling, &elsewhere] {
        assert_eq!(way(&town, by, json!({})).0, "mediation");
    }
    let before = town.text("SELECT string_agg(e::text, '' ORDER BY id) FROM dispute_entries e");
    said(&town, street, json!({})).is(201);
    for by in [zhao, &sibling] {
        assert_eq!(way(&town, by, json!({})), ("legal_aid".into(), "友谊路街道解纷一件事分流办法".into()));
        // Other disputes of theirs, and whatever comes before, go as they did.
        assert_eq!(way(&town, by, json!({ "dispute_type": "rent" })).0, "mediation");
        assert_eq!(way(&town, by, json!({ "grounds": ["violence"] })).0, "police");
    }
    assert_eq!(way(&town, &elsewhere, json!({})).0, "mediation");
    let kept = "SELECT string_agg(e::text, '' ORDER BY id) FROM (SELECT * FROM dispute_entries ORDER BY id LIMIT 3) e";
    assert_eq!(town.text(kept), before, "what was sent stays where it went");
}

#[test]
fn of_one_position_the_closest_place_counts_alone_and_then_the_latest_day() {
    let town = Town::new();
    let Offices { street, zhao, .. } = &Offices::of(&town);
    let city = town.staff(Role::CityOfficer, CITY);
    said(&town, &city, json!({ "division": CITY, "route": "court" })).is(201);
    assert_eq!(way(&town, zhao, json!({})).0, "court");
    // The street's stands in place of the city's, though it fits no dispute between neighbours.
    said(&town, street, json!({ "dispute_type": "debt" })).is(201);
    assert_eq!(way(&town, zhao, json!({})).0, "mediation");
    assert_eq!(way(&town, zhao, json!({ "dispute_type": "debt" })).0, "legal_aid");
    // What is said of tomorrow waits for it.
    said(&town, street, json!({ "route": "police", "effective_from": day(&town, 1) })).is(201);
    assert_eq!(way(&town, zhao, json!({})).0, "mediation");
    town.clock.advance(TimeDelta::days(1));
    let zhao = crate::support::petitions::again(&town, zhao);
    assert_eq!(way(&town, &zhao, json!({})).0, "police");
}

#[test]
fn what_can_not_be_said_is_refused_and_what_was_said_everybody_reads() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    for (more, status, code) in [
        (json!({ "effective_from": day(&town, -1) }), 422, "dispute-route-rule-day-past"),
        (json!({ "division": "310113003999" }), 422, "dispute-route-rule-division-unknown"),
        (json!({ "position": 0 }), 422, "field-invalid"),
        (json!({ "position": 1001 }), 422, "field-invalid"),
        (json!({ "route": "nowhere" }), 422, "field-invalid"),
        (json!({ "division": ELSEWHERE }), 403, "forbidden"),
        (json!({ "division": CITY }), 403, "forbidden"),
    ] {
        said(&town, &street, more).is_problem(status, code);
    }
    for role in [Role::CommitteeHead, Role::JusticeOfficer, Role::PoliceOfficer, Role::Mediator] {
        said(&town, &town.staff(role, PARENT), json!({})).is_problem(403, "forbidden");
    }
    let rule = said(&town, &street, json!({})).is(201).body.clone();
    // The same position from the same day, whatever it says.
    said(&town, &street, json!({})).is_problem(409, "dispute-route-rule-said");
    said(&town, &street, json!({ "route": "court", "ground": "sued" }))
        .is_problem(409, "dispute-route-rule-said");
    said(&town, &street, json!({ "position": 51 })).is(201);
    let listed = |query: &str| {
        let list = town.get(&format!("{RULES}?limit=100&{query}")).by(&town.resident()).send();
        list.is(200).body["items"].as_array().expect("items").clone()
    };
    let here = listed(&format!("division={OWN}&on={}", day(&town, 0)));
    assert!(here.contains(&rule) && here.iter().any(|one| one["division"] == CITY));
    assert!(!listed(&format!("division={ELSEWHERE}")).contains(&rule));
    let aid = listed("route=legal_aid");
    assert!(aid.contains(&rule) && aid.iter().all(|one| one["route"] == "legal_aid"));
    assert!(!listed(&format!("on={}", day(&town, -1))).contains(&rule));
    let trail = "SELECT concat(detail->>'position', ' ', detail->>'route') FROM audit_events
        WHERE action = 'create_dispute_route_rule' ORDER BY id LIMIT 1";
    assert_eq!(town.text(trail), "50 legal_aid");
}
