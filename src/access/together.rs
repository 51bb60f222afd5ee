//! Writes that many people do at once to one thing, as signing one petition. Were each a transaction of its own, they would wait for
//! each other on the row that counts them; so what comes while one batch is written is written in the next, in one transaction.
//! Nobody waits for a batch to fill: whoever comes alone is written alone. Each is answered after the commit, with what is theirs,
//! and pays as in the gate's own write: the actor loaded fresh, the idempotency key, the effect and the audit event commit
//! together.

use std::collections::{HashMap, HashSet};
use std::marker::PhantomData;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use crossbeam_channel::{Receiver, Sender, bounded};
use diesel::connection::Connection as _;
use diesel::pg::PgConnection;
use tokio::sync::oneshot;

use super::act::{Event, Look};
use super::actor::Actor;
use super::audit::{self, Noted};
use super::caller::{IntoTicket, Ticket};
use super::gate::Gate;
use super::policy::Action;
use super::principal::Principal;
use crate::kit::answer::{View, Written};
use crate::kit::crypto::Keyring;
use crate::kit::idempotency;
use crate::kit::problem::{BUSY, Kind, Problem, Result, UNAUTHENTICATED};

/// So many are written at once, and so many may wait.
const MOST: usize = 256;
const WAITING: usize = 1_024;
/// A batch that met another process' is tried again: nothing of it was committed.
const TRIES: usize = 3;

/// What many do at once.
pub trait Joint: Send + Sync + 'static {
    /// What one of them asks.
    type Item: Send + Sync + 'static;
    /// What one of them is answered.
    type View: View;

    /// Does what all of them ask, and answers in their order. An answer that refuses has written nothing; an error undoes all.
    fn write(batch: &mut Batch<'_>, askers: &[Asker<'_, Self::Item>]) -> Result<Vec<Result<Self::View>>>;
}

/// One of many.
pub struct Asker<'a, I> {
    /// Who it is.
    pub actor: Arc<Actor>,
    /// What they ask.
    pub item: &'a I,
    request_id: &'a str,
}

/// The transaction that many share.
pub struct Batch<'a> {
    conn: &'a mut PgConnection,
    ring: &'a Keyring,
    /// The moment of all of them.
    pub now: DateTime<Utc>,
    events: Vec<Noted>,
}

impl Batch<'_> {
    /// What one of them looks through.
    pub fn look<I>(&mut self, asker: &Asker<'_, I>) -> Look<'_> {
        Look { conn: &mut *self.conn, actor: asker.actor.clone(), now: self.now, ring: self.ring }
    }

    /// What all of them look through together, for queries that ask for nobody in particular.
    pub fn look_at_all(&mut self) -> Look<'_> {
        Look { conn: &mut *self.conn, actor: Arc::new(Actor::visitor()), now: self.now, ring: self.ring }
    }

    /// Records what one of them did, in the same transaction.
    pub fn record<A: Action, I>(&mut self, asker: &Asker<'_, I>, event: Event<A>) {
        self.events.push(Noted {
            account: asker.actor.signed_in.map(|(account, _)| account),
            application: asker.actor.application.map(|client| client.id),
            action: event.action.operation(),
            resource: A::RESOURCE,
            id: event.id,
            division: event.division,
            request_id: asker.request_id.to_owned(),
            detail: event.detail,
        });
    }
}

struct Asked<I> {
    ticket: Ticket,
    principal: Principal,
    item: I,
}

struct Waiting<I> {
    asked: Asked<I>,
    reply: oneshot::Sender<Result<Written>>,
}

/// Where they meet: a queue, and a thread beside the seats that writes batch after batch. Ends when it is dropped.
pub struct Together<J: Joint> {
    gate: Gate,
    queue: Sender<Waiting<J::Item>>,
    what: PhantomData<J>,
}

impl<J: Joint> Together<J> {
    /// Opens the queue.
    pub fn start(gate: Gate) -> std::io::Result<Self> {
        let (queue, waiting) = bounded(WAITING);
        let writing = gate.clone();
        let thread = std::thread::Builder::new().name("together".into());
        thread.spawn(move || serve::<J>(&writing, &waiting))?;
        Ok(Together { gate, queue, what: PhantomData })
    }

    /// Writes with whoever else comes at this moment. A full queue says so at once.
    pub async fn write(&self, caller: impl IntoTicket, item: J::Item) -> Result<Written> {
        let ticket = caller.into_ticket(&self.gate)?;
        let principal = ticket.principal.ok_or(&UNAUTHENTICATED)?;
        let (reply, answer) = oneshot::channel();
        let waiting = Waiting { asked: Asked { ticket, principal, item }, reply };
        self.queue.try_send(waiting).map_err(|_| Problem::from(&BUSY).after(1))?;
        answer.await.map_err(|_| Problem::fault("a batch was dropped"))?
    }
}

fn serve<J: Joint>(gate: &Gate, queue: &Receiver<Waiting<J::Item>>) {
    let mut later: Vec<Waiting<J::Item>> = Vec::new();
    loop {
        let mut batch = std::mem::take(&mut later);
        if batch.is_empty() {
            match queue.recv() {
                Ok(first) => batch.push(first),
                Err(_) => return,
            }
        }
        batch.extend(queue.try_iter().take(MOST.saturating_sub(batch.len())));
        let (now, twins) = without_twins(batch);
        later = twins;
        let (asked, replies): (Vec<_>, Vec<_>) = now.into_iter().map(|one| (one.asked, one.reply)).unzip();
        answer::<J>(gate, asked, replies);
    }
}

/// The second request with a key is answered after the first, from what that has left.
fn without_twins<I>(batch: Vec<Waiting<I>>) -> (Vec<Waiting<I>>, Vec<Waiting<I>>) {
    let mut keys = HashSet::new();
    let present = batch.into_iter().filter(|one| !one.reply.is_closed());
    present.partition(|one| one.asked.ticket.key.as_ref().is_none_or(|key| keys.insert(key.fingerprint)))
}

fn answer<J: Joint>(gate: &Gate, asked: Vec<Asked<J::Item>>, replies: Vec<oneshot::Sender<Result<Written>>>) {
    let asked = Arc::new(asked);
    let whole = 0..asked.len();
    match tried::<J>(gate, &asked, whole) {
        Ok(answers) => {
            for (reply, answer) in replies.into_iter().zip(answers) {
                let _caller_may_have_gone = reply.send(answer);
            }
        }
        // Whatever could not be done together is done one by one, so that nobody pays for another's. Not where it may have been
        // committed, or where all wait for the same.
        Err(problem) => {
            let is_alone = problem.is_lost_connection() || std::ptr::eq(problem.rule(), &BUSY);
            tracing::warn!(%problem, asked = asked.len(), "a batch failed");
            for (place, reply) in replies.into_iter().enumerate() {
                let one = match is_alone {
                    true => Err(Problem::from(problem.rule()).after(1).because(&problem)),
                    false => tried::<J>(gate, &asked, place..place + 1)
                        .and_then(|mut one| one.pop().unwrap_or_else(|| Err(Problem::fault("no answer")))),
                };
                let _caller_may_have_gone = reply.send(one);
            }
        }
    }
}

/// Again where another process' batch was in the way: nothing was committed then.
fn tried<J: Joint>(
    gate: &Gate,
    asked: &Arc<Vec<Asked<J::Item>>>,
    which: std::ops::Range<usize>,
) -> Result<Vec<Result<Written>>> {
    let mut last = BUSY.refuse();
    for _ in 0..TRIES {
        last = transact::<J>(gate, asked.clone(), which.clone());
        if !last.as_ref().is_err_and(|problem| std::ptr::eq(problem.rule(), &BUSY)) {
            break;
        }
    }
    last
}

#[expect(clippy::disallowed_methods, reason = "as the gate, this is where transactions begin")]
fn transact<J: Joint>(
    gate: &Gate,
    asked: Arc<Vec<Asked<J::Item>>>,
    which: std::ops::Range<usize>,
) -> Result<Vec<Result<Written>>> {
    let doors = gate.clone();
    gate.seats().run_here(move |conn| {
        let asked = asked.get(which.clone()).unwrap_or_default();
        conn.transaction(|conn| write_all::<J>(&doors, conn, asked))
    })
}

/// What the gate's write does for one, in one transaction for all.
fn write_all<J: Joint>(
    gate: &Gate,
    conn: &mut PgConnection,
    asked: &[Asked<J::Item>],
) -> Result<Vec<Result<Written>>> {
    let (now, ring) = (gate.now(), gate.ring());
    let principals: Vec<Principal> = asked.iter().map(|one| one.principal).collect();
    let actors = gate.actors().fresh_all(conn, &principals, now)?;
    let keys: Vec<_> = asked.iter().filter_map(|one| one.ticket.key.as_ref()).collect();
    let mut known = idempotency::find_all(conn, ring, &keys, now)?;
    let mut answers: Vec<Option<Result<Written>>> =
        asked.iter().map(|one| answered(one, &actors, &mut known)).collect();
    let (mut askers, mut places) = (Vec::with_capacity(asked.len()), Vec::with_capacity(asked.len()));
    for (place, one) in asked.iter().enumerate() {
        if let (Some(None), Some(actor)) = (answers.get(place), actors.get(&one.principal)) {
            let request_id = one.ticket.origin.request_id.as_str();
            askers.push(Asker { actor: actor.clone(), item: &one.item, request_id });
            places.push(place);
        }
    }
    let mut batch = Batch { conn: &mut *conn, ring, now, events: Vec::new() };
    let views = J::write(&mut batch, &askers)?;
    let events = batch.events;
    audit::append_all(conn, &events, now)?;
    for (place, view) in places.into_iter().zip(views) {
        if let Some(answer) = answers.get_mut(place) {
            *answer = Some(view.and_then(|view| Written::of(&view)));
        }
    }
    replay_twins(conn, ring, (asked, &mut answers), now)?;
    let new = asked.iter().zip(&answers).filter_map(|(one, answer)| match (&one.ticket.key, answer) {
        (Some(key), Some(Ok(written))) if !written.is_replayed => Some((key, written)),
        _ => None,
    });
    idempotency::keep_all(conn, ring, &new.collect::<Vec<_>>(), now)?;
    answers.into_iter().map(|answer| answer.ok_or_else(|| Problem::fault("nobody answered"))).collect()
}

/// Whoever was refused may have been in the way of themselves: the same request was answered by another process meanwhile.
fn replay_twins<I>(
    conn: &mut PgConnection,
    ring: &Keyring,
    (asked, answers): (&[Asked<I>], &mut [Option<Result<Written>>]),
    now: DateTime<Utc>,
) -> Result<()> {
    let is_refused = |answer: &Option<Result<Written>>| {
        let problem = answer.as_ref().and_then(|answer| answer.as_ref().err());
        problem.is_some_and(|problem| problem.rule().kind == Kind::Refused)
    };
    let refused = asked.iter().zip(answers.iter()).filter(|(_, answer)| is_refused(answer));
    let keys: Vec<_> = refused.filter_map(|(one, _)| one.ticket.key.as_ref()).collect();
    let mut known = idempotency::find_all(conn, ring, &keys, now)?;
    for (one, answer) in asked.iter().zip(answers) {
        let twin = one.ticket.key.as_ref().and_then(|key| known.remove(&key.fingerprint));
        if let Some(twin) = twin {
            *answer = Some(twin);
        }
    }
    Ok(())
}

/// What needs no writing: a session or a secret that has ended, or a key that was answered before.
fn answered<I>(
    one: &Asked<I>,
    actors: &HashMap<Principal, Arc<Actor>>,
    known: &mut HashMap<[u8; 32], Result<Written>>,
) -> Option<Result<Written>> {
    if !actors.contains_key(&one.principal) {
        return Some(UNAUTHENTICATED.refuse());
    }
    known.remove(&one.ticket.key.as_ref()?.fingerprint)
}
