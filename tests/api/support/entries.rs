//! Disputes told once, for tests.

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use super::archive::with;
use super::petitions::{id, key, neighbour, officer, organisation};
use super::{OWN, PARENT, Person, Reply, Town};

/// What a neighbour tells of the floor above.
pub fn noise(more: Value) -> Value {
    let body = json!({
        "dispute_type": "neighbour", "facts": "楼上深夜拖动家具。", "wanted": "晚十点后安静。", "place": "247号502室",
        "other": { "name": "楼上钱先生", "phone": "13800000166" }
    });
    with(body, more)
}

/// Tells it.
#[track_caller]
pub fn tell(town: &Town, by: &Person, body: Value) -> Reply {
    town.post("/v1/dispute-entries", body).header("Idempotency-Key", &key()).by(by).send()
}

/// Tells it for a child whose guardian one is.
#[track_caller]
pub fn tell_for(town: &Town, by: &Person, child: &str, body: Value) -> Reply {
    let path = format!("/v1/dispute-entries?for={child}");
    town.post(&path, body).header("Idempotency-Key", &key()).by(by).send()
}

/// An entry as somebody sees it.
#[track_caller]
pub fn entry_seen(town: &Town, by: &Person, entry: &str) -> Value {
    town.get(&format!("/v1/dispute-entries/{entry}")).by(by).send().is(200).body.clone()
}

/// Does one step.
#[track_caller]
pub fn step(town: &Town, by: &Person, entry: &str, part: &str, body: Value) -> Reply {
    town.post(&format!("/v1/dispute-entries/{entry}/{part}"), body).by(by).send()
}

/// The entries in somebody's list.
#[track_caller]
pub fn listed(town: &Town, by: &Person, query: &str) -> Vec<String> {
    let page = town.get(&format!("/v1/dispute-entries?{query}")).by(by).send();
    page.is(200).body["items"].as_array().expect("items").iter().map(id).collect()
}

/// A street with a police station and a judicial office, and somebody in dispute.
pub struct Offices {
    pub station: Uuid,
    pub office: Uuid,
    pub police: Person,
    pub justice: Person,
    pub street: Person,
    pub zhao: Person,
}

impl Offices {
    /// All of them.
    pub fn of(town: &Town) -> Self {
        let station = organisation(town, "友谊路派出所", "police_station", PARENT);
        let office = organisation(town, "友谊路司法所", "justice_office", PARENT);
        Offices {
            station,
            office,
            police: officer(town, Role::PoliceOfficer, PARENT, station),
            justice: officer(town, Role::JusticeOfficer, PARENT, office),
            street: town.staff(Role::StreetOfficer, PARENT),
            zhao: neighbour(town, OWN),
        }
    }
}
