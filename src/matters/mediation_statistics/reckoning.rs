//! What is told of numbers: as they are, or as `people::small_counts` says. Of whoever may not read the cases, everything here is reckoned
//! from counts that were rounded down before, so that no rate and no number of days tells more than those counts do.

use super::model::Took;
use crate::people::small_counts;

/// So wide are the steps in which days are counted for whoever may not read the cases.
const STEP: i32 = 5;
/// From so many days on all are counted together.
const LONG: i32 = 60;

/// A number as it is told.
pub fn told(count: i64, is_exact: bool) -> Option<i64> {
    small_counts::shown(count, is_exact).0
}

/// So many of so many in hundredths, to one decimal; none where either is not told, or there was nothing.
pub fn percent(count: i64, of: i64, is_exact: bool) -> Option<f64> {
    let (count, of) = (told(count, is_exact)?, told(of, is_exact)?);
    (of > 0).then(|| tenths(count as f64 * 100.0 / of as f64))
}

/// The median and the mean of days; none where there was nothing that is told.
pub fn days(took: &[&Took], is_exact: bool) -> Option<(f64, f64)> {
    let mut spread: Vec<(f64, i64)> = if is_exact { exactly(took) } else { roughly(took) };
    spread.sort_by(|one, other| one.0.total_cmp(&other.0));
    let cases: i64 = spread.iter().map(|(_, cases)| cases).sum();
    let sum: f64 = spread.iter().map(|(days, cases)| days * *cases as f64).sum();
    let median = (at(&spread, (cases - 1) / 2)? + at(&spread, cases / 2)?) / 2.0;
    Some((tenths(median), tenths(sum / cases as f64)))
}

fn exactly(took: &[&Took]) -> Vec<(f64, i64)> {
    took.iter().map(|row| (f64::from(row.days), row.cases)).collect()
}

/// By steps of five days, each counted and told for itself, and taken for its middle.
fn roughly(took: &[&Took]) -> Vec<(f64, i64)> {
    let step = |first: i32| {
        let is_in = |row: &&&Took| row.days.min(LONG) / STEP * STEP == first;
        let cases = took.iter().filter(is_in).map(|row| row.cases).sum();
        small_counts::told(cases).map(|cases| (f64::from(first + STEP / 2), cases))
    };
    (0..=LONG / STEP).filter_map(|n| step(n * STEP)).collect()
}

/// The days of the case at that place in line.
fn at(spread: &[(f64, i64)], place: i64) -> Option<f64> {
    let mut before = 0;
    spread.iter().find_map(|(days, cases)| {
        before += cases;
        (place < before).then_some(*days)
    })
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn took(spread: &[(i32, i64)]) -> Vec<Took> {
        spread.iter().map(|&(days, cases)| Took { key: String::new(), days, cases }).collect()
    }

    fn reckoned(spread: &[(i32, i64)], is_exact: bool) -> Option<(f64, f64)> {
        days(&took(spread).iter().collect::<Vec<_>>(), is_exact)
    }

    #[test]
    fn who_reads_the_cases_is_told_the_days_as_they_are() {
        assert_eq!(reckoned(&[], true), None);
        assert_eq!(reckoned(&[(7, 1)], true), Some((7.0, 7.0)));
        assert_eq!(reckoned(&[(20, 1), (1, 1), (4, 2)], true), Some((4.0, 7.3)));
        assert_eq!(reckoned(&[(3, 1), (8, 1)], true), Some((5.5, 5.5)));
        assert_eq!(percent(1, 3, true), Some(33.3));
        assert_eq!((percent(0, 0, true), percent(0, 4, true)), (None, Some(0.0)));
    }

    #[test]
    fn everybody_else_is_told_what_follows_from_rounded_counts() {
        assert_eq!(reckoned(&[(3, 4)], false), None);
        assert_eq!(reckoned(&[(3, 5), (11, 4)], false), Some((2.0, 2.0)));
        assert_eq!(reckoned(&[(3, 9), (400, 6)], false), Some((32.0, 32.0)));
        assert_eq!((percent(4, 20, false), percent(4, 4, false)), (None, None));
        // Nine of fourteen and five of ten are told alike.
        assert_eq!((percent(9, 14, false), percent(5, 10, false)), (Some(50.0), Some(50.0)));
    }

    /// Whatever one case more or less changes: unless one of the counts passes a multiple of five, the answer is the same, however long
    /// that case took. Asking for a day more, or for a place less, tells no case's days.
    #[test]
    fn one_case_more_or_less_tells_its_days_to_nobody() {
        for cases in 5..40_i64 {
            for within in 0..STEP {
                for added in 0..=LONG + STEP {
                    let before = [(within, cases)];
                    let after = [(within, cases), (added, 1)];
                    let passes = added / STEP == 0 && (cases + 1) % 5 == 0;
                    if !passes {
                        assert_eq!(reckoned(&before, false), reckoned(&after, false), "{cases} {added}");
                    }
                    // Where it passes, which day of the step it was is not told, either.
                    let alike = [(within, cases), (added / STEP * STEP, 1)];
                    assert_eq!(reckoned(&alike, false), reckoned(&after, false), "{cases} {added}");
                }
            }
        }
    }
}
