//! Rate limits: so many requests a minute for each caller, told in the RateLimit fields. A caller is the account or application of
//! a token that was verified before, else an address: a made-up token buys no allowance of its own.

use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use uuid::Uuid;

use crate::access::caller::address_key;

const WINDOW: u64 = 60;

/// Counts requests by caller.
pub struct Limits {
    limiter: RateLimiter<u64, DefaultKeyedStateStore<u64>, DefaultClock, StateInformationMiddleware>,
    hasher: RandomState,
    quota: u32,
    policy: String,
}

/// What is left to a caller.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Requests left in the burst.
    pub remaining: u32,
    /// Seconds until one more is allowed; none while some are left.
    pub wait: Option<u64>,
}

impl Limits {
    /// So many requests a minute.
    pub fn new(per_minute: u32) -> Self {
        let quota = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
        Self {
            limiter: RateLimiter::keyed(Quota::per_minute(quota)).with_middleware(),
            hasher: RandomState::new(),
            quota: quota.get(),
            policy: format!("\"burst\";q={quota};w={WINDOW}"),
        }
    }

    /// Takes one from the caller's allowance.
    pub fn take(&self, caller: Option<Uuid>, address: IpAddr) -> Allowance {
        let key = match caller {
            Some(caller) => self.hasher.hash_one(caller),
            None => self.hasher.hash_one(address_key(address)),
        };
        match self.limiter.check_key(&key) {
            Ok(snapshot) => Allowance { remaining: snapshot.remaining_burst_capacity(), wait: None },
            Err(refusal) => {
                let wait = refusal.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
                Allowance { remaining: 0, wait: Some(wait) }
            }
        }
    }

    /// The field that tells the quota.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// The field that tells what is left, and in how many seconds it is whole again.
    pub fn state(&self, allowance: Allowance) -> String {
        let used = u64::from(self.quota - allowance.remaining.min(self.quota));
        let whole_in = (used * WINDOW).div_ceil(u64::from(self.quota));
        format!("\"burst\";r={};t={whole_in}", allowance.remaining)
    }

    /// Forgets callers who have their whole allowance again.
    pub fn sweep(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quota_is_counted_by_caller() {
        let limits = Limits::new(2);
        let here = IpAddr::from([127, 0, 0, 1]);
        let take = || limits.take(None, here);
        assert_eq!((take().remaining, take().remaining), (1, 0));
        assert!(take().wait.is_some_and(|wait| (1..=31).contains(&wait)));
        assert!(limits.take(None, IpAddr::from([127, 0, 0, 2])).wait.is_none());
    }
}
