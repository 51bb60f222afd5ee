//! What is refused of ratings and reviews.

use crate::kit::problem::Rule;

/// Once for each answer.
pub static RATED_ALREADY: Rule =
    Rule::refused("petition-rated-already", "It was rated since it was last answered.", "该次答复已评价。");
/// Who has an account says it themselves.
pub static RATED_BY_OTHERS: Rule = Rule::refused(
    "petition-rating-own",
    "Who asked has an account and says themselves what they think of it.",
    "诉求人有账号，由本人评价。",
);
/// Who was content has no reason to open it again.
pub static RATED_WELL: Rule = Rule::refused(
    "petition-rated-well",
    "It was rated as satisfying: a new petition is for what came since.",
    "已评价为满意或基本满意，新情况请另行提交诉求。",
);
/// Whoever handled it does not say how well they did.
pub static RATED_BY_HOLDER: Rule = Rule::refused(
    "petition-rating-by-holder",
    "Whoever handled it does not rate it: somebody else calls back.",
    "承办单位不得代为评价，请由其他人员回访。",
);
/// A review comes before it is handled once more.
pub static REVIEW_PENDING: Rule = Rule::refused(
    "petition-review-pending",
    "A review of the answer was asked for and waits: it comes first.",
    "复查或复核尚未答复，暂不能重办。",
);
/// A review follows an answer to a request or a complaint, in time, and one after the other.
pub static REVIEW_UNFIT: Rule = Rule::refused(
    "petition-review-unfit",
    "A review is asked for within 30 days of the answer to a request or a complaint, and a final one within 30 days of the review (Regulation on Petitions, arts. 35, 36).",
    "求助、投诉可在答复后 30 日内申请复查，在复查答复后 30 日内申请复核（信访工作条例第三十五、三十六条）。",
);
/// Each stage comes once; after the last it is final.
pub static REVIEWED_ALREADY: Rule = Rule::refused(
    "petition-reviewed-already",
    "This review was asked for before; after the final one nothing follows (Regulation on Petitions, art. 36).",
    "该环节已申请；复核意见为终结意见（信访工作条例第三十六条）。",
);
/// Nobody reviews what they said themselves.
pub static REVIEW_OWN: Rule = Rule::refused(
    "petition-review-own",
    "Whoever answered it does not answer its review.",
    "原答复经办人不得承办复查、复核。",
);
/// Nobody asked for it, or it was answered.
pub static REVIEW_ABSENT: Rule = Rule::refused(
    "petition-review-absent",
    "No review of this stage waits for an answer.",
    "没有待答复的该环节申请。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &RATED_ALREADY,
    &RATED_BY_OTHERS,
    &RATED_BY_HOLDER,
    &RATED_WELL,
    &REVIEW_PENDING,
    &REVIEW_UNFIT,
    &REVIEWED_ALREADY,
    &REVIEW_OWN,
    &REVIEW_ABSENT,
];
