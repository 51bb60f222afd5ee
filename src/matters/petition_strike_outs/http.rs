//! Handlers of strike-outs.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{StrikeOutDraft, StrikeOutPath, StrikeOutView};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::matters::petitions::PetitionPath;

/// Registers what stands below a petition.
pub fn petition_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_petition_strike_outs).service(create_petition_strike_out);
}

/// Registers what stands below a strike-out.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_strike_out_execution).service(create_strike_out_cancellation);
}

/// List the strike-outs of a joint petition
///
/// The first first, cancelled ones among them. 剔除记录。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath, PageQuery),
    responses((status = 200, description = "One page of strike-outs.", body = Page<StrikeOutView>)),
    extensions(("x-problem-codes" = json!(["petition-own-matter"])))
)]
#[get("/{petition}/strike-outs")]
pub async fn list_petition_strike_outs(
    caller: Caller,
    path: Path<PetitionPath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (id, query) = (path.petition, query.into_inner());
    gate.read(caller, move |look| actions::list(look, id, &query)).await.map(Listed)
}

/// Write down a strike-out of signatures
///
/// Nothing is struck out yet: it answers how many signatures the condition meets. 批量剔除（试算）。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 201, description = "The draft.", body = StrikeOutView)),
    extensions(("x-problem-codes" = json!([
        "petition-own-matter", "petition-not-joint", "strike-out-condition-unfit"
    ])))
)]
#[post("/{petition}/strike-outs")]
pub async fn create_petition_strike_out(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<StrikeOutDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.petition, draft.into_inner())).await.map(Created)
}

/// Carry a strike-out out
///
/// What its condition meets now does not count any more; thresholds that are not reached any more are taken back. 执行剔除。
#[utoipa::path(
    tag = "petitions",
    params(StrikeOutPath),
    responses((status = 200, description = "The strike-out.", body = StrikeOutView)),
    extensions(("x-problem-codes" = json!(["petition-own-matter", "strike-out-state-unfit", "matter-state-unfit"])))
)]
#[post("/{strike_out}/execution")]
pub async fn create_strike_out_execution(
    caller: Caller,
    path: Path<StrikeOutPath>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::carry_out(act, path.strike_out)).await.map(Changed)
}

/// Cancel a strike-out
///
/// A draft is left; what was struck out counts again. 取消剔除。
#[utoipa::path(
    tag = "petitions",
    params(StrikeOutPath),
    responses((status = 200, description = "The strike-out.", body = StrikeOutView)),
    extensions(("x-problem-codes" = json!(["petition-own-matter", "strike-out-state-unfit", "matter-state-unfit"])))
)]
#[post("/{strike_out}/cancellation")]
pub async fn create_strike_out_cancellation(
    caller: Caller,
    path: Path<StrikeOutPath>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::cancel(act, path.strike_out)).await.map(Changed)
}
