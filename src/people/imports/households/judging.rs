//! What becomes of the rows of each household. Nothing is written here.

use std::collections::{BTreeMap, BTreeSet};

use diesel::pg::PgConnection;

use super::model::MemberKnown;
use super::store;
use crate::access::division::Division;
use crate::kit::problem::{Result, Rule};
use crate::people::households::{HouseholdId, HouseholdRelation, MEMBER_TAKEN};
use crate::people::imports::columns::Column;
use crate::people::imports::model::Wanted;
use crate::people::imports::rules::{
    HOUSEHOLD_FULL, HOUSEHOLD_HEAD_DIFFERS, HOUSEHOLD_ONE_HEAD, MEMBERS, REPEATED,
};
use crate::people::residents::ResidentId;

/// A household of a committee, by its number.
pub type Key = (Division, String);

/// A row that is refused: the rule and the column at fault.
pub type Told = (Wanted, &'static Rule, Column);

/// Those of one household who join it, or are something else to its head from now on.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The household; none where it is to be made.
    pub household: Option<HouseholdId>,
    /// Its committee and number.
    pub key: Key,
    /// Each with what they were to the head until now.
    pub joining: Vec<(Wanted, Option<MemberKnown>)>,
}

impl Plan {
    /// The row of its head, where it is among them.
    pub fn head(&self) -> Option<&Wanted> {
        let mut rows = self.joining.iter().map(|(one, _)| one);
        rows.find(|one| one.household.relation == HouseholdRelation::Head)
    }
}

/// The households that some rows name, and who is in them and where else the people of the rows are.
#[derive(Default)]
pub struct Households {
    known: BTreeMap<Key, HouseholdId>,
    members: BTreeMap<ResidentId, MemberKnown>,
    /// Those whose head an earlier batch looked at only.
    headed: BTreeSet<Key>,
}

impl Households {
    /// What is known of the households of these rows, whose people the caller has locked: three statements for all of them.
    pub fn of(conn: &mut PgConnection, wanted: &[Wanted], headed: BTreeSet<Key>) -> Result<Self> {
        let keys: BTreeSet<Key> =
            wanted.iter().map(|one| (one.division, one.household.number.clone())).collect();
        let people: Vec<ResidentId> = wanted.iter().map(|one| one.person).collect();
        let mut all = Households { headed, ..Households::default() };
        for household in store::households(conn, keys)? {
            if let Some(number) = household.number {
                all.known.insert((household.division, number), household.id);
            }
        }
        let ids: Vec<HouseholdId> = all.known.values().copied().collect();
        let members = store::members(conn, &ids)?.into_iter().chain(store::memberships(conn, &people)?);
        all.members.extend(members.map(|member| (member.resident_id, member)));
        Ok(all)
    }

    /// Those who join their households, and those who are told why not.
    pub fn judge(&self, wanted: Vec<Wanted>) -> (Vec<Plan>, Vec<Told>) {
        let (mut told, mut seen) = (Vec::new(), BTreeSet::new());
        let mut groups: BTreeMap<Key, Vec<Wanted>> = BTreeMap::new();
        for one in wanted {
            let key = (one.division, one.household.number.clone());
            let here = self.known.get(&key);
            let is_elsewhere =
                self.members.get(&one.person).is_some_and(|member| Some(&member.household_id) != here);
            if !seen.insert(one.person) {
                told.push((one, &REPEATED, Column::Household));
            } else if is_elsewhere {
                told.push((one, &MEMBER_TAKEN, Column::Household));
            } else {
                groups.entry(key).or_default().push(one);
            }
        }
        let plans = groups.into_iter().map(|(key, rows)| self.plan(key, rows, &mut told)).collect::<Vec<_>>();
        (plans.into_iter().filter(|plan| !plan.joining.is_empty()).collect(), told)
    }

    fn plan(&self, key: Key, mut rows: Vec<Wanted>, told: &mut Vec<Told>) -> Plan {
        let household = self.known.get(&key).copied();
        let here = self.members.values().filter(|member| Some(member.household_id) == household);
        let here: Vec<&MemberKnown> = here.collect();
        let is_head = |relation: HouseholdRelation| relation == HouseholdRelation::Head;
        let head = here.iter().find(|member| is_head(member.relation)).map(|member| member.resident_id);
        let has_head = head.is_some() || self.headed.contains(&key);
        let heads = rows.iter().filter(|one| is_head(one.household.relation)).count();
        let mut plan = Plan { household, key, joining: Vec::new() };
        if !has_head && heads != 1 {
            told.extend(rows.into_iter().map(|one| (one, &HOUSEHOLD_ONE_HEAD, Column::Relation)));
            return plan;
        }
        // Each relation is to the head: with another head than the list's none of them would be true.
        let differs = |one: &Wanted| is_head(one.household.relation) != (head == Some(one.person));
        if has_head && rows.iter().any(differs) {
            told.extend(rows.into_iter().map(|one| (one, &HOUSEHOLD_HEAD_DIFFERS, Column::Relation)));
            return plan;
        }
        // The head first: there is room for whoever heads it.
        rows.sort_by_key(|one| !is_head(one.household.relation));
        let mut count = here.len();
        for one in rows {
            let relation = one.household.relation;
            let until_now = self.members.get(&one.person).copied();
            if until_now.is_none() && count >= MEMBERS {
                told.push((one, &HOUSEHOLD_FULL, Column::Household));
            } else if until_now.is_none_or(|member| member.relation != relation) {
                count += usize::from(until_now.is_none());
                plan.joining.push((one, until_now));
            }
        }
        plan
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::people::households::HouseholdMemberId;
    use crate::people::imports::model::WrittenHousehold;

    /// Who stands in the row of that number.
    fn row(line: i64, person: ResidentId, number: &str, relation: HouseholdRelation) -> Wanted {
        let household = WrittenHousehold { number: number.to_owned(), relation };
        Wanted { line, person, division: Division::SHANGHAI, household, is_unchanged: false }
    }

    fn member(
        household_id: HouseholdId,
        resident_id: ResidentId,
        relation: HouseholdRelation,
    ) -> MemberKnown {
        let (id, joined_on) = (HouseholdMemberId::new(), NaiveDate::default());
        MemberKnown { id, household_id, resident_id, relation, joined_on }
    }

    /// Which rows join a household, and what the others are told.
    fn judged(households: &Households, rows: Vec<Wanted>) -> (Vec<i64>, Vec<(i64, &'static str)>) {
        let (plans, told) = households.judge(rows);
        let joining = plans.iter().flat_map(|plan| plan.joining.iter().map(|(one, _)| one.line));
        let mut told: Vec<_> = told.into_iter().map(|(one, rule, _)| (one.line, rule.code)).collect();
        told.sort_unstable();
        (joining.collect(), told)
    }

    #[test]
    fn a_household_has_one_head_before_it_has_members() {
        use HouseholdRelation::{Child, Head, Spouse};
        let [chen, li, wang] = [(); 3].map(|()| ResidentId::new());
        let one_head = "import-row-household-one-head";
        let none = Households::default();
        // The head may come last.
        let rows = vec![row(2, li, "1", Spouse), row(3, wang, "1", Child), row(4, chen, "1", Head)];
        assert_eq!(judged(&none, rows), (vec![4, 2, 3], vec![]));
        let rows = vec![row(2, li, "1", Spouse), row(3, wang, "2", Head)];
        assert_eq!(judged(&none, rows), (vec![3], vec![(2, one_head)]));
        let rows = vec![row(2, li, "1", Head), row(3, wang, "1", Head), row(4, chen, "1", Child)];
        assert_eq!(judged(&none, rows), (vec![], vec![(2, one_head), (3, one_head), (4, one_head)]));
        // One whose head was looked at takes members, and no second head.
        let key = (Division::SHANGHAI, "1".to_owned());
        let headed = Households { headed: BTreeSet::from([key]), ..Households::default() };
        assert_eq!(judged(&headed, vec![row(3, wang, "1", Child)]), (vec![3], vec![]));
        let (rows, differs) =
            (vec![row(2, li, "1", Head), row(3, wang, "1", Child)], "import-row-household-head-differs");
        assert_eq!(judged(&headed, rows), (vec![], vec![(2, differs), (3, differs)]));
    }

    #[test]
    fn what_is_so_stays_and_no_head_is_changed_and_nobody_is_taken_away() {
        use HouseholdRelation::{Child, Head, Other, Spouse};
        let [chen, li, wang, zhang] = [(); 4].map(|()| ResidentId::new());
        let (first, second) = (HouseholdId::new(), HouseholdId::new());
        let members = [member(first, chen, Head), member(first, li, Spouse), member(second, wang, Head)];
        let known = Households {
            known: BTreeMap::from([((Division::SHANGHAI, "1".to_owned()), first)]),
            members: members.into_iter().map(|one| (one.resident_id, one)).collect(),
            headed: BTreeSet::new(),
        };
        let rows = vec![row(2, chen, "1", Head), row(3, li, "1", Spouse)];
        assert_eq!(judged(&known, rows), (vec![], vec![]));
        let rows = vec![row(2, li, "1", Other), row(3, zhang, "1", Child), row(4, wang, "1", Child)];
        assert_eq!(judged(&known, rows), (vec![2, 3], vec![(4, "household-member-taken")]));
        let differs = "import-row-household-head-differs";
        let rows = vec![row(2, chen, "1", Spouse), row(3, li, "1", Head), row(4, zhang, "1", Child)];
        assert_eq!(judged(&known, rows), (vec![], vec![(2, differs), (3, differs), (4, differs)]));
        let rows = vec![row(2, zhang, "1", Child), row(3, zhang, "2", Head)];
        assert_eq!(judged(&known, rows), (vec![2], vec![(3, "import-row-repeated")]));
        let crowd =
            (0..40).map(|line| row(line, ResidentId::new(), "3", if line == 39 { Head } else { Other }));
        let (joining, told) = judged(&known, crowd.collect());
        assert_eq!((joining.len(), joining[0], told.len()), (MEMBERS, 39, 10));
        assert_eq!(told[0], (29, "import-row-household-full"));
    }
}
