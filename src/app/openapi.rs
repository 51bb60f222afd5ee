//! The OpenAPI document: collected from the handlers, completed by the manners that hold for all of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

use super::problem_schema::{problem_response, problem_schema};
use super::routes::routes;
use super::{catalogue, security};
use crate::kit::problem::IDEMPOTENCY_KEY_MISSING;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "lilong 里弄",
        description = "The API backend a city's neighbourhoods run on. 社区治理开放接口。\n\nEvery error is \
                       `application/problem+json`; its `code` is stable and its `type` resolves to a page. Response \
                       enums may grow; request enums are closed. Times are RFC 3339; division codes are strings of 12 \
                       digits.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/", description = "This server")),
    tags(
        (name = "auth", description = "Accounts, sessions and tokens 账号与登录"),
        (name = "me", description = "Oneself 本人"),
        (name = "applications", description = "Programs that call on their own behalf, and their tokens 第三方应用"),
        (name = "codes", description = "Codes to show and to verify 出示与验码"),
        (name = "posts", description = "Who holds which role where 岗位"),
        (name = "files", description = "Photos, documents and tables 文件"),
        (name = "audit", description = "What was done by whom 审计"),
        (name = "divisions", description = "The city's official map 行政区划"),
        (name = "organisations", description = "Bodies of line and territory 条块组织"),
        (name = "estates", description = "Residential estates 小区"),
        (name = "buildings", description = "Buildings and their units 楼栋"),
        (name = "dwellings", description = "Homes 房屋"),
        (name = "building-groups", description = "Building groups 楼组"),
        (name = "venues", description = "Where people come together, and the codes at their doors 场所与场所码"),
        (name = "committee-finder", description = "Which committee is mine 找居委"),
        (name = "residents", description = "The residents' archive 居民档案"),
        (name = "homes", description = "Who owns, rents and lives in which home 人房关系"),
        (name = "households", description = "Households 家庭户"),
        (name = "visits", description = "Visits, receptions, findings, and whom to visit 走访接待与民情记录"),
        (name = "labels", description = "Labels by level, on people and in numbers 标签"),
        (name = "health", description = "Residents' health, with their consent 居民健康情况"),
        (name = "data-grants", description = "Data-sharing grants 数据共享授权"),
        (name = "residencies", description = "Who says they are a resident 居民认证"),
        (name = "corrections", description = "What residents ask to have corrected 更正申请"),
        (name = "erasures", description = "What residents ask to have deleted 删除申请"),
        (name = "matters", description = "Everything that must be handled by a date 事项"),
        (name = "mediation", description = "Disputes that police, judicial office and lawyers settle together 三所联动"),
        (name = "petitions", description = "What neighbours bring, and who handles it 诉求"),
        (name = "calendar", description = "The working calendar 工作日历"),
        (name = "policies", description = "How long things may take 办理时限"),
        (name = "emergency-orders", description = "Emergencies that change the clocks 平急转换"),
        (name = "responsibilities", description = "Which organisation handles what where 权责清单"),
        (name = "summons", description = "Organisations called to a meeting or a question 约请"),
        (name = "screenings", description = "Campaigns that look for quarrels before they break out, and what they saw 排查"),
        (name = "mediation-rooms", description = "Where disputes are mediated, and whether enough people are there 调解室"),
        (name = "mediators", description = "Rosters of mediators, lawyers and experts 调解员名册"),
        (name = "check-ins", description = "Who was where for what 签到"),
        (name = "volunteering", description = "Calls for volunteers, shifts, and hours that can be proved 志愿服务"),
        (name = "service", description = "The service itself 服务状态")
    )
)]
struct Base;

/// Operations that change something nobody else could overwrite: no `If-Match` is asked for.
const UNCONDITIONAL: [&str; 2] = ["update_password", "update_dispatch_acceptance"];

/// Operations that write nothing: asked again they answer anew, so a key would promise what is not kept.
const FRESH: [&str; 3] = ["create_code", "create_code_batch", "create_code_verification"];

/// The document as text, as served and as committed: with a final newline.
pub fn text(document: &Value) -> String {
    format!("{document:#}\n")
}

/// The document, collected anew: as values it takes many times the memory of its text, so nobody keeps it.
pub fn document() -> Value {
    let (_, collected) =
        actix_web::App::new().into_utoipa_app().openapi(Base::openapi()).configure(routes).split_for_parts();
    // Serialising our own types can't fail.
    let mut document = serde_json::to_value(collected).unwrap_or_default();
    complete(&mut document);
    prune(&mut document);
    document
}

/// Leaves away the schemas that utoipa wrote out in place instead of naming them.
fn prune(document: &mut Value) {
    const REFERENCE: &str = "\"#/components/schemas/";
    loop {
        let text = document.to_string();
        let named: BTreeSet<&str> =
            text.split(REFERENCE).skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
        let before = schemas.len();
        schemas.retain(|name, _| named.contains(name.as_str()));
        if schemas.len() == before {
            return;
        }
    }
}

fn complete(document: &mut Value) {
    document["components"]["securitySchemes"] = security::schemes();
    document["security"] = json!([{ "bearer": [] }]);
    document["components"]["schemas"]["Problem"] = problem_schema();
    let Some(paths) = document["paths"].as_object_mut() else { return };
    for operations in paths.values_mut().filter_map(Value::as_object_mut) {
        for (method, operation) in operations.iter_mut() {
            if let Some(operation) = operation.as_object_mut() {
                complete_operation(method, operation);
            }
        }
    }
}

/// What is known of an operation before its problems are.
struct Traits {
    is_public: bool,
    is_write: bool,
    has_body: bool,
    has_path: bool,
    has_query: bool,
    has_cursor: bool,
    takes_key: bool,
    needs_key: bool,
    needs_version: bool,
    answers_version: bool,
    speaks_oauth: bool,
}

fn complete_operation(method: &str, operation: &mut Map<String, Value>) {
    // utoipa writes "no security" as an empty requirement, which would mean "optional".
    let is_public = operation.get("security") == Some(&json!([{}]));
    if is_public {
        operation.insert("security".into(), json!([]));
    } else if let Some(either) = security::of_operation(operation) {
        operation.insert("security".into(), either);
    }
    let own: Vec<String> = operation
        .remove("x-problem-codes")
        .and_then(|codes| serde_json::from_value(codes).ok())
        .unwrap_or_default();
    let mut traits = traits(method, operation, is_public);
    traits.speaks_oauth = operation.remove("x-oauth").is_some();
    traits.takes_key &= !traits.speaks_oauth;
    traits.needs_key = own.iter().any(|code| code == IDEMPOTENCY_KEY_MISSING.code);
    add_parameters(operation, &traits);
    let mut by_status: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for code in generic_codes(&traits).into_iter().chain(own.iter().map(String::as_str)) {
        let status = catalogue::rule(code).map_or(500, |rule| rule.status().as_u16());
        by_status.entry(status).or_default().push(code);
    }
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    add_headers(responses, &traits);
    for (status, mut codes) in by_status {
        codes.sort_unstable();
        codes.dedup();
        responses[status.to_string()] = problem_response(&codes);
    }
    if traits.answers_version {
        responses["304"] = json!({ "description": "What the caller has is current." });
    }
}

fn traits(method: &str, operation: &Map<String, Value>, is_public: bool) -> Traits {
    let parameters = operation.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
    let has = |place: &str| parameters.iter().any(|parameter| parameter["in"] == place);
    let name = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
    let is_service = operation.get("tags") == Some(&json!(["service"]));
    let has_cursor = parameters.iter().any(|parameter| parameter["name"] == "cursor");
    Traits {
        is_public,
        is_write: method != "get",
        has_body: operation.contains_key("requestBody"),
        has_path: has("path"),
        has_query: has("query"),
        has_cursor,
        takes_key: method == "post" && !FRESH.contains(&name),
        needs_key: false,
        needs_version: matches!(method, "patch" | "put") && !UNCONDITIONAL.contains(&name),
        answers_version: method == "get"
            && !is_service
            && !has_cursor
            && (has("path") || ["find_me", "find_my_record"].contains(&name)),
        speaks_oauth: false,
    }
}

fn add_parameters(operation: &mut Map<String, Value>, traits: &Traits) {
    let mut added = Vec::new();
    if traits.takes_key {
        added.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": traits.needs_key,
            "description": "A name for this request, at most 255 characters: sent again, it gets the first answer again. Kept 24 hours, scans 72.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" }
        }));
    }
    if traits.needs_version {
        added.push(json!({
            "name": "If-Match", "in": "header", "required": true,
            "description": "The ETag of the version you have seen.",
            "schema": { "type": "string", "maxLength": 200, "pattern": "^[ -~]+$" }, "example": "\"v1\""
        }));
    }
    if traits.answers_version {
        added.push(json!({
            "name": "If-None-Match", "in": "header", "required": false,
            "description": "The ETag of the version you have.",
            "schema": { "type": "string" }
        }));
    }
    if added.is_empty() {
        return;
    }
    if let Some(parameters) = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut() {
        parameters.extend(added);
    }
}

fn generic_codes(traits: &Traits) -> Vec<&'static str> {
    if traits.speaks_oauth {
        // What its own words have no word for.
        return security::PROBLEMS_BESIDE_OAUTH.to_vec();
    }
    let table: [(bool, &[&'static str]); 9] = [
        (true, &["quota-exceeded", "internal-fault", "busy", "database-unreachable", "header-invalid"]),
        (!traits.is_public, &["unauthenticated", "forbidden"]),
        (traits.has_path, &["path-invalid", "not-found"]),
        (traits.has_query, &["query-invalid"]),
        (traits.has_cursor, &["cursor-invalid"]),
        (
            traits.has_body,
            &["body-malformed", "body-too-slow", "body-too-large", "media-type-unsupported", "field-invalid"],
        ),
        (traits.takes_key, &["idempotency-key-in-use", "idempotency-key-reused"]),
        (traits.needs_version, &["version-stale", "if-match-missing"]),
        (traits.is_write && traits.has_path, &["not-found"]),
    ];
    table.into_iter().filter(|(applies, _)| *applies).flat_map(|(_, codes)| codes.iter().copied()).collect()
}

fn add_headers(responses: &mut Value, traits: &Traits) {
    let Some(responses) = responses.as_object_mut() else { return };
    let field = |description: &str| json!({ "description": description, "schema": { "type": "string" } });
    for response in responses.values_mut() {
        let mut headers = json!({ "X-Request-Id": field("The id of this request, the caller's or ours.") });
        if traits.answers_version || traits.needs_version {
            headers["ETag"] = field("The version answered.");
        }
        if traits.has_cursor {
            headers["Link"] = field("The next page, where there is one.");
        }
        if traits.takes_key {
            headers["Idempotency-Replayed"] = field("`true` when this is the answer of an earlier request.");
        }
        response["headers"] = headers;
    }
}
