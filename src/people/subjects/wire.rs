//! Whose record a request is about.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::access::actor::ResidentId;

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
