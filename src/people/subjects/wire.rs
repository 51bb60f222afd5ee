//! Whose record a request is about.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::access::actor::ResidentId;
use crate::kit::page::Limit;

/// Whose record it is about.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SubjectQuery {
    /// One's own record of another committee, or that of a child under 14 whose guardian one is; oneself, unless told.
    #[serde(rename = "for")]
    #[param(rename = "for")]
    pub subject: Option<ResidentId>,
}

/// Whose to list. What counts as one's own without `for` is the operation's matter, which says so where that is not simply all.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SubjectsQuery {
    /// Whose: one of one's own records, or that of a child under 14 whose guardian one is; one's own, unless told.
    #[serde(rename = "for")]
    #[param(rename = "for")]
    pub subject: Option<ResidentId>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}
