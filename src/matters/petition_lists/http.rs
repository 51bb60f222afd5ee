//! Handlers of lists of petitions.

use actix_web::web::{Data, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::alike::likeness;
use super::model::PetitionSight;
use super::store;
use super::wire::PetitionQuery;
use crate::access::act::Look;
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Found, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::matters::petitions::{Action, ListedRow, PetitionLookupDraft, PetitionLookupView, PetitionView};

/// Registers the lists.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_petitions);
}

/// Registers the list of reports, which has an address of its own.
pub fn report_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_petition_reports);
}

/// Registers the look-up, which has an address of its own.
pub fn lookup_routes(config: &mut ServiceConfig<'_>) {
    config.service(create_petition_lookup);
}

fn page(look: &mut Look<'_>, action: Action, query: &PetitionQuery) -> Result<Page<PetitionView>> {
    let (filter, now) = (query.filter()?, look.now);
    let has_range = !look.scope(action)?.ranges.is_empty();
    let unless_told = if has_range { PetitionSight::Range } else { PetitionSight::Own };
    let sight = query.of.unwrap_or(unless_told);
    let pager = look.pager(action, &(&sight, &filter), query.limit, query.cursor.as_deref())?;
    let rows = match sight {
        PetitionSight::Range => store::page_of_range(look, action, &filter, &pager)?,
        beside => store::page_beside(look, beside, &filter, &pager)?,
    };
    let is_as_written =
        matches!(sight, PetitionSight::Own | PetitionSight::Range | PetitionSight::Organisation);
    let place = |row: &ListedRow| (row.matter.division, row.matter.id.0);
    pager.page(rows, place, |row| PetitionView::new(row, is_as_written, now))
}

/// List petitions
///
/// Those of the range of one's posts by committee, the oldest first; one's own, those one signed, one's organisation's, the neighbours'
/// and the public ones, the newest first. Reports 检举 are in a list of their own. 诉求列表。
#[utoipa::path(
    tag = "petitions",
    params(PetitionQuery),
    responses((status = 200, description = "One page of petitions.", body = Page<PetitionView>)),
    extensions(("x-problem-codes" = json!(["matter-receipt-invalid"])))
)]
#[get("")]
pub async fn list_petitions(caller: Caller, query: Query<PetitionQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    gate.read(caller, move |look| page(look, Action::List, &query)).await.map(Listed)
}

/// List reports
///
/// Reports 检举 of the range of one's posts, for the few who may look at them; never those about an organisation one has a post in
/// (信访工作条例 30). 检举列表。
#[utoipa::path(
    tag = "petitions",
    params(PetitionQuery),
    responses((status = 200, description = "One page of reports.", body = Page<PetitionView>)),
    extensions(("x-problem-codes" = json!(["matter-receipt-invalid"])))
)]
#[get("")]
pub async fn list_petition_reports(
    caller: Caller,
    query: Query<PetitionQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let mut query = query.into_inner();
    query.of = Some(PetitionSight::Range);
    gate.read(caller, move |look| page(look, Action::ListReports, &query)).await.map(Listed)
}

/// So many of the newest are compared, and so many shown.
const COMPARED: i64 = 200;
const SHOWN: usize = 5;
/// Less than this in common is chance.
const ALIKE: f64 = 0.3;

/// Look for petitions like one that somebody is about to file
///
/// At most five open ones of the category in the committee, as far as the asker may read them, the most alike first. Nothing is
/// written. 查找相似诉求。
#[utoipa::path(
    tag = "petitions",
    responses((status = 200, description = "What is like it.", body = PetitionLookupView))
)]
#[post("")]
pub async fn create_petition_lookup(
    caller: Caller,
    draft: Json<PetitionLookupDraft>,
    gate: Data<Gate>,
) -> Result<Found> {
    let draft = draft.into_inner();
    let found = gate.read(caller, move |look| {
        look.scope(Action::CreateLookup)?;
        let (rows, now) = (store::recent(look, draft.division, draft.category, COMPARED)?, look.now);
        let compared = rows.into_iter().map(|row| {
            // By what the asker may read: nobody finds out hidden words by asking.
            let title = row.own.shown_title.as_ref().unwrap_or(&row.matter.title);
            let text = row.own.shown_text.as_ref().unwrap_or(&row.own.text);
            (likeness(&draft.words, &format!("{title}{text}")), row)
        });
        let mut alike: Vec<(f64, ListedRow)> = compared.filter(|(degree, _)| *degree >= ALIKE).collect();
        alike.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let shown = alike.into_iter().take(SHOWN);
        Ok(PetitionLookupView { items: shown.map(|(_, row)| PetitionView::new(row, false, now)).collect() })
    });
    found.await.map(Found)
}
