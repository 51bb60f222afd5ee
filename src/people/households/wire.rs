//! Households in JSON: what comes in.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, HouseholdId, HouseholdRelation};
use crate::access::division::Division;
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::Line;
use crate::people::residents::ResidentId;
use crate::places::dwellings::DwellingId;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HouseholdQuery {
    /// Only households of this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only households of this dwelling.
    pub dwelling: Option<DwellingId>,
    /// Only the household that this resident is in.
    pub resident: Option<ResidentId>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl HouseholdQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, dwelling: self.dwelling, resident: self.resident }
    }
}

/// The household in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct HouseholdPath {
    /// The household.
    pub household: HouseholdId,
}

/// Somebody in a household.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HouseholdMemberDraft {
    /// The resident, of the household's own committee.
    pub resident: ResidentId,
    /// What they are to the head.
    pub relation: HouseholdRelation,
    /// Since when; today unless told, and not in the future. Of somebody who stays as they were it is not read.
    pub joined_on: Option<Day>,
}

/// The members of a household, 1 to 30.
pub type Members = Few<HouseholdMemberDraft, 1, 30>;

/// Enter a household.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HouseholdDraft {
    /// The committee that keeps it.
    pub division: Division,
    /// Where it is at home, in the same committee.
    pub dwelling: Option<DwellingId>,
    /// The number of the household register 户号, unique within the committee.
    #[schema(example = "310113-0247-0502")]
    pub number: Option<Line<30>>,
    /// Who is in it; exactly one is the head.
    #[schema(value_type = Vec<HouseholdMemberDraft>, min_items = 1, max_items = 30)]
    pub members: Members,
}

/// Change a household.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HouseholdPatch {
    /// Where it is at home.
    #[serde(default)]
    #[schema(value_type = Option<DwellingId>)]
    pub dwelling: Patch<DwellingId>,
    /// The number of the household register 户号.
    #[serde(default)]
    #[schema(value_type = Option<Line<30>>)]
    pub number: Patch<Line<30>>,
    /// Who is in it, in place of those who were; exactly one is the head.
    #[serde(default)]
    #[schema(value_type = Vec<HouseholdMemberDraft>, min_items = 1, max_items = 30)]
    pub members: Change<Members>,
}
