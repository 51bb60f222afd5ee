//! Categories in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::model::{CategoryChange, CategoryId, CategoryRow, Filter, QuestionDatatype, QuestionRow};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::list::Few;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::patch::Change;
use crate::kit::text::{Line, Prose};

/// The questions of a category, at most twenty.
pub type Questions = Few<QuestionDraft, 0, 20>;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CategoryQuery {
    /// Only categories that apply in this division: its own, and those of the divisions it lies in.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only categories that are used, or only those that are used no more.
    pub is_active: Option<bool>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl CategoryQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, is_active: self.is_active }
    }
}

/// The category in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CategoryPath {
    /// The category.
    pub petition_category: CategoryId,
}

/// A category's or a question's code: a small letter, then 1 to 39 small letters, digits and underscores.
#[derive(Clone, Debug)]
pub struct CategoryCode(String);

impl CategoryCode {
    /// The code itself.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl<'de> Deserialize<'de> for CategoryCode {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_code = (2..=40).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(is_letter);
        if is_code {
            Ok(Self(text))
        } else {
            Err(serde::de::Error::custom("a code is like illegal_building"))
        }
    }
}

impl PartialSchema for CategoryCode {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[a-z][a-z0-9_]{1,39}$"));
        text.examples([serde_json::json!("illegal_building")]).into()
    }
}

impl ToSchema for CategoryCode {}

/// A question to be asked with each petition of a category.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionDraft {
    /// Its code, used by no other question of the category. Answers are sent by it.
    pub code: CategoryCode,
    /// What is asked.
    #[schema(example = "是否正在搭建")]
    pub label: Line<100>,
    /// What kind of answer is wanted.
    pub datatype: QuestionDatatype,
    /// What may be chosen, no two alike; only with `choice`.
    #[serde(default)]
    #[schema(value_type = Vec<Line<40>>, max_items = 20, example = json!(["是", "否", "不清楚"]))]
    pub choices: Few<Line<40>, 0, 20>,
    /// Whether it must be answered.
    pub is_required: bool,
}

/// Questions as kept, in the order they were sent.
pub fn kept(questions: Questions, category_id: CategoryId) -> Vec<QuestionRow> {
    let row = |(question, position): (QuestionDraft, i32)| QuestionRow {
        category_id,
        position,
        code: question.code.0,
        label: question.label.into_inner(),
        datatype: question.datatype,
        choices: question.choices.into_inner().into_iter().map(|choice| Some(choice.into_inner())).collect(),
        is_required: question.is_required,
    };
    questions.into_inner().into_iter().zip(0..).map(row).collect()
}

/// Add a category.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryDraft {
    /// The division whose petitions, and whose below it, may be of this category. Stays.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// Its code, used by no other category. Stays.
    pub code: CategoryCode,
    /// Its name.
    #[schema(example = "违法搭建")]
    pub name: Line<40>,
    /// What to write, and what to show.
    #[serde(default)]
    pub guidance: Prose<500>,
    /// Whether photos or the like are asked for.
    #[serde(default)]
    pub is_evidence_asked: bool,
    /// Whether it goes the fast way 直通快办: a shorter clock, straight to the department.
    #[serde(default)]
    pub is_fast: bool,
    /// What is asked besides, in this order.
    #[serde(default)]
    #[schema(value_type = Vec<QuestionDraft>, max_items = 20)]
    pub questions: Questions,
}

/// Change a category.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryPatch {
    /// Its name.
    #[serde(default)]
    #[schema(value_type = Line<40>, example = "违法搭建")]
    pub name: Change<Line<40>>,
    /// What to write, and what to show.
    #[serde(default)]
    #[schema(value_type = Prose<500>)]
    pub guidance: Change<Prose<500>>,
    /// Whether photos or the like are asked for.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub is_evidence_asked: Change<bool>,
    /// Whether it goes the fast way 直通快办.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub is_fast: Change<bool>,
    /// Whether new petitions may be of it. Its code stays taken.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub is_active: Change<bool>,
    /// All that is asked besides: in place of all questions there were.
    #[serde(default)]
    #[schema(value_type = Vec<QuestionDraft>, max_items = 20)]
    pub questions: Change<Questions>,
}

impl CategoryPatch {
    /// The change of the category, and its new questions where there are any.
    pub fn into_change(self, id: CategoryId) -> (CategoryChange, Option<Vec<QuestionRow>>) {
        let change = CategoryChange {
            name: self.name.map(Line::into_inner),
            guidance: self.guidance.map(Prose::into_inner),
            is_evidence_asked: self.is_evidence_asked.0,
            is_fast: self.is_fast.0,
            is_active: self.is_active.0,
        };
        (change, self.questions.map(|questions| kept(questions, id)))
    }
}

/// A question asked with each petition of a category.
#[derive(Serialize, ToSchema)]
pub struct QuestionView {
    /// Its code.
    #[schema(example = "is_under_way")]
    pub code: String,
    /// What is asked.
    #[schema(example = "是否正在搭建")]
    pub label: String,
    /// What kind of answer is wanted.
    pub datatype: QuestionDatatype,
    /// What may be chosen; none but with `choice`.
    #[schema(example = json!(["是", "否", "不清楚"]))]
    pub choices: Vec<String>,
    /// Whether it must be answered.
    pub is_required: bool,
}

impl From<QuestionRow> for QuestionView {
    fn from(row: QuestionRow) -> Self {
        let QuestionRow { code, label, datatype, choices, is_required, .. } = row;
        Self { code, label, datatype, choices: choices.into_iter().flatten().collect(), is_required }
    }
}

/// A category of petitions.
#[derive(Serialize, ToSchema)]
pub struct CategoryView {
    /// Its id.
    pub id: CategoryId,
    /// The division whose petitions, and whose below it, may be of this category.
    pub division: Division,
    /// Its code.
    #[schema(example = "illegal_building")]
    pub code: String,
    /// Its name.
    #[schema(example = "违法搭建")]
    pub name: String,
    /// What to write, and what to show; empty when nothing is said.
    pub guidance: String,
    /// Whether photos or the like are asked for.
    pub is_evidence_asked: bool,
    /// Whether it goes the fast way 直通快办.
    pub is_fast: bool,
    /// Whether new petitions may be of it.
    pub is_active: bool,
    /// What is asked besides, in this order.
    pub questions: Vec<QuestionView>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl CategoryView {
    /// Of a category and the questions among which its own are.
    pub fn new(row: CategoryRow, questions: &[QuestionRow]) -> Self {
        let own = questions.iter().filter(|question| question.category_id == row.id).cloned();
        Self {
            id: row.id,
            division: row.division,
            code: row.code,
            name: row.name,
            guidance: row.guidance,
            is_evidence_asked: row.is_evidence_asked,
            is_fast: row.is_fast,
            is_active: row.is_active,
            questions: own.map(QuestionView::from).collect(),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl View for CategoryView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/petition-categories/{}", self.id))
    }
}
