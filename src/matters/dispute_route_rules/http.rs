//! Handlers of rules that route disputes.

use actix_web::web::{Data, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{DisputeRouteRuleDraft, DisputeRouteRuleQuery, DisputeRouteRuleView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_dispute_route_rules).service(create_dispute_route_rule);
}

/// List which way disputes go
///
/// Each rule with what it stands on. They are asked in the order of their positions, and the first that fits decides; of one position
/// the closest place that says something counts alone, and of what it says the latest. 解纷一件事分流规则列表。
#[utoipa::path(
    tag = "mediation",
    params(DisputeRouteRuleQuery),
    responses((status = 200, description = "One page of rules.", body = Page<DisputeRouteRuleView>))
)]
#[get("")]
pub async fn list_dispute_route_rules(
    caller: Caller,
    query: Query<DisputeRouteRuleQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), DisputeRouteRuleView::from)
    });
    page.await.map(Listed)
}

/// Say which way disputes go
///
/// In a division within the range of one's post, from today on or later. It is never changed: a newer or a closer one of the same
/// position takes its place, and what was sent before stays where it went. 制定分流规则。
#[utoipa::path(
    tag = "mediation",
    responses((status = 201, description = "The rule.", body = DisputeRouteRuleView)),
    extensions(("x-problem-codes" = json!([
        "dispute-route-rule-division-unknown", "dispute-route-rule-day-past", "dispute-route-rule-said"
    ])))
)]
#[post("")]
pub async fn create_dispute_route_rule(
    caller: Caller,
    draft: Json<DisputeRouteRuleDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}
