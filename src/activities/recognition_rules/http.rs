//! Handlers of rules.

use actix_web::web::{Data, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{
    RecognitionRuleDraft, RecognitionRuleListQuery, RecognitionRuleView, RecognitionRulesQuery,
    RecognitionRulesView,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Found, Listed};
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations: what holds at a place, and below that what each place has said.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(find_recognition_rules).service(list_recognition_rules).service(create_recognition_rule);
}

/// See by what rules somebody is recognised
///
/// How long a nomination is publicised, what a building group is assessed by, and how many points are enough, as they hold at a place
/// on a day, or today. 评选规则。
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
) -> Result<Found> {
    let found = gate.read(caller, move |look| {
        look.scope(Action::Find)?;
        let day = query.on.map_or_else(|| local_date(look.now), Day::get);
        store::held(look.conn, query.kind, query.division, day).map(RecognitionRulesView::from)
    });
    found.await.map(Found)
}

/// List what places have said of recognitions
///
/// How long a nomination is publicised, what a building group is assessed by and how many points are enough, each with what it stands
/// on. For each of the three the closest place that says any decides, with all its criteria, each in its latest form. 评选规则列表。
#[utoipa::path(
    tag = "volunteering",
    params(RecognitionRuleListQuery),
    responses((status = 200, description = "One page of rules.", body = Page<RecognitionRuleView>))
)]
#[get("/entries")]
pub async fn list_recognition_rules(
    caller: Caller,
    query: Query<RecognitionRuleListQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), RecognitionRuleView::from)
    });
    page.await.map(Listed)
}

/// Say by what rule somebody is recognised
///
/// In a division within the range of one's post, from tomorrow on or later. It is never changed: a newer or a closer one takes its place. A
/// place that says a criterion goes by its own alone, so say all of them from the same day on, 30 at most;
/// one of 0 points no longer counts. 制定评选规则。
#[utoipa::path(
    tag = "volunteering",
    responses((status = 201, description = "The rule.", body = RecognitionRuleView)),
    extensions(("x-problem-codes" = json!([
        "recognition-rule-division-unknown", "recognition-rule-day-past", "recognition-rule-said", "recognition-rule-criterion-unfit",
        "recognition-rule-amount-unfit", "recognition-rule-criteria-full"
    ])))
)]
#[post("/entries")]
pub async fn create_recognition_rule(
    caller: Caller,
    draft: Json<RecognitionRuleDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}
