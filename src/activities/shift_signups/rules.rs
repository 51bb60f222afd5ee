//! Who may take a place.

use chrono::{DateTime, Months, NaiveDate, TimeDelta, Utc};

use super::model::{Busy, Candidate, Danger, Offer, SignupConfirmation};
use crate::access::actor::ResidentId;
use crate::activities::shifts::{BEGUN, ShiftKind};
use crate::activities::volunteer_calls::{
    VolunteerCallState, VolunteerCallVisibility, days, is_insured, is_minor,
};
use crate::activities::volunteer_teams::VolunteerTeamId;
use crate::kit::clock::local_date;
use crate::kit::problem::{Problem, Result, Rule};
use crate::people::subjects;

/// Less than this between two shifts is told as tight.
const GRACE: TimeDelta = TimeDelta::minutes(30);

/// The places can't be taken now.
pub static NOT_OPEN: Rule = Rule::refused(
    "shift-not-open",
    "Places of this shift can't be taken now: the call is not published, or the shift was cancelled.",
    "该班次当前不可报名：招募未发布、已截止或班次已取消。",
);
/// Others come first.
pub static OWN_FIRST: Rule = Rule::refused(
    "shift-own-first",
    "For now the places are for the organiser's own people.",
    "目前仅限发起方内部人员优先报名。",
);
/// The call is for others.
pub static OUTSIDE: Rule = Rule::refused(
    "shift-outside",
    "Only verified residents whom the call is for sign up.",
    "仅招募范围内已认证的居民可报名。",
);
/// Signed up already.
pub static TAKEN_ALREADY: Rule = Rule::refused(
    "shift-signed-up-already",
    "This person is signed up for this shift already.",
    "已报名该班次。",
);
/// Busy elsewhere.
pub static CLASH: Rule = Rule::refused(
    "shift-clash",
    "This person is signed up for another shift at that time.",
    "与已报名的其他班次时间冲突。",
);
/// Too young, too old, or of an age that nobody knows.
pub static AGE_UNFIT: Rule = Rule::refused(
    "shift-age-unfit",
    "The call asks for another age, and the record must show it.",
    "年龄不符合招募要求，或档案中未登记出生日期。",
);
/// 志愿服务条例 17
pub static UNINSURED: Rule = Rule::refused(
    "shift-uninsured",
    "The work is dangerous, and the organiser has not insured it to the end of the shift.",
    "服务存在人身危险，发起方尚未办妥覆盖该班次的保险。",
);
/// No minor does dangerous work.
pub static DANGEROUS_FOR_MINORS: Rule = Rule::refused(
    "shift-dangerous-for-minors",
    "Nobody under 18 does dangerous work, nor anybody whose day of birth is not known.",
    "未成年人及出生日期不明者不得参加有人身危险的服务。",
);
/// 上海市志愿服务条例 13
pub static GUARDIAN_NEEDED: Rule = Rule::refused(
    "shift-guardian-needed",
    "A child under 14 is signed up by a guardian.",
    "未满十四周岁的须由监护人报名。",
);
/// Something was not confirmed.
pub static UNCONFIRMED: Rule = Rule::invalid(
    "shift-unconfirmed",
    "Confirm what the call asks for: risks read, skill, training.",
    "请确认已阅知风险，并具备所要求的技能、培训。",
);
/// There is nothing to give back.
pub static NOT_SIGNED_UP: Rule =
    Rule::refused("shift-not-signed-up", "This person is not signed up for this shift.", "未报名该班次。");
/// It is too late to give a place back.
pub static WITHDRAWAL_LATE: Rule = Rule::refused(
    "shift-withdrawal-late",
    "It is too late to withdraw: tell the organiser.",
    "已过退出时间，请联系发起方。",
);
/// Somebody else was faster, or it was never possible.
pub static STATE_UNFIT: Rule = Rule::refused(
    "shift-signup-state-unfit",
    "The sign-up's state does not allow this.",
    "报名当前状态不允许此操作。",
);
/// A guardian must have agreed.
pub static CONSENT_MISSING: Rule = Rule::invalid(
    "shift-signup-consent-missing",
    "Say how the guardian of this minor agreed.",
    "请注明监护人的同意方式。",
);
/// A refusal has a reason.
pub static REASON_MISSING: Rule =
    Rule::invalid("shift-signup-reason-missing", "Say why it is refused.", "请填写不通过的原因。");
/// Nobody decides for themselves.
pub static OWN: Rule = Rule::refused(
    "shift-signup-own",
    "This is one's own sign-up: somebody else decides and records.",
    "本人的报名与出勤须由他人审核、登记。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &NOT_OPEN,
    &OWN_FIRST,
    &OUTSIDE,
    &TAKEN_ALREADY,
    &CLASH,
    &AGE_UNFIT,
    &UNINSURED,
    &DANGEROUS_FOR_MINORS,
    &GUARDIAN_NEEDED,
    &UNCONFIRMED,
    &NOT_SIGNED_UP,
    &WITHDRAWAL_LATE,
    &STATE_UNFIT,
    &CONSENT_MISSING,
    &REASON_MISSING,
    &OWN,
];

/// Whether a call is for somebody who lives there.
fn is_for(offer: &Offer, one: &Candidate) -> bool {
    match offer.visibility {
        VolunteerCallVisibility::Public => true,
        VolunteerCallVisibility::Community => is_inside(offer, one),
        VolunteerCallVisibility::BuildingGroup => is_of_group(offer, one),
    }
}

/// Whether somebody is of those who come first: of the team whose shift it is, else of the building group that organises it, or of the
/// division it is for.
fn is_own(offer: &Offer, one: &Candidate, members: &[(VolunteerTeamId, ResidentId)]) -> bool {
    if let Some(team) = offer.team {
        members.contains(&(team, one.resident))
    } else if offer.group.is_some() {
        is_of_group(offer, one)
    } else {
        is_inside(offer, one)
    }
}

fn is_inside(offer: &Offer, one: &Candidate) -> bool {
    offer.division.range().contains(one.division)
}

fn is_of_group(offer: &Offer, one: &Candidate) -> bool {
    offer.group.is_some() && offer.group == one.group
}

/// How a place is asked for, where nothing is in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Somebody must say yes first.
    pub asks: bool,
    /// And a guardian, too.
    pub consents: bool,
}

/// The record by which somebody comes whom the call is for, and whether they come first: of two of one's own, that which does.
pub fn closest<'a>(
    offer: &Offer,
    known: &'a [Candidate],
    members: &[(VolunteerTeamId, ResidentId)],
) -> Option<(&'a Candidate, bool)> {
    let of_whom = known.iter().filter(|one| is_for(offer, one));
    of_whom.map(|one| (one, is_own(offer, one, members))).min_by_key(|(_, is_first)| !is_first)
}

/// Whether somebody may take a place beforehand, of those whom the call is for.
pub fn may_take(
    offer: &Offer,
    who: (&Candidate, bool),
    is_guardian: bool,
    confirms: &[SignupConfirmation],
    now: DateTime<Utc>,
) -> Result<Asking> {
    let last = if offer.kind == ShiftKind::Fixed { Some(offer.starts_at) } else { offer.ends_at };
    if is_published(offer) && last.is_some_and(|last| last <= now) {
        return BEGUN.refuse();
    }
    may_come(offer, who, is_guardian, confirms, now)
}

/// Whether somebody may come, though the shift may have begun.
pub fn may_come(
    offer: &Offer,
    (one, is_first): (&Candidate, bool),
    is_guardian: bool,
    confirms: &[SignupConfirmation],
    now: DateTime<Utc>,
) -> Result<Asking> {
    let refuse = |rule: &'static Rule| Err(Problem::from(rule));
    if !is_published(offer) {
        return refuse(&NOT_OPEN);
    }
    if offer.own_first_until.is_some_and(|until| now < until) && !is_first {
        return refuse(&OWN_FIRST);
    }
    let (first, last) = days((offer.starts_at, offer.ends_at), now);
    if offer.is_dangerous {
        let danger = Danger { insured_until: offer.insured_until, born_on: one.born_on };
        must_be_safe(danger, (first, last))?;
    }
    if !fits_age(offer, one.born_on, first) {
        return refuse(&AGE_UNFIT);
    }
    if subjects::is_child(one.born_on, local_date(now)) && !is_guardian {
        return refuse(&GUARDIAN_NEEDED);
    }
    must_be_confirmed(offer, confirms)?;
    let consents = is_minor(one.born_on, first) && !is_guardian;
    Ok(Asking { asks: offer.needs_approval || consents, consents })
}

/// Refuses dangerous work that is not insured to the last of these days, and whoever is not known to be of age on the first.
pub fn must_be_safe(danger: Danger, (first, last): (NaiveDate, NaiveDate)) -> Result<()> {
    if !is_insured(danger.insured_until, last) {
        return UNINSURED.refuse();
    }
    match danger.born_on.is_none() || is_minor(danger.born_on, first) {
        true => DANGEROUS_FOR_MINORS.refuse(),
        false => Ok(()),
    }
}

fn is_published(offer: &Offer) -> bool {
    offer.state == VolunteerCallState::Published && offer.is_open
}

fn must_be_confirmed(offer: &Offer, confirms: &[SignupConfirmation]) -> Result<()> {
    let asked = [
        (SignupConfirmation::Risks, &offer.risks),
        (SignupConfirmation::Skill, &offer.skill),
        (SignupConfirmation::Training, &offer.training),
    ];
    let is_missing =
        |(what, text): &(SignupConfirmation, &String)| !text.is_empty() && !confirms.contains(what);
    if asked.iter().any(is_missing) { Err(UNCONFIRMED.at("/confirms")) } else { Ok(()) }
}

/// Whether somebody has reached an age on that day; none where their day of birth is unknown.
fn is_at_least(born_on: Option<NaiveDate>, age: Months, day: NaiveDate) -> Option<bool> {
    born_on.and_then(|born| born.checked_add_months(age)).map(|birthday| birthday <= day)
}

fn fits_age(offer: &Offer, born_on: Option<NaiveDate>, day: NaiveDate) -> bool {
    let years = |years: i32| Months::new(u32::try_from(years).unwrap_or_default() * 12);
    let is_old_enough =
        offer.ages.0.is_none_or(|lowest| is_at_least(born_on, years(lowest), day) == Some(true));
    let is_young_enough =
        offer.ages.1.is_none_or(|highest| is_at_least(born_on, years(highest + 1), day) == Some(false));
    is_old_enough && is_young_enough
}

/// Whether two times meet.
pub fn meets(busy: &Busy, (from, until): (DateTime<Utc>, DateTime<Utc>)) -> bool {
    busy.from.is_some_and(|one| one < until) && busy.until.is_some_and(|one| one > from)
}

/// Whether there is less than the grace between two times.
pub fn is_near(busy: &Busy, (from, until): (DateTime<Utc>, DateTime<Utc>)) -> bool {
    meets(busy, (from - GRACE, until + GRACE))
}
