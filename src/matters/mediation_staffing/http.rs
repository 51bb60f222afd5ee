//! Handlers of staffing rules.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{
    StaffingRuleDraft, StaffingRuleEndDraft, StaffingRulePath, StaffingRuleQuery, StaffingRuleView,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_mediation_staffing_rules)
        .service(create_mediation_staffing_rule)
        .service(create_mediation_staffing_rule_end);
}

/// List staffing rules
///
/// How many mediators a room needs, from how many hours on part time counts, and how long a term is, each with what it stands on.
/// The closest one decides: for a kind of room before for all, then of the smallest place, then the later. 调解力量配备规则列表。
#[utoipa::path(
    tag = "mediation-rooms",
    params(StaffingRuleQuery),
    responses((status = 200, description = "One page of staffing rules.", body = Page<StaffingRuleView>))
)]
#[get("")]
pub async fn list_mediation_staffing_rules(
    caller: Caller,
    query: Query<StaffingRuleQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), StaffingRuleView::from)
    });
    page.await.map(Listed)
}

/// Make a staffing rule
///
/// For a division within the range of one's post, from today on or later. It is never changed: a newer or a closer one takes its
/// place. 制定调解力量配备规则。
#[utoipa::path(
    tag = "mediation-rooms",
    responses((status = 201, description = "The rule.", body = StaffingRuleView)),
    extensions(("x-problem-codes" = json!([
        "mediation-staffing-rule-division-unknown", "mediation-staffing-rule-room-kind-unfit",
        "mediation-staffing-rule-amount-unfit", "mediation-staffing-rule-day-past",
        "mediation-staffing-rule-term-reversed"
    ])))
)]
#[post("")]
pub async fn create_mediation_staffing_rule(
    caller: Caller,
    draft: Json<StaffingRuleDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// End a staffing rule
///
/// Says which day is its last. An end can be brought forward, and not put off. 终止调解力量配备规则。
#[utoipa::path(
    tag = "mediation-rooms",
    params(StaffingRulePath),
    responses((status = 201, description = "The rule with its end.", body = StaffingRuleView)),
    extensions(("x-problem-codes" = json!([
        "mediation-staffing-rule-ended", "mediation-staffing-rule-day-past",
        "mediation-staffing-rule-term-reversed"
    ])))
)]
#[post("/{mediation_staffing_rule}/end")]
pub async fn create_mediation_staffing_rule_end(
    caller: Caller,
    path: Path<StaffingRulePath>,
    draft: Json<StaffingRuleEndDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let (id, on) = (path.mediation_staffing_rule, draft.into_inner().on);
    gate.write(caller, move |act| actions::create_end(act, id, on)).await.map(Created)
}
