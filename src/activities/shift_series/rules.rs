//! What must hold of recurring shifts.

use crate::kit::problem::Rule;

/// Not a team of who calls.
pub static TEAM_UNFIT: Rule = Rule::invalid(
    "shift-series-team-unfit",
    "Name a team that goes on, of the organisation or the building group that organises the call.",
    "须为本招募发起方名下在队的服务队。",
);
/// Hours that make no sense.
pub static PATTERN_UNFIT: Rule = Rule::invalid(
    "shift-series-pattern-unfit",
    "A shift of the week ends after it begins, on the same day.",
    "每周班次的结束时间须晚于开始时间，且在同一天。",
);
/// Nobody said what is done each week.
pub static PATTERN_MISSING: Rule = Rule::invalid(
    "shift-series-pattern-missing",
    "Say what is done each week: the team keeps no pattern.",
    "该队未设固定班次，请注明每周班次。",
);
/// There is nothing to make.
pub static EMPTY: Rule = Rule::refused(
    "shift-series-empty",
    "No shift is left to be made: all are past, there already, or on a holiday.",
    "没有可生成的班次：均已过去、已存在或逢节假日。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&TEAM_UNFIT, &PATTERN_UNFIT, &PATTERN_MISSING, &EMPTY];
