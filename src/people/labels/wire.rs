//! Labels in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::model::{Filter, LabelId, LabelLevel, LabelRow};
use crate::access::division::Division;
use crate::access::role::Role;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::list::Few;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::patch::Change;
use crate::kit::text::{Line, Prose};

/// The roles that a label names, 1 to 8.
pub type Roles = Few<Role, 1, 8>;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LabelQuery {
    /// Only labels that apply in this division: its own, and those of the divisions it lies in.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only labels of this level.
    pub level: Option<LabelLevel>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl LabelQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, level: self.level }
    }
}

/// The label in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct LabelPath {
    /// The label.
    pub label: LabelId,
}

/// A label's code: a small letter, then 1 to 39 small letters, digits and underscores.
#[derive(Clone, Debug)]
pub struct LabelCode(pub String);

impl LabelCode {
    fn new(text: &str) -> Result<Self, &'static str> {
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_code = (2..=40).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(is_letter);
        if is_code { Ok(Self(text.to_owned())) } else { Err("a label's code is like lives_alone") }
    }
}

impl<'de> Deserialize<'de> for LabelCode {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(input)?).map_err(serde::de::Error::custom)
    }
}

impl PartialSchema for LabelCode {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[a-z][a-z0-9_]{1,39}$"));
        text.examples([serde_json::json!("lives_alone")]).into()
    }
}

impl ToSchema for LabelCode {}

/// Define a label.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelDraft {
    /// Its code, used by no label of the division, above it or below it. Stays.
    pub code: LabelCode,
    /// Its name, used by no label of the division, above it or below it.
    #[schema(example = "独居老人")]
    pub name: Line<40>,
    /// What it means, and when it is set.
    #[serde(default)]
    pub description: Prose<500>,
    /// The city, district or street whose label it is. Stays.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// Who sees it: on people where the role sees people, in numbers where it does not.
    #[schema(value_type = Vec<Role>, min_items = 1, max_items = 8, example = json!(["committee_worker", "street_officer"]))]
    pub see_roles: Roles,
    /// Who sets and removes it; each sees it, too.
    #[schema(value_type = Vec<Role>, min_items = 1, max_items = 8, example = json!(["committee_worker"]))]
    pub set_roles: Roles,
    /// Whether it says something sensitive 敏感: then a reason must be given wherever it is set. Stays.
    pub is_sensitive: bool,
    /// After how many days it ends by itself on a person; null for one that stays. Stays.
    pub lasts_days: Option<Whole<1, 3650>>,
}

/// Change a label.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelPatch {
    /// Its name, used by no label of the division, above it or below it.
    #[serde(default)]
    #[schema(value_type = Line<40>, example = "独居老人")]
    pub name: Change<Line<40>>,
    /// What it means, and when it is set.
    #[serde(default)]
    #[schema(value_type = Prose<500>)]
    pub description: Change<Prose<500>>,
    /// Who sees it.
    #[serde(default)]
    #[schema(value_type = Vec<Role>, min_items = 1, max_items = 8)]
    pub see_roles: Change<Roles>,
    /// Who sets and removes it.
    #[serde(default)]
    #[schema(value_type = Vec<Role>, min_items = 1, max_items = 8)]
    pub set_roles: Change<Roles>,
    /// Whether it is set no more 停用. It stays on those who have it, and its code stays taken.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub is_retired: Change<bool>,
}

/// A label.
#[derive(Serialize, ToSchema)]
pub struct LabelView {
    /// Its id.
    pub id: LabelId,
    /// Its code.
    #[schema(example = "lives_alone")]
    pub code: String,
    /// Its name.
    #[schema(example = "独居老人")]
    pub name: String,
    /// What it means, and when it is set; empty when nothing is said.
    pub description: String,
    /// The division whose label it is.
    pub division: Division,
    /// That division's level.
    pub level: LabelLevel,
    /// Who sees it.
    pub see_roles: Vec<Role>,
    /// Who sets and removes it.
    pub set_roles: Vec<Role>,
    /// Whether it says something sensitive.
    pub is_sensitive: bool,
    /// After how many days it ends by itself on a person; null for one that stays.
    pub lasts_days: Option<i32>,
    /// Since which day it is set no more; null while it is.
    pub retired_on: Option<NaiveDate>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was defined.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<LabelRow> for LabelView {
    fn from(row: LabelRow) -> Self {
        Self {
            id: row.id,
            code: row.code,
            name: row.name,
            description: row.description,
            division: row.division,
            level: row.level,
            see_roles: row.see_roles.into_iter().flatten().collect(),
            set_roles: row.set_roles.into_iter().flatten().collect(),
            is_sensitive: row.is_sensitive,
            lasts_days: row.lasts_days,
            retired_on: row.retired_on,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl View for LabelView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }
}
