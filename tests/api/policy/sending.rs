//! Sends what an attempt asks for.

use lilong::access::policy::Reach;
use lilong::app::policy;
use serde_json::Value;

use super::attempts::Scene;
use crate::support::{Person, Reply, Town};

/// What is sent: the method, the path, the body.
pub type Request = (&'static str, String, Option<Value>);

const WITH_A_KEY: [&str; 6] = [
    "create_petition",
    "create_petition_signature",
    "create_shift_signup",
    "create_mediation_case",
    "create_dispute_entry",
    "create_screening_lead_case",
];

impl Scene {
    /// Tries an operation as somebody, or as nobody.
    #[track_caller]
    pub fn attempt(&self, town: &Town, operation: &str, person: Option<&Person>) -> Reply {
        if operation == "create_file" {
            let call = town.upload("x.csv", b"a,b");
            return match person {
                Some(person) => call.by(person).send(),
                None => call.send(),
            };
        }
        send(town, operation, person, self.request(town, operation, person))
    }

    /// Puts what the operations within a range are tried on, so that the first who lists finds some.
    pub fn put_all(&self, town: &Town) {
        let person = town.resident();
        for row in policy::rows() {
            if row.reaches.iter().any(|(_, reach)| *reach == Reach::Range) {
                self.request(town, row.operation, Some(&person));
            }
        }
    }
}

/// Sends the request of an operation, with the headers that it asks for.
#[track_caller]
pub fn send(town: &Town, operation: &str, person: Option<&Person>, (method, path, body): Request) -> Reply {
    let mut call = town.call(method, &path);
    if let Some(body) = body {
        call = call.json(&body);
    }
    if matches!(method, "PATCH" | "PUT") {
        call = call.header("If-Match", "*");
    }
    if super::visits::asks_for_a_key(operation)
        || super::codes::asks_for_a_key(operation)
        || WITH_A_KEY.contains(&operation)
    {
        call = call.header("Idempotency-Key", &lilong::kit::id::next().to_string());
    }
    match person {
        Some(person) => call.by(person).send(),
        None => call.send(),
    }
}
