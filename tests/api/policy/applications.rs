//! One attempt at each operation on applications, and applications that try all the others.

use lilong::access::role::Role;
use lilong::access::scopes::AccessScope;
use serde_json::{Value, json};

use crate::support::{CITY, OWN, Person, Town};

/// An application of that range with every scope. What an attempt needs to be there beforehand belongs to somebody else.
pub fn as_person(town: &Town, range: &str) -> Person {
    let all: Vec<&str> = AccessScope::ALL.iter().map(|scope| scope.as_str()).collect();
    Person { token: town.application(range, &all).token, ..town.resident() }
}

/// The request of an operation, on an application in `OWN` that is made for it.
pub fn on_applications(
    town: &Town,
    operation: &str,
    n: u32,
) -> Option<(&'static str, String, Option<Value>)> {
    let draft =
        json!({ "name": format!("应用{n}"), "purpose": "x", "division": OWN, "scopes": ["venues.read"] });
    let made = || {
        let admin = town.staff(Role::SystemAdmin, CITY);
        town.post("/v1/applications", draft.clone()).by(&admin).send().is(201).header("location").to_owned()
    };
    Some(match operation {
        "list_applications" => ("GET", format!("/v1/applications?division={OWN}"), None),
        "create_application" => ("POST", "/v1/applications".into(), Some(draft)),
        "find_application" => ("GET", made(), None),
        "update_application" => ("PATCH", made(), Some(json!({ "purpose": "y" }))),
        "list_application_secrets" => ("GET", format!("{}/secrets", made()), None),
        "create_application_secret" => ("POST", format!("{}/secrets", made()), None),
        "delete_application_secret" => {
            let application = town.application(OWN, &["venues.read"]);
            let at = format!("/v1/applications/{}/secrets/{}", application.id, application.secret_id);
            ("DELETE", at, None)
        }
        // Its body is a form; tests/api/applications.rs sends some.
        "create_access_token" => ("POST", "/oauth/token".into(), Some(json!({}))),
        "find_authorization_server" => ("GET", "/.well-known/oauth-authorization-server".into(), None),
        _ => return None,
    })
}
