//! Who may be in a team.

use chrono::{Months, NaiveDate};

use crate::activities::volunteer_teams::VolunteerTeamKind;
use crate::kit::problem::{Result, Rule};
use crate::people::subjects;

/// Of age at 18 (民法典 17).
const OF_AGE: Months = Months::new(18 * 12);

/// The team is of others.
pub static OUTSIDE: Rule = Rule::refused(
    "volunteer-team-outside",
    "Verified residents of the place that the team serves join it.",
    "仅服务队所在区域或楼组的已认证居民可加入。",
);
/// In it already.
pub static JOINED: Rule =
    Rule::refused("volunteer-team-joined", "One is in this team already.", "您已在该服务队。");
/// Too young, or not known to be old enough.
pub static AGE_UNFIT: Rule = Rule::refused(
    "volunteer-team-age-unfit",
    "Response teams are for who is of age by the day of birth in their record; other teams from 14 on.",
    "突击队、第二梯队限档案登记的出生日期显示已成年者加入，其他服务队须年满十四周岁。",
);
/// Nobody leads who is not in it.
pub static LEADER_UNFIT: Rule =
    Rule::invalid("volunteer-team-leader-unfit", "One of those in the team leads it.", "队长须为本队队员。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&OUTSIDE, &JOINED, &AGE_UNFIT, &LEADER_UNFIT];

/// Whether somebody of that age may be in such a team: called up is only who is known to be of age.
pub fn must_fit(kind: VolunteerTeamKind, born_on: Option<NaiveDate>, today: NaiveDate) -> Result<()> {
    let is_of_age =
        born_on.and_then(|born| born.checked_add_months(OF_AGE)).is_some_and(|birthday| birthday <= today);
    let is_young = match kind {
        VolunteerTeamKind::Standing => subjects::is_child(born_on, today),
        VolunteerTeamKind::FirstResponse | VolunteerTeamKind::SecondLine => !is_of_age,
    };
    if is_young { AGE_UNFIT.refuse() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_called_up_before_they_are_of_age() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let fits = |kind, born: &str| must_fit(kind, Some(day(born)), day("2026-11-26")).is_ok();
        assert!(fits(VolunteerTeamKind::FirstResponse, "2008-11-26"));
        assert!(!fits(VolunteerTeamKind::SecondLine, "2008-11-27"));
        assert!(must_fit(VolunteerTeamKind::FirstResponse, None, day("2026-11-26")).is_err());
        assert!(must_fit(VolunteerTeamKind::SecondLine, None, day("2026-11-26")).is_err());
        assert!(must_fit(VolunteerTeamKind::Standing, None, day("2026-11-26")).is_ok());
        assert!(fits(VolunteerTeamKind::Standing, "2012-11-26"));
        assert!(!fits(VolunteerTeamKind::Standing, "2012-11-27"));
    }
}
