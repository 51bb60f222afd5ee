//! What must hold of rosters, and who is proposed for a dispute before whom.

use std::cmp::Reverse;

use chrono::{Days, Months, NaiveDate};

use super::model::MediatorId;
use crate::access::division::Division;
use crate::kit::problem::{Result, Rule};
use crate::matters::disputes::{DisputeType, MediationLanguage};
use crate::text_enum;

/// Nothing is known of such a division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("mediator-division-unknown", "There is no such division.", "没有该区划。");
/// There is no such organisation that works there.
pub static ORGANISATION_UNFIT: Rule = Rule::invalid(
    "mediator-organisation-unfit",
    "There is no such organisation, it is closed, or it does not work there.",
    "没有该组织，或该组织已撤销，或其不在该区域工作。",
);
/// Who is no outside expert has an account with the fitting post.
pub static ACCOUNT_UNFIT: Rule = Rule::invalid(
    "mediator-account-unfit",
    "A mediator or a lawyer is an account that holds this post there; an expert with an account holds any post there.",
    "调解员、律师须为在该区域担任相应岗位的账号；有账号的专家须在该区域任职。",
);
/// Somebody without an account is known by name.
pub static NAME_MISSING: Rule =
    Rule::invalid("mediator-name-missing", "Say what the expert is called.", "请填写专家姓名。");
/// A term has at least one day, and is not over when it is entered.
pub static TERM_REVERSED: Rule = Rule::invalid(
    "mediator-term-reversed",
    "A term ends on its first day or later, and today or later.",
    "任期截止日期不能早于开始日期，也不能早于今日。",
);
/// A mediator is chosen for a term.
pub static TERM_TOO_LONG: Rule = Rule::invalid(
    "mediator-term-too-long",
    "A mediator's term is no longer than the staffing rule says: three years (People's Mediation Law, art. 9); who is chosen again gets another entry.",
    "调解员任期不得超过规定期限（人民调解法第九条：每届任期三年）；连选连任的，另行登记新一届。",
);
/// Nobody stands in a roster twice at a time.
pub static TERM_TAKEN: Rule = Rule::refused(
    "mediator-term-taken",
    "The person stands in this organisation's roster already in that time.",
    "该人员在此期间已列入该组织的名册。",
);
/// Nobody appoints themselves.
pub static SELF_ENTERED: Rule = Rule::refused(
    "mediator-self-entered",
    "Nobody enters or changes themselves in a roster.",
    "不能登记或修改本人的名册信息。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &DIVISION_UNKNOWN,
    &ORGANISATION_UNFIT,
    &ACCOUNT_UNFIT,
    &NAME_MISSING,
    &TERM_REVERSED,
    &TERM_TOO_LONG,
    &TERM_TAKEN,
    &SELF_ENTERED,
];

/// The last day of a term of so many months: three years from 1 March end on the last of February.
pub fn last_day(starts_on: NaiveDate, months: i32) -> Option<NaiveDate> {
    let months = u32::try_from(months).ok()?;
    starts_on.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))
}

/// Whether somebody of one division serves another: it is the same, or one lies in the other.
pub fn serves(division: Division, place: Division) -> bool {
    division.range().contains(place) || place.range().contains(division)
}

/// A term has at least one day; one that is entered or changed now is not over already.
pub fn must_be_a_term(starts_on: NaiveDate, ends_on: Option<NaiveDate>, today: NaiveDate) -> Result<()> {
    match ends_on {
        Some(last) if last < starts_on || last < today => Err(TERM_REVERSED.at("/ends_on")),
        _ => Ok(()),
    }
}

text_enum! {
    /// Why somebody is proposed, or not.
    pub enum ProposalReason {
        /// 与当事人有利害关系，应当回避
        Conflict = "conflict",
        /// 在办案件已满
        Full = "full",
        /// 不会所需语言
        LanguageLacking = "language_lacking",
        /// 擅长此类纠纷
        Expertise = "expertise",
        /// 不以此类纠纷见长
        ExpertiseLacking = "expertise_lacking",
        /// 会所需语言
        Language = "language",
        /// 就在当地
        Near = "near",
        /// 目前没有在办案件
        Free = "free",
        /// 兼职
        PartTime = "part_time",
    }
}

/// What a mediator is wanted for.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// What the dispute is about.
    pub dispute_type: DisputeType,
    /// In which language it must be heard, where that matters.
    pub language: Option<MediationLanguage>,
    /// Where it lies.
    pub division: Division,
}

/// Somebody who could be proposed.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The entry.
    pub id: MediatorId,
    /// Whom they serve.
    pub division: Division,
    /// What they know.
    pub expertise: Vec<DisputeType>,
    /// What they speak.
    pub languages: Vec<MediationLanguage>,
    /// Whether they do it beside something else.
    pub is_part_time: bool,
    /// Their open cases.
    pub load: i64,
    /// How many they take at once.
    pub max_load: i32,
    /// Whether they have to do with a party (人民调解法 arts. 15, 23).
    pub has_conflict: bool,
}

/// A candidate in their place, with what put them there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The entry.
    pub id: MediatorId,
    /// Whether they can take it at all.
    pub is_fit: bool,
    /// Why they stand where they stand.
    pub reasons: Vec<ProposalReason>,
}

fn reasons(wish: &Wish, candidate: &Candidate) -> Vec<ProposalReason> {
    use ProposalReason::*;
    let knows = candidate.expertise.contains(&wish.dispute_type);
    let speaks = wish.language.map(|language| candidate.languages.contains(&language));
    [
        (candidate.has_conflict, Conflict),
        (candidate.load >= i64::from(candidate.max_load), Full),
        (speaks == Some(false), LanguageLacking),
        (knows, Expertise),
        (!knows, ExpertiseLacking),
        (speaks == Some(true), Language),
        (candidate.division == wish.division, Near),
        (candidate.load == 0, Free),
        (candidate.is_part_time, PartTime),
    ]
    .into_iter()
    .filter_map(|(holds, reason)| holds.then_some(reason))
    .collect()
}

/// Puts candidates in order: who can take it before who can't, who knows the matter before who does not, who is nearer before who
/// is further away, who has less of what they can carry before who has more, full time before part time.
pub fn rank(wish: &Wish, candidates: &[Candidate]) -> Vec<Ranked> {
    use ProposalReason::*;
    let mut order: Vec<(&Candidate, Ranked)> = candidates
        .iter()
        .map(|candidate| {
            let reasons = reasons(wish, candidate);
            let is_fit = !reasons.iter().any(|reason| matches!(reason, Conflict | Full | LanguageLacking));
            (candidate, Ranked { id: candidate.id, is_fit, reasons })
        })
        .collect();
    order.sort_by_key(|(candidate, ranked)| {
        // In thousandths of what they take at once, so that 2 of 10 comes before 1 of 3.
        let carried = candidate.load * 1000 / i64::from(candidate.max_load.max(1));
        // What lies deeper on one line has the greater code; below the place itself nobody is nearer than there.
        let nearness = candidate.division.min(wish.division);
        let lacks = ranked.reasons.contains(&ExpertiseLacking);
        (!ranked.is_fit, lacks, Reverse(nearness), carried, candidate.is_part_time, candidate.id)
    });
    order.into_iter().map(|(_, ranked)| ranked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(code: &str) -> Division {
        Division::parse(code).unwrap()
    }

    fn candidate(change: impl FnOnce(&mut Candidate)) -> Candidate {
        let mut candidate = Candidate {
            id: MediatorId::new(),
            division: place("310113003000"),
            expertise: vec![DisputeType::Neighbour],
            languages: vec![MediationLanguage::Mandarin],
            is_part_time: false,
            load: 0,
            max_load: 5,
            has_conflict: false,
        };
        change(&mut candidate);
        candidate
    }

    fn wish() -> Wish {
        Wish { dispute_type: DisputeType::Neighbour, language: None, division: place("310113003005") }
    }

    #[test]
    fn who_can_and_knows_and_is_near_and_free_comes_first() {
        let street = candidate(|_| {});
        let near = candidate(|one| one.division = place("310113003005"));
        let busy = candidate(|one| one.load = 4);
        let half = candidate(|one| (one.load, one.max_load) = (3, 10));
        let part_time = candidate(|one| one.is_part_time = true);
        let unknowing = candidate(|one| one.expertise = vec![DisputeType::Debt]);
        let full = candidate(|one| one.load = 5);
        let partial = candidate(|one| (one.has_conflict, one.division) = (true, place("310113003005")));
        let all = [&full, &partial, &unknowing, &busy, &half, &part_time, &street, &near].map(Clone::clone);
        let ranked = rank(&wish(), &all);
        let order: Vec<MediatorId> = ranked.iter().map(|one| one.id).collect();
        let expected = [&near, &street, &part_time, &half, &busy, &unknowing, &partial, &full];
        assert_eq!(order, expected.map(|one| one.id));
        let fit: Vec<bool> = ranked.iter().map(|one| one.is_fit).collect();
        assert_eq!(fit, [true, true, true, true, true, true, false, false]);
        use ProposalReason::*;
        assert_eq!(ranked[0].reasons, [Expertise, Near, Free]);
        assert_eq!(ranked[5].reasons, [ExpertiseLacking, Free]);
        assert_eq!(ranked[6].reasons, [Conflict, Expertise, Near, Free]);
        assert_eq!(ranked[7].reasons, [Full, Expertise]);
        assert!(rank(&wish(), &[]).is_empty());
    }

    #[test]
    fn a_language_that_is_needed_is_not_made_up_for() {
        let signs = candidate(|one| (one.languages, one.load) = (vec![MediationLanguage::SignLanguage], 4));
        let speaks = candidate(|_| {});
        let wish = Wish { language: Some(MediationLanguage::SignLanguage), ..wish() };
        let ranked = rank(&wish, &[speaks.clone(), signs.clone()]);
        assert_eq!((ranked[0].id, ranked[0].is_fit), (signs.id, true));
        assert_eq!((ranked[1].id, ranked[1].is_fit), (speaks.id, false));
        assert!(ranked[1].reasons.contains(&ProposalReason::LanguageLacking));
    }

    #[test]
    fn a_term_of_three_years_ends_the_day_before() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(last_day(day("2026-03-01"), 36), Some(day("2029-02-28")));
        assert_eq!(last_day(day("2024-02-29"), 36), Some(day("2027-02-27")));
        assert_eq!(last_day(day("2026-03-01"), -1), None);
    }

    #[test]
    fn one_serves_what_one_lies_in_or_covers() {
        let street = place("310113003000");
        assert!(serves(street, place("310113003005")) && serves(place("310113003005"), street));
        assert!(!serves(place("310113003005"), place("310113003006")));
    }
}
