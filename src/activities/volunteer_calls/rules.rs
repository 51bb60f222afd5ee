//! What must hold of a call.

use std::collections::BTreeSet;

use chrono::{DateTime, Months, NaiveDate, Utc};

use super::course::{VolunteerCallState, VolunteerCallStep, after};
use super::model::{Expected, Need, VolunteerCallVisibility};
use crate::kit::clock::local_date;
use crate::kit::problem::{Result, Rule};

/// Of age at 18 (民法典 17).
const OF_AGE: Months = Months::new(18 * 12);

/// There is no such division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("volunteer-call-division-unknown", "There is no such division.", "没有该区划。");
/// It has one organiser, which is there and which the caller acts for.
pub static ORGANISER_UNFIT: Rule = Rule::invalid(
    "volunteer-call-organiser-unfit",
    "One building group of the division it is for, or one organisation that goes on: your own, or one within your range.",
    "发起方须为该区划内的一个楼组，或一个未撤销的组织；该组织须为本人任职单位，或在本人管辖范围内。",
);
/// What it answers is a petition of that place.
pub static PETITION_UNFIT: Rule = Rule::invalid(
    "volunteer-call-petition-unfit",
    "Name a petition that you see as staff, of the place that the call is for; no report.",
    "所回应的诉求须为本人以工作人员身份可见、属于招募范围内的诉求，且不得为检举。",
);
/// Who asked has read that the call came of it.
pub static PETITION_TOLD: Rule = Rule::refused(
    "volunteer-call-petition-told",
    "The call is published, and who asked was told which petition it answers: that does not change any more.",
    "招募令已发布并已告知诉求人，所回应的诉求不可再更改。",
);
/// The state does not allow it.
pub static STATE_UNFIT: Rule = Rule::refused(
    "volunteer-call-state-unfit",
    "The call's state does not allow this.",
    "招募令当前状态不允许此操作。",
);
/// Risks of dangerous work are told (志愿服务条例 12).
pub static RISKS_UNTOLD: Rule = Rule::invalid(
    "volunteer-call-risks-untold",
    "Tell what may happen in dangerous work.",
    "有风险的服务须告知可能发生的风险。",
);
/// The ages do not fit each other.
pub static AGES_REVERSED: Rule = Rule::invalid(
    "volunteer-call-ages-reversed",
    "The lowest age is above the highest.",
    "最低年龄高于最高年龄。",
);
/// Places count for a need by its role.
pub static NEED_DOUBLED: Rule = Rule::invalid(
    "volunteer-call-need-doubled",
    "Two needs are of one role: say once how many.",
    "同一岗位请只填写一次人数。",
);
/// Only a building group calls its own members alone.
pub static VISIBILITY_UNFIT: Rule = Rule::invalid(
    "volunteer-call-visibility-unfit",
    "Only what a building group organises is for that group alone.",
    "仅楼组发起的招募可限本楼组。",
);

/// Whoever is signed up stays insured (志愿服务条例 17).
pub static PEOPLE_UNINSURED: Rule = Rule::refused(
    "volunteer-call-people-uninsured",
    "Somebody is signed up whom dangerous work would find uninsured before their shift ends: insure it that long, or cancel the shift.",
    "已有人报名，保险须覆盖其班次结束；请先办妥保险，或取消该班次。",
);
/// Minors who are signed up do no dangerous work.
pub static MINORS_SIGNED_UP: Rule = Rule::refused(
    "volunteer-call-minors-signed-up",
    "Somebody under 18 is signed up, or somebody whose day of birth is not known, and would do dangerous work.",
    "已有未成年人或出生日期不明者报名，不可改为有人身危险的服务。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &DIVISION_UNKNOWN,
    &ORGANISER_UNFIT,
    &PETITION_UNFIT,
    &PETITION_TOLD,
    &STATE_UNFIT,
    &RISKS_UNTOLD,
    &AGES_REVERSED,
    &NEED_DOUBLED,
    &VISIBILITY_UNFIT,
    &PEOPLE_UNINSURED,
    &MINORS_SIGNED_UP,
];

/// The state after a step, or 409 where it does not follow.
pub fn must_follow(state: VolunteerCallState, step: VolunteerCallStep) -> Result<VolunteerCallState> {
    after(state, step).ok_or_else(|| (&STATE_UNFIT).into())
}

/// What is asked and told must make sense together.
pub struct Terms<'a> {
    pub ages: (Option<i32>, Option<i32>),
    pub is_dangerous: bool,
    pub risks: &'a str,
    pub visibility: VolunteerCallVisibility,
    pub is_of_group: bool,
}

/// Refuses terms that contradict each other.
pub fn must_agree(terms: &Terms<'_>) -> Result<()> {
    if let (Some(lowest), Some(highest)) = terms.ages
        && lowest > highest
    {
        return Err(AGES_REVERSED.at("/requirements/minimum_age"));
    }
    if terms.is_dangerous && terms.risks.is_empty() {
        return Err(RISKS_UNTOLD.at("/risks"));
    }
    match terms.visibility {
        VolunteerCallVisibility::BuildingGroup if !terms.is_of_group => {
            Err(VISIBILITY_UNFIT.at("/visibility"))
        }
        _ => Ok(()),
    }
}

/// Refuses two needs of one role.
pub fn must_differ(needs: &[Need]) -> Result<()> {
    let mut roles = BTreeSet::new();
    match needs.iter().position(|need| !roles.insert(need.role.as_str())) {
        Some(n) => Err(NEED_DOUBLED.at(format!("/needs/{n}/role"))),
        None => Ok(()),
    }
}

/// Whether the insurance lasts to the end of that day (志愿服务条例 17).
pub fn is_insured(insured_until: Option<NaiveDate>, day: NaiveDate) -> bool {
    insured_until.is_some_and(|until| until >= day)
}

/// Whether somebody is under 18 on that day; not where nobody knows when they were born.
pub fn is_minor(born_on: Option<NaiveDate>, day: NaiveDate) -> bool {
    born_on.and_then(|born| born.checked_add_months(OF_AGE)).is_some_and(|birthday| birthday > day)
}

/// The first and the last day on which somebody may come to a shift from now on; where it has no last day, the first is all that is known.
pub fn days(
    (starts_at, ends_at): (DateTime<Utc>, Option<DateTime<Utc>>),
    now: DateTime<Utc>,
) -> (NaiveDate, NaiveDate) {
    let first = local_date(starts_at.max(now));
    (first, ends_at.map_or(first, local_date))
}

/// Whether dangerous work, insured until then, is safe for all who are signed up: who is not known to be of age is not.
pub fn must_be_safe(
    insured_until: Option<NaiveDate>,
    expected: &[Expected],
    now: DateTime<Utc>,
) -> Result<()> {
    for one in expected {
        let (first, last) = days((one.starts_at, one.ends_at), now);
        if !is_insured(insured_until, last) {
            return PEOPLE_UNINSURED.refuse();
        }
        if one.is_any_unknown || is_minor(one.youngest, first) {
            return MINORS_SIGNED_UP.refuse();
        }
    }
    Ok(())
}
