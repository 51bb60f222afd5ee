//! Handlers of ratings and reviews.

use actix_web::post;
use actix_web::web::{Data, Path};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{
    PetitionRatingDraft, PetitionReopeningDraft, PetitionReviewAnswerDraft, PetitionReviewDraft,
    PetitionReviewPath,
};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Changed;
use crate::kit::json::Json;
use crate::kit::problem::Result;
use crate::matters::petitions::{PetitionDetailView, PetitionPath};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_petition_rating)
        .service(create_petition_reopening)
        .service(create_petition_review)
        .service(create_petition_review_answer);
}

/// Rate an answer
///
/// How content one is, whether it came in time and is solved; once for each answer. The street rates for whoever has no
/// account and was called back (回访). 评价。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-rated-already", "petition-rating-own", "petition-rating-by-holder", "matter-state-unfit"])))
)]
#[post("/{petition}/rating")]
pub async fn create_petition_rating(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionRatingDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::rate(act, path.petition, draft.into_inner())).await.map(Changed)
}

/// Open a petition again
///
/// Who asked is not content: it is handled again, by a shorter clock. 申请重办。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-rated-well", "petition-rating-own", "petition-rating-by-holder", "petition-review-pending", "matter-state-unfit"])))
)]
#[post("/{petition}/reopening")]
pub async fn create_petition_reopening(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionReopeningDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::reopen(act, path.petition, draft.into_inner())).await.map(Changed)
}

/// Ask for a review
///
/// By the street 复查, then by the district 复核; then it is final (信访工作条例 35, 36). 申请复查、复核。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-review-unfit", "petition-reviewed-already", "matter-state-unfit"])))
)]
#[post("/{petition}/reviews")]
pub async fn create_petition_review(
    caller: Caller,
    path: Path<PetitionPath>,
    draft: Json<PetitionReviewDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::review(act, path.petition, draft.into_inner())).await.map(Changed)
}

/// Answer a review
///
/// A review by the street or above, a final one by the district or above. 复查、复核答复。
#[utoipa::path(
    tag = "petitions",
    params(PetitionReviewPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-review-absent", "petition-review-own", "petition-own-matter", "matter-state-unfit"])))
)]
#[post("/{petition}/reviews/{stage}/answer")]
pub async fn create_petition_review_answer(
    caller: Caller,
    path: Path<PetitionReviewPath>,
    draft: Json<PetitionReviewAnswerDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let PetitionReviewPath { petition, stage } = path.into_inner();
    gate.write(caller, move |act| actions::answer_review(act, petition, stage, draft.into_inner()))
        .await
        .map(Changed)
}
