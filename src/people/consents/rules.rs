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
/// Whoever's data is given to others agrees to whom (个人信息保护法 art. 23).
pub static RECIPIENT_MISSING: Rule = Rule::invalid(
    "consent-recipient-missing",
    "Say to which organisation: one agrees to each recipient separately.",
    "向第三方提供个人信息，须逐一指明接收方并分别同意。",
);
/// Nothing else is given to anybody.
pub static RECIPIENT_UNFIT: Rule = Rule::invalid(
    "consent-recipient-unfit",
    "Only a consent to giving data to others names a recipient.",
    "只有“向第三方提供”须指明接收方。",
);
/// The recipient must be there.
pub static RECIPIENT_UNKNOWN: Rule =
    Rule::invalid("consent-recipient-unknown", "There is no such organisation.", "没有该组织。");
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
pub static RULES: &[&Rule] = &[
    &NOTICE_STALE,
    &GIVEN,
    &NOT_SEPARATE,
    &RECIPIENT_MISSING,
    &RECIPIENT_UNFIT,
    &RECIPIENT_UNKNOWN,
    &GUARDIAN_NEEDED,
    &MISSING,
];
