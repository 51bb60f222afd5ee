//! The handler of the finder.

use actix_web::get;
use actix_web::web::{Data, Query};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::question::Question;
use super::wire::{CommitteeFinderQuery, CommitteeFinderView};
use crate::access::caller::Visitor;
use crate::access::gate::Gate;
use crate::kit::answer::Public;
use crate::kit::problem::Result;

/// Registers the operation.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(find_committee);
}

/// Find one's committee
///
/// By the text of an address or the name of a place, to the building, the estate and the committee, how to reach it,
/// and whether it is open now or when next. Nothing found is an empty list. Public. 找居委。
#[utoipa::path(
    tag = "committee-finder",
    security(()),
    params(CommitteeFinderQuery),
    responses((status = 200, description = "The places that may be meant.", body = CommitteeFinderView))
)]
#[get("")]
pub async fn find_committee(
    visitor: Visitor,
    query: Query<CommitteeFinderQuery>,
    gate: Data<Gate>,
) -> Result<Public> {
    let CommitteeFinderQuery { q, coord_system } = query.into_inner();
    let question = Question::read(&q);
    gate.read(visitor, move |look| actions::find(look, &question, coord_system)).await.map(Public)
}
