//! Handlers of label counts.

use actix_web::get;
use actix_web::web::{Data, Query};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{LabelCountQuery, LabelCountView};
use super::{Action, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Listed;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_label_counts);
}

/// Count by labels
///
/// How many in a division carry each label that one is shown there, exact at any moment. Whoever may not list the people is
/// told multiples of five, and nothing below five. 标签人数统计。
#[utoipa::path(
    tag = "labels",
    params(LabelCountQuery),
    responses((status = 200, description = "One page of counts.", body = Page<LabelCountView>))
)]
#[get("")]
pub async fn list_label_counts(
    caller: Caller,
    query: Query<LabelCountQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let division = look.permit(Action::List, query.division)?;
        let pager = look.pager(Action::List, &query.division, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &division, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), LabelCountView::from)
    });
    page.await.map(Listed)
}
