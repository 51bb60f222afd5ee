//! Handlers of disclosures.

use actix_web::get;
use actix_web::web::{Data, Query};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::DisclosureView;
use super::{Action, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Listed;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::people::subjects::{self, SubjectsQuery};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_disclosures);
}

/// List who looked at one's numbers
///
/// Each look at whole values of one's record: who, for which body, what for, when; the newest first. 谁查看过我的信息。
#[utoipa::path(
    tag = "me",
    params(SubjectsQuery),
    responses((status = 200, description = "One page of looks.", body = Page<DisclosureView>)),
    extensions(("x-problem-codes" = json!(["not-found"])))
)]
#[get("")]
pub async fn list_disclosures(
    caller: Caller,
    query: Query<SubjectsQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let subject = match query.subject {
            None => None,
            wanted => {
                let subject = subjects::find_ever(look, wanted)?;
                Some(look.permit(Action::List, subject)?)
            }
        };
        let pager = look.pager(Action::List, &query.subject, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, subject.as_ref(), &pager)?;
        pager.page(rows, |row| row.id, DisclosureView::from)
    });
    page.await.map(Listed)
}
