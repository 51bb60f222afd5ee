//! Handlers of rules.

use actix_web::web::{Data, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{VolunteerRuleDraft, VolunteerRuleQuery, VolunteerRuleView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_volunteer_rules).service(create_volunteer_rule);
}

/// List by what rules hours count
///
/// From how many minutes on one has which star, and how many minutes of a day count, each with what it stands on. For each of the two the
/// closest place that says any decides, with all its stars, each in its latest form. 志愿服务时长与星级规则列表。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerRuleQuery),
    responses((status = 200, description = "One page of rules.", body = Page<VolunteerRuleView>))
)]
#[get("")]
pub async fn list_volunteer_rules(
    caller: Caller,
    query: Query<VolunteerRuleQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), VolunteerRuleView::from)
    });
    page.await.map(Listed)
}

/// Say by what rule hours count
///
/// In a division within the range of one's post, from tomorrow on or later. It is never changed: a newer or a closer one takes its place. A
/// place that says a star goes by its own alone, so say all of them from the same day on. 制定志愿服务时长与星级规则。
#[utoipa::path(
    tag = "volunteering",
    responses((status = 201, description = "The rule.", body = VolunteerRuleView)),
    extensions(("x-problem-codes" = json!([
        "volunteer-rule-division-unknown", "volunteer-rule-day-past", "volunteer-rule-said", "volunteer-rule-stars-unfit",
        "volunteer-rule-minutes-unfit"
    ])))
)]
#[post("")]
pub async fn create_volunteer_rule(
    caller: Caller,
    draft: Json<VolunteerRuleDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}
