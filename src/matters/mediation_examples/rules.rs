//! What is refused of typical cases.

use super::model::{ExampleRow, MediationExampleState};
use crate::access::actor::AccountId;
use crate::kit::problem::{Result, Rule};

/// What is still going on is no example.
pub static CASE_OPEN: Rule = Rule::refused(
    "mediation-example-case-open",
    "A case becomes an example when it is filed.",
    "案件归档后方可编写典型案例。",
);
/// A case is told of once.
pub static EXISTS: Rule = Rule::refused(
    "mediation-example-exists",
    "There is an example of this case already; change that one, or withdraw it first.",
    "本案已有典型案例，请修改原稿或先撤下。",
);
/// Somebody would be known by it.
pub static NOT_ANONYMOUS: Rule = Rule::invalid(
    "mediation-example-not-anonymous",
    "This text tells who somebody is: a name, a telephone or identity number, or where a party lives. Write it so that nobody is known by it.",
    "文中含有可识别当事人的内容（姓名、电话、证件号码或住处），请隐去后再提交。",
);
/// What was published is not changed.
pub static NOT_DRAFT: Rule = Rule::refused(
    "mediation-example-not-draft",
    "Only a draft is changed or reviewed; what was published can be withdrawn.",
    "仅待审核的稿件可修改、审核；已发布的只能撤下。",
);
/// Four eyes.
pub static REVIEWER_SAME: Rule = Rule::refused(
    "mediation-example-reviewer-same",
    "Whoever wrote it, or changed it last, does not review it.",
    "撰写人、最后修改人不得自行审核。",
);
/// What was read is not what stands there now.
pub static CHANGED: Rule = Rule::refused(
    "mediation-example-changed",
    "The text has changed since you read it; read it again.",
    "稿件已有改动，请重新审阅。",
);
/// Whoever returns it says why.
pub static NOTE_MISSING: Rule =
    Rule::invalid("mediation-example-note-missing", "Say what is to be changed.", "退回须说明修改意见。");
/// It is down already.
pub static WITHDRAWN: Rule =
    Rule::refused("mediation-example-withdrawn", "It has been withdrawn already.", "该案例已撤下。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&CASE_OPEN, &EXISTS, &NOT_ANONYMOUS, &NOT_DRAFT, &REVIEWER_SAME, &CHANGED, &NOTE_MISSING, &WITHDRAWN];

/// Only a draft goes on.
pub fn must_be_draft(row: &ExampleRow) -> Result<()> {
    NOT_DRAFT.unless(row.state == MediationExampleState::Draft)
}

/// Somebody else reads it.
pub fn may_review(row: &ExampleRow, reviewer: AccountId) -> Result<()> {
    must_be_draft(row)?;
    let is_own = [row.written_by, row.edited_by].contains(&reviewer);
    if is_own { REVIEWER_SAME.refuse() } else { Ok(()) }
}
