//! The gate: the only way from a handler to the database.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::connection::Connection as _;
use diesel::pg::PgConnection;

use super::act::{Act, Look};
use super::actor::Actor;
use super::actors::Actors;
use super::caller::{IntoTicket, Ticket};
use super::codes::Codes;
use super::codes::city::CityCodes;
use super::files::Files;
use super::passwords::Passwords;
use super::sms::Sms;
use super::tokens::Tokens;
use super::wechat::Wechat;
use crate::kit::answer::{View, Written};
use crate::kit::clock::Clock;
use crate::kit::crypto::Keyring;
use crate::kit::db::{Seats, Tries};
use crate::kit::idempotency;
use crate::kit::problem::{Problem, Result};

/// What the gate is built from.
pub struct Parts {
    /// Seats for requests.
    pub seats: Seats,
    /// Seats for jobs, imports, exports and health.
    pub jobs: Seats,
    /// The secrets.
    pub ring: Arc<Keyring>,
    /// The clock.
    pub clock: Clock,
    /// Signs and verifies access tokens.
    pub tokens: Tokens,
    /// Signs and verifies codes.
    pub codes: Codes,
    /// Asks about codes of others.
    pub city_codes: CityCodes,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Sends one-time codes.
    pub sms: Sms,
    /// Asks WeChat who a user is.
    pub wechat: Wechat,
    /// Looks at files, keeps them, and leads to what they belong to.
    pub files: Files,
    /// The demo's setting: posts count without a second factor.
    pub posts_without_second_factor: bool,
}

/// What a read does, and may do again on another connection.
type Reading<T> = Box<dyn Fn(&mut Look<'_>) -> Result<T> + Send>;
/// What a write does, to the answer.
type Writing = Box<dyn FnOnce(&mut Act<'_>) -> Result<Written> + Send>;

/// The only way from a handler to the database. Cheap to clone.
#[derive(Clone)]
pub struct Gate {
    parts: Arc<Parts>,
    actors: Arc<Actors>,
}

impl Gate {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        let actors = Arc::new(Actors::new(parts.posts_without_second_factor));
        Gate { parts: Arc::new(parts), actors }
    }

    /// The moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.parts.clock.now()
    }

    /// The secrets.
    pub fn ring(&self) -> &Keyring {
        &self.parts.ring
    }

    /// Signs and verifies access tokens.
    pub fn tokens(&self) -> &Tokens {
        &self.parts.tokens
    }

    /// Signs and verifies codes.
    pub fn codes(&self) -> &Codes {
        &self.parts.codes
    }

    /// Asks about codes of others, away from connections.
    pub fn city_codes(&self) -> &CityCodes {
        &self.parts.city_codes
    }

    /// Hashes passwords, away from connections.
    pub fn passwords(&self) -> &Passwords {
        &self.parts.passwords
    }

    /// Sends one-time codes.
    pub fn sms(&self) -> &Sms {
        &self.parts.sms
    }

    /// Asks WeChat who a user is, away from connections.
    pub fn wechat(&self) -> &Wechat {
        &self.parts.wechat
    }

    /// What files need, away from connections.
    pub fn files(&self) -> &Files {
        &self.parts.files
    }

    /// The seats for jobs and health.
    pub fn jobs(&self) -> &Seats {
        &self.parts.jobs
    }

    /// The seats for requests.
    pub(super) fn seats(&self) -> &Seats {
        &self.parts.seats
    }

    /// Whom tokens name.
    pub(super) fn actors(&self) -> &Actors {
        &self.actors
    }

    /// Whether posts count without a second factor.
    pub(super) fn posts_without_second_factor(&self) -> bool {
        self.parts.posts_without_second_factor
    }

    /// Reads and writes the answer down: no BEGIN, the actor from a cache no older than 5 s, tried twice when the connection is lost.
    pub fn read<T, F>(&self, caller: impl IntoTicket, work: F) -> impl Future<Output = Result<Written>>
    where
        T: View,
        F: Fn(&mut Look<'_>) -> Result<T> + Send + 'static,
    {
        self.look(caller.into_ticket(self), Box::new(move |look| Written::of(&work(look)?)), Self::at_once)
    }

    /// The same of several statements that must agree: REPEATABLE READ, READ ONLY.
    pub fn snapshot<T, F>(&self, caller: impl IntoTicket, work: F) -> impl Future<Output = Result<Written>>
    where
        T: View,
        F: Fn(&mut Look<'_>) -> Result<T> + Send + 'static,
    {
        self.look(
            caller.into_ticket(self),
            Box::new(move |look| Written::of(&work(look)?)),
            Self::in_agreement,
        )
    }

    /// Reads what the handler goes on with, as [`Gate::read`] does.
    pub fn fetch<T, F>(&self, caller: impl IntoTicket, work: F) -> impl Future<Output = Result<T>>
    where
        T: Send + 'static,
        F: Fn(&mut Look<'_>) -> Result<T> + Send + 'static,
    {
        self.look(caller.into_ticket(self), Box::new(work), Self::at_once)
    }

    /// The same of several statements that must agree, as [`Gate::snapshot`] does.
    pub fn fetch_snapshot<T, F>(&self, caller: impl IntoTicket, work: F) -> impl Future<Output = Result<T>>
    where
        T: Send + 'static,
        F: Fn(&mut Look<'_>) -> Result<T> + Send + 'static,
    {
        self.look(caller.into_ticket(self), Box::new(work), Self::in_agreement)
    }

    /// Who calls, for what needs no database besides: from the cache no older than 5 s, and only else from a seat.
    pub async fn actor_of(&self, caller: impl IntoTicket) -> Result<Arc<Actor>> {
        let ticket = caller.into_ticket(self)?;
        match self.actors.remembered(ticket.principal, self.now()) {
            Some(actor) => Ok(actor),
            None => self.fetch(ticket, |look| Ok(look.actor.clone())).await,
        }
    }

    /// Every read comes through here. Hundreds of them answer the same type, so that this is compiled for few.
    async fn look<T: Send + 'static>(
        &self,
        ticket: Result<Ticket>,
        work: Reading<T>,
        way: fn(&Self, &mut PgConnection, &Ticket, &Reading<T>) -> Result<T>,
    ) -> Result<T> {
        let (ticket, gate) = (ticket?, self.clone());
        self.parts.seats.run(Tries::Twice, move |conn| way(&gate, conn, &ticket, &work)).await
    }

    fn at_once<T>(&self, conn: &mut PgConnection, ticket: &Ticket, work: &Reading<T>) -> Result<T> {
        let now = self.now();
        let actor = self.actors.recent(conn, ticket.principal, now)?;
        work(&mut Look { conn, actor, now, ring: self.ring() })
    }

    #[expect(clippy::disallowed_methods, reason = "the gate is where transactions begin")]
    fn in_agreement<T>(&self, conn: &mut PgConnection, ticket: &Ticket, work: &Reading<T>) -> Result<T> {
        let run = |conn: &mut PgConnection| self.at_once(conn, ticket, work);
        conn.build_transaction().repeatable_read().read_only().run(run)
    }

    /// Writes: one transaction, the actor loaded fresh inside it, the idempotency key in it too.
    pub fn write<T, F>(&self, caller: impl IntoTicket, work: F) -> impl Future<Output = Result<Written>>
    where
        T: View,
        F: FnOnce(&mut Act<'_>) -> Result<T> + Send + 'static,
    {
        self.act(caller.into_ticket(self), Box::new(move |act| Written::of(&work(act)?)))
    }

    /// Every write comes through here, compiled once.
    async fn act(&self, ticket: Result<Ticket>, work: Writing) -> Result<Written> {
        let (ticket, gate, mut work) = (ticket?, self.clone(), Some(work));
        let run = move |conn: &mut PgConnection| {
            let work = work.take().ok_or_else(|| Problem::fault("a write runs once"))?;
            gate.transact(conn, &ticket, work)
        };
        self.parts.seats.run(Tries::Once, run).await
    }

    #[expect(clippy::disallowed_methods, reason = "the gate is where transactions begin")]
    fn transact(&self, conn: &mut PgConnection, ticket: &Ticket, work: Writing) -> Result<Written> {
        conn.transaction(|conn| {
            let now = self.now();
            let actor = self.actors.fresh(conn, ticket.principal, now)?;
            if let Some(key) = &ticket.key
                && let Some(answer) = idempotency::claim(conn, self.ring(), key, now)?
            {
                return Ok(Ok(answer));
            }
            let look = Look { conn: &mut *conn, actor, now, ring: self.ring() };
            let mut act = Act::new(look, &ticket.origin.request_id);
            match (work(&mut act), act.keeps_refusal()) {
                (Ok(answer), _) => {
                    if let Some(key) = &ticket.key {
                        idempotency::keep(conn, self.ring(), key, &answer)?;
                    }
                    Ok(Ok(answer))
                }
                (Err(problem), true) => {
                    if let Some(key) = &ticket.key {
                        idempotency::release(conn, key)?;
                    }
                    Ok(Err(problem))
                }
                (Err(problem), false) => Err(problem),
            }
        })?
    }

    /// What a deadline does, which nobody asks for: one transaction on a seat for jobs, with nobody as its actor, audited under
    /// `deadline`. Never tried twice.
    #[expect(clippy::disallowed_methods, reason = "the gate is where transactions begin")]
    pub fn by_deadline<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Act<'_>) -> Result<T> + Send + 'static,
    {
        let (gate, mut work) = (self.clone(), Some(work));
        self.jobs().run_here(move |conn| {
            let work = work.take().ok_or_else(|| Problem::fault("a deadline is met once"))?;
            conn.transaction(|conn| {
                let look =
                    Look { conn, actor: Arc::new(Actor::visitor()), now: gate.now(), ring: gate.ring() };
                work(&mut Act::new(look, "deadline"))
            })
        })
    }
}
