//! The map of who handles what where: the deepest division decides, and it is corrected by nobody but an officer.

use std::net::Ipv4Addr;

use lilong::access::actor::OrganisationId;
use lilong::access::caller::{Origin, Ticket};
use lilong::access::division::Division;
use lilong::access::role::Role;
use lilong::kit::answer::Nothing;
use lilong::matters::categories::CategoryId;
use lilong::matters::responsibilities;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::power::{category, organisation, proposal, returned};
use crate::support::tags::id;
use crate::support::visits::ids;
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

const BASE: &str = "/v1/responsibilities";
const DISTRICT: &str = "310113000000";

struct Map {
    town: Town,
    city: Person,
    street: Person,
    category: String,
    bureau: String,
    squad: String,
}

/// The bureau of the city leads with illegal buildings, and nothing else is said.
fn map() -> Map {
    let town = Town::new();
    let (city, street) = (town.staff(Role::CityOfficer, CITY), town.staff(Role::StreetOfficer, PARENT));
    let category = category(&town, "illegal_building");
    let bureau = organisation(&town, "department", "城管执法局", CITY);
    let squad = organisation(&town, "department", "友谊路街道综合行政执法队", PARENT);
    let map = Map { town, city, street, category, bureau, squad };
    map.enter(&map.city, json!({ "division": CITY, "organisation": map.bureau, "role": "lead" })).is(201);
    map
}

impl Map {
    fn enter(&self, by: &Person, more: Value) -> Reply {
        let draft = json!({ "category": self.category, "legal_basis": "上海市拆除违法建筑若干规定" });
        self.town.post(BASE, with(draft, more)).by(by).send()
    }

    fn asked(&self, division: &str, more: &str) -> Value {
        let path =
            format!("/v1/responsible-organisations?category={}&division={division}{more}", self.category);
        self.town.get(&path).by(&self.town.resident()).send().is(200).body.clone()
    }

    fn lead(&self, division: &str) -> Value {
        self.asked(division, "")["lead"]["name"].clone()
    }

    fn decide(&self, by: &Person, proposal: &str, decision: &str) -> Reply {
        let path = format!("/v1/responsibility-proposals/{proposal}/decision");
        let by = &self.town.later(by);
        self.town.post(&path, json!({ "decision": decision, "legal_basis": "街道权责清单" })).by(by).send()
    }
}

#[test]
fn the_deepest_division_decides_and_says_why() {
    let map = map();
    let garden = organisation(&map.town, "department", "绿化市容所", PARENT);
    assert_eq!(map.lead(OWN), "城管执法局");
    map.enter(&map.street, json!({ "division": PARENT, "organisation": map.squad, "role": "lead" })).is(201);
    map.enter(&map.street, json!({ "division": PARENT, "organisation": garden, "role": "assist" })).is(201);
    let here = map.asked(OWN, "");
    assert_eq!(here["lead"], json!({ "id": map.squad, "name": "友谊路街道综合行政执法队" }));
    assert_eq!(here["assisting"], json!([{ "id": garden, "name": "绿化市容所" }]));
    let trail: Vec<(&Value, &Value)> =
        here["trail"].as_array().unwrap().iter().map(|one| (&one["division"], &one["decides"])).collect();
    let yes = json!(true);
    let (street, city) = (json!(PARENT), json!(CITY));
    assert_eq!(trail, [(&street, &yes), (&street, &yes), (&city, &json!(false))]);
    assert_eq!(here["trail"][2]["legal_basis"], "上海市拆除违法建筑若干规定");
    assert_eq!((map.lead(ELSEWHERE), map.lead(DISTRICT)), (json!("城管执法局"), json!("城管执法局")));
    // Of other categories it says nothing; of what is not there, nothing either.
    let noise = category(&map.town, "noise");
    let ask =
        |query: String| map.town.get(&format!("/v1/responsible-organisations?{query}")).by(&map.city).send();
    let nothing = ask(format!("category={noise}&division={OWN}"));
    assert_eq!((&nothing.is(200).body["lead"], &nothing.body["trail"]), (&Value::Null, &json!([])));
    ask(format!("category={}&division={OWN}", map.squad)).is_problem(404, "not-found");
    ask(format!("category={noise}&division=310113003999")).is_problem(404, "not-found");
    ask(format!("division={OWN}")).is_problem(400, "query-invalid");
    map.town.get("/v1/responsible-organisations").send().is_problem(401, "unauthenticated");
}

#[test]
fn what_is_over_not_begun_or_closed_decides_nothing() {
    let map = map();
    let made = map.enter(
        &map.street,
        json!({ "division": PARENT, "organisation": map.squad, "role": "lead", "starts_on": "2030-01-01", "ends_on": "2030-12-31" }),
    );
    let path = format!("{BASE}/{}", id(&made));
    assert_eq!(map.lead(OWN), "城管执法局");
    let on = |day: &str| map.asked(OWN, &format!("&on={day}"))["lead"]["name"].clone();
    assert_eq!(
        (on("2030-01-01"), on("2030-12-31")),
        (json!("友谊路街道综合行政执法队"), json!("友谊路街道综合行政执法队"))
    );
    assert_eq!((on("2029-12-31"), on("2031-01-01")), (json!("城管执法局"), json!("城管执法局")));
    let change = |version: &str, body: Value| map.town.patch(&path, version, body).by(&map.street).send();
    change("*", json!({ "ends_on": "2029-12-31" })).is_problem(422, "responsibility-term-invalid");
    let open = change(made.header("etag"), json!({ "ends_on": null, "legal_basis": "街道权责清单" }));
    assert_eq!(
        (&open.is(200).body["ends_on"], &open.body["legal_basis"]),
        (&Value::Null, &json!("街道权责清单"))
    );
    change(made.header("etag"), json!({ "role": "assist" })).is_problem(412, "version-stale");
    assert_eq!(on("2031-01-01"), "友谊路街道综合行政执法队");
    map.town
        .execute(&format!("UPDATE organisations SET closed_on = '2030-06-01' WHERE id = '{}'", map.squad));
    assert_eq!(
        (on("2030-05-31"), on("2030-06-01")),
        (json!("友谊路街道综合行政执法队"), json!("城管执法局"))
    );
}

#[test]
fn one_leads_at_a_time_and_only_open_organisations_and_own_divisions_are_entered() {
    let map = map();
    let lead =
        |organisation: &str| json!({ "division": PARENT, "organisation": organisation, "role": "lead" });
    map.enter(&map.street, lead(&map.squad)).is(201);
    map.enter(&map.street, lead(&map.bureau)).is_problem(409, "responsibility-lead-taken");
    map.enter(&map.street, with(lead(&map.squad), json!({ "role": "assist" })))
        .is_problem(409, "responsibility-taken");
    let assisting = map.enter(&map.street, with(lead(&map.bureau), json!({ "role": "assist" })));
    let path = format!("{BASE}/{}", id(&assisting));
    map.town
        .patch(&path, "*", json!({ "role": "lead" }))
        .by(&map.street)
        .send()
        .is_problem(409, "responsibility-lead-taken");
    // In another division, or of another category, it is another matter.
    map.enter(&map.street, with(lead(&map.bureau), json!({ "division": OWN }))).is(201);
    let closed = organisation(&map.town, "department", "已撤销", PARENT);
    map.town.execute(&format!("UPDATE organisations SET closed_on = '2020-01-01' WHERE id = '{closed}'"));
    for unknown in [closed.as_str(), map.category.as_str()] {
        let there = with(lead(unknown), json!({ "division": SIBLING }));
        map.enter(&map.street, there).is_problem(422, "responsibility-organisation-unknown");
    }
    let own = json!({ "division": OWN, "code": "lane_market", "name": "马路菜场" });
    let own = id(&map.town.post("/v1/petition-categories", own).by(&map.street).send());
    map.enter(&map.street, with(lead(&map.squad), json!({ "category": own })))
        .is_problem(422, "responsibility-category-unknown");
    map.enter(&map.street, with(lead(&map.squad), json!({ "category": own, "division": OWN }))).is(201);
    map.enter(
        &map.street,
        with(
            lead(&map.squad),
            json!({ "division": SIBLING, "starts_on": "2026-05-02", "ends_on": "2026-05-01" }),
        ),
    )
    .is_problem(422, "responsibility-term-invalid");
    map.enter(&map.city, with(lead(&map.squad), json!({ "division": "310113003999" })))
        .is_problem(422, "responsibility-division-unknown");
    map.enter(&map.street, with(lead(&map.squad), json!({ "division": CITY }))).is_problem(403, "forbidden");
    let head = map.town.staff(Role::CommitteeHead, OWN);
    map.enter(&head, with(lead(&map.squad), json!({ "division": OWN }))).is_problem(403, "forbidden");
    let listed = |query: &str| ids(&map.town.get(&format!("{BASE}?{query}")).by(&head).send()).len();
    assert_eq!(listed(&format!("division={PARENT}")), 4);
    assert_eq!(listed(&format!("division={PARENT}&organisation={}", map.bureau)), 2);
    assert_eq!(listed(&format!("category={own}")), 1);
}

#[test]
fn two_leads_at_once_are_one() {
    let map = map();
    let squads: Vec<String> =
        (0..4).map(|n| organisation(&map.town, "department", &format!("中队{n}"), PARENT)).collect();
    let replies: Vec<Reply> = std::thread::scope(|scope| {
        let enter = |squad| {
            let map = &map;
            scope.spawn(move || {
                map.enter(&map.street, json!({ "division": PARENT, "organisation": squad, "role": "lead" }))
            })
        };
        let tries: Vec<_> = squads.iter().map(enter).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1, "{replies:?}");
    assert_eq!(replies.iter().filter(|reply| reply.code() == "responsibility-lead-taken").count(), 3);
}

#[test]
fn a_proposal_changes_the_map_when_an_officer_accepts_it_and_only_once() {
    let map = map();
    let old = map.enter(
        &map.street,
        json!({ "division": PARENT, "organisation": map.bureau, "role": "lead", "starts_on": "2026-01-01" }),
    );
    let old = id(&old);
    let first = proposal(&map.town, PARENT, &map.category, &map.squad);
    let waiting = |by: &Person, query: &str| {
        ids(&map.town.get(&format!("/v1/responsibility-proposals{query}")).by(by).send()).join(" ")
    };
    assert_eq!(waiting(&map.street, ""), first);
    assert_eq!(map.lead(OWN), "城管执法局", "nothing changes silently");
    let other = map.town.staff(Role::StreetOfficer, "310101002000");
    assert!(waiting(&other, "").is_empty());
    map.decide(&other, &first, "accepted").is_problem(404, "not-found");
    map.decide(&map.town.staff(Role::CommitteeHead, OWN), &first, "accepted").is_problem(403, "forbidden");
    assert_eq!(map.decide(&map.street, &first, "accepted").is(201).body["status"], "accepted");
    map.decide(&map.street, &first, "refused").is_problem(409, "responsibility-proposal-decided");
    assert_eq!(map.lead(OWN), "友谊路街道综合行政执法队");
    assert_eq!(map.asked(OWN, "")["trail"][0]["legal_basis"], "街道权责清单");
    let yesterday = map.town.text("SELECT ((now() AT TIME ZONE 'Asia/Shanghai')::date - 1)::text");
    let ended = map.town.get(&format!("{BASE}/{old}")).by(&map.street).send();
    assert_eq!(ended.is(200).body["ends_on"], json!(yesterday));
    assert!(waiting(&map.street, "").is_empty());
    assert_eq!(waiting(&map.street, "?status=accepted"), first);
    // What the map says already makes no second row.
    let again = proposal(&map.town, PARENT, &map.category, &map.squad);
    map.decide(&map.street, &again, "accepted").is(201);
    assert_eq!(map.town.count("SELECT count(*) FROM responsibilities"), 3);
    // Who leads since today goes on to the end of the day.
    let back = proposal(&map.town, PARENT, &map.category, &map.bureau);
    map.decide(&map.street, &back, "accepted").is(201);
    assert_eq!(map.lead(OWN), "友谊路街道综合行政执法队");
    map.town.clock.advance(chrono::TimeDelta::days(1));
    assert_eq!(map.lead(OWN), "城管执法局");
    // Refused, it changes nothing; closed, its organisation can't lead.
    let refused = proposal(&map.town, SIBLING, &map.category, &map.squad);
    map.decide(&map.street, &refused, "refused").is(201);
    let late = proposal(&map.town, SIBLING, &map.category, &map.squad);
    map.town
        .execute(&format!("UPDATE organisations SET closed_on = '2026-01-01' WHERE id = '{}'", map.squad));
    map.decide(&map.street, &late, "accepted").is_problem(409, "responsibility-proposal-outdated");
    assert_eq!(
        map.town.count(&format!("SELECT count(*) FROM responsibilities WHERE division = {SIBLING}")),
        0
    );
}

/// Proposes, as the act that takes a dispatch back does.
fn propose(town: &Town, by: &Person, place: (&str, &str), dispatch: &str, organisation: &str) {
    let origin = Origin { request_id: "test".into(), address: Ipv4Addr::LOCALHOST.into(), believed: None };
    let ticket = Ticket { principal: Some(by.principal()), origin, key: None };
    let uuid = |text: &str| text.parse::<uuid::Uuid>().unwrap();
    let (dispatch, organisation) = (uuid(dispatch), OrganisationId(uuid(organisation)));
    let (division, category) = (Division::parse(place.0).unwrap(), CategoryId(uuid(place.1)));
    let write = town.gate.write(ticket, move |act| {
        responsibilities::propose(act, dispatch, division, category, organisation)?;
        Ok(Nothing {})
    });
    actix_web::rt::System::new().block_on(write).map(drop).unwrap();
}

#[test]
fn a_dispatch_that_came_back_proposes_once_and_only_what_the_map_does_not_say() {
    let map = map();
    let proposed = || map.town.count("SELECT count(*) FROM responsibility_proposals");
    let (_, dispatch) = returned(&map.town, OWN, &map.category, &map.bureau);
    let place = (OWN, map.category.as_str());
    propose(&map.town, &map.street, place, &dispatch, &map.bureau);
    assert_eq!(proposed(), 0, "the city's bureau leads here already");
    propose(&map.town, &map.street, place, &dispatch, &map.squad);
    propose(&map.town, &map.street, place, &dispatch, &map.squad);
    assert_eq!(proposed(), 1);
    assert_eq!(map.lead(OWN), "城管执法局");
    let listed = map.town.get("/v1/responsibility-proposals").by(&map.street).send().is(200).body.clone();
    let item = &listed["items"][0];
    assert_eq!((&item["dispatch"], &item["division"]), (&json!(dispatch), &json!(OWN)));
    map.decide(&map.street, item["id"].as_str().unwrap(), "accepted").is(201);
    assert_eq!((map.lead(OWN), map.lead(SIBLING)), (json!("友谊路街道综合行政执法队"), json!("城管执法局")));
}
