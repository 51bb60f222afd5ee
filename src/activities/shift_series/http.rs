//! The handler of recurring shifts.

use actix_web::post;
use actix_web::web::{Data, Path};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{ShiftSeriesDraft, ShiftSeriesView};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::activities::volunteer_calls::VolunteerCallPath;
use crate::kit::answer::Created;
use crate::kit::json::Json;
use crate::kit::problem::Result;

/// Registers the operation below a call.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_shift_series);
}

/// Make the shifts of some weeks
///
/// By the weekly pattern that the team keeps, or another, for who organises the call; public holidays are left out where that is wished.
/// What is there already is left as it is. Until some hours before each shift its places are for the team. 按周生成班次。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerCallPath),
    responses((status = 201, description = "What was made.", body = ShiftSeriesView)),
    extensions(("x-problem-codes" = json!([
        "volunteer-call-state-unfit", "shift-series-team-unfit", "shift-series-pattern-unfit", "shift-series-pattern-missing",
        "shift-series-empty", "shift-times-unfit", "shift-too-many"
    ])))
)]
#[post("/{volunteer_call}/shift-series")]
pub async fn create_shift_series(
    caller: Caller,
    path: Path<VolunteerCallPath>,
    draft: Json<ShiftSeriesDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.volunteer_call, draft.into_inner()))
        .await
        .map(Created)
}
