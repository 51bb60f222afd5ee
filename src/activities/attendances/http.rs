//! Handlers of stays.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::AttendanceRow;
use super::wire::{AttendanceCorrectionDraft, AttendanceDraft, AttendancePath, AttendanceView};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::activities::shifts::{self, ShiftPath};
use crate::activities::volunteer_calls;
use crate::kit::answer::{Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::people::subjects::{self, SubjectsQuery};

/// Registers the operations below a shift.
pub fn shift_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_attendances).service(create_attendance);
}

/// Registers the operations on one stay.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_attendance_correction);
}

/// Registers the operation below `/me/attendances`.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_own_attendances);
}

/// List one's own stays
///
/// When one came to a shift and went, as it was noted, and where it says that one did not come: the newest first. What is wrong there may be
/// disputed; what was put right is as it is now. Who moved away keeps them. 我的出勤。
#[utoipa::path(
    tag = "me",
    params(SubjectsQuery),
    responses((status = 200, description = "One page of stays.", body = Page<AttendanceView>)),
    extensions(("x-problem-codes" = json!(["not-found"])))
)]
#[get("")]
pub async fn list_own_attendances(
    caller: Caller,
    query: Query<SubjectsQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        look.scope(Action::ListOwn)?;
        let subjects = subjects::ever(look, query.subject)?;
        let of: Vec<_> = subjects.iter().map(|subject| subject.resident).collect();
        let pager = look.pager(Action::ListOwn, &query.subject, query.limit, query.cursor.as_deref())?;
        let rows = store::page_of(look, &of, &pager)?;
        pager.page(rows, |row: &AttendanceRow| row.id.0, AttendanceView::from)
    });
    page.await.map(Listed)
}

/// List who came to a shift
///
/// For who organises it, as it was noted. 出勤列表。
#[utoipa::path(
    tag = "volunteering",
    params(ShiftPath, PageQuery),
    responses((status = 200, description = "One page of stays.", body = Page<AttendanceView>))
)]
#[get("/{shift}/attendances")]
pub async fn list_attendances(
    caller: Caller,
    path: Path<ShiftPath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (shift, query) = (path.shift, query.into_inner());
    let page = gate.read(caller, move |look| {
        look.scope(Action::List)?;
        let shift = shifts::store::load(look, shift)?;
        let call = volunteer_calls::store::find(look, shift.call_id)?;
        let call = look.permit(Action::List, call)?;
        let (limit, cursor) = (query.limit, query.cursor.as_deref());
        let pager = look.pager(Action::List, &shift.id, limit, cursor)?;
        let rows = store::page(look, &call, shift.id, &pager)?;
        pager.page(rows, |row: &AttendanceRow| row.id.0, AttendanceView::from)
    });
    page.await.map(Listed)
}

/// Note who came or went
///
/// Or who did not come; for who organises the shift, with the reason, and never for oneself. With somebody's going their hours are
/// counted: the time inside the shift, less the break. Whoever is there may go whatever became of the call since. Nobody comes to dangerous work that is not insured that day, and no minor does.
/// 登记出勤。
#[utoipa::path(
    tag = "volunteering",
    params(ShiftPath),
    responses((status = 201, description = "The stay.", body = AttendanceView)),
    extensions(("x-problem-codes" = json!([
        "volunteer-call-state-unfit", "attendance-not-signed-up", "attendance-moment-unfit", "attendance-break-unfit",
        "attendance-open", "attendance-not-open", "attendance-noted", "shift-signup-own", "shift-uninsured",
        "shift-dangerous-for-minors"
    ])))
)]
#[post("/{shift}/attendances")]
pub async fn create_attendance(
    caller: Caller,
    path: Path<ShiftPath>,
    draft: Json<AttendanceDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.shift, draft.into_inner())).await.map(Created)
}

/// Correct what is noted of somebody
///
/// With the reason; also after the call is over. What was counted is taken back in the ledger and counted anew, and certificates that
/// told it say so. 更正出勤。
#[utoipa::path(
    tag = "volunteering",
    params(AttendancePath),
    responses((status = 201, description = "The stay as it is now.", body = AttendanceView)),
    extensions(("x-problem-codes" = json!([
        "volunteer-call-state-unfit", "attendance-moment-unfit", "attendance-break-unfit", "attendance-noted", "attendance-open",
        "shift-signup-own"
    ])))
)]
#[post("/{attendance}/corrections")]
pub async fn create_attendance_correction(
    caller: Caller,
    path: Path<AttendancePath>,
    draft: Json<AttendanceCorrectionDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::correct(act, path.attendance, draft.into_inner()))
        .await
        .map(Created)
}
