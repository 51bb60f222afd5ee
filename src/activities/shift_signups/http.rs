//! Handlers of sign-ups.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::claiming::{Claim, Claiming};
use super::model::OwnSignupRow;
use super::views::{NamedShiftSignupView, OwnShiftSignupView, ShiftSignupView};
use super::wire::{ShiftSignupDecisionDraft, ShiftSignupDraft, ShiftSignupPath, ShiftSignupQuery};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::access::together::Together;
use crate::activities::shifts::ShiftPath;
use crate::kit::answer::{Created, Done, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::people::subjects::SubjectQuery;

/// Registers the operations below a shift.
pub fn shift_routes(config: &mut ServiceConfig<'_>) {
    config.service(create_shift_signup).service(delete_shift_signup).service(list_shift_signups);
}

/// Registers the operations on one sign-up.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_shift_signup_decision);
}

/// Registers the operations below `/me/shift-signups`.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_own_shift_signups);
}

/// Take a place of a shift
///
/// In one's own name, as a verified resident whom the call is for, or, with `for`, for a minor whose guardian one is. Where there is
/// no place, one waits in order and moves up by itself. Where who organises it decides, it is asked for; so it is for a minor from 14
/// on who signs up alone, since a guardian must agree. Nobody can be in two places at a time. An `Idempotency-Key` is asked for.
/// 报名。
#[utoipa::path(
    tag = "volunteering",
    params(ShiftPath, SubjectQuery),
    responses((status = 201, description = "The place, or what one waits for.", body = ShiftSignupView)),
    extensions(("x-problem-codes" = json!([
        "idempotency-key-missing", "shift-not-open", "shift-begun", "shift-own-first", "shift-outside", "shift-signed-up-already",
        "shift-clash", "shift-age-unfit", "shift-uninsured", "shift-dangerous-for-minors", "shift-guardian-needed",
        "shift-unconfirmed"
    ])))
)]
#[post("/{shift}/signups")]
pub async fn create_shift_signup(
    caller: Caller,
    path: Path<ShiftPath>,
    query: Query<SubjectQuery>,
    draft: Json<ShiftSignupDraft>,
    claiming: Data<Together<Claiming>>,
) -> Result<Created> {
    let confirms = draft.into_inner().confirms.into_inner();
    let claim = Claim { shift: path.shift, resident: query.subject, confirms };
    claiming.write(caller.with_key()?, claim).await.map(Created)
}

/// Give a place back
///
/// One's own, or, with `for`, that of a child one signed up; until the deadline of the shift. Who waits longest moves up in the same
/// moment. 退出班次。
#[utoipa::path(
    tag = "volunteering",
    params(ShiftPath, SubjectQuery),
    responses((status = 204, description = "It is given back.")),
    extensions(("x-problem-codes" = json!([
        "volunteer-call-state-unfit", "shift-not-signed-up", "shift-withdrawal-late"
    ])))
)]
#[delete("/{shift}/signups")]
pub async fn delete_shift_signup(
    caller: Caller,
    path: Path<ShiftPath>,
    query: Query<SubjectQuery>,
    gate: Data<Gate>,
) -> Result<Done> {
    let wanted = query.subject;
    gate.write(caller, move |act| actions::withdraw(act, path.shift, wanted)).await.map(Done)
}

/// List who signed up
///
/// For who organises the shift, in their order; each look is recorded. Nobody else learns who comes. 报名名单。
#[utoipa::path(
    tag = "volunteering",
    params(ShiftPath, ShiftSignupQuery),
    responses((status = 200, description = "One page of sign-ups.", body = Page<NamedShiftSignupView>))
)]
#[get("/{shift}/signups")]
pub async fn list_shift_signups(
    caller: Caller,
    path: Path<ShiftPath>,
    query: Query<ShiftSignupQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    gate.write(caller, move |act| actions::list(act, path.shift, query.into_inner())).await.map(Listed)
}

/// Decide about a sign-up
///
/// For who organises the shift: whether somebody who asked may come, or, with the reason, that somebody may not who has a place or
/// waits for one. A minor's guardian must have agreed, and dangerous work is insured and not for minors, as when they asked. 审核报名。
#[utoipa::path(
    tag = "volunteering",
    params(ShiftSignupPath),
    responses((status = 201, description = "It is decided.", body = NamedShiftSignupView)),
    extensions(("x-problem-codes" = json!([
        "volunteer-call-state-unfit", "shift-signup-state-unfit", "shift-signup-consent-missing", "shift-signup-reason-missing",
        "shift-signup-own", "shift-begun", "shift-uninsured", "shift-dangerous-for-minors"
    ])))
)]
#[post("/{signup}/decision")]
pub async fn create_shift_signup_decision(
    caller: Caller,
    path: Path<ShiftSignupPath>,
    draft: Json<ShiftSignupDecisionDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::decide(act, path.signup, draft.into_inner())).await.map(Created)
}

/// List one's own sign-ups
///
/// And those one made for a child, the newest first: with the place in the line, who moved up, what was decided or cancelled, when and
/// why. 我的报名。
#[utoipa::path(
    tag = "me",
    params(ShiftSignupQuery),
    responses((status = 200, description = "One page of sign-ups.", body = Page<OwnShiftSignupView>))
)]
#[get("")]
pub async fn list_own_shift_signups(
    caller: Caller,
    query: Query<ShiftSignupQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        look.scope(Action::ListOwn)?;
        let pager = look.pager(Action::ListOwn, &query.state, query.limit, query.cursor.as_deref())?;
        let own = actions::own_records(look)?;
        let rows = store::page_own(look, &own, query.state, &pager)?;
        pager.page(rows, |row: &OwnSignupRow| row.signup.id.0, OwnShiftSignupView::from)
    });
    page.await.map(Listed)
}
