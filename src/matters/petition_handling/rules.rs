//! What is refused while a petition is handled.

use crate::kit::problem::{Result, Rule};
use crate::matters::petitions::course::PetitionState;
use crate::matters::petitions::{Petition, PetitionKind};

/// A refusal stands on law (信访工作条例 32).
pub static LAW_MISSING: Rule = Rule::invalid(
    "petition-law-missing",
    "An answer that does not support what was asked names the law it stands on.",
    "不予支持的答复须写明法律依据。",
);
/// A suggestion is adopted, partly, or not, and each says why.
pub static ADOPTION_UNFIT: Rule = Rule::invalid(
    "petition-adoption-unfit",
    "The first answer to a suggestion says whether it is adopted and who may read that; no other answer does.",
    "对人民建议的首次答复须写明采纳情况和公开类别，其他答复不填。",
);
/// What was answered says something.
pub static ANSWER_EMPTY: Rule =
    Rule::invalid("petition-answer-empty", "Say what is answered.", "请填写答复内容。");
/// The parts of a joint operation come first.
pub static PARTS_OPEN: Rule = Rule::refused(
    "petition-parts-open",
    "Matters that are part of this one are still open.",
    "并入该事项的其他事项尚未办结。",
);
/// Who asked has not said what they think of it, and may still.
pub static NOT_RATED: Rule = Rule::refused(
    "petition-not-rated",
    "It is closed once who asked is content, or by itself when they stay silent.",
    "诉求人表示满意后方可办结；逾期未评价的自动办结。",
);
/// Two petitions are made one only where that is one matter.
pub static MERGE_UNFIT: Rule = Rule::invalid(
    "petition-merge-unfit",
    "A petition is merged into another open one of the same committee; reports and joint petitions are not.",
    "仅可并入同一居民区内未办结的其他诉求；检举和联名不并案。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&LAW_MISSING, &ADOPTION_UNFIT, &ANSWER_EMPTY, &PARTS_OPEN, &NOT_RATED, &MERGE_UNFIT];

/// Refuses to make one of two that are not.
pub fn must_be_one(from: &Petition, into: &Petition) -> Result<()> {
    let is_apart =
        |petition: &Petition| matches!(petition.own.kind, PetitionKind::Report | PetitionKind::JointPetition);
    let is_one = from.matter.id != into.matter.id
        && from.matter.division == into.matter.division
        && into.state.is_open()
        && into.state != PetitionState::Resolved
        && !is_apart(from)
        && !is_apart(into);
    if is_one { Ok(()) } else { Err(MERGE_UNFIT.at("/into")) }
}
