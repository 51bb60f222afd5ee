//! What a policy can't say.

use chrono::NaiveDate;

use super::model::{ClockKind, MatterKind, NewPolicy, PolicyMode, PolicyRow};
use crate::kit::problem::{Result, Rule};
use crate::matters::disputes::DisputeType;

/// Nothing is known of such a division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("matter-policy-division-unknown", "There is no such division.", "没有该区划。");
/// A policy for a variant that the kind doesn't have would hold for nothing.
pub static VARIANT_UNKNOWN: Rule =
    Rule::invalid("matter-policy-variant-unknown", "This kind has no such variant.", "该类事项没有该类型。");
/// The same of grades.
pub static GRADE_UNKNOWN: Rule =
    Rule::invalid("matter-policy-grade-unknown", "This kind has no such grade.", "该类事项没有该办理等级。");
/// Thresholds belong to the answer of joint petitions.
pub static THRESHOLD_UNFIT: Rule = Rule::invalid(
    "matter-policy-threshold-unfit",
    "Signatures and level go together, and belong to the answer clock of joint petitions, in normal times and for all \
     categories and grades.",
    "联名人数与答复层级须同时填写，且仅用于平时、不分类别等级的联名诉求答复时限。",
);
/// What was in force on a day stays what was in force.
pub static DAY_PAST: Rule = Rule::invalid(
    "matter-policy-day-past",
    "This day has passed; a policy begins and ends today or later.",
    "日期已过；时限规则只能自今日或以后生效、终止。",
);
/// A policy does not end before it begins.
pub static TERM_REVERSED: Rule = Rule::invalid(
    "matter-policy-term-reversed",
    "A policy can't end before it begins.",
    "终止日期不能早于生效日期。",
);
/// An end is brought forward, never put off: a newer policy does that.
pub static ENDED: Rule = Rule::refused(
    "matter-policy-ended",
    "This policy ends on that day or before it already.",
    "该时限规则已在该日或更早终止。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &DIVISION_UNKNOWN,
    &VARIANT_UNKNOWN,
    &GRADE_UNKNOWN,
    &THRESHOLD_UNFIT,
    &DAY_PAST,
    &TERM_REVERSED,
    &ENDED,
];

/// What petitions can be: 求助、投诉、咨询、人民建议、检举、联名.
pub const PETITION_VARIANTS: [&str; 6] =
    ["request", "complaint", "consultation", "suggestion", "report", "joint_petition"];
/// How petitions are graded: 一般、直通快办、疑难复杂.
pub const PETITION_GRADES: [&str; 3] = ["normal", "fast", "complex"];

/// How cases are graded: 一般、疑难、重大.
pub const CASE_GRADES: [&str; 3] = ["general", "difficult", "major"];

/// The variants and grades of a kind.
fn terms(kind: MatterKind) -> (Vec<&'static str>, &'static [&'static str]) {
    match kind {
        MatterKind::Petition => (PETITION_VARIANTS.to_vec(), &PETITION_GRADES),
        MatterKind::MediationCase => {
            (DisputeType::ALL.iter().map(|dispute| dispute.as_str()).collect(), &CASE_GRADES)
        }
    }
}

/// A policy that would hold for nothing, or not as it reads, is refused.
pub fn must_fit(new: &NewPolicy) -> Result<()> {
    let (variants, grades) = terms(new.kind);
    let is_unknown =
        |term: &Option<String>, known: &[&str]| term.as_deref().is_some_and(|term| !known.contains(&term));
    if is_unknown(&new.variant, &variants) {
        return Err(VARIANT_UNKNOWN.at("/variant"));
    }
    if is_unknown(&new.grade, grades) {
        return Err(GRADE_UNKNOWN.at("/grade"));
    }
    let is_of_joint_petitions = new.kind == MatterKind::Petition
        && new.clock == ClockKind::Answer
        && new.mode == PolicyMode::Normal
        && new.variant.as_deref().is_none_or(|variant| variant == "joint_petition")
        && new.category.is_none()
        && new.grade.is_none();
    match (new.signatures, new.level) {
        (None, None) => Ok(()),
        (Some(_), Some(_)) if is_of_joint_petitions => Ok(()),
        (None, _) => Err(THRESHOLD_UNFIT.at("/level")),
        (Some(_), _) => Err(THRESHOLD_UNFIT.at("/signatures")),
    }
}

/// It begins today or later, and ends after that.
pub fn must_be_ahead(new: &NewPolicy, today: NaiveDate) -> Result<()> {
    if new.effective_from < today {
        return Err(DAY_PAST.at("/effective_from"));
    }
    if new.effective_until.is_some_and(|until| until < new.effective_from) {
        return Err(TERM_REVERSED.at("/effective_until"));
    }
    Ok(())
}

/// It may end on that day.
pub fn may_end(policy: &PolicyRow, on: NaiveDate, today: NaiveDate) -> Result<()> {
    if policy.effective_until.is_some_and(|until| until <= on) {
        return ENDED.refuse();
    }
    if on < policy.effective_from {
        return Err(TERM_REVERSED.at("/on"));
    }
    if on < today { Err(DAY_PAST.at("/on")) } else { Ok(()) }
}
