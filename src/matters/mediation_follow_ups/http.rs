//! Handlers of follow-up visits.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{
    MediationFollowUpDraft, MediationFollowUpPatch, MediationFollowUpPath, MediationFollowUpView,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::matters::mediation_agreements::must_be_told;
use crate::matters::mediation_cases::MediationCasePath;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_mediation_case_follow_ups)
        .service(create_mediation_case_follow_up)
        .service(update_mediation_case_follow_up);
}

/// List the follow-up visits of a case
///
/// Planned and recorded, the first first. 回访。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath, PageQuery),
    responses((status = 200, description = "One page of visits.", body = Page<MediationFollowUpView>))
)]
#[get("/{mediation_case}/follow-ups")]
pub async fn list_mediation_case_follow_ups(
    caller: Caller,
    path: Path<MediationCasePath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (id, query) = (path.mediation_case, query.into_inner());
    let page = gate.read(caller, move |look| {
        look.scope(Action::List)?;
        must_be_told(look, id)?;
        let pager = look.pager(Action::List, &id, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, id, &pager)?;
        pager.page(rows, |row| row.id, MediationFollowUpView::from)
    });
    page.await.map(Listed)
}

/// Plan a follow-up visit
///
/// By whoever runs the case, once there is an agreement. 安排回访。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 201, description = "The visit.", body = MediationFollowUpView)),
    extensions(("x-problem-codes" = json!(["mediation-follow-up-past", "mediation-own-case", "matter-state-unfit"])))
)]
#[post("/{mediation_case}/follow-ups")]
pub async fn create_mediation_case_follow_up(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationFollowUpDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::plan(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Created)
}

/// Record a follow-up visit
///
/// Once, with what was found. While something is still owed, the next is due by the policy of the place. 登记回访结果。
#[utoipa::path(
    tag = "mediation",
    params(MediationFollowUpPath),
    responses((status = 200, description = "The visit.", body = MediationFollowUpView)),
    extensions(("x-problem-codes" = json!([
        "mediation-follow-up-recorded", "mediation-follow-up-day-unfit", "mediation-own-case", "matter-state-unfit"
    ])))
)]
#[patch("/{mediation_case}/follow-ups/{follow_up}")]
pub async fn update_mediation_case_follow_up(
    caller: Caller,
    path: Path<MediationFollowUpPath>,
    seen: IfMatch,
    patch: Json<MediationFollowUpPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let MediationFollowUpPath { mediation_case, follow_up } = path.into_inner();
    gate.write(caller, move |act| {
        actions::record(act, (mediation_case, follow_up), &seen, patch.into_inner())
    })
    .await
    .map(Changed)
}
