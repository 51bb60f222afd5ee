//! Handlers of pledges.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::Pledge;
use super::views::PledgeView;
use super::wire::{PledgeDecisionDraft, PledgeDraft, PledgePatch, PledgePath, PledgeQuery};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_pledges)
        .service(find_pledge)
        .service(create_pledge)
        .service(update_pledge)
        .service(create_pledge_decision)
        .service(create_pledge_completion);
}

/// List pledges
///
/// Those to the communities of one's range, one's own, and those of an organisation whose head post one holds. 双报到列表。
#[utoipa::path(
    tag = "volunteering",
    params(PledgeQuery),
    responses((status = 200, description = "One page of pledges.", body = Page<PledgeView>))
)]
#[get("")]
pub async fn list_pledges(caller: Caller, query: Query<PledgeQuery>, gate: Data<Gate>) -> Result<Listed> {
    let page = gate.read(caller, move |look| {
        let filter = query.filter();
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |one: &Pledge| (one.row.division, one.row.id.0), PledgeView::from)
    });
    page.await.map(Listed)
}

/// See a pledge
///
/// What is offered, what the committee said to it, and how much came of it. 双报到详情。
#[utoipa::path(
    tag = "volunteering",
    params(PledgePath),
    responses((status = 200, description = "The pledge.", body = PledgeView))
)]
#[get("/{pledge}")]
pub async fn find_pledge(caller: Caller, path: Path<PledgePath>, gate: Data<Gate>) -> Result<Found> {
    gate.read(caller, move |look| actions::find(look, path.pledge)).await.map(Found)
}

/// Check in to a community and offer something
///
/// A member for themselves, where they are a verified resident; an organisation or a party branch by who holds its head post. 报到。
#[utoipa::path(
    tag = "volunteering",
    responses((status = 201, description = "The pledge.", body = PledgeView)),
    extensions(("x-problem-codes" = json!([
        "pledge-division-unfit", "pledge-organisation-unknown", "pledge-outside", "pledge-days-unfit", "pledge-hours-unfit"
    ])))
)]
#[post("")]
pub async fn create_pledge(caller: Caller, draft: Json<PledgeDraft>, gate: Data<Gate>) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a pledge
///
/// By who made it, before the committee has answered. 修改报到内容。
#[utoipa::path(
    tag = "volunteering",
    params(PledgePath),
    responses((status = 200, description = "The pledge.", body = PledgeView)),
    extensions(("x-problem-codes" = json!(["pledge-state-unfit", "pledge-days-unfit", "pledge-hours-unfit"])))
)]
#[patch("/{pledge}")]
pub async fn update_pledge(
    caller: Caller,
    path: Path<PledgePath>,
    seen: IfMatch,
    patch: Json<PledgePatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.pledge, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// Accept or decline a pledge
///
/// For the community; not by who made it. 居村确认报到。
#[utoipa::path(
    tag = "volunteering",
    params(PledgePath),
    responses((status = 201, description = "The pledge, answered.", body = PledgeView)),
    extensions(("x-problem-codes" = json!(["pledge-state-unfit", "pledge-own", "pledge-reason-missing"])))
)]
#[post("/{pledge}/decision")]
pub async fn create_pledge_decision(
    caller: Caller,
    path: Path<PledgePath>,
    draft: Json<PledgeDecisionDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::decide(act, path.pledge, draft.into_inner())).await.map(Created)
}

/// End a pledge
///
/// That was accepted: either side may. It can still be reported on. 结束报到。
#[utoipa::path(
    tag = "volunteering",
    params(PledgePath),
    responses((status = 201, description = "The pledge, ended.", body = PledgeView)),
    extensions(("x-problem-codes" = json!(["pledge-state-unfit"])))
)]
#[post("/{pledge}/completion")]
pub async fn create_pledge_completion(
    caller: Caller,
    path: Path<PledgePath>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::complete(act, path.pledge)).await.map(Created)
}
