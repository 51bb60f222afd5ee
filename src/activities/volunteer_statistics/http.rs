//! Handlers of statistics.

use actix_web::get;
use actix_web::web::{Data, Query};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::views::{VolunteerLoadView, VolunteerStatisticsView};
use super::wire::{VolunteerLoadQuery, VolunteerStatisticsQuery};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Found, Listed};
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(find_volunteer_statistics);
}

/// Registers who is asked too often.
pub fn load_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_volunteer_loads);
}

/// See the statistics of volunteering
///
/// Of a division within the range of one's posts, in at most 366 days: who took part, by age and building group, who came back, hours,
/// how full shifts were. Who may not list who signed up is told no number of people below five, and others rounded down to a
/// multiple of five. 志愿服务统计。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerStatisticsQuery),
    responses((status = 200, description = "The numbers.", body = VolunteerStatisticsView)),
    extensions(("x-problem-codes" = json!(["not-found", "volunteer-statistics-span-invalid"])))
)]
#[get("")]
pub async fn find_volunteer_statistics(
    caller: Caller,
    query: Query<VolunteerStatisticsQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    let query = query.into_inner();
    query.days()?;
    gate.snapshot(caller, move |look| actions::find(look, &query)).await.map(Found)
}

/// List who is asked too often
///
/// Whom the organisers of a division had for so many hours or shifts in the last 30 days: ask others next time. The look is recorded.
/// 近期服务负荷较高的志愿者。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerLoadQuery),
    responses((status = 200, description = "One page of people.", body = Page<VolunteerLoadView>)),
    extensions(("x-problem-codes" = json!(["not-found"])))
)]
#[get("")]
pub async fn list_volunteer_loads(
    caller: Caller,
    query: Query<VolunteerLoadQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    gate.write(caller, move |act| actions::list_loads(act, &query)).await.map(Listed)
}
