//! What came of a petition: answers 答复, ratings 评价, reviews 复查复核.

mod model;
mod store;

pub use model::{AnswerRow, NewAnswer, NewRating, NewReview, RatingRow, ReviewId, ReviewRow};
pub use store::{
    add_answer, add_rating, add_review, answer_review, answers, has_answered, is_rated, lapse_extensions,
    pending, ratings, reviews,
};
