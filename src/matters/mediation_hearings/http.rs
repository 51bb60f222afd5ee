//! Handlers of hearings.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::views::MediationHearingView;
use super::wire::{
    MediationHearingAdjournmentDraft, MediationHearingCancellationDraft, MediationHearingConclusionDraft,
    MediationHearingDraft, MediationHearingNoticeDraft, MediationHearingOpeningDraft, MediationHearingPatch,
    MediationHearingPath,
};
use super::{Action, actions, notices, planning, shown};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::matters::mediation_cases::{MediationCasePath, hearings};

/// Registers the operations, below a case.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_mediation_case_hearings)
        .service(find_mediation_case_hearing)
        .service(create_mediation_case_hearing)
        .service(update_mediation_case_hearing)
        .service(create_mediation_case_hearing_notice)
        .service(create_mediation_case_hearing_opening)
        .service(create_mediation_case_hearing_adjournment)
        .service(create_mediation_case_hearing_conclusion)
        .service(create_mediation_case_hearing_cancellation);
}

/// List the hearings of a case
///
/// The first first, for its parties, its table and its office: when and where, who is expected and came, what was said and what follows.
/// How the others were told a party does not read. 调解会列表。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath, PageQuery),
    responses((status = 200, description = "One page of hearings.", body = Page<MediationHearingView>))
)]
#[get("/{mediation_case}/hearings")]
pub async fn list_mediation_case_hearings(
    caller: Caller,
    path: Path<MediationCasePath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (id, query) = (path.mediation_case, query.into_inner());
    let page = gate.snapshot(caller, move |look| {
        look.scope(Action::List)?;
        let (_, stance) = shown::seen(look, id)?;
        let pager = look.pager(Action::List, &(&id, &stance), query.limit, query.cursor.as_deref())?;
        let rows = hearings::page(look, id, &pager)?;
        let views = shown::all(look, stance, rows)?;
        pager.page(views, |view| view.id, |view| view)
    });
    page.await.map(Listed)
}

/// See a hearing of a case
///
/// As its parties, its table and its office may. 调解会详情。
#[utoipa::path(
    tag = "mediation",
    params(MediationHearingPath),
    responses((status = 200, description = "The hearing.", body = MediationHearingView))
)]
#[get("/{mediation_case}/hearings/{hearing}")]
pub async fn find_mediation_case_hearing(
    caller: Caller,
    path: Path<MediationHearingPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    let MediationHearingPath { mediation_case, hearing } = path.into_inner();
    let found = gate.snapshot(caller, move |look| {
        look.scope(Action::Find)?;
        let (_, stance) = shown::seen(look, mediation_case)?;
        shown::one(look, stance, mediation_case, hearing)
    });
    found.await.map(Found)
}

/// Plan a hearing
///
/// In a free time of a room, or in a room from then to then. The room, everybody who is expected and the parties are reserved: none
/// of them is at another hearing in that time. Only when every party agreed (人民调解法 17), with everybody at the table whom the grade asks
/// for; in the open only if all want it (23). 调解排期。
#[utoipa::path(
    tag = "mediation",
    params(MediationCasePath),
    responses((status = 201, description = "It is planned.", body = MediationHearingView)),
    extensions(("x-problem-codes" = json!([
        "mediation-consent-missing", "mediation-hearing-place-unfit", "mediation-hearing-room-unfit",
        "mediation-hearing-time-unfit", "mediation-hearing-attendee-unknown", "mediation-hearing-room-closed",
        "mediation-hearing-room-small", "mediation-hearing-room-taken", "mediation-hearing-person-taken",
        "mediation-hearing-party-taken", "mediation-hearing-planned", "mediation-hearing-open-unwanted",
        "mediation-hearing-seat-empty", "mediation-hearing-mediators-few", "mediation-hearing-objection-undecided",
        "mediation-own-case", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/hearings")]
pub async fn create_mediation_case_hearing(
    caller: Caller,
    path: Path<MediationCasePath>,
    draft: Json<MediationHearingDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| planning::create(act, path.mediation_case, draft.into_inner()))
        .await
        .map(Created)
}

/// Move a planned hearing
///
/// To another room or time, or with others; what it reserved moves with it, or nothing does. Everybody is to be told anew of another
/// room or time. 调解会改期。
#[utoipa::path(
    tag = "mediation",
    params(MediationHearingPath),
    responses((status = 200, description = "As it now is planned.", body = MediationHearingView)),
    extensions(("x-problem-codes" = json!([
        "mediation-consent-missing", "mediation-hearing-place-unfit", "mediation-hearing-room-unfit",
        "mediation-hearing-time-unfit", "mediation-hearing-attendee-unknown", "mediation-hearing-room-closed",
        "mediation-hearing-room-small", "mediation-hearing-room-taken", "mediation-hearing-person-taken",
        "mediation-hearing-party-taken", "mediation-hearing-open-unwanted", "mediation-hearing-seat-empty",
        "mediation-hearing-mediators-few", "mediation-hearing-objection-undecided", "mediation-own-case", "matter-state-unfit"
    ])))
)]
#[patch("/{mediation_case}/hearings/{hearing}")]
pub async fn update_mediation_case_hearing(
    caller: Caller,
    path: Path<MediationHearingPath>,
    seen: IfMatch,
    patch: Json<MediationHearingPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let which = (path.mediation_case, path.hearing);
    gate.write(caller, move |act| planning::update(act, which, &seen, patch.into_inner())).await.map(Changed)
}

/// Say that somebody was told of a hearing
///
/// Oneself, who has read it here; or, by whoever runs the case, somebody who is named, with how and when. The last word counts, and
/// what was said before stays on record. 送达登记。
#[utoipa::path(
    tag = "mediation",
    params(MediationHearingPath),
    responses((status = 200, description = "The hearing.", body = MediationHearingView)),
    extensions(("x-problem-codes" = json!([
        "mediation-hearing-notice-unfit", "mediation-hearing-not-expected", "mediation-own-case", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/hearings/{hearing}/notices")]
pub async fn create_mediation_case_hearing_notice(
    caller: Caller,
    path: Path<MediationHearingPath>,
    draft: Json<MediationHearingNoticeDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let which = (path.mediation_case, path.hearing);
    gate.write(caller, move |act| notices::create(act, which, draft.into_inner())).await.map(Changed)
}

/// Begin a hearing
///
/// With who came, expected or not; a case is not heard with fewer at the table than its grade asks for. 开始调解。
#[utoipa::path(
    tag = "mediation",
    params(MediationHearingPath),
    responses((status = 200, description = "It is held.", body = MediationHearingView)),
    extensions(("x-problem-codes" = json!([
        "mediation-consent-missing", "mediation-hearing-attendee-unknown", "mediation-hearing-not-now",
        "mediation-hearing-person-taken", "mediation-hearing-party-taken", "mediation-hearing-open-unwanted",
        "mediation-hearing-seat-empty", "mediation-hearing-mediators-few", "mediation-hearing-objection-undecided",
        "mediation-own-case", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/hearings/{hearing}/opening")]
pub async fn create_mediation_case_hearing_opening(
    caller: Caller,
    path: Path<MediationHearingPath>,
    draft: Json<MediationHearingOpeningDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let which = (path.mediation_case, path.hearing);
    gate.write(caller, move |act| actions::open(act, which, draft.into_inner())).await.map(Changed)
}

/// Go on another day
///
/// The minutes, which the parties read, too, and what follows until then. 择日再调。
#[utoipa::path(
    tag = "mediation",
    params(MediationHearingPath),
    responses((status = 200, description = "The hearing.", body = MediationHearingView)),
    extensions(("x-problem-codes" = json!([
        "mediation-hearing-text-missing", "mediation-hearing-minutes-written", "mediation-own-case", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/hearings/{hearing}/adjournment")]
pub async fn create_mediation_case_hearing_adjournment(
    caller: Caller,
    path: Path<MediationHearingPath>,
    draft: Json<MediationHearingAdjournmentDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let which = (path.mediation_case, path.hearing);
    gate.write(caller, move |act| actions::adjourn(act, which, draft.into_inner())).await.map(Changed)
}

/// End a hearing
///
/// With its minutes, which the parties read, too; or write those down of one that ended with the case. They are written once. 调解会结束。
#[utoipa::path(
    tag = "mediation",
    params(MediationHearingPath),
    responses((status = 200, description = "The hearing.", body = MediationHearingView)),
    extensions(("x-problem-codes" = json!([
        "mediation-hearing-text-missing", "mediation-hearing-minutes-written", "mediation-own-case", "matter-state-unfit"
    ])))
)]
#[post("/{mediation_case}/hearings/{hearing}/conclusion")]
pub async fn create_mediation_case_hearing_conclusion(
    caller: Caller,
    path: Path<MediationHearingPath>,
    draft: Json<MediationHearingConclusionDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let which = (path.mediation_case, path.hearing);
    gate.write(caller, move |act| actions::conclude(act, which, draft.into_inner())).await.map(Changed)
}

/// Call a planned hearing off
///
/// Its room and its people are free at once. 取消调解会。
#[utoipa::path(
    tag = "mediation",
    params(MediationHearingPath),
    responses((status = 200, description = "The hearing.", body = MediationHearingView)),
    extensions(("x-problem-codes" = json!(["mediation-own-case", "matter-state-unfit"])))
)]
#[post("/{mediation_case}/hearings/{hearing}/cancellation")]
pub async fn create_mediation_case_hearing_cancellation(
    caller: Caller,
    path: Path<MediationHearingPath>,
    draft: Json<MediationHearingCancellationDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let which = (path.mediation_case, path.hearing);
    gate.write(caller, move |act| actions::cancel(act, which, draft.into_inner())).await.map(Changed)
}
