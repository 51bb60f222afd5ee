//! Handlers of recognitions.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::views::RecognitionView;
use super::wire::{
    RecognitionAgreementDraft, RecognitionAssessmentDraft, RecognitionConfirmationDraft, RecognitionDraft,
    RecognitionPath, RecognitionQuery, RecognitionReasonDraft,
};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_recognitions)
        .service(find_recognition)
        .service(create_recognition)
        .service(update_recognition_agreement)
        .service(create_recognition_assessment)
        .service(create_recognition_publicity)
        .service(create_recognition_confirmation)
        .service(create_recognition_refusal)
        .service(create_recognition_withdrawal);
}

/// List recognitions
///
/// What is publicised and confirmed, as far as each nominee lets it be shown; staff of the range and the nominees see the rest, too.
/// By `skill` one finds who can do something and agreed to be found. 社区达人、活力楼组列表。
#[utoipa::path(
    tag = "volunteering",
    params(RecognitionQuery),
    responses((status = 200, description = "One page of recognitions.", body = Page<RecognitionView>))
)]
#[get("")]
pub async fn list_recognitions(
    caller: Caller,
    query: Query<RecognitionQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    gate.snapshot(caller, move |look| actions::list(look, &query)).await.map(Listed)
}

/// See a recognition
///
/// What the nominee lets be shown; staff of the range and the nominee see all of it. 评选详情。
#[utoipa::path(
    tag = "volunteering",
    params(RecognitionPath),
    responses((status = 200, description = "The recognition.", body = RecognitionView))
)]
#[get("/{recognition}")]
pub async fn find_recognition(
    caller: Caller,
    path: Path<RecognitionPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    gate.snapshot(caller, move |look| actions::find(look, path.recognition)).await.map(Found)
}

/// Nominate a community star, or apply for a vital building group
///
/// A committee nominates a resident of its range; a resident nominates themselves. For a building group its leader applies. Of a person
/// nothing is shown before they agreed. 提名社区达人，申报活力楼组。
#[utoipa::path(
    tag = "volunteering",
    responses((status = 201, description = "The nomination.", body = RecognitionView)),
    extensions(("x-problem-codes" = json!(["recognition-nominee-unfit", "recognition-held"])))
)]
#[post("")]
pub async fn create_recognition(
    caller: Caller,
    draft: Json<RecognitionDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Say whether one agrees to be recognised
///
/// And what is shown of oneself, and whether workers may find one by what one can do. For a child under 14 the guardian says it. It may be
/// changed or taken back at any time; with it, a title. 本人意见。
#[utoipa::path(
    tag = "volunteering",
    params(RecognitionPath),
    responses((status = 200, description = "The recognition.", body = RecognitionView)),
    extensions(("x-problem-codes" = json!(["recognition-state-unfit", "recognition-guardian-missing"])))
)]
#[put("/{recognition}/agreement")]
pub async fn update_recognition_agreement(
    caller: Caller,
    path: Path<RecognitionPath>,
    seen: IfMatch,
    draft: Json<RecognitionAgreementDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::agree(act, path.recognition, &seen, &draft.into_inner()))
        .await
        .map(Changed)
}

/// Assess a nominee
///
/// By each criterion of the place, as `find_recognition_rules` tells them of the day of the nomination (`on`); again, until it is
/// publicised. 评分。
#[utoipa::path(
    tag = "volunteering",
    params(RecognitionPath),
    responses((status = 201, description = "The recognition, assessed.", body = RecognitionView)),
    extensions(("x-problem-codes" = json!([
        "recognition-state-unfit", "recognition-own", "recognition-criteria-unfit"
    ])))
)]
#[post("/{recognition}/assessment")]
pub async fn create_recognition_assessment(
    caller: Caller,
    path: Path<RecognitionPath>,
    draft: Json<RecognitionAssessmentDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::assess(act, path.recognition, draft.into_inner()))
        .await
        .map(Created)
}

/// Publicise a nomination
///
/// For the days that the rules of the place said when it was nominated. The nominee has agreed, and has points enough where the place assesses. 公示。
#[utoipa::path(
    tag = "volunteering",
    params(RecognitionPath),
    responses((status = 201, description = "The recognition, publicised.", body = RecognitionView)),
    extensions(("x-problem-codes" = json!([
        "recognition-state-unfit", "recognition-own", "recognition-points-short", "recognition-publicity-unruled"
    ])))
)]
#[post("/{recognition}/publicity")]
pub async fn create_recognition_publicity(
    caller: Caller,
    path: Path<RecognitionPath>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::publicise(act, path.recognition)).await.map(Created)
}

/// Confirm a recognition
///
/// When the days are over, every objection is answered and none was upheld; not by who nominated. A building group has the title from
/// then on. 命名。
#[utoipa::path(
    tag = "volunteering",
    params(RecognitionPath),
    responses((status = 201, description = "The recognition, confirmed.", body = RecognitionView)),
    extensions(("x-problem-codes" = json!([
        "recognition-state-unfit", "recognition-own", "recognition-publicity-running", "recognition-objected",
        "recognition-granter-unfit", "building-group-title-taken"
    ])))
)]
#[post("/{recognition}/confirmation")]
pub async fn create_recognition_confirmation(
    caller: Caller,
    path: Path<RecognitionPath>,
    draft: Json<RecognitionConfirmationDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::confirm(act, path.recognition, &draft.into_inner()))
        .await
        .map(Created)
}

/// Refuse a recognition
///
/// With the reason, as long as it is not confirmed. 不予通过。
#[utoipa::path(
    tag = "volunteering",
    params(RecognitionPath),
    responses((status = 201, description = "The recognition, refused.", body = RecognitionView)),
    extensions(("x-problem-codes" = json!(["recognition-state-unfit", "recognition-own"])))
)]
#[post("/{recognition}/refusal")]
pub async fn create_recognition_refusal(
    caller: Caller,
    path: Path<RecognitionPath>,
    draft: Json<RecognitionReasonDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::refuse(act, path.recognition, draft.into_inner()))
        .await
        .map(Created)
}

/// Withdraw a title
///
/// With the reason. It is shown no more, neither here nor beside the building group. 撤销称号。
#[utoipa::path(
    tag = "volunteering",
    params(RecognitionPath),
    responses((status = 201, description = "The recognition, withdrawn.", body = RecognitionView)),
    extensions(("x-problem-codes" = json!(["recognition-state-unfit", "recognition-own"])))
)]
#[post("/{recognition}/withdrawal")]
pub async fn create_recognition_withdrawal(
    caller: Caller,
    path: Path<RecognitionPath>,
    draft: Json<RecognitionReasonDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::withdraw(act, path.recognition, draft.into_inner()))
        .await
        .map(Created)
}
