//! Rooms and rosters for tests: a street with a police station, a mediation committee and an officer who keeps them.

use lilong::access::role::Role;
use serde_json::{Value, json};

use super::archive::with;
use super::power::organisation;
use super::tags::id;
use super::{PARENT, Person, Reply, Town};

/// What a street has.
pub struct Desk {
    pub town: Town,
    pub officer: Person,
    pub station: String,
    pub committee: String,
}

/// A street with a station and a mediation committee, and nobody in either.
pub fn desk(town: Town) -> Desk {
    let officer = town.staff(Role::StreetOfficer, PARENT);
    let station = organisation(&town, "police_station", "友谊路派出所", PARENT);
    let committee = organisation(&town, "social_organisation", "友谊路街道人民调解委员会", PARENT);
    Desk { town, officer, station, committee }
}

impl Desk {
    /// The officer, however late it is.
    pub fn officer(&self) -> Person {
        self.town.later(&self.officer)
    }

    /// Enters a room of the station.
    pub fn room(&self, more: Value) -> Reply {
        let draft = json!({
            "division": PARENT, "organisation": self.station, "name": "联合调解室", "kind": "room", "capacity": 8
        });
        self.town.post("/v1/mediation-rooms", with(draft, more)).by(&self.officer()).send()
    }

    /// A draft of an entry of somebody's in the roster of the committee.
    pub fn entry(&self, person: &Person, more: Value) -> Value {
        let draft = json!({
            "division": PARENT, "organisation": self.committee, "kind": "mediator", "account": person.account,
            "name": "徐志明", "expertise": ["neighbour"], "languages": ["mandarin"], "max_load": 5
        });
        with(draft, more)
    }

    /// Enters somebody in a roster.
    pub fn enter(&self, draft: Value) -> Reply {
        self.town.post("/v1/mediators", draft).by(&self.officer()).send()
    }

    /// A new mediator of the street; their account and entry.
    pub fn mediator(&self, more: Value) -> (Person, String) {
        let person = self.town.staff(Role::Mediator, PARENT);
        let entry = id(&self.enter(self.entry(&person, more)));
        (person, entry)
    }

    /// Puts a mediator into a room, full time unless told.
    pub fn attach(&self, room: &str, mediator: &str, more: Value) -> Reply {
        let draft =
            json!({ "role": "mediator", "mediator": mediator, "is_part_time": false, "weekly_hours": 40 });
        let draft = with(draft, more);
        self.town.post(&format!("/v1/mediation-rooms/{room}/staff"), draft).by(&self.officer()).send()
    }

    /// Ends somebody's time in a room.
    pub fn end(&self, room: &str, staff: &str, on: Value) -> Reply {
        let path = format!("/v1/mediation-rooms/{room}/staff/{staff}/end");
        self.town.post(&path, json!({ "on": on })).by(&self.officer()).send()
    }

    /// The rooms short of mediators, as somebody is told.
    pub fn short(&self, by: &Person, query: &str) -> Vec<Value> {
        let by = self.town.later(by);
        let reply = self.town.get(&format!("/v1/mediation-room-shortfalls{query}")).by(&by).send();
        reply.is(200).body["items"].as_array().unwrap().clone()
    }

    /// How many count in the one room that is short, and how many it needs; none where no room is.
    pub fn lack(&self) -> Option<(i64, i64)> {
        let short = self.short(&self.officer, "");
        assert!(short.len() < 2, "{short:?}");
        short.first().map(|one| {
            let number = |field: &str| one[field].as_i64().unwrap();
            assert_eq!(number("missing"), number("needed") - number("counted"));
            let there = one["serving"].as_array().unwrap();
            let counted = there.iter().filter(|one| one["is_counted"] == true).count();
            assert!(counted as i64 >= number("counted"), "{one}");
            (number("counted"), number("needed"))
        })
    }
}
