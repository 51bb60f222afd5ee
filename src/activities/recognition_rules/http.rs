//! Handlers of rules.

use actix_web::get;
use actix_web::web::{Data, Query};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{RecognitionRulesQuery, RecognitionRulesView};
use super::{Action, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Found;
use crate::kit::clock::local_date;
use crate::kit::problem::Result;

/// Registers the operation.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(find_recognition_rules);
}

/// See by what rules somebody is recognised
///
/// How long a nomination is publicised, what a building group is assessed by, and how many points are enough, as they hold at a place
/// today. 评选规则。
#[utoipa::path(
    tag = "volunteering",
    params(RecognitionRulesQuery),
    responses((status = 200, description = "The rules.", body = RecognitionRulesView))
)]
#[get("")]
pub async fn find_recognition_rules(
    caller: Caller,
    query: Query<RecognitionRulesQuery>,
    gate: Data<Gate>,
) -> Result<Found<RecognitionRulesView>> {
    let found = gate.read(caller, move |look| {
        look.scope(Action::Find)?;
        let today = local_date(look.now);
        store::held(look.conn, query.kind, query.division, today).map(RecognitionRulesView::from)
    });
    found.await.map(Found)
}
