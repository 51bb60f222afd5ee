//! Where the street mediates: the room in its police station, with one mediator where two are asked for, so that the list of rooms
//! short of people has something to say.

use serde_json::{Value, json};

use super::client::{Client, id};
use super::{ACCOUNTS, STREET};
use crate::access::role::Role;
use crate::app::start::Outcome;

/// Role, roster, organisation, what they know, what they speak, how many cases at once.
type Entry = (Role, &'static str, &'static str, [&'static str; 3], [&'static str; 2], i32);

const ROSTER: [Entry; 2] = [
    (
        Role::Mediator,
        "mediator",
        "友谊路街道人民调解委员会",
        ["neighbour", "family", "property_service"],
        ["mandarin", "shanghainese"],
        6,
    ),
    (Role::Lawyer, "lawyer", "里弄律师事务所", ["debt", "contract", "labour"], ["mandarin", "english"], 8),
];

/// Tells of it.
pub fn tell(client: &Client) -> Outcome<()> {
    let hours = json!({
        "weekly": [{ "days": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "17:00" }], "exceptions": []
    });
    let room = json!({
        "division": STREET, "organisation": organisation(client, "友谊路派出所")?, "name": "友谊路派出所联合调解室",
        "kind": "room", "address": "友谊路派出所一楼", "capacity": 8, "opening_hours": hours,
        "location": { "longitude": 121.4870, "latitude": 31.4040, "coord_system": "wgs84" }
    });
    let room = id(&client.send(Role::JusticeOfficer, "POST", "/v1/mediation-rooms", &room)?);
    for (role, kind, body, expertise, languages, max_load) in ROSTER {
        let entry = json!({
            "division": STREET, "organisation": organisation(client, body)?, "kind": kind,
            "account": account(client, role)?, "expertise": expertise, "languages": languages, "max_load": max_load,
            "is_part_time": kind == "lawyer"
        });
        let entry = id(&client.send(Role::JusticeOfficer, "POST", "/v1/mediators", &entry)?);
        let (is_part_time, hours) = if kind == "lawyer" { (true, 8) } else { (false, 40) };
        let there = json!({
            "role": kind, "mediator": entry, "is_part_time": is_part_time, "weekly_hours": hours
        });
        serve(client, &room, &there)?;
    }
    let liaison = json!({
        "role": "liaison", "account": account(client, Role::PoliceOfficer)?, "is_part_time": true, "weekly_hours": 10
    });
    serve(client, &room, &liaison)
}

fn serve(client: &Client, room: &str, draft: &Value) -> Outcome<()> {
    let path = format!("/v1/mediation-rooms/{room}/staff");
    client.send(Role::JusticeOfficer, "POST", &path, draft).map(drop)
}

fn organisation(client: &Client, name: &str) -> Outcome<Value> {
    let path = format!("/v1/organisations?division={STREET}&limit=100");
    let page = client.send(Role::StreetOfficer, "GET", &path, &Value::Null)?;
    let found = page["items"].as_array().and_then(|items| items.iter().find(|one| one["name"] == name));
    found.map(|one| one["id"].clone()).ok_or(format!("{name} is not in the story"))
}

/// The account of a demo's person, by the post they hold.
fn account(client: &Client, role: Role) -> Outcome<Value> {
    let demo = ACCOUNTS.iter().find(|demo| demo.role == role).ok_or("no demo account has this role")?;
    let path = format!("/v1/posts?division={}&role={}", demo.range, role.as_str());
    let held = client.send(Role::SecurityAdmin, "GET", &path, &Value::Null)?;
    Ok(held["items"][0]["holder"]["id"].clone())
}
