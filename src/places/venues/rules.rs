//! What must hold of venues and of their codes.

use super::model::CodeGrade;
use crate::kit::problem::{Result, Rule};

/// The division has a venue of this name already.
pub static NAME_TAKEN: Rule = Rule::refused(
    "venue-name-taken",
    "The division has a venue of this name already.",
    "该区划已有同名场所。",
);
/// There is no such division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("venue-division-unknown", "There is no such division.", "没有该区划。");
/// There is no such organisation.
pub static ORGANISATION_UNKNOWN: Rule =
    Rule::invalid("venue-organisation-unknown", "There is no such organisation.", "没有该组织。");
/// A fence needs a middle, and somebody who scans inside it.
pub static FENCE_UNFIT: Rule = Rule::invalid(
    "venue-fence-unfit",
    "A fence needs the venue's place on the map, and a code that people scan themselves.",
    "电子围栏须先填写场所位置，且仅适用于由居民自行扫码的场所。",
);
/// Staff scan the person's code instead.
pub static ATTENDED: Rule = Rule::refused(
    "venue-code-attended",
    "This venue has no code: staff scan yours.",
    "该场所不设场所码，请出示本人二维码由工作人员查验。",
);
/// Nobody goes there any more.
pub static CLOSED: Rule = Rule::refused("venue-closed", "This venue is closed.", "该场所已关闭。");
/// A code that rotates is not printed.
pub static NOT_PRINTED: Rule = Rule::refused(
    "venue-code-not-printed",
    "Only a static code is printed; this one is shown on a screen.",
    "仅静态场所码可打印，动态码请在屏幕展示。",
);
/// This is no code of a venue.
pub static CODE_UNKNOWN: Rule = Rule::invalid(
    "venue-code-unknown",
    "This is no code of a venue, or of one that is open.",
    "不是有效的场所码，或场所已关闭。",
);
/// The code of another moment.
pub static CODE_EXPIRED: Rule = Rule::refused(
    "venue-code-expired",
    "This code is not shown any more; scan the one on the screen.",
    "该场所码已过期，请扫描屏幕上当前的二维码。",
);
/// The venue has a fence, so that one says where one is.
pub static PLACE_MISSING: Rule = Rule::invalid(
    "venue-place-missing",
    "This venue's code is scanned there: say where you are.",
    "该场所码须在现场扫描，请允许获取位置。",
);
/// Too far away.
pub static OUTSIDE: Rule = Rule::refused(
    "venue-outside",
    "This venue's code is scanned there, and you are elsewhere.",
    "您不在该场所范围内，请到现场扫码。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &NAME_TAKEN,
    &DIVISION_UNKNOWN,
    &ORGANISATION_UNKNOWN,
    &FENCE_UNFIT,
    &ATTENDED,
    &CLOSED,
    &NOT_PRINTED,
    &CODE_UNKNOWN,
    &CODE_EXPIRED,
    &PLACE_MISSING,
    &OUTSIDE,
];

/// A fence has a middle, and belongs to a code that people scan themselves.
pub fn check_fence(radius: Option<i32>, is_placed: bool, grade: CodeGrade) -> Result<()> {
    let is_fit = radius.is_none() || is_placed && grade != CodeGrade::Attended;
    if is_fit { Ok(()) } else { Err(FENCE_UNFIT.at("/radius")) }
}
