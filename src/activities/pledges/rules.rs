//! What must hold of a pledge.

use crate::kit::problem::Rule;

/// Not a community.
pub static DIVISION_UNFIT: Rule = Rule::invalid(
    "pledge-division-unfit",
    "One checks in to a community: a residents' or villagers' committee that exists.",
    "请选择要报到的居村委。",
);
/// Not an organisation that goes on.
pub static ORGANISATION_UNKNOWN: Rule = Rule::invalid(
    "pledge-organisation-unknown",
    "There is no such organisation, or it is no more.",
    "没有该组织，或已撤销。",
);
/// A member checks in where they live.
pub static OUTSIDE: Rule = Rule::refused(
    "pledge-outside",
    "A member checks in where they are a verified resident.",
    "个人须到本人认证居住的居村委报到。",
);
/// The days make no sense.
pub static DAYS_UNFIT: Rule = Rule::invalid(
    "pledge-days-unfit",
    "It begins today or later, and within a year, and ends no earlier.",
    "开始日期须为今日起一年内，结束日期不早于开始。",
);
/// Hours are of those who offer hours.
pub static HOURS_UNFIT: Rule = Rule::invalid(
    "pledge-hours-unfit",
    "Say how many hours where hours are offered, and only there.",
    "提供时间的须填写小时数，其他类型无需填写。",
);
/// Not a step that follows.
pub static STATE_UNFIT: Rule = Rule::refused(
    "pledge-state-unfit",
    "That can't be done to a pledge where this one stands.",
    "当前状态不能进行该操作。",
);
/// Nobody accepts from themselves.
pub static OWN: Rule = Rule::refused(
    "pledge-own",
    "Nobody decides or notes for the community what they pledged themselves, or for their organisation.",
    "不得代居村委处理本人或本单位的报到。",
);
/// Declined without a reason.
pub static REASON_MISSING: Rule =
    Rule::invalid("pledge-reason-missing", "Say why it is declined.", "请填写不接受的原因。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &DIVISION_UNFIT,
    &ORGANISATION_UNKNOWN,
    &OUTSIDE,
    &DAYS_UNFIT,
    &HOURS_UNFIT,
    &STATE_UNFIT,
    &OWN,
    &REASON_MISSING,
];
