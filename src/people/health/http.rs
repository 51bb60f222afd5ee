//! Handlers of health.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{
    HealthPath, HealthQuery, HealthSummaryQuery, HealthSummaryView, ResidentHealthDraft, ResidentHealthView,
};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Done, Found};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::problem::Result;

/// Registers the operations below `/residents`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(find_resident_health).service(update_resident_health).service(delete_resident_health);
}

/// Registers the summary, which has an address of its own.
pub fn summary_routes(config: &mut ServiceConfig<'_>) {
    config.service(find_health_summary);
}

/// See a resident's health
///
/// For a purpose. It is recorded, and the person can read who looked and for what; the same purpose again within ten minutes
/// is the same look. 居民健康情况（留痕）。
#[utoipa::path(
    tag = "health",
    params(HealthPath, HealthQuery),
    responses((status = 200, description = "The person's health.", body = ResidentHealthView))
)]
#[get("/{resident}/health")]
pub async fn find_resident_health(
    caller: Caller,
    path: Path<HealthPath>,
    query: Query<HealthQuery>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::find(act, path.resident, query.purpose)).await.map(Changed)
}

/// Write a resident's health down
///
/// Whole, in place of what was there; `"v0"` is the version while nothing is. Only with the person's consent, sent along or on
/// record. 登记居民健康情况（须本人同意）。
#[utoipa::path(
    tag = "health",
    params(HealthPath),
    responses((status = 200, description = "As it now is.", body = ResidentHealthView)),
    extensions(("x-problem-codes" = json!([
        "health-consent-missing", "health-consent-ahead", "resident-closed"
    ])))
)]
#[put("/{resident}/health")]
pub async fn update_resident_health(
    caller: Caller,
    path: Path<HealthPath>,
    seen: IfMatch,
    draft: Json<ResidentHealthDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.resident, &seen, draft.into_inner()))
        .await
        .map(Changed)
}

/// Forget a resident's health
///
/// The consent is withdrawn: all that is kept of it is removed, consent and note too. 撤回同意，删除健康情况。
#[utoipa::path(
    tag = "health",
    params(HealthPath),
    responses((status = 204, description = "Nothing is kept of it."))
)]
#[delete("/{resident}/health")]
pub async fn delete_resident_health(
    caller: Caller,
    path: Path<HealthPath>,
    gate: Data<Gate>,
) -> Result<Done> {
    gate.write(caller, move |act| actions::delete(act, path.resident)).await.map(Done)
}

/// See health in numbers
///
/// How many in a division have which condition, mobility and level of care. Exact for those who may see each record;
/// everybody else is told multiples of five, and nothing below five. 健康情况汇总（小数不显示）。
#[utoipa::path(
    tag = "health",
    params(HealthSummaryQuery),
    responses((status = 200, description = "The numbers.", body = HealthSummaryView))
)]
#[get("")]
pub async fn find_health_summary(
    caller: Caller,
    query: Query<HealthSummaryQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    gate.read(caller, move |look| actions::find_summary(look, query.division)).await.map(Found)
}
