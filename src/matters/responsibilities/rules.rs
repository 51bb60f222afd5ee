//! What must hold of responsibilities, and which of them decide.

use chrono::{Days, NaiveDate};

use super::model::{ResponsibleRow, Stint};
use crate::access::actor::OrganisationId;
use crate::kit::problem::{Result, Rule};
use crate::matters::dispatches::DispatchRole;

/// There is no such division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("responsibility-division-unknown", "There is no such division.", "没有该区划。");
/// There is no such category there.
pub static CATEGORY_UNKNOWN: Rule = Rule::invalid(
    "responsibility-category-unknown",
    "There is no such category of petitions in this division, or it is used no more.",
    "该区划没有此诉求类别，或该类别已停用。",
);
/// There is no such organisation, or it is closed.
pub static ORGANISATION_UNKNOWN: Rule = Rule::invalid(
    "responsibility-organisation-unknown",
    "There is no such organisation, or it is closed.",
    "没有该组织，或该组织已撤销。",
);
/// A term ends when it begins, or later.
pub static TERM_INVALID: Rule = Rule::invalid(
    "responsibility-term-invalid",
    "The last day is before the first one.",
    "截止日期不能早于开始日期。",
);
/// One leads at a time.
pub static LEAD_TAKEN: Rule = Rule::refused(
    "responsibility-lead-taken",
    "Another organisation leads with this category in this division in that time.",
    "该时段内此区划的此类诉求已有其他主办单位。",
);
/// An organisation is responsible once.
pub static TAKEN: Rule = Rule::refused(
    "responsibility-taken",
    "The organisation is responsible for this category in this division in that time already.",
    "该时段内该组织已承担此区划的此类诉求。",
);
/// A proposal is decided once.
pub static PROPOSAL_DECIDED: Rule =
    Rule::refused("responsibility-proposal-decided", "This has been decided already.", "该建议已作出决定。");
/// What is proposed can't come about any more.
pub static PROPOSAL_OUTDATED: Rule = Rule::refused(
    "responsibility-proposal-outdated",
    "The organisation proposed is closed, or another one leads from its first day on.",
    "建议的组织已撤销，或自起始日起已另有主办单位。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &DIVISION_UNKNOWN,
    &CATEGORY_UNKNOWN,
    &ORGANISATION_UNKNOWN,
    &TERM_INVALID,
    &LEAD_TAKEN,
    &TAKEN,
    &PROPOSAL_DECIDED,
    &PROPOSAL_OUTDATED,
];

/// A term has at least one day.
pub fn must_be_a_term(starts_on: NaiveDate, ends_on: Option<NaiveDate>) -> Result<()> {
    if ends_on.is_some_and(|last| last < starts_on) { Err(TERM_INVALID.at("/ends_on")) } else { Ok(()) }
}

/// A stint beside others of the same category and division: one leads at a time, and nobody is there twice.
pub fn must_be_free(stint: &Stint, others: &[Stint]) -> Result<()> {
    let meets = |other: &&Stint| {
        let begins_before = |one: &Stint, two: &Stint| two.ends_on.is_none_or(|last| one.starts_on <= last);
        other.id != stint.id && begins_before(stint, other) && begins_before(other, stint)
    };
    for other in others.iter().filter(meets) {
        if other.organisation == stint.organisation {
            return TAKEN.refuse();
        }
        if (other.role, stint.role) == (DispatchRole::Lead, DispatchRole::Lead) {
            return LEAD_TAKEN.refuse();
        }
    }
    Ok(())
}

/// Which of the rows of a line of divisions decide, the deepest first: the deepest lead, and the deepest that assist.
pub fn deciding(line: &[ResponsibleRow]) -> Vec<ResponsibleRow> {
    let of_role = |role| line.iter().filter(move |row| row.role == role);
    let lead = of_role(DispatchRole::Lead).next();
    let deepest = of_role(DispatchRole::Assist).map(|row| row.division).next();
    let others = of_role(DispatchRole::Assist).filter(|row| Some(row.division) == deepest);
    let others = others.filter(|row| lead.is_none_or(|lead| lead.organisation != row.organisation));
    lead.into_iter().chain(others).cloned().collect()
}

/// How an organisation comes to lead from today on.
#[derive(Debug, PartialEq, Eq)]
pub struct Handover {
    /// What ends, and on which day.
    pub ends: Vec<(Stint, NaiveDate)>,
    /// From when on it leads.
    pub starts_on: NaiveDate,
    /// Until when, where something else was settled for later.
    pub ends_on: Option<NaiveDate>,
}

/// Plans the handover among the stints that are not over. None where the organisation leads already. What began only today
/// still ends today, and the new lead begins tomorrow, so that no day has two.
pub fn hand_over(to: OrganisationId, stints: &[Stint], today: NaiveDate) -> Result<Option<Handover>> {
    let concerns = |stint: &&Stint| stint.role == DispatchRole::Lead || stint.organisation == to;
    let (now, later): (Vec<&Stint>, Vec<&Stint>) =
        stints.iter().filter(concerns).partition(|stint| stint.starts_on <= today);
    if now.iter().any(|stint| stint.role == DispatchRole::Lead && stint.organisation == to) {
        return Ok(None);
    }
    let before = |day: NaiveDate| day.checked_sub_days(Days::new(1)).unwrap_or(day);
    let ends: Vec<(Stint, NaiveDate)> =
        now.into_iter().map(|stint| (*stint, before(today).max(stint.starts_on))).collect();
    let begun_today = ends.iter().any(|(_, last)| *last == today);
    let starts_on = if begun_today { today.checked_add_days(Days::new(1)).unwrap_or(today) } else { today };
    let ends_on = later.iter().map(|stint| before(stint.starts_on)).min();
    if ends_on.is_some_and(|last| last < starts_on) {
        return PROPOSAL_OUTDATED.refuse();
    }
    Ok(Some(Handover { ends, starts_on, ends_on }))
}

#[cfg(test)]
mod tests {
    use super::super::model::ResponsibilityId;
    use super::*;
    use crate::access::division::Division;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    fn stint(organisation: OrganisationId, role: DispatchRole, first: u32, last: Option<u32>) -> Stint {
        Stint {
            id: ResponsibilityId::new(),
            organisation,
            role,
            starts_on: day(first),
            ends_on: last.map(day),
        }
    }

    #[test]
    fn one_leads_at_a_time_and_nobody_is_there_twice() {
        let [one, two] = [OrganisationId::new(), OrganisationId::new()];
        let known = [stint(one, DispatchRole::Lead, 5, Some(10)), stint(two, DispatchRole::Assist, 5, None)];
        let check = |stint: Stint| must_be_free(&stint, &known).map_err(|problem| problem.rule().code);
        let third = OrganisationId::new();
        assert!(check(stint(third, DispatchRole::Lead, 11, None)).is_ok());
        assert!(check(stint(third, DispatchRole::Lead, 1, Some(4))).is_ok());
        assert!(check(stint(third, DispatchRole::Assist, 1, None)).is_ok());
        assert_eq!(check(stint(third, DispatchRole::Lead, 10, Some(10))), Err("responsibility-lead-taken"));
        assert_eq!(check(stint(third, DispatchRole::Lead, 1, None)), Err("responsibility-lead-taken"));
        assert_eq!(check(stint(one, DispatchRole::Assist, 8, None)), Err("responsibility-taken"));
        assert_eq!(check(stint(two, DispatchRole::Lead, 20, None)), Err("responsibility-taken"));
        assert!(check(known[0]).is_ok(), "its own row is not in its way");
    }

    #[test]
    fn the_deepest_division_decides() {
        let row = |division: &str, role, name: &str, organisation| ResponsibleRow {
            responsibility: ResponsibilityId::new(),
            division: Division::parse(division).unwrap(),
            organisation,
            name: name.to_owned(),
            role,
            legal_basis: String::new(),
        };
        let names = |rows: &[ResponsibleRow]| {
            deciding(rows).into_iter().map(|row| row.name).collect::<Vec<_>>().join(" ")
        };
        let shared = OrganisationId::new();
        let line = [
            row("310113003000", DispatchRole::Lead, "street", shared),
            row("310113000000", DispatchRole::Assist, "district", OrganisationId::new()),
            row("310113000000", DispatchRole::Assist, "same", shared),
            row("310000000000", DispatchRole::Lead, "city", OrganisationId::new()),
            row("310000000000", DispatchRole::Assist, "far", OrganisationId::new()),
        ];
        assert_eq!(names(&line), "street district");
        assert_eq!(names(&line[3..]), "city far");
        assert_eq!(names(&[]), "");
    }

    #[test]
    fn a_handover_leaves_no_day_with_two_leads() {
        let [one, two, to] = std::array::from_fn(|_| OrganisationId::new());
        let plan = |stints: &[Stint]| hand_over(to, stints, day(10));
        assert_eq!(plan(&[stint(to, DispatchRole::Lead, 1, None)]).unwrap(), None);
        assert_eq!(plan(&[]).unwrap(), Some(Handover { ends: vec![], starts_on: day(10), ends_on: None }));
        let old = stint(one, DispatchRole::Lead, 1, None);
        let own = stint(to, DispatchRole::Assist, 2, None);
        let other = stint(two, DispatchRole::Assist, 2, None);
        let plain = plan(&[old, own, other]).unwrap().unwrap();
        assert_eq!(plain.ends, [(old, day(9)), (own, day(9))]);
        assert_eq!((plain.starts_on, plain.ends_on), (day(10), None));
        let fresh = stint(one, DispatchRole::Lead, 10, None);
        let later = stint(two, DispatchRole::Lead, 20, None);
        let short = plan(&[fresh, later]).unwrap().unwrap();
        assert_eq!(
            (short.ends, short.starts_on, short.ends_on),
            (vec![(fresh, day(10))], day(11), Some(day(19)))
        );
        let tomorrow = stint(two, DispatchRole::Lead, 11, None);
        assert_eq!(plan(&[fresh, tomorrow]).unwrap_err().rule().code, "responsibility-proposal-outdated");
    }
}
