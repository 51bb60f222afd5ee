//! Rows of guardians.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::schema::guardians;
use crate::{id, text_enum};

id! {
    /// The id of a guardianship.
    GuardianshipId
}

text_enum! {
    /// What a guardian is to the child.
    pub enum GuardianRelation {
        /// 父母
        Parent = "parent",
        /// 祖父母、外祖父母
        Grandparent = "grandparent",
        /// 兄、姐
        Sibling = "sibling",
        /// 其他亲属
        OtherRelative = "other_relative",
        /// 指定监护人
        Appointed = "appointed",
    }
}

/// A guardian as kept, with the name of the record.
#[derive(Clone, Debug, Queryable)]
pub struct GuardianRow {
    pub id: GuardianshipId,
    pub ward_id: ResidentId,
    pub guardian_id: ResidentId,
    pub name: String,
    pub relation: GuardianRelation,
    pub evidence: String,
    pub created_at: DateTime<Utc>,
}

/// A guardian about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = guardians)]
pub struct NewGuardian {
    pub id: GuardianshipId,
    pub ward_id: ResidentId,
    pub guardian_id: ResidentId,
    pub division: Division,
    pub relation: GuardianRelation,
    pub evidence: String,
    pub recorded_by: AccountId,
    pub created_at: DateTime<Utc>,
}
