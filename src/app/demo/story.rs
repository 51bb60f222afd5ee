//! The story: 宝钢五村, its committee, its bodies, its old houses, and 247号楼 that made itself a name (S0, G2).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::client::{Client, id};
use super::volunteers::{self, Duty};
use super::{COMMITTEE, STREET, mediation, offices, people};
use crate::access::role::Role;
use crate::app::start::Outcome;
use crate::places::building_groups;

/// What the story ends with. While it is not on record, the story has not been told to its end.
pub const LAST: building_groups::Action = building_groups::Action::CreateTitle;

const BUILDINGS: [&str; 4] = ["245号", "246号", "247号", "248号"];
const FLOORS: i32 = 6;

/// What was begun, and goes on until today.
pub struct Begun {
    group: String,
    duty: Duty,
}

/// Tells how it began.
pub fn begin(client: &Client, now: DateTime<Utc>) -> Outcome<Begun> {
    office(client)?;
    let company = offices::tell(client)?;
    mediation::tell(client)?;
    let estate = estate(client, &company)?;
    let buildings = buildings(client, &estate)?;
    dwellings(client, &buildings)?;
    people::tell(client, &buildings[2])?;
    let group = group(client, &estate, &buildings[2])?;
    let duty = volunteers::call(client, &group, now)?;
    Ok(Begun { group, duty })
}

/// Tells what came of it.
pub fn go_on(client: &Client, begun: &Begun, now: DateTime<Utc>) -> Outcome<()> {
    volunteers::evenings(client, &begun.duty, now)?;
    title(client, &begun.group)
}

/// The committee says where it is and when it is open; 错时 on Saturdays (H2).
fn office(client: &Client) -> Outcome<()> {
    let hours = json!({
        "weekly": [
            { "days": [1, 2, 3, 4, 5], "opens": "08:30", "closes": "20:00" },
            { "days": [6], "opens": "09:00", "closes": "16:00" }
        ],
        "exceptions": [{ "date": "2027-02-06", "opens": null, "closes": null }]
    });
    let office = json!({
        "address": "宝山区宝钢五村100号",
        "phones": ["021-00000005"],
        "opening_hours": hours,
        "location": { "longitude": 121.4893, "latitude": 31.4050, "coord_system": "wgs84" }
    });
    client.send(Role::CommitteeHead, "PATCH", &format!("/v1/divisions/{COMMITTEE}"), &office).map(drop)
}

fn estate(client: &Client, company: &str) -> Outcome<String> {
    let estate = json!({
        "name": "宝钢五村", "division": COMMITTEE, "kind": "public_housing", "address": "友谊路100弄",
        "built_year": 1988, "is_old": true, "has_lift": false, "property_company": company,
        "location": { "longitude": 121.4893, "latitude": 31.4050, "coord_system": "wgs84" }
    });
    client.send(Role::CommitteeWorker, "POST", "/v1/estates", &estate).map(|view| id(&view))
}

fn buildings(client: &Client, estate: &str) -> Outcome<Vec<String>> {
    let enter = |number: &&str| {
        let draft = json!({ "estate": estate, "number": number, "floors": FLOORS, "has_lift": false, "units": ["1", "2"] });
        client.send(Role::CommitteeWorker, "POST", "/v1/buildings", &draft).map(|view| id(&view))
    };
    BUILDINGS.iter().map(enter).collect()
}

/// Two homes a floor in each unit: 101, 102 … 601, 602.
fn dwellings(client: &Client, buildings: &[String]) -> Outcome<()> {
    for building in buildings {
        for (unit, floor, door) in
            ["1", "2"].into_iter().flat_map(|u| (1..=FLOORS).flat_map(move |f| [(u, f, 1), (u, f, 2)]))
        {
            let area = if door == 1 { "52.40" } else { "61.85" };
            let draft = json!({
                "building": building, "unit": unit, "number": format!("{floor}0{door}"), "floor": floor,
                "exclusive_area": area
            });
            client.send(Role::CommitteeWorker, "POST", "/v1/dwellings", &draft)?;
        }
    }
    Ok(())
}

/// 247号楼: no lift, many old people, and young men who carry the shopping up: "'梯'升男友力".
fn group(client: &Client, estate: &str, building: &str) -> Outcome<String> {
    let draft = json!({
        "estate": estate, "name": "247号楼", "slogan": "一楼一家亲",
        "introduction": "六层老公房，老人多，没有电梯；年轻人轮流帮老邻居拎重物上楼。",
        "members": [{ "building": building, "unit": "" }]
    });
    let group = id(&client.send(Role::CommitteeWorker, "POST", "/v1/building-groups", &draft)?);
    let path = format!("/v1/building-groups/{group}");
    let leader = json!({ "leader_phone": "+8613800000102", "deputy_phone": "+8613800000101" });
    client.send(Role::CommitteeWorker, "PUT", &format!("{path}/leader"), &leader)?;
    let brand = json!({ "name": "'梯'升男友力", "story": "没有电梯，就用邻里的力气：每天傍晚一小时，帮老人拎米拎菜上楼。" });
    client.send(Role::GroupLeader, "PUT", &format!("{path}/brand"), &brand)?;
    Ok(group)
}

/// The street gives 247号楼 its title.
fn title(client: &Client, group: &str) -> Outcome<()> {
    let office = client.send(
        Role::StreetOfficer,
        "GET",
        &format!("/v1/organisations?division={STREET}&kind=street_office"),
        &Value::Null,
    )?;
    let title =
        json!({ "title": "活力楼组", "granted_by": office["items"][0]["id"], "granted_on": "2026-10-15" });
    client.send(Role::StreetOfficer, "POST", &format!("/v1/building-groups/{group}/titles"), &title).map(drop)
}
