//! Whoever went in joins the household that their row names. What is wrong with that alone does not hold the person back: the row comes
//! back in the report, and the household goes in with the mended list.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Column;
use super::households::{self, Households, Plan};
use super::load::{Batch, Ground};
use super::model::Wanted;
use super::rules::{OUT_OF_REACH, household_key};
use super::store;
use crate::access::division::Division;
use crate::kit::problem::{Result, Rule};
use crate::people::households::NUMBER_TAKEN;

impl Batch<'_> {
    /// Enters the households of the batch and who is in them; or only judges them.
    pub(super) fn keep_house(&mut self, ground: &mut Ground<'_>) -> Result<()> {
        let ranges = &ground.households.ranges;
        let mut wanted = Vec::new();
        for one in std::mem::take(&mut self.wanted) {
            match one {
                Ok(one) if ranges.iter().any(|range| range.contains(one.division)) => wanted.push(one),
                Ok(one) => self.turn_away(&one, &OUT_OF_REACH, Column::Household),
                Err(stray) => {
                    self.tally.unchanged -= i64::from(stray.is_unchanged);
                    self.refuse(stray.line, stray.flaws);
                }
            }
        }
        if wanted.is_empty() {
            return Ok(());
        }
        let headed = self.headed(ground, &wanted)?;
        let (plans, told) = Households::of(ground.conn, &wanted, headed)?.judge(wanted);
        for (one, rule, column) in told {
            self.turn_away(&one, rule, column);
        }
        let (plans, taken) = match self.import.only_looks() {
            true => {
                self.remember(ground, &plans)?;
                (plans, Vec::new())
            }
            false => households::write(ground.conn, plans, ground.now)?,
        };
        for (one, _) in taken.into_iter().flat_map(|plan| plan.joining) {
            self.turn_away(&one, &NUMBER_TAKEN, Column::Household);
        }
        self.tally.households = plans.len() as i64;
        let is_news = |plan: &Plan| plan.joining.iter().filter(|(one, _)| one.is_unchanged).count() as i64;
        let news: i64 = plans.iter().map(is_news).sum();
        self.tally.unchanged -= news;
        self.tally.changed += news;
        Ok(())
    }

    /// A row is told what is wrong with its household.
    fn turn_away(&mut self, one: &Wanted, rule: &'static Rule, column: Column) {
        self.tally.unchanged -= i64::from(one.is_unchanged);
        self.refuse_by(one.line, rule, column);
    }

    /// The households whose head an earlier batch looked at: where nothing is written, no table tells.
    fn headed(&self, ground: &mut Ground<'_>, wanted: &[Wanted]) -> Result<BTreeSet<(Division, String)>> {
        if !self.import.only_looks() {
            return Ok(BTreeSet::new());
        }
        let named = wanted.iter().map(|one| (one.division, one.household.number.clone()));
        let keyed: BTreeMap<Vec<u8>, (Division, String)> = named
            .map(|(division, number)| (household_key(division, &number, ground.ring), (division, number)))
            .collect();
        let keys: Vec<Vec<u8>> = keyed.keys().cloned().collect();
        let noted = store::noted_keys(ground.conn, self.import.id, &keys)?;
        Ok(noted.iter().filter_map(|key| keyed.get(key).cloned()).collect())
    }

    /// Notes the households whose head was looked at.
    fn remember(&self, ground: &mut Ground<'_>, plans: &[Plan]) -> Result<()> {
        let heads = plans.iter().filter_map(|plan| Some((plan, plan.head()?)));
        let keys: Vec<(Vec<u8>, i64)> = heads
            .map(|(plan, head)| (household_key(plan.key.0, &plan.key.1, ground.ring), head.line))
            .collect();
        if keys.is_empty() {
            return Ok(());
        }
        store::note_keys(ground.conn, self.import.id, keys).map(drop)
    }
}
