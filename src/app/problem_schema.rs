//! How the document shows problems.

use serde_json::{Value, json};

use super::catalogue;

/// The answers of one status: what each of its codes says.
pub fn problem_response(codes: &[&str]) -> Value {
    let lines: Vec<String> = codes
        .iter()
        .map(|code| format!("`{code}`: {}", catalogue::rule(code).map_or("unknown code", |rule| rule.en)))
        .collect();
    json!({
        "description": lines.join("\n\n"),
        "content": {
            "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } }
        },
        "x-codes": codes
    })
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

/// Every problem (RFC 9457).
pub fn problem_schema() -> Value {
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "required": ["type", "title", "status", "detail", "instance", "code", "errors", "request_id"],
        "properties": {
            "type": text("Leads to a page that explains the code."),
            "title": text("What a person reads, in the language asked for."),
            "status": { "type": "integer", "format": "int32", "description": "The status code." },
            "detail": text("More, where there is more to say."),
            "instance": text("The address asked."),
            "code": text("The stable code of the rule that was broken."),
            "errors": {
                "type": "array",
                "description": "Where in the request the faults lie.",
                "items": { "$ref": "#/components/schemas/ProblemError" }
            },
            "request_id": text("The id of this request, for asking about it.")
        }
    })
}

/// One fault of a request.
pub fn problem_error_schema() -> Value {
    json!({
        "type": "object",
        "description": "A fault, and where it is: a pointer, a parameter or a header.",
        "required": ["code", "detail"],
        "properties": {
            "pointer": text("A JSON pointer into the body."),
            "parameter": text("A query or path parameter."),
            "header": text("A header field."),
            "code": text("The fault's code."),
            "detail": text("What is wrong.")
        }
    })
}
