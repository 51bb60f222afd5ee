//! One attempt at each operation on teams, honours, pledges and statistics of volunteers, in `OWN`.

use serde_json::Value;

use super::attempts::Scene;
use crate::support::{OWN, Person, Town};

impl Scene {
    /// The request of an operation.
    pub fn on_teams(
        &self,
        _town: &Town,
        operation: &str,
        _person: Option<&Person>,
    ) -> Option<(&'static str, String, Option<Value>)> {
        Some(match operation {
            "find_volunteer_statistics" => {
                let path =
                    format!("/v1/volunteer-statistics?division={OWN}&from=2026-11-01&until=2026-11-30");
                ("GET", path, None)
            }
            "list_volunteer_loads" => ("GET", format!("/v1/volunteer-loads?division={OWN}"), None),
            _ => return None,
        })
    }
}
