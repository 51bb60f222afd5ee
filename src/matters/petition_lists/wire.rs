//! What is listed of petitions.

use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Filter, PetitionSight};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::page::Limit;
use crate::kit::problem::Result;
use crate::matters::categories::CategoryId;
use crate::matters::petitions::PetitionKind;
use crate::matters::petitions::course::PetitionState;
use crate::matters::registry::read_receipt;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PetitionQuery {
    /// Whose. Unless told: those of the range for staff who have one, one's own for everybody else.
    #[param(inline)]
    pub of: Option<PetitionSight>,
    /// Only petitions in this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only petitions of this kind.
    #[param(inline)]
    pub kind: Option<PetitionKind>,
    /// Only petitions in this state.
    #[param(inline)]
    pub state: Option<PetitionState>,
    /// Only those of this category.
    pub category: Option<CategoryId>,
    /// Only those this organisation holds.
    pub holder: Option<OrganisationId>,
    /// Only open ones whose nearest deadline is past 超期.
    pub is_overdue: Option<bool>,
    /// The one with this receipt number 受理编号; spaces and dashes do not matter.
    #[param(example = "482711930562")]
    pub receipt: Option<String>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl PetitionQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Result<Filter> {
        Ok(Filter {
            division: self.division,
            kind: self.kind,
            state: self.state,
            category: self.category,
            holder: self.holder,
            is_overdue: self.is_overdue == Some(true),
            receipt: read_receipt(self.receipt.as_deref())?,
        })
    }
}
