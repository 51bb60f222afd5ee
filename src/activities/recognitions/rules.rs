//! What must hold of a recognition.

use crate::kit::problem::Rule;

/// The nominee is not one that can be.
pub static NOMINEE_UNFIT: Rule = Rule::invalid(
    "recognition-nominee-unfit",
    "A community star is a resident who lives here, a vital group a building group; name one of the two.",
    "社区达人须为在册居民，活力楼组须为楼组；请填写其一。",
);
/// It is there already.
pub static HELD: Rule = Rule::refused(
    "recognition-held",
    "This title is held already, or its nomination is not decided yet.",
    "已拥有该称号，或其提名尚未办结。",
);
/// Not a step that follows.
pub static STATE_UNFIT: Rule = Rule::refused(
    "recognition-state-unfit",
    "That can't be done to a recognition where this one stands.",
    "当前状态不能进行该操作。",
);
/// One's own.
pub static OWN: Rule = Rule::refused(
    "recognition-own",
    "Nobody decides about themselves, about the group they lead, or about whom they nominated.",
    "不得处理本人、本人负责的楼组或本人提名的评选。",
);
/// A child's guardian decides.
pub static GUARDIAN_MISSING: Rule = Rule::refused(
    "recognition-guardian-missing",
    "For a child under 14 the guardian decides what is shown.",
    "不满十四周岁的，由监护人决定。",
);
/// Not the criteria of the place.
pub static CRITERIA_UNFIT: Rule = Rule::invalid(
    "recognition-criteria-unfit",
    "Give points for each criterion of the place, once, and no more than it gives.",
    "请按本区域评分项逐项打分，每项一次，且不超过该项满分。",
);
/// Too few points, or none given.
pub static POINTS_SHORT: Rule = Rule::refused(
    "recognition-points-short",
    "It is not assessed, or has fewer points than are enough.",
    "尚未评分或未达到合格分。",
);
/// Nobody said for how long.
pub static PUBLICITY_UNRULED: Rule = Rule::refused(
    "recognition-publicity-unruled",
    "No rule of the place says for how many days it is publicised.",
    "本区域未规定公示天数。",
);
/// It is still publicised.
pub static PUBLICITY_RUNNING: Rule = Rule::refused(
    "recognition-publicity-running",
    "It is publicised until the day that it says.",
    "公示期尚未届满。",
);
/// An objection waits for its answer, or holds.
pub static OBJECTED: Rule = Rule::refused(
    "recognition-objected",
    "An objection is not answered yet, or was upheld.",
    "尚有异议未答复，或异议成立。",
);
/// Not one of that place.
pub static GRANTER_UNFIT: Rule = Rule::invalid(
    "recognition-granter-unfit",
    "Name an organisation of this place, or one above it, that goes on: your own, or one within your range.",
    "授予单位须为本区域或上级的在存组织，且为本人任职单位，或在本人管辖范围内。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &NOMINEE_UNFIT,
    &HELD,
    &STATE_UNFIT,
    &OWN,
    &GUARDIAN_MISSING,
    &CRITERIA_UNFIT,
    &POINTS_SHORT,
    &PUBLICITY_UNRULED,
    &PUBLICITY_RUNNING,
    &OBJECTED,
    &GRANTER_UNFIT,
];
