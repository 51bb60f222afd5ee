//! Residencies in JSON: what comes in.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, ResidencyId, ResidencyStatus};
use crate::access::actor::ResidentId;
use crate::access::division::Division;
use crate::kit::page::Limit;
use crate::kit::text::{Label, Line};
use crate::people::document::Document;
use crate::people::names::PersonName;
use crate::people::residents::Residence;
use crate::places::buildings::BuildingId;
use crate::text_enum;

/// Show who one is: name, document and home, as the committee has them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResidencyDraft {
    /// One's name, as in the document.
    pub name: PersonName,
    /// One's identity document 证件.
    pub document: Document,
    /// Where one lives.
    pub home: ClaimedHomeDraft,
}

/// A home as somebody can say it: `find_committee` tells the building's id.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimedHomeDraft {
    /// The building.
    pub building: BuildingId,
    /// Its unit 单元; empty where the building has none.
    #[serde(default)]
    #[schema(example = "1")]
    pub unit: Label<20>,
    /// Its number 室号.
    #[schema(example = "502")]
    pub number: Line<20>,
}

/// `502室` and `502`, `1单元` and `1` are the same: both ways of writing, whichever was sent.
pub fn both_ways(text: &str, ending: &str) -> [String; 2] {
    let bare = text.strip_suffix(ending).unwrap_or(text).trim_end();
    let whole = if bare.is_empty() { String::new() } else { format!("{bare}{ending}") };
    [bare.to_owned(), whole]
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ResidencyQuery {
    /// Only those of this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Those that wait, unless another status is asked for.
    pub status: Option<ResidencyStatus>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl ResidencyQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, status: self.status.unwrap_or(ResidencyStatus::Pending) }
    }
}

/// The residency in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ResidencyPath {
    /// The residency.
    pub residency: ResidencyId,
}

text_enum! {
    /// What the committee says.
    pub enum ResidencyDecision {
        /// 通过
        Confirmed = "confirmed",
        /// 不通过
        Refused = "refused",
    }
}

/// Decide whether somebody is who they say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResidencyDecisionDraft {
    /// What is decided.
    pub decision: ResidencyDecision,
    /// Why; the person reads it. Needed when it is refused.
    #[serde(default)]
    pub reason: Label<500>,
    /// Whose record it is; without one a new record is entered of what was said.
    pub resident: Option<ResidentId>,
    /// How the person resides here, for a new record.
    pub residence: Option<Residence>,
    /// Whether the record is taken from the account it is bound to, such as a lost one 改绑.
    #[serde(default)]
    pub takes_over: bool,
}

/// A home as it was said.
#[derive(Serialize, ToSchema)]
pub struct ClaimedHomeView {
    /// The building.
    pub building: BuildingId,
    /// Its unit 单元.
    #[schema(example = "1")]
    pub unit: String,
    /// Its number 室号.
    #[schema(example = "502")]
    pub number: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_with_and_without_its_word() {
        assert_eq!(both_ways("502室", "室"), ["502", "502室"]);
        assert_eq!(both_ways("502", "室"), ["502", "502室"]);
        assert_eq!(both_ways("", "单元"), ["", ""]);
    }
}
