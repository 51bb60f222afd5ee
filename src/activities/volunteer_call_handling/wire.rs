//! What is said when a call moves on.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::kit::text::Line;

/// Cancel a call.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerCallCancellationDraft {
    /// Why, for everybody who signed up.
    #[schema(value_type = Line<500>, example = "当日有暴雨预警")]
    pub reason: Line<500>,
}
