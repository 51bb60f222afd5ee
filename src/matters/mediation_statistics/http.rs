//! Handlers of statistics.

use actix_web::get;
use actix_web::web::{Data, Query};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{Found as Numbers, MediationStatisticsGrouping};
use super::store;
use super::views::MediationStatisticsView;
use super::wire::MediationStatisticsQuery;
use crate::access::act::Look;
use crate::access::caller::Caller;
use crate::access::division::Range;
use crate::access::gate::Gate;
use crate::kit::answer::Found;
use crate::kit::problem::Result;
use crate::matters::disputes::DisputeType;
use crate::matters::mediation_cases::MediationSource;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(find_mediation_statistics);
}

/// See what became of mediation cases
///
/// Of those registered in a division within the range of one's posts, in at most 366 days: settled or not, after how many days, kept,
/// confirmed by a court, and how many parties came back; by type, source, room or month, too. Whoever may not read the cases is told no
/// number below five, and others rounded down. 调解工作统计。
#[utoipa::path(
    tag = "mediation",
    params(MediationStatisticsQuery),
    responses((status = 200, description = "The numbers.", body = MediationStatisticsView)),
    extensions(("x-problem-codes" = json!(["not-found", "mediation-statistics-span-invalid"])))
)]
#[get("")]
pub async fn find_mediation_statistics(
    caller: Caller,
    query: Query<MediationStatisticsQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    let query = query.into_inner();
    let span = query.span()?;
    let counted = gate.snapshot(caller, move |look| {
        let range = store::range(look, query.division)?;
        let is_exact = store::may_read(look, range);
        let found = Numbers {
            counted: store::counted(look, (range, span), query.by)?,
            took: store::took(look, (range, span), query.by)?,
            parties: store::parties(look, range, span)?,
            groups: groups(look, &query, range)?,
        };
        Ok(MediationStatisticsView::new(&query, found, is_exact))
    });
    counted.await.map(Found)
}

/// What groups there are: all, so that none shows by being there that anything fell into it.
fn groups(
    look: &mut Look<'_>,
    query: &MediationStatisticsQuery,
    range: Range,
) -> Result<Vec<(String, Option<String>)>> {
    use MediationStatisticsGrouping::{Month, Room, Source};
    let named = |name: &str| (name.to_owned(), None);
    Ok(match query.by {
        None => Vec::new(),
        Some(MediationStatisticsGrouping::DisputeType) => {
            DisputeType::ALL.iter().map(|one| named(one.as_str())).collect()
        }
        Some(Source) => MediationSource::ALL.iter().map(|one| named(one.as_str())).collect(),
        Some(Month) => query.months(),
        Some(Room) => store::rooms(look, range)?,
    })
}
