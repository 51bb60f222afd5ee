//! Handlers of statistics.

use actix_web::get;
use actix_web::web::{Data, Query};
use utoipa_actix_web::service_config::ServiceConfig;

use super::store;
use super::wire::{PetitionStatisticsQuery, PetitionStatisticsView};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Found;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(find_petition_statistics);
}

/// See the four rates of petitions
///
/// Called in time, resolved in time, solved, satisfied (四率), of a division within the range of one's posts, and of each organisation
/// that held petitions there; at most 366 days. Reports are left out. 诉求办理统计。
#[utoipa::path(
    tag = "petitions",
    params(PetitionStatisticsQuery),
    responses((status = 200, description = "The numbers.", body = PetitionStatisticsView)),
    extensions(("x-problem-codes" = json!(["not-found", "petition-statistics-span-invalid"])))
)]
#[get("")]
pub async fn find_petition_statistics(
    caller: Caller,
    query: Query<PetitionStatisticsQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    let query = query.into_inner();
    let span = query.span()?;
    let counted = gate.snapshot(caller, move |look| {
        let range = store::range(look, query.division)?;
        let received = store::received(look, range, span)?;
        let (met, rated) = (store::met(look, range, span)?, store::rated(look, range, span)?);
        Ok(PetitionStatisticsView::new(&query, received, met, rated))
    });
    counted.await.map(Found)
}
