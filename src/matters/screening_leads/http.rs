//! Handlers of leads.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::PlacedLeadRow;
use super::views::ScreeningLeadView;
use super::wire::{
    ScreeningLeadCaseDraft, ScreeningLeadDraft, ScreeningLeadPatch, ScreeningLeadPath, ScreeningLeadQuery,
    ScreeningSettlementDraft,
};
use super::{Action, actions, cases, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::matters::screenings::{self, ScreeningPath};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_screening_leads)
        .service(find_screening_lead)
        .service(create_screening_lead)
        .service(update_screening_lead)
        .service(create_screening_lead_settlement)
        .service(create_screening_lead_case);
}

/// List the leads of a screening
///
/// Those in the range of one's posts, committee by committee. Working material: nobody whom they are about reads them. 排查线索列表。
#[utoipa::path(
    tag = "screenings",
    params(ScreeningPath, ScreeningLeadQuery),
    responses((status = 200, description = "One page of leads.", body = Page<ScreeningLeadView>))
)]
#[get("/{screening}/leads")]
pub async fn list_screening_leads(
    caller: Caller,
    path: Path<ScreeningPath>,
    query: Query<ScreeningLeadQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (screening, query) = (path.screening, query.into_inner());
    let filter = query.filter();
    let page = gate.snapshot(caller, move |look| {
        look.scope(Action::List)?;
        screenings::store::find(look, screening)?;
        let pager = look.pager(Action::List, &(&screening, &filter), query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, screening, &filter, &pager)?;
        let ids: Vec<_> = rows.iter().map(|row| row.lead.id).collect();
        let parties = store::parties(look, &ids)?;
        let place = |row: &PlacedLeadRow| (row.lead.division, row.lead.id.0);
        pager.page(rows, place, |row| ScreeningLeadView::new(row, &parties))
    });
    page.await.map(Listed)
}

/// See a lead
///
/// What was seen, who is concerned, what became of it. 排查线索详情。
#[utoipa::path(
    tag = "screenings",
    params(ScreeningLeadPath),
    responses((status = 200, description = "The lead.", body = ScreeningLeadView))
)]
#[get("/{screening}/leads/{lead}")]
pub async fn find_screening_lead(
    caller: Caller,
    path: Path<ScreeningLeadPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    gate.snapshot(caller, move |look| actions::find(look, &path)).await.map(Found)
}

/// Note a lead
///
/// While the screening runs, in a committee at which it looks. A high risk is told to the police station and the street at once
/// (人民调解法 25). 登记排查线索。
#[utoipa::path(
    tag = "screenings",
    params(ScreeningPath),
    responses((status = 201, description = "It is noted.", body = ScreeningLeadView)),
    extensions(("x-problem-codes" = json!([
        "screening-not-running", "screening-lead-division-unfit", "screening-lead-party-unfit", "screening-lead-party-twice",
        "screening-lead-dwelling-unknown", "mediation-resident-unknown", "mediation-organisation-unknown"
    ])))
)]
#[post("/{screening}/leads")]
pub async fn create_screening_lead(
    caller: Caller,
    path: Path<ScreeningPath>,
    draft: Json<ScreeningLeadDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.screening, draft.into_inner())).await.map(Created)
}

/// Change a lead
///
/// While it is open: what was seen since, the level, who is concerned, the next look. 更新排查线索。
#[utoipa::path(
    tag = "screenings",
    params(ScreeningLeadPath),
    responses((status = 200, description = "The lead.", body = ScreeningLeadView)),
    extensions(("x-problem-codes" = json!([
        "screening-lead-ended", "screening-lead-party-unfit", "screening-lead-party-twice", "screening-lead-dwelling-unknown",
        "mediation-resident-unknown", "mediation-organisation-unknown"
    ])))
)]
#[patch("/{screening}/leads/{lead}")]
pub async fn update_screening_lead(
    caller: Caller,
    path: Path<ScreeningLeadPath>,
    seen: IfMatch,
    patch: Json<ScreeningLeadPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, &path, &seen, patch.into_inner())).await.map(Changed)
}

/// Settle a lead
///
/// It needs no case: what became of it. 线索化解。
#[utoipa::path(
    tag = "screenings",
    params(ScreeningLeadPath),
    responses((status = 201, description = "It is settled.", body = ScreeningLeadView)),
    extensions(("x-problem-codes" = json!(["screening-lead-ended"])))
)]
#[post("/{screening}/leads/{lead}/settlement")]
pub async fn create_screening_lead_settlement(
    caller: Caller,
    path: Path<ScreeningLeadPath>,
    draft: Json<ScreeningSettlementDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::settle(act, &path, draft.into_inner())).await.map(Created)
}

/// Make a mediation case of a lead
///
/// Once, with those concerned as its parties; the committee of the place mediates it. What was seen is for the table and not for the
/// parties. An `Idempotency-Key` is asked for. 线索转调解。
#[utoipa::path(
    tag = "screenings",
    params(ScreeningLeadPath),
    responses((status = 201, description = "It is a case.", body = ScreeningLeadView)),
    extensions(("x-problem-codes" = json!([
        "idempotency-key-missing", "screening-lead-ended", "screening-lead-parties-missing", "mediation-guardian-missing",
        "mediation-organisation-unknown"
    ])))
)]
#[post("/{screening}/leads/{lead}/case")]
pub async fn create_screening_lead_case(
    caller: Caller,
    path: Path<ScreeningLeadPath>,
    draft: Json<ScreeningLeadCaseDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let caller = caller.with_key()?;
    gate.write(caller, move |act| cases::create(act, &path, draft.into_inner())).await.map(Created)
}
