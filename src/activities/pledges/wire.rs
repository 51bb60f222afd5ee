//! Pledges in JSON, as they come in.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, PledgeChange, PledgeId, PledgeKind, PledgeState};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::day::Day;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::{Prose, Story};

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PledgeQuery {
    /// Only those to this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only those of this.
    #[param(inline)]
    pub kind: Option<PledgeKind>,
    /// Only those that stand so.
    #[param(inline)]
    pub state: Option<PledgeState>,
    /// Only those of this organisation.
    pub organisation: Option<OrganisationId>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl PledgeQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter {
            division: self.division,
            kind: self.kind,
            state: self.state,
            organisation: self.organisation,
        }
    }
}

/// The pledge in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PledgePath {
    /// The pledge.
    #[param(value_type = uuid::Uuid)]
    pub pledge: PledgeId,
}

/// Check in to a community, and offer something.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PledgeDraft {
    /// To which committee.
    #[schema(example = "310113003005")]
    pub division: Division,
    /// In the name of which organisation; left out, for oneself.
    pub organisation: Option<OrganisationId>,
    /// What is offered.
    pub kind: PledgeKind,
    /// What it is.
    #[schema(value_type = Story<1000>, example = "每月第二个周六上门义诊")]
    pub offer: Story<1000>,
    /// How many hours, where hours are offered.
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 10000)]
    pub hours: Option<Whole<1, 10_000>>,
    /// From which day on; today or later.
    pub starts_on: Day,
    /// Until which day; open where left out.
    pub ends_on: Option<Day>,
}

/// Change what is offered, before the committee has answered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PledgePatch {
    /// What it is.
    #[schema(value_type = Story<1000>)]
    #[serde(default)]
    pub offer: Change<Story<1000>>,
    /// How many hours.
    #[schema(value_type = i32, minimum = 1, maximum = 10000)]
    #[serde(default)]
    pub hours: Change<Whole<1, 10_000>>,
    /// Until which day.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    pub ends_on: Patch<Day>,
}

impl PledgePatch {
    /// What changes.
    pub fn into_change(self) -> PledgeChange {
        PledgeChange {
            offer: self.offer.map(Story::into_inner),
            hours: self.hours.map(|hours| Some(hours.get())),
            ends_on: self.ends_on.map(Day::get),
            ..PledgeChange::default()
        }
    }
}

/// Say yes or no to it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PledgeDecisionDraft {
    /// Whether the community takes it.
    pub is_accepted: bool,
    /// Why not; what to keep in mind.
    #[serde(default)]
    #[schema(value_type = Prose<500>)]
    pub reason: Prose<500>,
}
