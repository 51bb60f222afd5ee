//! Hearings for tests: a case with its parties and a mediator at its table, and a room.

use chrono::{DateTime, TimeDelta, Utc};
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use super::archive::with;
use super::disputes::{agree, at_table, put_case, put_party, put_room, put_seat};
use super::{OWN, PARENT, Person, Reply, Town};

/// A case that was taken, and everybody who belongs to it.
pub struct Table {
    pub case: String,
    pub id: Uuid,
    pub room: Uuid,
    pub justice: Person,
    pub zhao: Person,
    pub qian: Person,
    pub zhou: Person,
    /// Zhao and Qian as parties.
    pub parties: [Uuid; 2],
    /// Zhou's.
    pub seat: Uuid,
}

impl Table {
    /// A case that was taken, to which nobody agreed yet.
    pub fn silent(town: &Town) -> Self {
        let id = put_case(town, "accepted");
        let (zhao, qian) = (town.resident(), town.resident());
        let zhou = town.staff(Role::Mediator, OWN);
        let parties = [("applicant", &zhao), ("respondent", &qian)]
            .map(|(side, who)| put_party(town, id, side, Some(who.account.0)));
        let seat = put_seat(town, id, "mediator", zhou.account, "accepted");
        let justice = town.staff(Role::JusticeOfficer, PARENT);
        Table { case: id.to_string(), id, room: put_room(town), justice, zhao, qian, zhou, parties, seat }
    }

    /// The same, and all agreed.
    pub fn new(town: &Town) -> Self {
        let table = Table::silent(town);
        agree(town, table.id);
        table
    }

    /// Asks for a hearing in its room, from so many hours on for two.
    #[track_caller]
    pub fn ask(&self, town: &Town, hours: i64, more: Value) -> Reply {
        let body = json!({ "room": self.room, "begins_at": hours_on(town, hours), "ends_at": hours_on(town, hours + 2) });
        at_table(town, &self.justice, &self.case, "hearings", with(body, more))
    }

    /// Plans it, and answers its id.
    #[track_caller]
    pub fn plan(&self, town: &Town, hours: i64) -> String {
        let planned = self.ask(town, hours, json!({}));
        planned.is(201).body["id"].as_str().expect("an id").to_owned()
    }

    /// Does something with a hearing.
    #[track_caller]
    pub fn on(&self, town: &Town, by: &Person, hearing: &str, part: &str, body: Value) -> Reply {
        at_table(town, by, &self.case, &format!("hearings/{hearing}/{part}"), body)
    }

    /// Moves a hearing.
    #[track_caller]
    pub fn move_it(&self, town: &Town, hearing: &str, body: Value) -> Reply {
        town.patch(&self.path(hearing), "*", body).by(&self.justice).send()
    }

    /// Begins a hearing with everybody.
    #[track_caller]
    pub fn open(&self, town: &Town, hearing: &str) -> Reply {
        let body = json!({ "seats": [self.seat], "parties": self.parties });
        self.on(town, &self.zhou, hearing, "opening", body)
    }

    /// The address of a hearing.
    pub fn path(&self, hearing: &str) -> String {
        format!("/v1/mediation-cases/{}/hearings/{hearing}", self.case)
    }

    /// Where the case stands.
    pub fn state(&self, town: &Town) -> String {
        town.text(&format!("SELECT state FROM matters WHERE id = '{}'", self.id))
    }
}

/// So many hours from now.
pub fn hours_on(town: &Town, hours: i64) -> DateTime<Utc> {
    town.now() + TimeDelta::hours(hours)
}
