//! Handlers of dispatches.

use actix_web::web::{Data, Path};
use actix_web::{post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{DispatchAcceptanceDraft, DispatchPath, DispatchReturnDraft, PetitionDispatchDraft};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Done, Nothing};
use crate::kit::json::Json;
use crate::kit::problem::Result;
use crate::matters::petitions::{PetitionDetailView, PetitionPath};

/// Registers what is done to a petition.
pub fn petition_routes(config: &mut ServiceConfig<'_>) {
    config.service(create_petition_dispatch);
}

/// Registers what is done to a dispatch.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(update_dispatch_acceptance).service(create_dispatch_return);
}

/// Dispatch a petition
///
/// To an organisation that leads or assists; to the one that the map of responsibilities names, unless told. It takes the petition or
/// gives it back within its clock. 派单。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!([
        "dispatch-organisation-unknown", "dispatch-outside-range", "dispatch-to-oneself", "dispatch-to-accused",
        "dispatch-taken", "dispatch-returned-before", "petition-level-above", "petition-own-matter", "matter-state-unfit"
    ])))
)]
#[post("/{petition}/dispatches")]
pub async fn create_petition_dispatch(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionDispatchDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::create(act, path.petition, draft.into_inner())).await.map(Changed)
}

/// Take a dispatch
///
/// By whoever has a post in the organisation it came to. Where it leads, the petition is theirs from then on. 签收派单。
#[utoipa::path(
    tag = "petitions",
    params(DispatchPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-own-matter", "matter-state-unfit"])))
)]
#[put("/{dispatch}/acceptance")]
pub async fn update_dispatch_acceptance(
    caller: Caller,
    path: Path<DispatchPath>,
    draft: Json<DispatchAcceptanceDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::accept(act, path.dispatch, draft.into_inner())).await.map(Changed)
}

/// Give a dispatch back
///
/// With a reason, and whose it is instead, from which the map of responsibilities may learn once somebody agrees. Every second return
/// of a petition lifts it one level up the line. Whoever gave it back does not see it any more. 退单。
#[utoipa::path(
    tag = "petitions",
    params(DispatchPath),
    responses((status = 204, description = "It is given back.")),
    extensions(("x-problem-codes" = json!(["dispatch-suggestion-unfit", "petition-own-matter", "matter-state-unfit"])))
)]
#[post("/{dispatch}/return")]
pub async fn create_dispatch_return(
    caller: Caller,
    path: Path<DispatchPath>,
    draft: Json<DispatchReturnDraft>,
    gate: Data<Gate>,
) -> Result<Done> {
    let given_back = gate.write(caller, move |act| {
        actions::give_back(act, path.dispatch, draft.into_inner())?;
        Ok(Nothing {})
    });
    given_back.await.map(Done)
}
