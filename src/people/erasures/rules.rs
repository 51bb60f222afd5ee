//! What must hold of an erasure.

use crate::kit::problem::Rule;

/// It waits already.
pub static PENDING: Rule = Rule::refused(
    "erasure-pending",
    "A wish to have this record deleted waits already.",
    "该档案已有待决定的删除申请。",
);
/// It was decided.
pub static DECIDED: Rule =
    Rule::refused("erasure-decided", "This has been decided already.", "该删除申请已处理。");
/// Of who died a near relative asks (个人信息保护法 art. 49); of who lives, nobody but they or their guardian.
pub static ASKER_UNFIT: Rule = Rule::invalid(
    "erasure-asker-unfit",
    "Of somebody who died a near relative asks; of anybody else they themselves, or their guardian.",
    "逝者的档案由近亲属提出，其他人的由本人或者监护人提出。",
);
/// Nobody decides about themselves or their child, nor about what they entered for another.
pub static SELF_DECIDED: Rule = Rule::refused(
    "erasure-self-decided",
    "Nobody decides about an erasure that they asked for or entered, or of their own record or their child's.",
    "不能处理本人提出、本人登记或者涉及本人及被监护人档案的删除申请。",
);
/// What is not deleted is kept for a reason that the person is told.
pub static ANSWER_MISSING: Rule = Rule::invalid(
    "erasure-answer-missing",
    "Say why it is kept, and by which law.",
    "请说明保留的理由和法律依据。",
);
/// The record is worked with no more.
pub static GONE: Rule = Rule::refused(
    "erasure-record-gone",
    "The record was merged, erased or sealed in the meantime.",
    "该档案已合并、删除或封存。",
);

/// Who still lives, owns or keeps house here is somebody the committee has to do with.
pub static TIES: Rule = Rule::refused(
    "erasure-ties",
    "The person still has a home or a household here; end that first.",
    "该人员仍有住房或家庭户关系，请先办理迁出或变更。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&PENDING, &DECIDED, &ASKER_UNFIT, &SELF_DECIDED, &ANSWER_MISSING, &GONE, &TIES];
