//! Shares of a home: exact fractions, since owners' votes are weighed by them.

use num_bigint::BigInt;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The finest share is a millionth.
const FINEST: i64 = 1_000_000;

/// A share of a home, more than nothing and at most all of it, in lowest terms. Owners in common without shares (共同共有) are
/// entered with equal ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "Sent")]
#[schema(example = json!({ "numerator": 1, "denominator": 2 }))]
pub struct HomeShare {
    /// So many parts …
    #[schema(minimum = 1, maximum = 1_000_000)]
    numerator: i32,
    /// … of so many.
    #[schema(minimum = 1, maximum = 1_000_000)]
    denominator: i32,
}

/// A share as it is sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    numerator: i32,
    denominator: i32,
}

impl TryFrom<Sent> for HomeShare {
    type Error = &'static str;
    fn try_from(sent: Sent) -> Result<Self, &'static str> {
        HomeShare::new(sent.numerator.into(), sent.denominator.into())
            .ok_or("a share is more than 0 and at most 1, and no finer than a millionth")
    }
}

impl HomeShare {
    /// A fraction in lowest terms, where it is a share.
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        let is_share = (1..=denominator).contains(&numerator);
        let divisor = if is_share { common_divisor(numerator, denominator) } else { return None };
        let (numerator, denominator) = (numerator / divisor, denominator / divisor);
        let is_coarse = denominator <= FINEST;
        Some(HomeShare { numerator: numerator.try_into().ok()?, denominator: denominator.try_into().ok()? })
            .filter(|_| is_coarse)
    }

    /// As kept: the numerator, the denominator.
    pub fn parts(self) -> (i32, i32) {
        (self.numerator, self.denominator)
    }

    /// Both together, where that is a share.
    pub fn plus(self, other: Self) -> Option<Self> {
        let [a, b, c, d] =
            [self.numerator, self.denominator, other.numerator, other.denominator].map(i64::from);
        HomeShare::new(a * d + c * b, b * d)
    }
}

fn common_divisor(one: i64, other: i64) -> i64 {
    if other == 0 { one } else { common_divisor(other, one % other) }
}

/// Whether these shares are all of a home, no more and no less.
pub fn are_whole(shares: impl Iterator<Item = HomeShare> + Clone) -> bool {
    let all: BigInt = shares.clone().map(|share| BigInt::from(share.denominator)).product();
    let sum: BigInt = shares.map(|share| &all / share.denominator * share.numerator).sum();
    sum == all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(numerator: i64, denominator: i64) -> HomeShare {
        HomeShare::new(numerator, denominator).unwrap()
    }

    fn whole(shares: &[(i64, i64)]) -> bool {
        are_whole(shares.iter().map(|(numerator, denominator)| share(*numerator, *denominator)))
    }

    #[test]
    fn a_share_is_kept_in_lowest_terms() {
        assert_eq!(share(50, 100).parts(), (1, 2));
        assert_eq!(share(7, 7).parts(), (1, 1));
        for (numerator, denominator) in [(0, 1), (-1, 2), (1, -2), (3, 2), (1, 0), (1, 1_000_001)] {
            assert_eq!(HomeShare::new(numerator, denominator), None, "{numerator}/{denominator}");
        }
    }

    #[test]
    fn the_whole_is_exact() {
        assert!(whole(&[(1, 1)]));
        assert!(whole(&[(1, 3), (1, 3), (1, 3)]));
        assert!(whole(&[(1, 2), (1, 3), (1, 6)]));
        assert!(!whole(&[(333_333, 1_000_000), (333_333, 1_000_000), (333_333, 1_000_000)]));
        assert!(!whole(&[(1, 2), (1, 2), (1, 1_000_000)]));
        assert!(!whole(&[]));
        // No machine number holds what these have in common.
        let fine: Vec<(i64, i64)> = (0..50).map(|n| (1, 999_000 + n)).collect();
        assert!(!whole(&fine));
        // 1/2 + 1/6 + 1/12 + … + 1/2450 = 1 − 1/50
        let row = |last| (1..50).map(|n| (1, n * (n + 1))).chain([(1, last)]).collect::<Vec<_>>();
        assert!(whole(&row(50)) && !whole(&row(51)) && !whole(&row(49)));
        let fiftieth: Vec<(i64, i64)> = (0..50).map(|_| (20_000, 1_000_000)).collect();
        assert!(whole(&fiftieth));
    }

    #[test]
    fn two_shares_are_one_where_that_can_be_kept() {
        assert_eq!(share(1, 2).plus(share(1, 3)).map(HomeShare::parts), Some((5, 6)));
        assert_eq!(share(1, 2).plus(share(1, 2)).map(HomeShare::parts), Some((1, 1)));
        assert_eq!(share(2, 3).plus(share(1, 2)), None);
        assert_eq!(share(1, 999_983).plus(share(1, 999_979)), None);
    }
}
