//! Handlers of the ledger.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::NamedSubsidyRow;
use super::wire::{
    MediationSubsidyPath, MediationSubsidyQuery, MediationSubsidyReversalDraft, MediationSubsidySight,
    MediationSubsidyTotalQuery, MediationSubsidyTotalView, MediationSubsidyView,
};
use super::{Action, actions, store};
use crate::access::act::Look;
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::access::policy;
use crate::kit::answer::{Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_mediation_subsidies).service(create_mediation_subsidy_reversal);
}

/// Registers what the ledger comes to.
pub fn total_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_mediation_subsidy_totals);
}

/// Whose lines are meant.
fn sight<A: policy::Action>(
    look: &Look<'_>,
    action: A,
    told: Option<MediationSubsidySight>,
) -> Result<MediationSubsidySight> {
    let has_range = !look.scope(action)?.ranges.is_empty();
    let unless_told = if has_range { MediationSubsidySight::Range } else { MediationSubsidySight::Own };
    Ok(told.unwrap_or(unless_told))
}

/// List what was paid for mediation
///
/// A mediator's or a lawyer's own, the newest first; or, for the judicial office and the line from the street up, of the cases in range,
/// committee by committee. A line is written when a case is filed, and never changed: what was wrong is taken back by another. 补贴台账。
#[utoipa::path(
    tag = "mediation",
    params(MediationSubsidyQuery),
    responses((status = 200, description = "One page of the ledger.", body = Page<MediationSubsidyView>))
)]
#[get("")]
pub async fn list_mediation_subsidies(
    caller: Caller,
    query: Query<MediationSubsidyQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let (filter, sight) = (query.filter(), sight(look, Action::List, query.of)?);
        let pager = look.pager(Action::List, &(&sight, &filter), query.limit, query.cursor.as_deref())?;
        let rows = match sight {
            MediationSubsidySight::Range => store::page_of_range(look, &filter, &pager)?,
            MediationSubsidySight::Own => store::page_of_own(look, &filter, &pager)?,
        };
        let place = |row: &NamedSubsidyRow| (row.subsidy.division, row.subsidy.id.0);
        pager.page(rows, place, MediationSubsidyView::from)
    });
    page.await.map(Listed)
}

/// List what the ledger comes to
///
/// In fen, month by month, of mediators and of lawyers, in at most 366 days: one's own, or of the cases in range. 补贴汇总。
#[utoipa::path(
    tag = "mediation",
    params(MediationSubsidyTotalQuery),
    responses((status = 200, description = "The sums, on one page.", body = Page<MediationSubsidyTotalView>)),
    extensions(("x-problem-codes" = json!(["mediation-subsidy-span-invalid"])))
)]
#[get("")]
pub async fn list_mediation_subsidy_totals(
    caller: Caller,
    query: Query<MediationSubsidyTotalQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let days = query.days()?;
    let page = gate.read(caller, move |look| {
        let own = match sight(look, Action::ListTotals, query.of)? {
            MediationSubsidySight::Range => None,
            MediationSubsidySight::Own => Some(look.actor.account()?),
        };
        let rows = store::totals(look, query.division, days, own)?;
        let items = rows.into_iter().map(MediationSubsidyTotalView::from).collect();
        Ok(Page { items, next_cursor: None, has_more: false })
    });
    page.await.map(Listed)
}

/// Take a line of the ledger back
///
/// By the judicial office or the street, with a reason, all of it and once; a line that takes another back stays. Nobody does it to a line
/// of their own. 冲销补贴。
#[utoipa::path(
    tag = "mediation",
    params(MediationSubsidyPath),
    responses((status = 201, description = "The line that takes it back.", body = MediationSubsidyView)),
    extensions(("x-problem-codes" = json!([
        "mediation-subsidy-reversed", "mediation-subsidy-is-reversal", "mediation-subsidy-own"
    ])))
)]
#[post("/{mediation_subsidy}/reversal")]
pub async fn create_mediation_subsidy_reversal(
    caller: Caller,
    path: Path<MediationSubsidyPath>,
    draft: Json<MediationSubsidyReversalDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let id = path.mediation_subsidy;
    gate.write(caller, move |act| actions::reverse(act, id, draft.into_inner())).await.map(Created)
}
