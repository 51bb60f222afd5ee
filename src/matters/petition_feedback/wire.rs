//! What is said of an answer.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::kit::text::{Label, Line, Prose};
use crate::matters::petitions::{ReviewConclusion, ReviewStage, Satisfaction};
use crate::matters::registry::MatterId;

/// Rate an answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionRatingDraft {
    /// How content one is.
    pub satisfaction: Satisfaction,
    /// Whether it came in time.
    pub is_on_time: bool,
    /// Whether it is solved.
    pub is_solved: bool,
    /// In words.
    #[serde(default)]
    #[schema(example = "花架已拆，谢谢。")]
    pub comment: Label<500>,
}

/// Open a petition again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionReopeningDraft {
    /// What is not solved.
    #[schema(example = "昨晚又有杂物落下。")]
    pub reason: Line<500>,
}

/// Ask for a review.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionReviewDraft {
    /// Whose.
    pub stage: ReviewStage,
    /// What is wrong with the answer.
    #[schema(example = "答复未说明处罚依据。")]
    pub reason: Line<2000>,
}

/// The review in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PetitionReviewPath {
    /// The petition.
    pub petition: MatterId,
    /// Whose review.
    #[param(inline)]
    pub stage: ReviewStage,
}

/// Answer a review.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionReviewAnswerDraft {
    /// What it came to.
    pub conclusion: ReviewConclusion,
    /// In words.
    #[schema(example = "经复查，原答复事实清楚，予以维持。")]
    pub text: Prose<4000>,
}
