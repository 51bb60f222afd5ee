//! Handlers of calendars.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::CalendarRow;
use super::token::Token;
use super::wire::{
    CalendarFeedDraft, CalendarFeedPath, CalendarFeedView, CalendarTokenPath, NewCalendarFeedView,
};
use super::{Action, actions, store};
use crate::access::caller::{Caller, Visitor};
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Done, Listed};
use crate::kit::feed::CalendarFile;
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;

/// Registers the operations below `/me/calendars`.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_calendars).service(create_calendar).service(delete_calendar);
}

/// Registers what a phone fetches.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(find_calendar);
}

/// List one's calendar addresses
///
/// What each shows and since when; the addresses themselves are not kept. 我的日历订阅。
#[utoipa::path(
    tag = "me",
    params(PageQuery),
    responses((status = 200, description = "One page of calendars.", body = Page<CalendarFeedView>))
)]
#[get("")]
pub async fn list_calendars(caller: Caller, query: Query<PageQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &(), query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &pager)?;
        pager.page(rows, |row: &CalendarRow| row.id.0, CalendarFeedView::from)
    });
    page.await.map(Listed)
}

/// Ask for a calendar address
///
/// To subscribe to with a phone: one's own shifts, or the public calls of a division. It is shown this once; whoever has it sees what
/// it shows, until it is taken away. At most ten. 订阅日历。
#[utoipa::path(
    tag = "me",
    responses((status = 201, description = "The calendar with its address.", body = NewCalendarFeedView)),
    extensions(("x-problem-codes" = json!([
        "calendar-feed-too-many", "calendar-feed-division-unfit", "calendar-feed-division-unknown",
        "calendar-feed-division-wide"
    ])))
)]
#[post("")]
pub async fn create_calendar(
    caller: Caller,
    draft: Json<CalendarFeedDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let address = gate.tokens().issuer().to_owned();
    gate.write(caller, move |act| actions::create(act, &draft.into_inner(), &address)).await.map(Created)
}

/// Take a calendar address away
///
/// It answers nothing from now on. 停用日历订阅。
#[utoipa::path(
    tag = "me",
    params(CalendarFeedPath),
    responses((status = 204, description = "It is taken away."))
)]
#[delete("/{calendar}")]
pub async fn delete_calendar(caller: Caller, path: Path<CalendarFeedPath>, gate: Data<Gate>) -> Result<Done> {
    gate.write(caller, move |act| actions::delete(act, path.calendar)).await.map(Done)
}

/// Fetch a calendar
///
/// As iCalendar (RFC 5545), for whoever has the address: ask again with `If-None-Match`. Each shift keeps its UID; what changed has a
/// higher SEQUENCE, and what was cancelled or withdrawn from says `STATUS:CANCELLED`. Nobody is named in it. 日历订阅内容。
#[utoipa::path(
    tag = "volunteering",
    security(()),
    params(CalendarTokenPath),
    responses((status = 200, description = "The calendar.", body = CalendarFile, content_type = "text/calendar"))
)]
#[get("/{token}.ics")]
pub async fn find_calendar(
    visitor: Visitor,
    path: Path<CalendarTokenPath>,
    gate: Data<Gate>,
) -> Result<CalendarFile> {
    let hash = Token::read(gate.ring(), &path.token)?.hash(gate.ring());
    gate.fetch_snapshot(visitor, move |look| actions::find(look, &hash)).await.map(CalendarFile)
}
