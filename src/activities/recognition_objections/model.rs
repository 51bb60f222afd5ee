//! Rows of objections.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor};
use crate::access::division::Division;
use crate::activities::recognitions::RecognitionId;
use crate::schema::recognition_objections;
use crate::{id, text_enum};

id! {
    /// An objection's id.
    RecognitionObjectionId
}

text_enum! {
    /// What became of an objection.
    pub enum RecognitionObjectionOutcome {
        /// 异议成立
        Upheld = "upheld",
        /// 异议不成立
        Dismissed = "dismissed",
    }
}

/// An objection as kept, without who made it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = recognition_objections)]
pub struct ObjectionRow {
    pub id: RecognitionObjectionId,
    pub recognition_id: RecognitionId,
    pub text: String,
    pub outcome: Option<RecognitionObjectionOutcome>,
    pub answer: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// An objection about to be written.
#[derive(Insertable)]
#[diesel(table_name = recognition_objections)]
pub struct NewObjection {
    pub id: RecognitionObjectionId,
    pub recognition_id: RecognitionId,
    pub account_id: AccountId,
    pub text: String,
    pub created_at: DateTime<Utc>,
}

/// An objection about to be written, and whether the caller lives where the nomination is.
pub struct Objecting {
    pub new: NewObjection,
    pub division: Division,
    pub lives_here: bool,
}

impl Governed for Objecting {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, _: &Actor) -> bool {
        self.lives_here
    }
}
