//! What is refused of agreements.

use crate::kit::problem::Rule;

/// An agreement says something.
pub static TEXT_MISSING: Rule = Rule::invalid(
    "mediation-agreement-text-missing",
    "An agreement says what the dispute was and what was agreed (People's Mediation Law, art. 29).",
    "调解协议须载明纠纷事实和协议内容（人民调解法第二十九条）。",
);
/// A payment has instalments, an act has words.
pub static ITEM_UNFIT: Rule = Rule::invalid(
    "mediation-item-unfit",
    "A payment has one instalment or more and no day of its own; an act is said in words and has no instalments; nobody owes themselves.",
    "给付款项须写明各期金额和日期；履行行为须写明内容，不分期；义务人与权利人不得为同一方。",
);
/// Whoever owes, and is owed, is a party.
pub static ITEM_PARTY_UNKNOWN: Rule = Rule::invalid(
    "mediation-item-party-unknown",
    "Whoever owes something, and whoever it is owed to, is a party of this case.",
    "义务人、权利人须为本案当事人。",
);
/// Nothing is promised for a day before the promise.
pub static DUE_PAST: Rule = Rule::invalid(
    "mediation-item-due-past",
    "What is promised is due on the day of the agreement or later.",
    "履行日期不得早于协议日期。",
);
/// An oral agreement was made on a day; a written one is signed on days.
pub static AGREED_ON_UNFIT: Rule = Rule::invalid(
    "mediation-agreed-on-unfit",
    "An oral agreement says on which day it was made: today or before, and not before the case was registered. A written one does not.",
    "口头协议须写明达成日期，不得早于登记日或晚于今日；书面协议不填。",
);
/// What a court was asked to confirm stands.
pub static BEFORE_COURT: Rule = Rule::refused(
    "mediation-agreement-before-court",
    "A court was asked to confirm the agreement, or has: another does not supersede it (People's Mediation Law, art. 33).",
    "协议已申请或已获司法确认，不得另行变更（人民调解法第三十三条）。",
);
/// What one has before oneself is not what is to be signed.
pub static TEXT_OTHER: Rule = Rule::refused(
    "mediation-agreement-other",
    "No agreement of this case has this hash: look at the text again before signing.",
    "本案没有与该摘要相符的协议文本，请重新查看后签署。",
);
/// It does not wait for signatures.
pub static NOT_SIGNING: Rule = Rule::refused(
    "mediation-agreement-not-signing",
    "This text waits for no signature: another supersedes it, it was given up, or it is in force.",
    "该文本不待签署：已被替代、作废或已生效。",
);
/// Somebody signs as what they are.
pub static SIGNER_UNFIT: Rule = Rule::invalid(
    "mediation-signer-unfit",
    "A party signs for itself in the app, or on paper by who runs the case; a mediator who sits there signs as mediator; who keeps the office puts its seal.",
    "当事人本人在手机端签署，纸质签署由承办人代录；在席调解员以调解员身份签名；调解单位人员加盖印章。",
);
/// Paper is shown.
pub static PAPER_MISSING: Rule = Rule::invalid(
    "mediation-signature-paper-missing",
    "What was signed or sealed on paper is shown: attach a picture or a scan, and say on which day.",
    "纸质签名、盖章须上传图片或扫描件，并注明日期。",
);
/// Nobody signs before there is something to sign, nor in time to come.
pub static SIGNED_ON_UNFIT: Rule = Rule::invalid(
    "mediation-signed-on-unfit",
    "A text is signed on the day it was drawn up or later, and not in days to come.",
    "签署日期不得早于文本拟定日或晚于今日。",
);
/// Once is enough.
pub static SIGNED_ALREADY: Rule = Rule::refused(
    "mediation-signed-already",
    "This signature, or the seal, stands there already.",
    "该方已签署，或已加盖印章。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &TEXT_MISSING,
    &ITEM_UNFIT,
    &ITEM_PARTY_UNKNOWN,
    &DUE_PAST,
    &AGREED_ON_UNFIT,
    &BEFORE_COURT,
    &TEXT_OTHER,
    &NOT_SIGNING,
    &SIGNER_UNFIT,
    &PAPER_MISSING,
    &SIGNED_ON_UNFIT,
    &SIGNED_ALREADY,
];
