//! Who calls, loaded once and remembered for a moment.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::PgConnection;
use quick_cache::sync::Cache;

use super::actor::{self, Actor};
use super::applications;
use super::principal::Principal;
use crate::kit::problem::{Result, UNAUTHENTICATED};

/// How old a cached actor may be: a revoked session or post is felt within this.
const AGE: TimeDelta = TimeDelta::seconds(5);
const MANY: usize = 50_000;

/// Whom tokens name, as what they act, and when that was read.
pub(super) struct Actors {
    known: Cache<Principal, (DateTime<Utc>, Arc<Actor>)>,
    /// Posts count without a second factor.
    is_demo: bool,
}

impl Actors {
    pub fn new(is_demo: bool) -> Self {
        Actors { known: Cache::new(MANY), is_demo }
    }

    /// Whoever that is, no older than 5 s.
    pub fn recent(
        &self,
        conn: &mut PgConnection,
        principal: Option<Principal>,
        now: DateTime<Utc>,
    ) -> Result<Arc<Actor>> {
        self.remembered(principal, now).map_or_else(|| self.fresh(conn, principal, now), Ok)
    }

    /// Whoever that is, if it was read within 5 s.
    pub fn remembered(&self, principal: Option<Principal>, now: DateTime<Utc>) -> Option<Arc<Actor>> {
        let (loaded, actor) = self.known.get(&principal?)?;
        (now - loaded < AGE).then_some(actor)
    }

    /// Whoever that is now; a visitor where nobody is named.
    pub fn fresh(
        &self,
        conn: &mut PgConnection,
        principal: Option<Principal>,
        now: DateTime<Utc>,
    ) -> Result<Arc<Actor>> {
        let Some(principal) = principal else {
            return Ok(Arc::new(Actor::visitor()));
        };
        let actor = match principal {
            Principal::Person(_, session) => actor::load(conn, session, now, self.is_demo),
            Principal::Application(..) => applications::store::load_actor(conn, principal, now)
                .and_then(|found| found.ok_or_else(|| (&UNAUTHENTICATED).into())),
        };
        if actor.is_err() {
            self.known.remove(&principal);
        }
        actor.map(|actor| self.remember(principal, now, Arc::new(actor)))
    }

    /// Many sessions and applications as they are now; those that ended are not among the answer.
    pub fn fresh_all(
        &self,
        conn: &mut PgConnection,
        principals: &[Principal],
        now: DateTime<Utc>,
    ) -> Result<HashMap<Principal, Arc<Actor>>> {
        let sessions: Vec<_> = principals.iter().filter_map(|one| one.session()).collect();
        let mut people = actor::load_all(conn, &sessions, now, self.is_demo)?;
        let mut actors = HashMap::with_capacity(principals.len());
        for principal in principals {
            let loaded = match principal.session() {
                _ if actors.contains_key(principal) => continue,
                Some(session) => people.remove(&session),
                // A few gates call often: one statement for each of them.
                None => applications::store::load_actor(conn, *principal, now)?,
            };
            match loaded {
                Some(actor) => {
                    actors.insert(*principal, self.remember(*principal, now, Arc::new(actor)));
                }
                None => drop(self.known.remove(principal)),
            }
        }
        Ok(actors)
    }

    fn remember(&self, principal: Principal, now: DateTime<Utc>, actor: Arc<Actor>) -> Arc<Actor> {
        self.known.insert(principal, (now, actor.clone()));
        actor
    }
}
