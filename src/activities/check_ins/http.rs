//! Handlers of check-ins.

use actix_web::web::{Data, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::CheckInRow;
use super::wire::{
    CheckInBatchDraft, CheckInBatchView, CheckInDraft, CheckInQuery, CheckInResultView, CheckInView,
    OwnCheckInDraft,
};
use super::{Action, actions, oneself, store};
use crate::access::caller::Caller;
use crate::access::codes::city::Wanted;
use crate::access::codes::{OFFLINE, look_to_record};
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Listed, Mixed};
use crate::kit::json::{BodyLimit, Json};
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;

/// What 500 scans weigh at most, in bytes.
pub const BATCH_LIMIT: BodyLimit = BodyLimit(128 * 1024);

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_check_ins).service(create_check_in);
}

/// Registers the upload, which takes a larger body.
pub fn batch_routes(config: &mut ServiceConfig<'_>) {
    config.service(create_check_in_batch);
}

/// Registers what is one's own.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_my_check_ins).service(create_my_check_in);
}

/// List check-ins
///
/// Of the last 30 days within the range of one's posts: by occasion, by venue, by who scanned. They are movement tracks, so nobody's name
/// stands in them. 签到记录。
#[utoipa::path(
    tag = "check-ins",
    params(CheckInQuery),
    responses((status = 200, description = "One page of check-ins.", body = Page<CheckInView>))
)]
#[get("")]
pub async fn list_check_ins(caller: Caller, query: Query<CheckInQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row: &CheckInRow| (row.division, row.id.0), CheckInView::from)
    });
    page.await.map(Listed)
}

/// List one's own check-ins
///
/// Where one was checked in within the last 30 days, the newest first. 我的签到记录。
#[utoipa::path(
    tag = "me",
    params(PageQuery),
    responses((status = 200, description = "One page of check-ins.", body = Page<CheckInView>))
)]
#[get("")]
pub async fn list_my_check_ins(caller: Caller, query: Query<PageQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::ListOwn, &(), query.limit, query.cursor.as_deref())?;
        let rows = store::page_own(look, &pager)?;
        pager.page(rows, |row: &CheckInRow| row.id, CheckInView::from)
    });
    page.await.map(Listed)
}

/// Check oneself in
///
/// By the code of a venue, which hangs there or is shown on its screen. Of a shift, a code that moves counts for the hours, too. A repeat
/// for the same event is answered with the first check-in and `duplicate: true`; who comes to a shift after they went comes anew.
/// One must have agreed to movement tracks. 扫场所码签到。
#[utoipa::path(
    tag = "me",
    responses((status = 201, description = "The check-in.", body = CheckInResultView)),
    extensions(("x-problem-codes" = json!([
        "idempotency-key-missing", "venue-code-unknown", "venue-code-expired", "venue-code-attended", "venue-place-missing",
        "venue-outside", "consent-missing", "check-in-event-missing", "check-in-purpose-unfit"
    ])))
)]
#[post("")]
pub async fn create_my_check_in(
    caller: Caller,
    draft: Json<OwnCheckInDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let draft = draft.into_inner();
    gate.write(caller.with_key()?, move |act| oneself::create(act, draft)).await.map(Created)
}

/// Check somebody in
///
/// By the code they show, which must be good at this moment. A code counts once, and a person once for an event: a repeat is answered
/// with the first check-in and `duplicate: true`, at another door of the event, too; who comes to a shift after they went comes anew.
/// The person must have agreed to movement tracks. 扫码签到。
#[utoipa::path(
    tag = "check-ins",
    responses((status = 201, description = "The check-in.", body = CheckInResultView)),
    extensions(("x-problem-codes" = json!([
        "idempotency-key-missing", "code-malformed", "code-key-unknown", "code-signature-wrong", "code-not-yet-valid",
        "code-expired", "code-city-unknown", "consent-missing", "check-in-code-used", "check-in-person-unknown",
        "check-in-event-missing", "check-in-purpose-unfit", "check-in-division-unknown", "check-in-venue-unknown"
    ])))
)]
#[post("")]
pub async fn create_check_in(caller: Caller, draft: Json<CheckInDraft>, gate: Data<Gate>) -> Result<Created> {
    let (caller, draft) = (caller.with_key()?, draft.into_inner());
    // Whoever may not check in asks nobody about a code either.
    gate.actor_of(caller.again()).await?.scope(Action::Create)?;
    let shown = look_to_record(&gate, &draft.code, Wanted::CheckIn).await?;
    gate.write(caller, move |act| actions::create(act, &draft, shown)).await.map(Created)
}

/// Upload what a gate scanned offline
///
/// Up to 500 scans of one occasion, within 72 hours; each must have been good when it was scanned, and each is answered for itself. Sent
/// again, nothing is doubled. 离线签到补传。
#[utoipa::path(
    tag = "check-ins",
    responses((status = 207, description = "What became of each scan.", body = CheckInBatchView)),
    extensions(("x-problem-codes" = json!([
        "idempotency-key-missing", "check-in-event-missing", "check-in-purpose-unfit", "check-in-division-unknown", "check-in-venue-unknown"
    ])))
)]
#[post("")]
pub async fn create_check_in_batch(
    caller: Caller,
    draft: Json<CheckInBatchDraft>,
    gate: Data<Gate>,
) -> Result<Mixed> {
    let (caller, draft) = (caller.with_key()?.kept_for(OFFLINE), draft.into_inner());
    gate.actor_of(caller.again()).await?.scope(Action::CreateBatch)?;
    let looked = actions::look_at_all(&gate, draft.scans.as_slice()).await;
    gate.write(caller, move |act| actions::create_batch(act, draft, looked)).await.map(Mixed)
}
