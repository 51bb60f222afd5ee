//! Handlers of the course of a call.

use actix_web::post;
use actix_web::web::{Data, Path};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::VolunteerCallCancellationDraft;
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::activities::volunteer_calls::{VolunteerCallDetailView, VolunteerCallPath};
use crate::kit::answer::Created;
use crate::kit::json::Json;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_volunteer_call_publication)
        .service(create_volunteer_call_closure)
        .service(create_volunteer_call_cancellation)
        .service(create_volunteer_call_completion);
}

/// Publish a call
///
/// From then on it is seen by its visibility, and places of its shifts can be taken. 发布招募令。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerCallPath),
    responses((status = 201, description = "It is published.", body = VolunteerCallDetailView)),
    extensions(("x-problem-codes" = json!(["volunteer-call-state-unfit"])))
)]
#[post("/{volunteer_call}/publication")]
pub async fn create_volunteer_call_publication(
    caller: Caller,
    path: Path<VolunteerCallPath>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::publish(act, path.volunteer_call)).await.map(Created)
}

/// Close a call
///
/// No more places can be taken; who has one may still give it back. 截止报名。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerCallPath),
    responses((status = 201, description = "It is closed.", body = VolunteerCallDetailView)),
    extensions(("x-problem-codes" = json!(["volunteer-call-state-unfit"])))
)]
#[post("/{volunteer_call}/closure")]
pub async fn create_volunteer_call_closure(
    caller: Caller,
    path: Path<VolunteerCallPath>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::close(act, path.volunteer_call)).await.map(Created)
}

/// Cancel a call
///
/// With the reason. Shifts that have not begun are cancelled with it, and everybody signed up is told; hours done are done. 取消招募令。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerCallPath),
    responses((status = 201, description = "It is cancelled.", body = VolunteerCallDetailView)),
    extensions(("x-problem-codes" = json!(["volunteer-call-state-unfit"])))
)]
#[post("/{volunteer_call}/cancellation")]
pub async fn create_volunteer_call_cancellation(
    caller: Caller,
    path: Path<VolunteerCallPath>,
    draft: Json<VolunteerCallCancellationDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::cancel(act, path.volunteer_call, draft.into_inner()))
        .await
        .map(Created)
}

/// Finish a call
///
/// Once it is closed, all of its shifts are over and whoever came has gone. Who had a place of a fixed shift and is not noted did not
/// come. 结束招募令。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerCallPath),
    responses((status = 201, description = "It is finished.", body = VolunteerCallDetailView)),
    extensions(("x-problem-codes" = json!(["volunteer-call-state-unfit", "volunteer-call-not-over", "volunteer-call-attendance-open"])))
)]
#[post("/{volunteer_call}/completion")]
pub async fn create_volunteer_call_completion(
    caller: Caller,
    path: Path<VolunteerCallPath>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::complete(act, path.volunteer_call)).await.map(Created)
}
