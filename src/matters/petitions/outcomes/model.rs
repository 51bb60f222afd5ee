//! Rows of answers, ratings and reviews.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::super::kinds::{AnswerOutcome, ReviewConclusion, ReviewStage, Satisfaction};
use crate::access::actor::{AccountId, OrganisationId};
use crate::access::division::Division;
use crate::id;
use crate::matters::registry::MatterId;
use crate::schema::{petition_answers, petition_ratings, petition_reviews};

id! {
    /// A review's id.
    ReviewId
}

/// An answer, with the name of the organisation.
#[derive(Clone, Debug, Queryable)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct AnswerRow {
    pub outcome: AnswerOutcome,
    pub text: String,
    pub law: String,
    pub organisation_id: Option<OrganisationId>,
    pub organisation_name: Option<String>,
    pub created_at: DateTime<Utc>,
}

/// An answer about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = petition_answers, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewAnswer {
    pub id: Uuid,
    pub petition_id: MatterId,
    pub outcome: AnswerOutcome,
    pub text: String,
    pub law: String,
    pub account_id: AccountId,
    pub organisation_id: Option<OrganisationId>,
    pub created_at: DateTime<Utc>,
}

/// A rating as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = petition_ratings)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct RatingRow {
    pub satisfaction: Satisfaction,
    pub is_on_time: bool,
    pub is_solved: bool,
    pub comment: String,
    pub created_at: DateTime<Utc>,
}

/// A rating about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = petition_ratings, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewRating {
    pub id: Uuid,
    pub petition_id: MatterId,
    pub division: Division,
    pub organisation_id: Option<OrganisationId>,
    pub satisfaction: Satisfaction,
    pub is_on_time: bool,
    pub is_solved: bool,
    pub comment: String,
    pub created_at: DateTime<Utc>,
}

/// A review as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = petition_reviews)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct ReviewRow {
    pub id: ReviewId,
    pub stage: ReviewStage,
    pub reason: String,
    pub conclusion: Option<ReviewConclusion>,
    pub answer: Option<String>,
    pub created_at: DateTime<Utc>,
    pub answered_at: Option<DateTime<Utc>>,
}

/// A review about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = petition_reviews)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewReview {
    pub id: ReviewId,
    pub petition_id: MatterId,
    pub stage: ReviewStage,
    pub reason: String,
    pub created_at: DateTime<Utc>,
}
