//! Rows of categories and their questions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::division::Division;
use crate::schema::{petition_categories, petition_questions};
use crate::{id, text_enum};

id! {
    /// A category's id.
    CategoryId
}

text_enum! {
    /// What kind of answer a question wants.
    pub enum QuestionDatatype {
        /// 文字
        Text = "text",
        /// 数字
        Number = "number",
        /// 日期
        Date = "date",
        /// 单选
        Choice = "choice",
    }
}

/// A category as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = petition_categories)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct CategoryRow {
    pub id: CategoryId,
    pub division: Division,
    pub code: String,
    pub name: String,
    pub guidance: String,
    pub is_evidence_asked: bool,
    pub is_fast: bool,
    pub is_active: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl CategoryRow {
    /// Whether petitions of that division may be of this category: it is used, and belongs there or above.
    pub fn applies_in(&self, division: Division) -> bool {
        self.is_active && self.division.range().covers(division.range())
    }
}

impl Governed for CategoryRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A category about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = petition_categories, treat_none_as_default_value = false)]
pub struct NewCategory {
    pub id: CategoryId,
    pub division: Division,
    pub code: String,
    pub name: String,
    pub guidance: String,
    pub is_evidence_asked: bool,
    pub is_fast: bool,
    pub is_active: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewCategory {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A question of a category, asked in the order of `position`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = petition_questions)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct QuestionRow {
    pub category_id: CategoryId,
    pub position: i32,
    pub code: String,
    pub label: String,
    pub datatype: QuestionDatatype,
    pub choices: Vec<Option<String>>,
    pub is_required: bool,
}

/// A change of a category.
#[derive(AsChangeset)]
#[diesel(table_name = petition_categories)]
pub struct CategoryChange {
    pub name: Option<String>,
    pub guidance: Option<String>,
    pub is_evidence_asked: Option<bool>,
    pub is_fast: Option<bool>,
    pub is_active: Option<bool>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub is_active: Option<bool>,
}
