//! How many people a number may tell of, to somebody who may not list them.
//!
//! A number below five is not told. Leaving it out is not enough where one may ask for every division: the street less its
//! other committees is the committee left out, and leaving out a second number as well (complementary suppression) protects
//! one table, not the tables above and below it. So what is told is rounded down to a multiple of five. From any difference of
//! told numbers a number left out can be bounded from below at most, never from above: it can never be told to be nobody, one,
//! two or three. Rounding to the nearest, or up, would not hold that. Who watches a number over time learns when it passes a
//! multiple of five, and no more.

/// The smallest number that is told, and the step of rounding.
const STEP: i64 = 5;

/// The number as it is told to somebody who may not list the people.
pub fn told(count: i64) -> Option<i64> {
    (count >= STEP).then_some(count / STEP * STEP)
}

/// The number as it is told, and whether it was left out.
pub fn shown(count: i64, may_list: bool) -> (Option<i64>, bool) {
    let count = if may_list { Some(count) } else { told(count) };
    (count, count.is_none())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn fewer_than_five_are_not_told_and_more_are_rounded_down() {
        let all: Vec<Option<i64>> = [0, 1, 4, 5, 9, 10, 27].into_iter().map(told).collect();
        assert_eq!(all, [None, None, None, Some(5), Some(5), Some(10), Some(25)]);
        assert_eq!(shown(3, true), (Some(3), false));
        assert_eq!(shown(3, false), (None, true));
    }

    /// All streets of five committees, by what is told of them: among those of which the same is told there is always one
    /// where the committee left out has four.
    #[test]
    fn a_street_less_its_committees_never_tells_that_the_one_left_out_has_fewer_than_four() {
        let mut possible: BTreeMap<Vec<Option<i64>>, BTreeSet<i64>> = BTreeMap::new();
        for digits in 0..10_000 {
            let others = [1, 10, 100, 1_000].map(|place| digits / place % 10);
            for hidden in 0..STEP {
                let street: i64 = others.iter().sum::<i64>() + hidden;
                let all = others.into_iter().chain([street]).map(told).collect();
                possible.entry(all).or_default().insert(hidden);
            }
        }
        assert!(possible.values().all(|hidden| hidden.contains(&(STEP - 1))), "{possible:?}");
        assert!(possible.values().any(|hidden| hidden.len() == STEP as usize));
    }
}
