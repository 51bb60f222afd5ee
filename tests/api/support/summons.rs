//! A street, a bureau that it calls, and the steps of a summons, for tests.

use chrono::{SecondsFormat, TimeDelta};
use lilong::access::role::Role;
use serde_json::{Value, json};

use super::archive::with;
use super::power::{organisation, speaker};
use super::tags::id;
use super::{PARENT, Person, Reply, Town};

pub const BASE: &str = "/v1/summons";

/// A street that calls, and a bureau of the district that is called.
pub struct Call {
    pub town: Town,
    pub street: Person,
    pub bureau: Person,
    pub organisation: String,
}

pub fn call() -> Call {
    let town = Town::with(|settings| settings.seats = 4);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let organisation = organisation(&town, "department", "房管局", "310113000000");
    let bureau = speaker(&town, Role::DepartmentOfficer, "310113000000", &organisation);
    Call { town, street, bureau, organisation }
}

impl Call {
    pub fn day(&self, days: i64) -> String {
        lilong::kit::clock::local_date(self.town.now() + TimeDelta::days(days)).to_string()
    }

    pub fn at(&self, days: i64) -> String {
        (self.town.now() + TimeDelta::days(days)).to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    pub fn draft(&self, more: Value) -> Value {
        let draft = json!({
            "division": PARENT, "organisation": self.organisation, "subject": "楼道堆物整治", "question": "何时清理？",
            "meets_at": self.at(3), "place": "居委会议室", "reply_on": self.day(2)
        });
        with(draft, more)
    }

    pub fn create(&self, by: &Person, more: Value) -> Reply {
        self.town.post(BASE, self.draft(more)).by(&self.town.later(by)).send()
    }

    pub fn step(&self, by: &Person, summons: &str, step: &str) -> Reply {
        let path = format!("{BASE}/{summons}/{step}");
        let by = &self.town.later(by);
        let body = match step {
            "refusal" => json!({ "reason": "当日另有会议" }),
            "attendance" => json!({ "attendance": "represented" }),
            "answer" => json!({ "answer": "本周清理" }),
            _ => return self.town.call("POST", &path).by(by).send(),
        };
        self.town.post(&path, body).by(by).send()
    }

    /// By whom a step is for.
    pub fn own_step(&self, summons: &str, step: &str) -> Reply {
        let by = if matches!(step, "attendance" | "withdrawal") { &self.street } else { &self.bureau };
        self.step(by, summons, step)
    }

    /// A summons whose meeting is over, and to which that much has happened.
    pub fn stand(&self, state: &str, attendance: bool, answer: bool) -> String {
        let summons = id(&self.create(&self.street, json!({})));
        let reason = if state == "declined" { "'x'" } else { "NULL" };
        let attendance = if attendance { "'attended'" } else { "NULL" };
        let answer = match answer {
            true => format!("'x', answered_by = '{}', answered_at = now()", self.bureau.account),
            false => "NULL".to_owned(),
        };
        self.town.execute(&format!(
            "UPDATE summons SET meets_at = now() - interval '1 hour', state = '{state}', reason = {reason},
                 attendance = {attendance}, answer = {answer} WHERE id = '{summons}'"
        ));
        summons
    }

    pub fn row(&self, summons: &str) -> String {
        self.town.text(&format!("SELECT s FROM summons s WHERE id = '{summons}'"))
    }
}
