//! What must hold of a consent.

use crate::kit::problem::{Kind, Rule};

/// Nobody agrees to a text they have not read.
pub static NOTICE_STALE: Rule = Rule::refused(
    "consent-notice-stale",
    "The privacy notice has another version now; read it again.",
    "隐私告知已更新，请重新阅读。",
);
/// The same was agreed to already.
pub static GIVEN: Rule =
    Rule::refused("consent-given", "This was agreed to already.", "已同意该事项，无需重复。");
/// What the law asks a consent of its own for is asked for on its own.
pub static NOT_SEPARATE: Rule = Rule::invalid(
    "consent-not-separate",
    "This purpose needs a consent of its own: ask for it separately, and say so.",
    "该事项须单独同意，请单独征得并注明。",
);
/// A child under 14 does not agree for itself.
pub static GUARDIAN_NEEDED: Rule = Rule {
    code: "consent-guardian-needed",
    kind: Kind::Forbidden,
    en: "For a child under 14 its guardian agrees.",
    zh: "不满十四周岁的，须由监护人同意。",
};
/// Something needs a consent that is not there.
pub static MISSING: Rule = Rule {
    code: "consent-missing",
    kind: Kind::Forbidden,
    en: "The person has not agreed to this.",
    zh: "本人尚未同意该事项。",
};

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&NOTICE_STALE, &GIVEN, &NOT_SEPARATE, &GUARDIAN_NEEDED, &MISSING];
