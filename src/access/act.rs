//! Look and Act: what a handler's work is given. One hop, one connection, one transaction.

use std::fmt::Debug;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::RunQueryDsl;
use diesel::pg::PgConnection;
use serde_json::Value;

use super::actor::{self, Actor, Residency};
use super::division::Division;
use super::policy::{Action, Scope};
use super::{audit, outbox};
use crate::kit::crypto::Keyring;
use crate::kit::page::{Limit, Pager};
use crate::kit::problem::{FORBIDDEN, Problem, Result};

#[diesel::declare_sql_function]
extern "SQL" {
    /// PostgreSQL's lock on a number, held to the end of the transaction.
    fn pg_advisory_xact_lock(
        key: diesel::sql_types::BigInt,
    ) -> diesel::sql_types::Nullable<diesel::sql_types::Text>;
}

/// A read: who looks, when, on which connection.
pub struct Look<'a> {
    /// The connection.
    pub conn: &'a mut PgConnection,
    /// Who looks.
    pub actor: Arc<Actor>,
    /// The moment of this request.
    pub now: DateTime<Utc>,
    /// The secrets.
    pub ring: &'a Keyring,
}

/// A write: a look that may also change things, inside one transaction.
pub struct Act<'a> {
    look: Look<'a>,
    request_id: &'a str,
    commits_refusal: bool,
}

impl<'a> Deref for Act<'a> {
    type Target = Look<'a>;
    fn deref(&self) -> &Look<'a> {
        &self.look
    }
}

impl DerefMut for Act<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.look
    }
}

/// Something that lies somewhere and may be somebody's own.
pub trait Governed {
    /// The division it lies in; none means the city.
    fn division(&self) -> Option<Division>;

    /// Whether it is the actor's own.
    fn is_own(&self, _actor: &Actor) -> bool {
        false
    }
}

impl Governed for Division {
    fn division(&self) -> Option<Division> {
        Some(*self)
    }
}

/// What is the caller's own by its nature: their account, their sessions.
pub struct Mine;

impl Governed for Mine {
    fn division(&self) -> Option<Division> {
        None
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.signed_in.is_some()
    }
}

/// A thing with proof that the actor may do the action to it. Only [`Look::permit`] makes one, and guarded
/// store writes ask for one: a forgotten check does not compile.
#[derive(Debug)]
pub struct Permit<T>(T);

impl<T> Deref for Permit<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Permit<T> {
    /// The thing itself, when the write is done.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<'a> Look<'a> {
    /// What the actor sees with this action; 403 if nothing ever.
    pub fn scope<A: Action>(&self, action: A) -> Result<Scope> {
        self.actor.scope(action)
    }

    /// Proof that the actor may do this to the thing, or 403.
    pub fn permit<A: Action, T: Governed>(&self, action: A, thing: T) -> Result<Permit<T>> {
        match self.actor.may(action, thing.division(), thing.is_own(&self.actor)) {
            true => Ok(Permit(thing)),
            false => FORBIDDEN.refuse(),
        }
    }

    /// Where the actor is a verified resident 已认证居民: none for visitors and whoever has not shown it.
    pub fn residencies(&mut self) -> Result<Vec<Residency>> {
        match self.actor.signed_in {
            Some((account, _)) => actor::residencies(self.conn, account),
            None => Ok(Vec::new()),
        }
    }

    /// A pager whose cursors belong to this action, filter and caller only.
    pub fn pager<A: Action, K>(
        &self,
        action: A,
        filter: &impl Debug,
        limit: Option<Limit>,
        cursor: Option<&str>,
    ) -> Result<Pager<'a, K>>
    where
        K: serde::Serialize + serde::de::DeserializeOwned,
    {
        let (filter, caller) = (format!("{filter:?}"), self.actor.id().unwrap_or_default());
        let binding = [action.operation().as_bytes(), filter.as_bytes(), caller.as_bytes()];
        Pager::new(self.ring, &binding, limit, cursor)
    }
}

/// What happened, for the audit trail.
pub struct Event<A> {
    /// The action done.
    pub action: A,
    /// To which thing.
    pub id: String,
    /// Where it lies.
    pub division: Option<Division>,
    /// Ids, codes and field names; never personal data.
    pub detail: Value,
}

impl<'a> Act<'a> {
    pub(super) fn new(look: Look<'a>, request_id: &'a str) -> Self {
        Act { look, request_id, commits_refusal: false }
    }

    /// Records what happened, in the same transaction.
    pub fn record<A: Action>(&mut self, event: Event<A>) -> Result<()> {
        let (actor, now, request_id) = (self.actor.clone(), self.now, self.request_id);
        audit::append(self.look.conn, &event, &actor, now, request_id)
    }

    /// Leaves a message (ids only) for whoever listens, to be delivered after commit.
    pub fn announce(&mut self, topic: &str, payload: Value) -> Result<()> {
        let now = self.now;
        outbox::append(self.look.conn, topic, payload, now)
    }

    /// Waits until no other act holds the same subject, to the end of the transaction.
    pub fn serialise(&mut self, subject: &[u8; 32]) -> Result<()> {
        let [a, b, c, d, e, f, g, h, ..] = *subject;
        let key = i64::from_be_bytes([a, b, c, d, e, f, g, h]);
        diesel::select(pg_advisory_xact_lock(key)).execute(self.look.conn)?;
        Ok(())
    }

    /// Refuses, but keeps what was written: a failed sign-in must be counted.
    pub fn refuse_and_keep(&mut self, problem: impl Into<Problem>) -> Problem {
        self.commits_refusal = true;
        problem.into()
    }

    pub(super) fn keeps_refusal(&self) -> bool {
        self.commits_refusal
    }
}
