//! Handlers of rosters.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::MediatorKind;
use super::rules::Wish;
use super::views::{MediatorProposalsView, MediatorView};
use super::wire::{MediatorDraft, MediatorPatch, MediatorPath, MediatorProposalQuery, MediatorQuery};
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
    config.service(list_mediators).service(find_mediator).service(create_mediator).service(update_mediator);
}

/// Registers the proposals.
pub fn proposal_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_mediator_proposals);
}

/// List mediators, lawyers and experts
///
/// Those who serve today, by what they know and speak, so that a party may choose one (人民调解法 art. 23); staff see whole entries
/// of their range, those of other times and states too. 调解员名册。
#[utoipa::path(
    tag = "mediators",
    params(MediatorQuery),
    responses((status = 200, description = "One page of a roster.", body = Page<MediatorView>))
)]
#[get("")]
pub async fn list_mediators(caller: Caller, query: Query<MediatorQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        let page = pager.page(rows, |row| (row.mediator.division, row.mediator.id.0), |row| row)?;
        let Page { items, next_cursor, has_more } = page;
        Ok(Page { items: actions::views(look, items)?, next_cursor, has_more })
    });
    page.await.map(Listed)
}

/// See somebody in a roster
///
/// Staff of the range and the person themselves see the whole entry; everybody else whom they may choose. 调解员详情。
#[utoipa::path(
    tag = "mediators",
    params(MediatorPath),
    responses((status = 200, description = "The entry.", body = MediatorView))
)]
#[get("/{mediator}")]
pub async fn find_mediator(caller: Caller, path: Path<MediatorPath>, gate: Data<Gate>) -> Result<Found> {
    gate.read(caller, move |look| actions::find(look, path.mediator)).await.map(Found)
}

/// Enter somebody in a roster
///
/// For one term, in a division within the range of one's post: an account that holds the post of a mediator or a lawyer there, or
/// an expert, who may be from outside and is then known by name. Who is chosen again gets another entry. 登记调解员。
#[utoipa::path(
    tag = "mediators",
    responses((status = 201, description = "The entry.", body = MediatorView)),
    extensions(("x-problem-codes" = json!([
        "mediator-division-unknown", "mediator-organisation-unfit", "mediator-account-unfit",
        "mediator-name-missing", "mediator-term-reversed", "mediator-term-too-long", "mediator-term-taken",
        "mediator-self-entered"
    ])))
)]
#[post("")]
pub async fn create_mediator(
    caller: Caller,
    draft: Json<MediatorDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change an entry of a roster
///
/// What the person knows, speaks and takes on, when the term ends, or whether they are suspended or removed. 修改调解员信息。
#[utoipa::path(
    tag = "mediators",
    params(MediatorPath),
    responses((status = 200, description = "As it now is.", body = MediatorView)),
    extensions(("x-problem-codes" = json!([
        "mediator-term-reversed", "mediator-term-too-long", "mediator-term-taken", "mediator-self-entered"
    ])))
)]
#[patch("/{mediator}")]
pub async fn update_mediator(
    caller: Caller,
    path: Path<MediatorPath>,
    seen: IfMatch,
    patch: Json<MediatorPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.mediator, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// Propose mediators
///
/// For a dispute in a division within the range of one's post: of those who serve there, by what they know, by language, by how
/// near they are and by how much they carry, with why. Who can't take it comes last: for a case that one runs, whoever has to do with a
/// party, too. 推荐调解员。
#[utoipa::path(
    tag = "mediators",
    params(MediatorProposalQuery),
    responses((status = 200, description = "Who is proposed, the fittest first.", body = MediatorProposalsView))
)]
#[get("")]
pub async fn list_mediator_proposals(
    caller: Caller,
    query: Query<MediatorProposalQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    let query = query.into_inner();
    let wish = Wish { dispute_type: query.dispute_type, language: query.language, division: query.division };
    let (kind, case) = (query.kind.unwrap_or(MediatorKind::Mediator), query.mediation_case);
    let excluded = query.excluding.unwrap_or_default().0;
    let most = query.limit.map_or(20, |limit| limit.get().unsigned_abs() as usize);
    let proposed = gate.snapshot(caller, move |look| {
        look.permit(Action::ListProposals, wish.division)?;
        let mut items = actions::propose(look, kind, &wish, case)?;
        items.retain(|one| !excluded.contains(&one.mediator));
        items.truncate(most);
        Ok(MediatorProposalsView { items })
    });
    proposed.await.map(Found)
}
