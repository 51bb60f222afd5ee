//! What must hold when somebody shows who they are.

use crate::kit::problem::{Kind, Rule};

/// There is no such building.
pub static BUILDING_UNKNOWN: Rule =
    Rule::invalid("residency-building-unknown", "There is no such building.", "没有该楼栋。");
/// The account is a verified resident of this committee already.
pub static HELD: Rule = Rule::refused(
    "residency-held",
    "The account is a verified resident of this committee already.",
    "该账号在本居村委已认证为居民。",
);
/// Too many attempts in a day.
pub static TOO_MANY: Rule = Rule {
    code: "residency-too-many",
    kind: Kind::TooMany,
    en: "Too many attempts today; try again tomorrow, or go to the committee.",
    zh: "今日认证次数过多，请明天再试或前往居村委办理。",
};
/// It was decided by somebody, or taken back.
pub static DECIDED: Rule =
    Rule::refused("residency-decided", "This has been decided already.", "该认证申请已处理。");
/// Nobody decides who they are themselves.
pub static SELF_DECIDED: Rule = Rule::refused(
    "residency-self-decided",
    "Nobody decides about their own residency.",
    "不能处理本人的居民认证申请。",
);
/// Whoever is refused is told why.
pub static REASON_MISSING: Rule =
    Rule::invalid("residency-reason-missing", "Say why it is refused.", "请说明未通过的原因。");
/// Nobody of that id in the committee.
pub static RESIDENT_UNKNOWN: Rule = Rule::invalid(
    "residency-resident-unknown",
    "The committee has no such record.",
    "本居村委没有该人员档案。",
);
/// The record has another document.
pub static DOCUMENT_DIFFERS: Rule = Rule::refused(
    "residency-document-differs",
    "The record has another document than the one that was shown.",
    "档案中的证件与申请人提供的证件不一致。",
);
/// The record is another account's.
pub static TAKEN: Rule = Rule::refused(
    "residency-taken",
    "The record is bound to another account; to give it to this one, say so.",
    "该档案已绑定其他账号；如需改绑请明确说明。",
);
/// A new record says how the person resides.
pub static RESIDENCE_MISSING: Rule = Rule::invalid(
    "residency-residence-missing",
    "Name a record, or say how the person resides here for a new one.",
    "请指明已有档案，或为新档案注明人户状态。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &BUILDING_UNKNOWN,
    &HELD,
    &TOO_MANY,
    &DECIDED,
    &SELF_DECIDED,
    &REASON_MISSING,
    &RESIDENT_UNKNOWN,
    &DOCUMENT_DIFFERS,
    &TAKEN,
    &RESIDENCE_MISSING,
];
