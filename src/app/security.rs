//! How the document shows who may call: people by the token of a session, applications by one of OAuth 2.

use serde_json::{Map, Value, json};

use crate::access::scopes::AccessScope;

/// What can be wrong at the token endpoint that OAuth has no word for.
pub const PROBLEMS_BESIDE_OAUTH: [&str; 6] =
    ["quota-exceeded", "internal-fault", "busy", "database-unreachable", "body-too-slow", "body-too-large"];

/// The two ways in.
pub fn schemes() -> Value {
    let opens = |scope: &AccessScope| json!(format!("Opens {}.", scope.operations().join(", ")));
    let scopes: Map<String, Value> =
        AccessScope::ALL.iter().map(|scope| (scope.as_str().to_owned(), opens(scope))).collect();
    json!({
        "bearer": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "The access token of a session (RFC 9068)."
        },
        "application": {
            "type": "oauth2",
            "description": "The access token of an application, within its range.",
            "flows": { "clientCredentials": { "tokenUrl": "/oauth/token", "scopes": scopes } }
        }
    })
}

/// Either way into an operation that a scope opens; none where only people may call.
pub fn of_operation(operation: &Map<String, Value>) -> Option<Value> {
    let scope = AccessScope::opening(operation.get("operationId")?.as_str()?)?;
    Some(json!([{ "bearer": [] }, { "application": [scope.as_str()] }]))
}
