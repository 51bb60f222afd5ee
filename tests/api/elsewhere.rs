//! What others learn of a committee's homes, households, departures and merges: as much as of what does not exist.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, homes, move_in, with};
use crate::support::{ELSEWHERE, OWN, Person, SIBLING, Town};

/// Somebody who lives in a home and heads a household, another record of them, and somebody who left.
struct Things {
    dwelling: String,
    relation: String,
    resident: String,
    twin: String,
    gone: String,
    household: String,
}

impl Things {
    fn of(town: &Town, worker: &Person, division: &str) -> Self {
        let [dwelling] = homes(town, division);
        let [resident, twin, gone] = ["陈桂芳", "陈桂芬", "王小明"].map(|name| {
            let record = enter(town, worker, with(draft(name), json!({ "division": division })));
            record["id"].as_str().unwrap().to_owned()
        });
        let lives = json!({ "resident": resident, "relation": "occupant", "starts_on": "2010-01-01" });
        let relation = move_in(town, worker, &dwelling, lives)["id"].as_str().unwrap().to_owned();
        let head = json!({ "resident": resident, "relation": "head" });
        let family = json!({ "division": division, "number": "310113-0247", "members": [head] });
        let family = town.post("/v1/households", family).by(worker).send();
        let household = family.is(201).body["id"].as_str().unwrap().to_owned();
        let left = json!({ "kind": "moved_out", "on": "2026-11-20" });
        town.post(&format!("/v1/residents/{gone}/departure"), left).by(worker).send().is(201);
        Self { dwelling, relation, resident, twin, gone, household }
    }

    /// As many ids of nothing.
    fn nothing() -> Self {
        let [dwelling, relation, resident, twin, gone, household] =
            std::array::from_fn(|_| lilong::kit::id::next().to_string());
        Self { dwelling, relation, resident, twin, gone, household }
    }
}

type Request = (&'static str, String, Option<Value>);

/// Everything that can be tried on these things by somebody who has others of their own, in another committee.
fn attempts(there: &Things, own: &Things, division: &str) -> Vec<Request> {
    let share = json!({ "numerator": 1, "denominator": 1 });
    let owners = |who: &str| Some(json!({ "owners": [{ "resident": who, "share": share }] }));
    let tenant = |who: &str| Some(json!({ "resident": who, "relation": "tenant", "is_living": false }));
    let members = |who: &str| json!([{ "resident": who, "relation": "head" }]);
    let homes = format!("/v1/dwellings/{}/residents", there.dwelling);
    let their_owners = format!("/v1/dwellings/{}/owners", there.dwelling);
    let household = format!("/v1/households/{}", there.household);
    let enter = |body: Value| ("POST", "/v1/households".to_owned(), Some(body));
    let mut all = vec![
        ("GET", homes.clone(), None),
        ("GET", format!("{homes}?history=true"), None),
        ("POST", homes.clone(), tenant(&own.twin)),
        ("POST", homes.clone(), tenant(&there.twin)),
        ("PATCH", format!("{homes}/{}", there.relation), Some(json!({ "starts_on": "2011-01-01" }))),
        ("DELETE", format!("{homes}/{}", there.relation), None),
        ("DELETE", format!("/v1/dwellings/{}/residents/{}", own.dwelling, there.relation), None),
        ("POST", format!("/v1/dwellings/{}/residents", own.dwelling), tenant(&there.resident)),
        ("POST", format!("/v1/dwellings/{}/residents", own.dwelling), tenant(&there.gone)),
        ("GET", their_owners.clone(), None),
        ("PUT", their_owners.clone(), owners(&own.twin)),
        ("PUT", their_owners, owners(&there.resident)),
        ("PUT", format!("/v1/dwellings/{}/owners", own.dwelling), owners(&there.resident)),
        ("GET", household.clone(), None),
        ("PATCH", household.clone(), Some(json!({ "members": members(&own.twin) }))),
        ("PATCH", household, Some(json!({ "number": null }))),
        enter(json!({ "division": division, "members": members(&there.resident) })),
        enter(json!({ "division": division, "members": members(&there.gone) })),
        enter(json!({ "division": division, "members": members(&own.twin), "dwelling": there.dwelling })),
        ("PATCH", format!("/v1/households/{}", own.household), Some(json!({ "dwelling": there.dwelling }))),
        (
            "PATCH",
            format!("/v1/households/{}", own.household),
            Some(json!({ "members": members(&there.twin) })),
        ),
    ];
    all.extend(leaving(there, own));
    all
}

/// Departures and merges.
fn leaving(there: &Things, own: &Things) -> Vec<Request> {
    let merge = |from: &str, into: &str| {
        let body = json!({ "from": from, "into": into, "reason": "同一人" });
        ("POST", "/v1/resident-merges".to_owned(), Some(body))
    };
    let left = || Some(json!({ "kind": "moved_out", "on": "2026-11-20" }));
    let departure = |who: &str| format!("/v1/residents/{who}/departure");
    vec![
        ("GET", departure(&there.gone), None),
        ("POST", departure(&there.resident), left()),
        ("POST", departure(&there.gone), left()),
        ("DELETE", departure(&there.gone), None),
        ("DELETE", format!("{}?restore=true", departure(&there.gone)), None),
        merge(&there.resident, &there.twin),
        merge(&there.resident, &own.resident),
        merge(&own.twin, &there.resident),
        merge(&there.gone, &own.gone),
    ]
}

/// What the answer tells, but for the id asked with and the number of the request.
fn told(town: &Town, by: Option<&Person>, (method, path, body): Request) -> (u16, Value) {
    let mut call = town.call(method, &path).header("If-Match", "*");
    if let Some(body) = &body {
        call = call.json(body);
    }
    let reply = match by {
        Some(person) => call.by(person).send(),
        None => call.send(),
    };
    let mut body = reply.body.clone();
    for field in ["request_id", "instance"] {
        body[field] = Value::Null;
    }
    (reply.status, body)
}

/// All that is kept of homes and households, and each record's version.
fn kept(town: &Town) -> String {
    let tables = [
        "residents",
        "dwelling_residents",
        "households",
        "household_members",
        "resident_departures",
        "resident_merges",
    ];
    tables
        .map(|table| {
            town.text(&format!(
                "SELECT coalesce(md5(string_agg(t::text, '' ORDER BY id)), '') FROM {table} t"
            ))
        })
        .join(" ")
}

#[test]
fn what_lies_in_another_range_answers_like_what_is_not_there() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [beside, far] = [SIBLING, ELSEWHERE].map(|range| town.staff(Role::CommitteeWorker, range));
    let street = town.staff(Role::StreetOfficer, "310101002000");
    let police = town.staff(Role::PoliceOfficer, SIBLING);
    let there = Things::of(&town, &worker, OWN);
    let (near, away) = (Things::of(&town, &beside, SIBLING), Things::of(&town, &far, ELSEWHERE));
    let neighbour = town.resident();
    let before = kept(&town);
    for (by, own, division) in [
        (Some(&beside), &near, SIBLING),
        (Some(&far), &away, ELSEWHERE),
        (Some(&street), &away, ELSEWHERE),
        (Some(&police), &near, SIBLING),
        (Some(&neighbour), &near, SIBLING),
        (None, &near, SIBLING),
    ] {
        let hidden = attempts(&there, own, division);
        let absent = attempts(&Things::nothing(), own, division);
        for (hidden, absent) in hidden.into_iter().zip(absent) {
            let what = format!("{} {} {:?} in {division}", hidden.0, hidden.1, hidden.2);
            let (one, other) = (told(&town, by, hidden), told(&town, by, absent));
            assert!((400..500).contains(&one.0), "{what}: {one:?}");
            assert_eq!(one, other, "{what}");
        }
    }
    assert_eq!(kept(&town), before);
}

#[test]
fn lists_of_households_and_homes_end_at_the_range() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let beside = town.staff(Role::CommitteeWorker, SIBLING);
    let there = Things::of(&town, &worker, OWN);
    let near = Things::of(&town, &beside, SIBLING);
    let ids = |by: &Person, query: &str| -> Vec<String> {
        let reply = town.get(&format!("/v1/households?{query}")).by(by).send();
        let items = reply.is(200).body["items"].as_array().unwrap().iter();
        items.map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    // Both households have the number 310113-0247, and neither committee is told so.
    assert_eq!((ids(&beside, ""), ids(&worker, "")), (vec![near.household], vec![there.household.clone()]));
    for query in [
        format!("division={OWN}"),
        format!("dwelling={}", there.dwelling),
        "division=310113003000&limit=1".into(),
    ] {
        assert!(!ids(&beside, &query).contains(&there.household), "{query}");
    }
}
