//! Handlers of disputes.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::DisputeRow;
use super::wire::{
    HourDisputeAnswerDraft, HourDisputeDraft, HourDisputePath, HourDisputeQuery, HourDisputeView,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::activities::shift_signups::ShiftSignupPath;
use crate::kit::answer::{Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operation below a sign-up.
pub fn signup_routes(config: &mut ServiceConfig<'_>) {
    config.service(create_hour_dispute);
}

/// Registers the operations on disputes.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_hour_disputes).service(create_hour_dispute_answer);
}

/// List disputes of hours
///
/// One's own, and those within the range of one's posts or of what one's building group organises. 时长异议列表。
#[utoipa::path(
    tag = "volunteering",
    params(HourDisputeQuery),
    responses((status = 200, description = "One page of disputes.", body = Page<HourDisputeView>))
)]
#[get("")]
pub async fn list_hour_disputes(
    caller: Caller,
    query: Query<HourDisputeQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &query.is_open, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, query.is_open, &pager)?;
        pager.page(rows, |row: &DisputeRow| (row.division, row.id.0), HourDisputeView::from)
    });
    page.await.map(Listed)
}

/// Dispute what was recorded
///
/// Of oneself, or of a child one signed up: that one was there, how long, or that one did not stay away. The organiser answers first;
/// who is not content raises it once more, and the committee answers. 提出时长异议。
#[utoipa::path(
    tag = "volunteering",
    params(ShiftSignupPath),
    responses((status = 201, description = "It waits for its answer.", body = HourDisputeView)),
    extensions(("x-problem-codes" = json!(["hour-dispute-early", "hour-dispute-pending", "hour-dispute-decided"])))
)]
#[post("/{signup}/disputes")]
pub async fn create_hour_dispute(
    caller: Caller,
    path: Path<ShiftSignupPath>,
    draft: Json<HourDisputeDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.signup, draft.into_inner())).await.map(Created)
}

/// Answer a dispute of hours
///
/// What was wrong is put right by a correction of the attendance first: nothing is answered as corrected that was not changed since it
/// was disputed. Before the committee, somebody answers who neither recorded or corrected what is disputed nor answered before.
/// 答复时长异议。
#[utoipa::path(
    tag = "volunteering",
    params(HourDisputePath),
    responses((status = 201, description = "It is answered.", body = HourDisputeView)),
    extensions(("x-problem-codes" = json!([
        "hour-dispute-answered", "hour-dispute-another-needed", "hour-dispute-uncorrected", "shift-signup-own"
    ])))
)]
#[post("/{dispute}/answer")]
pub async fn create_hour_dispute_answer(
    caller: Caller,
    path: Path<HourDisputePath>,
    draft: Json<HourDisputeAnswerDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::answer(act, path.dispute, draft.into_inner())).await.map(Created)
}
