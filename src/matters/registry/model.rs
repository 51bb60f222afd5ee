//! Rows of matters.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::receipt::Receipt;
use crate::access::act::Governed;
use crate::access::actor::{AccountId, OrganisationId};
use crate::access::division::Division;
use crate::matters::categories::CategoryId;
use crate::matters::emergency_orders::EmergencyOrderId;
use crate::matters::policies::{Level, MatterKind};
use crate::schema::matters;
use crate::{id, text_enum};

id! {
    /// A matter's id; a petition or a case has the same.
    MatterId
}

text_enum! {
    /// Which clocks a matter runs by.
    pub enum Grade {
        /// 普通
        Normal = "normal",
        /// 直通快办 (E3)
        Fast = "fast",
        /// 疑难复杂: allowed by the street or above
        Complex = "complex",
    }
}

text_enum! {
    /// Who reads an entry of the timeline.
    pub enum Audience {
        /// 诉求人: who asked, and all that work on it.
        Citizen = "citizen",
        /// 工作人员: all that work on it.
        Staff = "staff",
        /// 本单位: the organisation that wrote it.
        Office = "office",
    }
}

/// A matter as kept. Its state is the kind's to read.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = matters)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct MatterRow {
    pub id: MatterId,
    pub kind: MatterKind,
    pub division: Division,
    pub receipt: Receipt,
    pub title: String,
    pub category_id: Option<CategoryId>,
    pub state: String,
    pub grade: Grade,
    pub level: Level,
    pub first_receiver_id: Option<AccountId>,
    pub holder_id: Option<OrganisationId>,
    pub parent_id: Option<MatterId>,
    pub emergency_order_id: Option<EmergencyOrderId>,
    pub due_at: Option<DateTime<Utc>>,
    pub is_open: bool,
    pub returns: i32,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

impl Governed for MatterRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A matter with the names that belong to it.
#[derive(Clone, Debug, Queryable)]
pub struct NamedMatterRow {
    pub matter: MatterRow,
    pub category: Option<(String, String)>,
    pub holder_name: Option<String>,
}

/// A matter about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = matters, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewMatter {
    pub id: MatterId,
    pub kind: MatterKind,
    pub division: Division,
    pub receipt: Receipt,
    pub title: String,
    pub category_id: Option<CategoryId>,
    pub state: String,
    pub grade: Grade,
    pub level: Level,
    pub first_receiver_id: Option<AccountId>,
    pub emergency_order_id: Option<EmergencyOrderId>,
    pub is_open: bool,
    pub returns: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A change of a matter.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = matters)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct MatterChange {
    pub title: Option<String>,
    pub category_id: Option<Option<CategoryId>>,
    pub state: Option<String>,
    pub grade: Option<Grade>,
    pub level: Option<Level>,
    pub first_receiver_id: Option<Option<AccountId>>,
    pub holder_id: Option<Option<OrganisationId>>,
    pub emergency_order_id: Option<Option<EmergencyOrderId>>,
    pub due_at: Option<Option<DateTime<Utc>>>,
    pub is_open: Option<bool>,
    pub returns: Option<i32>,
    pub closed_at: Option<Option<DateTime<Utc>>>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug)]
pub struct Filter {
    pub division: Option<Division>,
    pub kind: Option<MatterKind>,
    pub receipt: Option<Receipt>,
    pub category: Option<CategoryId>,
    pub holder: Option<OrganisationId>,
    pub parent: Option<MatterId>,
    pub is_open: Option<bool>,
    pub is_overdue: bool,
}
