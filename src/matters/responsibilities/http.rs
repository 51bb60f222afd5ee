//! Handlers of responsibilities.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{NamedProposalRow, NamedResponsibilityRow};
use super::views::{ResponsibilityProposalView, ResponsibilityView, ResponsibleView};
use super::wire::{
    ProposalDecisionDraft, ProposalPath, ProposalQuery, ResponsibilityDraft, ResponsibilityPatch,
    ResponsibilityPath, ResponsibilityQuery, ResponsibleQuery,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations on the map.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_responsibilities)
        .service(find_responsibility)
        .service(create_responsibility)
        .service(update_responsibility);
}

/// Registers the question who handles what.
pub fn responsible_routes(config: &mut ServiceConfig<'_>) {
    config.service(find_responsible);
}

/// Registers the operations on proposals.
pub fn proposal_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_responsibility_proposals).service(create_responsibility_proposal_decision);
}

/// List responsibilities
///
/// Who handles which category of petitions where; what is over and what is still to come, too. 权责清单。
#[utoipa::path(
    tag = "responsibilities",
    params(ResponsibilityQuery),
    responses((status = 200, description = "One page of responsibilities.", body = Page<ResponsibilityView>))
)]
#[get("")]
pub async fn list_responsibilities(
    caller: Caller,
    query: Query<ResponsibilityQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        let key = |row: &NamedResponsibilityRow| (row.responsibility.division, row.responsibility.id.0);
        pager.page(rows, key, ResponsibilityView::from)
    });
    page.await.map(Listed)
}

/// See a responsibility
///
/// With the law it stands on. 权责详情。
#[utoipa::path(
    tag = "responsibilities",
    params(ResponsibilityPath),
    responses((status = 200, description = "The responsibility.", body = ResponsibilityView))
)]
#[get("/{responsibility}")]
pub async fn find_responsibility(
    caller: Caller,
    path: Path<ResponsibilityPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    let found =
        gate.read(caller, move |look| store::find(look, path.responsibility).map(ResponsibilityView::from));
    found.await.map(Found)
}

/// Add a responsibility
///
/// In a division within the range of one's posts, for an organisation of the city. One organisation leads at a time. 登记权责。
#[utoipa::path(
    tag = "responsibilities",
    responses((status = 201, description = "The responsibility.", body = ResponsibilityView)),
    extensions(("x-problem-codes" = json!([
        "responsibility-division-unknown", "responsibility-category-unknown", "responsibility-organisation-unknown",
        "responsibility-term-invalid", "responsibility-lead-taken", "responsibility-taken"
    ])))
)]
#[post("")]
pub async fn create_responsibility(
    caller: Caller,
    draft: Json<ResponsibilityDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a responsibility
///
/// Its last day, its law, or whether the organisation leads. Whose it is stays: end it, and add another. 修改权责。
#[utoipa::path(
    tag = "responsibilities",
    params(ResponsibilityPath),
    responses((status = 200, description = "As it now is.", body = ResponsibilityView)),
    extensions(("x-problem-codes" = json!([
        "responsibility-term-invalid", "responsibility-lead-taken", "responsibility-taken"
    ])))
)]
#[patch("/{responsibility}")]
pub async fn update_responsibility(
    caller: Caller,
    path: Path<ResponsibilityPath>,
    seen: IfMatch,
    patch: Json<ResponsibilityPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.responsibility, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// Ask who handles something
///
/// Which organisation leads with a category of petitions in a place on a day, and which assist: what the deepest division says
/// decides. With the trail of why. 这事归谁管。
#[utoipa::path(
    tag = "responsibilities",
    params(ResponsibleQuery),
    responses((status = 200, description = "Who is responsible.", body = ResponsibleView)),
    extensions(("x-problem-codes" = json!(["not-found"])))
)]
#[get("")]
pub async fn find_responsible(
    caller: Caller,
    query: Query<ResponsibleQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    gate.read(caller, move |look| actions::find_responsible(look, &query)).await.map(Found)
}

/// List proposed corrections
///
/// What dispatches that came back propose to change in the map, within the range of one's posts. 权责调整建议。
#[utoipa::path(
    tag = "responsibilities",
    params(ProposalQuery),
    responses((status = 200, description = "One page of proposals.", body = Page<ResponsibilityProposalView>))
)]
#[get("")]
pub async fn list_responsibility_proposals(
    caller: Caller,
    query: Query<ProposalQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let action = Action::ListProposals;
        let pager = look.pager(action, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page_proposals(look, &filter, &pager)?;
        let key = |row: &NamedProposalRow| (row.proposal.division, row.proposal.id.0);
        pager.page(rows, key, ResponsibilityProposalView::from)
    });
    page.await.map(Listed)
}

/// Decide about a proposed correction
///
/// Accepted, the organisation leads from today on, and who led in this division before does so no more; where that began only
/// today, the change comes tomorrow. 决定权责调整建议。
#[utoipa::path(
    tag = "responsibilities",
    params(ProposalPath),
    responses((status = 201, description = "It is decided.", body = ResponsibilityProposalView)),
    extensions(("x-problem-codes" = json!(["responsibility-proposal-decided", "responsibility-proposal-outdated"])))
)]
#[post("/{responsibility_proposal}/decision")]
pub async fn create_responsibility_proposal_decision(
    caller: Caller,
    path: Path<ProposalPath>,
    draft: Json<ProposalDecisionDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let decided =
        gate.write(caller, move |act| actions::decide(act, path.responsibility_proposal, draft.into_inner()));
    decided.await.map(Created)
}
