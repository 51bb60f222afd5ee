//! Handlers of the inbox.

use actix_web::get;
use actix_web::web::{Data, Query};
use chrono::{DateTime, Utc};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::model::{Desk, ItemRow};
use super::wire::{InboxItemView, InboxPage};
use super::{Action, store};
use crate::access::act::Look;
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Listed;
use crate::kit::page::{PageQuery, Pager};
use crate::kit::problem::Result;

/// So far is counted.
const MOST: usize = 100;

/// Registers the operations.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_inbox);
}

/// List what waits on oneself
///
/// On oneself, on the organisations one has a post in, and on the level of the line where one's posts are: steps of petitions,
/// mediations, summonses, disputes told once and leads, what is due first coming first, what has no end last. What else waits, such
/// as residencies, corrections, sign-ups or pledges, is in lists of its own. 我的待办。
#[utoipa::path(
    tag = "me",
    params(PageQuery),
    responses((status = 200, description = "One page of the inbox.", body = InboxPage))
)]
#[get("")]
pub async fn list_inbox(caller: Caller, query: Query<PageQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        look.scope(Action::List)?;
        let desk = Desk::of(&look.actor, look.actor.account()?);
        let pager = look.pager(Action::List, &desk, query.limit, query.cursor.as_deref())?;
        let (rows, due) = waiting(look, &desk, &pager)?;
        let now = look.now;
        let overdue = due.iter().filter(|due_at| **due_at < now).count() as i64;
        let page =
            pager.page(rows, |row: &ItemRow| (row.due_at, row.id.0), |row| InboxItemView::new(row, now))?;
        Ok(InboxPage { page, waiting: due.len() as i64, overdue })
    });
    page.await.map(Listed)
}

/// A page, and when all that waits is due, as far as it is counted. The first page is the beginning of that, so it is read once.
fn waiting(
    look: &mut Look<'_>,
    desk: &Desk,
    pager: &Pager<'_, (DateTime<Utc>, Uuid)>,
) -> Result<(Vec<ItemRow>, Vec<DateTime<Utc>>)> {
    let (most, fetch) = (MOST as i64, pager.fetch());
    if pager.after.is_some() {
        return Ok((store::page(look, desk, pager.after, fetch)?, store::due(look, desk, most)?));
    }
    let mut rows = store::page(look, desk, None, most.max(fetch))?;
    let due = rows.iter().take(MOST).map(|row| row.due_at).collect();
    rows.truncate(fetch as usize);
    Ok((rows, due))
}
