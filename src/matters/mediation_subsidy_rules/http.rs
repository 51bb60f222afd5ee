//! Handlers of amounts.

use actix_web::web::{Data, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{MediationSubsidyRuleDraft, MediationSubsidyRuleQuery, MediationSubsidyRuleView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_mediation_subsidy_rules).service(create_mediation_subsidy_rule);
}

/// List what is paid for cases
///
/// To mediators and lawyers, by grade and by how the case ended, each with what it stands on. The closest place that says an amount
/// decides, and of what it says the latest. 补贴标准列表。
#[utoipa::path(
    tag = "mediation",
    params(MediationSubsidyRuleQuery),
    responses((status = 200, description = "One page of amounts.", body = Page<MediationSubsidyRuleView>))
)]
#[get("")]
pub async fn list_mediation_subsidy_rules(
    caller: Caller,
    query: Query<MediationSubsidyRuleQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), MediationSubsidyRuleView::from)
    });
    page.await.map(Listed)
}

/// Say what is paid for a case
///
/// In a division within the range of one's post, from today on or later. It is never changed: a newer or a closer one takes its place,
/// and what the ledger says of cases before stays. 制定补贴标准。
#[utoipa::path(
    tag = "mediation",
    responses((status = 201, description = "The amount.", body = MediationSubsidyRuleView)),
    extensions(("x-problem-codes" = json!([
        "mediation-subsidy-rule-division-unknown", "mediation-subsidy-rule-day-past", "mediation-subsidy-rule-said"
    ])))
)]
#[post("")]
pub async fn create_mediation_subsidy_rule(
    caller: Caller,
    draft: Json<MediationSubsidyRuleDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}
