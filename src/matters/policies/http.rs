//! Handlers of policies.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{PolicyDraft, PolicyEndDraft, PolicyPath, PolicyQuery, PolicyView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_policies).service(create_policy).service(create_policy_end);
}

/// List policies
///
/// How long each clock of a matter runs, where, since when and by which law: the city's first, then by district and street.
/// They are no secret to anybody signed in. 办理时限规则。
#[utoipa::path(
    tag = "policies",
    params(PolicyQuery),
    responses((status = 200, description = "One page of policies.", body = Page<PolicyView>))
)]
#[get("")]
pub async fn list_policies(caller: Caller, query: Query<PolicyQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), PolicyView::from)
    });
    page.await.map(Listed)
}

/// Make a policy
///
/// For matters in a division within the range of one's post, from today on or later. It is never changed: a newer one, or one that
/// fits more closely (category before grade, before variant, before a smaller place), takes its place. Clocks that run keep what
/// they began with. 制定时限规则。
#[utoipa::path(
    tag = "policies",
    responses((status = 201, description = "The policy.", body = PolicyView)),
    extensions(("x-problem-codes" = json!([
        "matter-policy-division-unknown", "matter-policy-variant-unknown", "matter-policy-grade-unknown",
        "matter-policy-threshold-unfit", "matter-policy-day-past", "matter-policy-term-reversed"
    ])))
)]
#[post("")]
pub async fn create_policy(caller: Caller, draft: Json<PolicyDraft>, gate: Data<Gate>) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// End a policy
///
/// Says which day is its last. An end can be brought forward, and not put off. 终止时限规则。
#[utoipa::path(
    tag = "policies",
    params(PolicyPath),
    responses((status = 201, description = "The policy with its end.", body = PolicyView)),
    extensions(("x-problem-codes" = json!([
        "matter-policy-ended", "matter-policy-day-past", "matter-policy-term-reversed"
    ])))
)]
#[post("/{policy}/end")]
pub async fn create_policy_end(
    caller: Caller,
    path: Path<PolicyPath>,
    draft: Json<PolicyEndDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let (id, on) = (path.policy, draft.into_inner().on);
    gate.write(caller, move |act| actions::create_end(act, id, on)).await.map(Created)
}
