//! What must hold of a data export.

use crate::kit::problem::{Kind, Rule};

/// Each reads all that is kept of somebody.
pub static TOO_MANY: Rule = Rule {
    code: "data-export-too-many",
    kind: Kind::TooMany,
    en: "Five copies a day are enough; fetch one of them, or ask again tomorrow.",
    zh: "每日最多申请五份个人信息副本，请下载已有副本或明天再试。",
};
/// It is still being written, or it failed.
pub static NOT_WRITTEN: Rule = Rule::refused(
    "data-export-not-written",
    "The copy is not written yet; look again in a moment.",
    "副本尚未生成，请稍后再试。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&TOO_MANY, &NOT_WRITTEN];
