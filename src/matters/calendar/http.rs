//! Handlers of the working calendar.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, put};
use chrono::Datelike;
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{CalendarDayQuery, CalendarDaysDraft, CalendarDaysView, CalendarYear, CalendarYearPath};
use crate::access::caller::{Caller, Visitor};
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Public};
use crate::kit::clock::local_date;
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_calendar_days).service(update_calendar_days);
}

/// List the holidays of a year
///
/// The days that are off, and the weekend days that are worked instead; which years are known, and from where. A year that is not
/// known goes by the week, and what ends in it is provisional. Public. 工作日历（节假日与调休）。
#[utoipa::path(
    tag = "calendar",
    security(()),
    params(CalendarDayQuery),
    responses((status = 200, description = "The year.", body = CalendarDaysView))
)]
#[get("")]
pub async fn list_calendar_days(
    visitor: Visitor,
    query: Query<CalendarDayQuery>,
    gate: Data<Gate>,
) -> Result<Public> {
    let year = query.year.map(CalendarYear::get);
    let found = gate.snapshot(visitor, move |look| {
        let this_year = local_date(look.now).year();
        actions::find(look, year.unwrap_or(this_year))
    });
    found.await.map(Public)
}

/// Enter the holidays of a year
///
/// All of them at once, as announced, in place of those known before. A year that is not known yet has the version 0. Only by the
/// system administrator of the whole city. 维护工作日历。
#[utoipa::path(
    tag = "calendar",
    params(CalendarYearPath),
    responses((status = 200, description = "The year as it now is.", body = CalendarDaysView)),
    extensions(("x-problem-codes" = json!([
        "calendar-city-only", "calendar-day-of-other-year", "calendar-day-repeated", "calendar-day-worked-anyway"
    ])))
)]
#[put("/{year}")]
pub async fn update_calendar_days(
    caller: Caller,
    path: Path<CalendarYearPath>,
    seen: IfMatch,
    draft: Json<CalendarDaysDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let year = path.year.get();
    gate.write(caller, move |act| actions::update(act, year, &seen, draft.into_inner())).await.map(Changed)
}
