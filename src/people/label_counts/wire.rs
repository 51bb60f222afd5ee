//! Label counts in JSON.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::LabelCountRow;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::page::Limit;
use crate::people::labels::LabelId;
use crate::people::small_counts::shown;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LabelCountQuery {
    /// How many in this division.
    #[param(example = "310113003000")]
    pub division: Division,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// How many carry a label.
#[derive(Serialize, ToSchema)]
pub struct LabelCountView {
    /// The label.
    pub label: LabelId,
    /// Its code.
    #[schema(example = "lives_alone")]
    pub code: String,
    /// Its name.
    #[schema(example = "独居老人")]
    pub name: String,
    /// Whether it says something sensitive.
    pub is_sensitive: bool,
    /// How many. For whoever may not list the people it is rounded down to a multiple of five, and null below five.
    #[schema(example = 128)]
    pub count: Option<i64>,
    /// Whether the number is too small to be told.
    pub is_suppressed: bool,
}

impl From<LabelCountRow> for LabelCountView {
    fn from(row: LabelCountRow) -> Self {
        let (count, is_suppressed) = shown(row.count, row.is_on_people);
        let LabelCountRow { id, code, name, is_sensitive, .. } = row;
        Self { label: id, code, name, is_sensitive, count, is_suppressed }
    }
}

impl View for LabelCountView {}
