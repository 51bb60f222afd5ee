//! One attempt at each operation on calendars.

use serde_json::{Value, json};

use super::attempts::Scene;
use crate::support::{Person, Town};

/// What is one's own by its nature.
pub const OWN_FEEDS: [&str; 3] = ["list_calendars", "create_calendar", "delete_calendar"];

impl Scene {
    /// The request of an operation.
    pub fn on_feeds(
        &self,
        town: &Town,
        operation: &str,
        person: Option<&Person>,
    ) -> Option<(&'static str, String, Option<Value>)> {
        let draft = || json!({ "kind": "own_shifts" });
        Some(match operation {
            "list_calendars" => ("GET", "/v1/me/calendars".into(), None),
            "create_calendar" => {
                // Of those that other attempts made there may be enough.
                town.execute("DELETE FROM calendars");
                ("POST", "/v1/me/calendars".into(), Some(draft()))
            }
            "delete_calendar" => {
                let id = lilong::kit::id::next();
                let whose = person.map_or_else(|| town.resident().account, |person| person.account);
                // An application has no account.
                town.execute(&format!(
                    "INSERT INTO calendars (id, account_id, kind, token_hash, created_at)
                         SELECT '{id}', id, 'own_shifts', uuid_send('{id}') || uuid_send('{id}'), now() FROM accounts WHERE id = '{whose}'"
                ));
                ("DELETE", format!("/v1/me/calendars/{id}"), None)
            }
            "find_calendar" => {
                let made = town.post("/v1/me/calendars", draft()).by(&town.resident()).send();
                let url = made.is(201).body["url"].as_str().expect("an address").to_owned();
                let (_, path) = url.split_once("/v1/").expect("an address of ours");
                ("GET", format!("/v1/{path}"), None)
            }
            _ => return None,
        })
    }
}
