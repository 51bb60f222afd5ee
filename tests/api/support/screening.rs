//! Screenings for tests.

use serde_json::{Value, json};

use super::archive::with;
use super::petitions::{id, key};
use super::{OWN, PARENT, Person, Reply, Town};

/// Begins a screening of the street.
pub fn begin(town: &Town, by: &Person, more: Value) -> Reply {
    let body = json!({
        "division": PARENT, "title": "岁末矛盾纠纷排查", "starts_on": "2026-03-01", "ends_on": "2026-03-31"
    });
    town.post("/v1/screenings", with(body, more)).by(by).send()
}

/// Notes a lead.
#[track_caller]
pub fn note(town: &Town, by: &Person, screening: &str, more: Value) -> Reply {
    let body = json!({
        "division": OWN, "dispute_type": "neighbour", "risk_level": "low", "seen": "两户在楼道争吵。", "next_look_on": "2026-03-05"
    });
    town.post(&format!("/v1/screenings/{screening}/leads"), with(body, more)).by(by).send()
}

/// Makes a case of a lead.
pub fn make_case(town: &Town, by: &Person, lead: &str, body: Value) -> Reply {
    town.post(&format!("{lead}/case"), body).header("Idempotency-Key", &key()).by(by).send()
}

/// Settles a lead.
pub fn settle(town: &Town, by: &Person, lead: &str) -> Reply {
    town.post(&format!("{lead}/settlement"), json!({ "outcome": "已劝和。" })).by(by).send()
}

/// The leads in somebody's list.
#[track_caller]
pub fn leads_of(town: &Town, by: &Person, screening: &str, query: &str) -> Vec<String> {
    let page = town.get(&format!("/v1/screenings/{screening}/leads?{query}")).by(by).send();
    page.is(200).body["items"].as_array().expect("items").iter().map(id).collect()
}
