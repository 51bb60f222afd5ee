//! Rows of labels.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::division::Division;
use crate::access::role::Role;
use crate::schema::labels;
use crate::{id, text_enum};

id! {
    /// A label's id.
    LabelId
}

text_enum! {
    /// The level that a label belongs to.
    pub enum LabelLevel {
        /// 市级
        City = "city",
        /// 区级
        District = "district",
        /// 街镇级
        Street = "street",
    }
}

impl LabelLevel {
    /// Who defines the labels of this level.
    pub fn officer(self) -> Role {
        match self {
            LabelLevel::City => Role::CityOfficer,
            LabelLevel::District => Role::DistrictOfficer,
            LabelLevel::Street => Role::StreetOfficer,
        }
    }
}

/// A label as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = labels)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct LabelRow {
    pub id: LabelId,
    pub code: String,
    pub name: String,
    pub description: String,
    pub division: Division,
    pub level: LabelLevel,
    pub see_roles: Vec<Option<Role>>,
    pub set_roles: Vec<Option<Role>>,
    pub is_sensitive: bool,
    pub lasts_days: Option<i32>,
    pub retired_on: Option<NaiveDate>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for LabelRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A label about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = labels, treat_none_as_default_value = false)]
pub struct NewLabel {
    pub id: LabelId,
    pub code: String,
    pub name: String,
    pub description: String,
    pub division: Division,
    pub level: LabelLevel,
    pub see_roles: Vec<Role>,
    pub set_roles: Vec<Role>,
    pub is_sensitive: bool,
    pub lasts_days: Option<i32>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewLabel {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A change of a label.
#[derive(Default, AsChangeset)]
#[diesel(table_name = labels)]
pub struct LabelChange {
    pub name: Option<String>,
    pub description: Option<String>,
    pub see_roles: Option<Vec<Role>>,
    pub set_roles: Option<Vec<Role>>,
    pub retired_on: Option<Option<NaiveDate>>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub level: Option<LabelLevel>,
}
