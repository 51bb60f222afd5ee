//! What must hold of an enrolment.

use crate::kit::problem::Rule;

/// A nickname is no name.
pub static NAME_MISSING: Rule = Rule::invalid(
    "enrolment-name-missing",
    "A new record needs the person's name; the code does not tell it.",
    "新建档案须填写姓名，该码不含姓名。",
);
/// How do they reside?
pub static RESIDENCE_MISSING: Rule = Rule::invalid(
    "enrolment-residence-missing",
    "A new record needs to say how the person resides here.",
    "新建档案须填写居住类型。",
);
/// No such record here that could be theirs.
pub static RESIDENT_UNKNOWN: Rule = Rule::invalid(
    "enrolment-resident-unknown",
    "The committee has no such record, or it is closed.",
    "本居村委没有该档案，或档案已关闭。",
);
/// The record is somebody else's.
pub static RESIDENT_TAKEN: Rule = Rule::refused(
    "enrolment-resident-taken",
    "This record is of another person: of another account, or of another document.",
    "该档案属于其他人员（已绑定其他账号或证件不同）。",
);
/// They do not want it any more.
pub static CONSENT_WITHDRAWN: Rule = Rule::refused(
    "enrolment-consent-withdrawn",
    "The person took their consent to enrolment back: they agree anew by themselves first. The record stays as it is.",
    "本人已撤回扫码录入的同意，须由本人重新同意后再录入；原有档案不变。",
);
/// Nobody confirms themselves.
pub static SELF: Rule = Rule::refused(
    "enrolment-self",
    "Nobody enrols themselves; ask a colleague.",
    "不能为本人扫码录入，请由同事操作。",
);
/// The city tells nobody's name and number.
pub static CODE_BARE: Rule = Rule::refused(
    "enrolment-code-bare",
    "The issuer of this code does not tell an identity card; enter the record by hand.",
    "发码平台未返回身份信息，请手工录入。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &NAME_MISSING,
    &RESIDENCE_MISSING,
    &RESIDENT_UNKNOWN,
    &RESIDENT_TAKEN,
    &CONSENT_WITHDRAWN,
    &SELF,
    &CODE_BARE,
];
