//! The OpenAPI document: collected from the handlers, completed by the manners that hold for all of them.

mod headers;
mod operations;
mod responses;
mod schemas;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

use super::problem_schema::{problem_error_schema, problem_schema};
use super::routes::routes;
use super::security;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "lilong 里弄",
        description = "The API backend a city's neighbourhoods run on. 社区治理开放接口。\n\nEvery error is \
                       `application/problem+json`; its `code` is stable and its `type` resolves to a page. Response \
                       enums may grow; request enums are closed. Times are RFC 3339; division codes are strings of 12 \
                       digits.\n\nProblems are told in the language that `Accept-Language` asks for, Chinese or English. \
                       A client that has no PATCH sends a POST with `X-HTTP-Method-Override: PATCH`.",
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
    document["components"]["headers"] = headers::all();
    document["components"]["schemas"]["Problem"] = problem_schema();
    document["components"]["schemas"]["ProblemError"] = problem_error_schema();
    schemas::name_what_is_repeated(document);
    schemas::describe_properties(document);
    each_operation(document, operations::complete);
    schemas::require_what_is_sent(document);
    responses::share(document);
}

/// Does something with every operation, told its method.
fn each_operation(document: &mut Value, mut act: impl FnMut(&str, &mut Map<String, Value>)) {
    let Some(paths) = document["paths"].as_object_mut() else { return };
    for operations in paths.values_mut().filter_map(Value::as_object_mut) {
        for (method, operation) in operations.iter_mut() {
            if let Some(operation) = operation.as_object_mut() {
                act(method, operation);
            }
        }
    }
}

/// A text of an operation; nothing where there is none.
fn text_of<'a>(operation: &'a Map<String, Value>, part: &str) -> &'a str {
    operation.get(part).and_then(Value::as_str).unwrap_or_default()
}
