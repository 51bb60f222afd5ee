//! When a job is tried again, and when it is given up.

use chrono::TimeDelta;

use crate::kit::problem::{Kind, Problem};

/// A worker that has not been heard of for this long is dead, and another takes its job over.
pub const SILENCE: TimeDelta = TimeDelta::seconds(60);
/// How often a worker is heard of: several times before it is taken for dead.
pub const HEARTBEAT: std::time::Duration = std::time::Duration::from_secs(10);
/// How many attempts in a row may get nowhere.
pub const ATTEMPTS: i32 = 5;

/// How long to wait after so many attempts that got nowhere.
pub fn backoff(attempts: i32) -> TimeDelta {
    const SECONDS: [i64; 4] = [5, 30, 120, 600];
    let at = usize::try_from(attempts - 1).unwrap_or(0).min(SECONDS.len() - 1);
    TimeDelta::seconds(SECONDS[at])
}

/// Whether the same may go well another time. What was refused is refused again.
pub fn is_worth_another(problem: &Problem) -> bool {
    matches!(problem.rule().kind, Kind::Busy | Kind::Fault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::problem::{BUSY, FORBIDDEN};

    #[test]
    fn it_waits_longer_each_time() {
        let waits: Vec<i64> = (0..=ATTEMPTS + 1).map(|attempts| backoff(attempts).num_seconds()).collect();
        assert_eq!(waits, [5, 5, 30, 120, 600, 600, 600]);
    }

    #[test]
    fn only_what_may_go_well_is_tried_again() {
        assert!(is_worth_another(&Problem::from(&BUSY)) && is_worth_another(&Problem::fault("a panic")));
        assert!(!is_worth_another(&Problem::from(&FORBIDDEN)));
    }
}
