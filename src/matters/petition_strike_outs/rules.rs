//! What is refused of striking out, and why.

use crate::kit::problem::Rule;

/// The condition meets everybody, nobody, or people of elsewhere.
pub static CONDITION_UNFIT: Rule = Rule::invalid(
    "strike-out-condition-unfit",
    "Say by when they signed, by which building group of the committee, or since when their account is; a time must begin before it ends.",
    "请填写签名时间、本居民区楼组或账号注册时间；起始时间须早于截止时间。",
);
/// It was carried out or cancelled before.
pub static STATE_UNFIT: Rule = Rule::refused(
    "strike-out-state-unfit",
    "This strike-out was carried out or cancelled already.",
    "该剔除已执行或已取消。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&CONDITION_UNFIT, &STATE_UNFIT];
