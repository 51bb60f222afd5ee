//! Which header fields answers come with.
//!
//! What an answer shows says whether it has a version and an address: that is said here once more, by name, since a document
//! is not made of values. The tests hold every answer against it.

use serde_json::{Map, Value, json};

use super::text_of;
use crate::kit::problem::IDEMPOTENCY_KEY_IN_USE;

/// What is shown with its ETag, always.
const VERSIONED: [&str; 46] = [
    "ApplicationView",
    "Binary",
    "BuildingGroupDetailView",
    "BuildingView",
    "CalendarDaysView",
    "CalendarFile",
    "CategoryView",
    "CertificateView",
    "DataExportView",
    "DisputeEntryDetailView",
    "DivisionDetailView",
    "DivisionView",
    "DwellingOwnersView",
    "DwellingResidentView",
    "DwellingView",
    "EmergencyOrderView",
    "EstateView",
    "ExportView",
    "FileView",
    "HouseholdDetailView",
    "ImportView",
    "LabelView",
    "MatterView",
    "MeView",
    "MediationCaseDetailView",
    "MediationCaseExampleView",
    "MediationConfirmationView",
    "MediationExampleView",
    "MediationFollowUpView",
    "MediationHearingView",
    "MediationRoomView",
    "OrganisationView",
    "PetitionDetailView",
    "PledgeView",
    "RecognitionView",
    "ResidentDetailView",
    "ResidentHealthView",
    "ResponsibilityView",
    "ScreeningView",
    "ShiftView",
    "SummonsView",
    "VenueView",
    "VisitDetailView",
    "VisitPlanView",
    "VolunteerCallDetailView",
    "VolunteerTeamView",
];

/// What is shown with its ETag where it may be changed as it is shown.
const SOMETIMES_VERSIONED: [&str; 2] = ["MediatorView", "ScreeningLeadView"];

/// What has an address, told when it is made.
const ADDRESSED: [&str; 39] = [
    "AccountView",
    "ApplicationView",
    "BuildingGroupDetailView",
    "BuildingView",
    "CategoryView",
    "DataExportView",
    "DepartureView",
    "DisputeEntryDetailView",
    "DwellingView",
    "EmergencyOrderView",
    "EstateView",
    "ExportView",
    "FileView",
    "HouseholdDetailView",
    "ImportView",
    "MediationAgreementView",
    "MediationCaseDetailView",
    "MediationHearingView",
    "MediationRoomView",
    "MediatorView",
    "MyResidencyView",
    "OrganisationView",
    "PetitionDetailView",
    "PetitionSigningView",
    "PledgeView",
    "RecognitionView",
    "ResidentDetailView",
    "ResidentMergeView",
    "ResponsibilityView",
    "ScreeningLeadView",
    "ScreeningView",
    "ShiftView",
    "SummonsView",
    "VenueView",
    "VisitDetailView",
    "VisitFindingDetailView",
    "VisitPlanView",
    "VolunteerCallDetailView",
    "VolunteerTeamView",
];

/// Reads of something that has a version, which everybody may keep for a minute instead.
const KEPT_A_WHILE: [&str; 1] = ["list_calendar_days"];

/// Reads that are recorded each time: what the caller has already is told anew.
const RECORDED: [&str; 2] = ["find_resident_health", "find_restricted_resident"];

/// The fields of which there are.
pub fn all() -> Value {
    json!({
        "X-Request-Id": field(true, "The id of this request, the caller's or ours."),
        "RateLimit-Policy": field(true, "How many requests a caller may make in which time."),
        "RateLimit": field(true, "How many are left, and in how many seconds all are there again."),
        "ETag": field(true, "The version answered."),
        "ETag-sometimes": field(false, "The version answered, where what is shown may be changed."),
        "Location": field(true, "The address of what was made."),
        "Link": field(false, "The next page, where there is one."),
        "Idempotency-Replayed": field(false, "`true` when this is the answer of an earlier request."),
        "Retry-After": field(false, "In how many seconds to try again."),
        "WWW-Authenticate": field(true, "How to say who calls.")
    })
}

fn field(is_always: bool, description: &str) -> Value {
    json!({ "description": description, "required": is_always, "schema": { "type": "string" } })
}

/// Whether a read answers 304 to whoever has what it would answer.
pub fn answers_version(operation: &Map<String, Value>) -> bool {
    let name = text_of(operation, "operationId");
    let has_tag = |response: &Value| etag_of(name, response).is_some();
    !RECORDED.contains(&name)
        && operation.get("responses").and_then(|all| all.get("200")).is_some_and(has_tag)
}

/// Names the fields of every answer of an operation.
pub fn add(operation: &mut Map<String, Value>, takes_key: bool, has_cursor: bool) {
    let name = text_of(operation, "operationId").to_owned();
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    for (status, response) in responses {
        let mut fields = vec!["X-Request-Id", "RateLimit-Policy", "RateLimit"];
        match status.as_str() {
            "401" => fields.push("WWW-Authenticate"),
            "304" => fields.push("ETag"),
            _ => {}
        }
        if may_be_tried_again(status, response) {
            fields.push("Retry-After");
        }
        if status.starts_with('2') {
            fields.extend(etag_of(&name, response));
            fields.extend(has_cursor.then_some("Link"));
            let is_made = ["201", "202"].contains(&status.as_str()) && ADDRESSED.contains(&shown(response));
            fields.extend(is_made.then_some("Location"));
            fields.extend((takes_key && status != "204").then_some("Idempotency-Replayed"));
        }
        let named = |field: &str| {
            let name = field.trim_end_matches("-sometimes").to_owned();
            (name, json!({ "$ref": format!("#/components/headers/{field}") }))
        };
        response["headers"] = fields.into_iter().map(named).collect::<Map<_, _>>().into();
    }
}

/// The name of what an answer shows.
fn shown(response: &Value) -> &str {
    let content = response["content"].as_object().and_then(|all| all.values().next());
    let place = content.and_then(|one| one["schema"]["$ref"].as_str()).unwrap_or_default();
    place.rsplit('/').next().unwrap_or_default()
}

fn etag_of(operation: &str, response: &Value) -> Option<&'static str> {
    let shown = shown(response);
    if KEPT_A_WHILE.contains(&operation) {
        None
    } else if VERSIONED.contains(&shown) {
        Some("ETag")
    } else {
        SOMETIMES_VERSIONED.contains(&shown).then_some("ETag-sometimes")
    }
}

fn may_be_tried_again(status: &str, response: &Value) -> bool {
    let codes = response["x-codes"].as_array();
    let is_twin = codes.is_some_and(|codes| codes.iter().any(|code| code == IDEMPOTENCY_KEY_IN_USE.code));
    is_twin || ["429", "503"].contains(&status)
}
