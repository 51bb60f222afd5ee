//! What must hold of data grants.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::model::{DataGrantRow, GrantBasis};
use crate::kit::problem::{Kind, Result, Rule};
use crate::places::organisations::OrganisationKind;

/// The grantee must be there.
pub static GRANTEE_UNKNOWN: Rule = Rule::invalid(
    "data-grant-grantee-unknown",
    "There is no such organisation, or it is closed.",
    "没有该组织，或该组织已注销。",
);
/// Nobody claims a duty by law who has none.
pub static BASIS_NOT_THEIRS: Rule = Rule::invalid(
    "data-grant-basis-not-theirs",
    "Only state organs and committees are shared with for a duty by law; with anybody else, by what each person agreed to.",
    "只有国家机关和居（村）委会可以“履行法定职责”为依据；向其他组织提供须取得个人单独同意。",
);
/// A year at most.
pub static TERM_UNFIT: Rule = Rule::invalid(
    "data-grant-term-unfit",
    "A grant ends later than now, and within a year.",
    "授权到期时间须晚于现在，且不超过一年。",
);
/// The division must be there.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("data-grant-division-unknown", "There is no such division.", "没有该区划。");
/// Nobody grants to themselves.
pub static SELF_GRANTED: Rule = Rule::refused(
    "data-grant-self-granted",
    "Nobody grants to an organisation in which they hold a post.",
    "不能授权给本人任职的组织。",
);
/// Expired or withdrawn, or granted to an organisation that is no more.
pub static ENDED: Rule = Rule {
    code: "data-grant-ended",
    kind: Kind::Forbidden,
    en: "This grant has expired or was withdrawn, or the organisation is closed.",
    zh: "该授权已到期或已撤回，或被授权组织已注销。",
};
/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&GRANTEE_UNKNOWN, &BASIS_NOT_THEIRS, &TERM_UNFIT, &DIVISION_UNKNOWN, &SELF_GRANTED, &ENDED];

/// Refuses an end behind us, or more than a year ahead.
pub fn must_end_within_a_year(expires_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    let is_fit = expires_at > now && expires_at <= now + TimeDelta::days(365);
    if is_fit { Ok(()) } else { Err(TERM_UNFIT.at("/expires_at")) }
}

/// Refuses a duty by law to a grantee who has none (个人信息保护法 arts. 13, 34 and 37).
pub fn must_be_theirs(basis: GrantBasis, grantee: OrganisationKind) -> Result<()> {
    let is_theirs = basis == GrantBasis::Consent || has_duties(grantee);
    if is_theirs { Ok(()) } else { Err(BASIS_NOT_THEIRS.at("/basis")) }
}

/// Whether it is an organ of the state, of a street or a committee. Not every public institution has a duty by law, so none counts here.
fn has_duties(kind: OrganisationKind) -> bool {
    use OrganisationKind::*;
    match kind {
        ResidentsCommittee | VillageCommittee | PoliceStation | JusticeOffice | Department | StreetOffice
        | GridCentre | Court => true,
        OwnersCommittee | PropertyCompany | LawFirm | SocialOrganisation | Enterprise | Foundation
        | PartyBranch | PublicInstitution | LegalAidCentre => false,
    }
}

/// Refuses a grant that does not count any more.
pub fn must_count(grant: &DataGrantRow, grantee_closed: Option<NaiveDate>, now: DateTime<Utc>) -> Result<()> {
    let counts = grant.withdrawn_at.is_none() && now < grant.expires_at && grantee_closed.is_none();
    ENDED.unless(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_ends_within_a_year() {
        let now: DateTime<Utc> = "2026-11-25T08:00:00Z".parse().unwrap();
        assert!(must_end_within_a_year(now + TimeDelta::days(365), now).is_ok());
        assert!(must_end_within_a_year(now, now).is_err());
        assert!(must_end_within_a_year(now + TimeDelta::days(366), now).is_err());
    }

    #[test]
    fn a_duty_is_of_those_who_have_one_and_anybody_asks_the_people() {
        for kind in OrganisationKind::ALL {
            assert!(must_be_theirs(GrantBasis::Consent, *kind).is_ok());
        }
        let claimed = |kind| must_be_theirs(GrantBasis::StatutoryDuty, kind).is_ok();
        assert!(claimed(OrganisationKind::PoliceStation));
        assert!(!claimed(OrganisationKind::PropertyCompany));
    }
}
