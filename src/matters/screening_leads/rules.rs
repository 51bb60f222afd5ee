//! What is refused of leads, and why.

use super::model::LeadRow;
use crate::kit::problem::{Result, Rule};
use crate::matters::screenings::ScreeningLeadState;

/// A lead lies in a committee at which the screening looks.
pub static DIVISION_UNFIT: Rule = Rule::invalid(
    "screening-lead-division-unfit",
    "A lead belongs to a committee at which this screening looks.",
    "线索须归属本次排查范围内的居委会或村委会。",
);
/// Who is concerned is one of three things.
pub static PARTY_UNFIT: Rule = Rule::invalid(
    "screening-lead-party-unfit",
    "Who is concerned is a resident, an organisation, or somebody named: one of the three.",
    "涉及人员须为居民、单位或写明姓名，三者选一。",
);
/// Somebody is named already.
pub static PARTY_TWICE: Rule =
    Rule::invalid("screening-lead-party-twice", "They are named already.", "该人员已登记。");
/// There is no such home there.
pub static DWELLING_UNKNOWN: Rule = Rule::invalid(
    "screening-lead-dwelling-unknown",
    "There is no such dwelling in this committee.",
    "本居民区没有该房屋。",
);
/// It was settled, or is a case.
pub static ENDED: Rule = Rule::refused(
    "screening-lead-ended",
    "This lead was settled or became a case already.",
    "该线索已化解或已转为调解案件。",
);
/// A case is somebody's.
pub static PARTIES_MISSING: Rule = Rule::refused(
    "screening-lead-parties-missing",
    "A lead becomes a case once somebody concerned is named.",
    "转为调解案件前须登记涉及人员。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&DIVISION_UNFIT, &PARTY_UNFIT, &PARTY_TWICE, &DWELLING_UNKNOWN, &ENDED, &PARTIES_MISSING];

/// Refuses what is over.
pub fn must_be_open(lead: &LeadRow) -> Result<()> {
    ENDED.unless(lead.state == ScreeningLeadState::Open)
}
