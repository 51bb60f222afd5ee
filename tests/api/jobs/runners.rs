//! A kind of job that only tests have: it says each number of a range once, five in a batch, and has troubles by wish.

use std::net::Ipv4Addr;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use diesel::RunQueryDsl;
use diesel::pg::PgConnection;
use diesel::sql_types::Uuid as SqlUuid;
use lilong::access::act::{Act, Event, Look};
use lilong::access::caller::{Origin, Ticket};
use lilong::access::division::Division;
use lilong::access::gate::Gate;
use lilong::access::jobs::{self, Ended, Job, JobId, JobRow, NewJob, Runner, Step};
use lilong::kit::answer::View;
use lilong::kit::problem::{NOT_FOUND, Problem, Result};
use lilong::kit::stop::Stop;
use lilong::places::divisions::Action;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::support::{OWN, Person, Town};

const BATCH: i64 = 5;

pub const COUNT: Runner = Runner { kind: "test_count", may, run: count, failed };

/// What a worker is told to stop by, where the job wishes so.
pub static STOP: LazyLock<Stop> = LazyLock::new(Stop::default);

#[derive(Serialize, Deserialize, Default)]
pub struct Wish<'a> {
    pub total: i64,
    /// The first number.
    pub from: i64,
    /// How long a batch takes.
    pub millis: i64,
    /// What happens after the first batch, or in it.
    pub trouble: &'a str,
}

#[derive(Deserialize)]
struct Wished {
    from: i64,
    millis: i64,
    trouble: String,
}

fn may(look: &Look<'_>, row: &JobRow) -> Result<()> {
    look.permit(Action::Update, row.division.expect("a division")).map(drop)
}

/// What is left is nothing.
fn failed(conn: &mut PgConnection, id: JobId, _: DateTime<Utc>) -> Result<()> {
    let put_away = diesel::sql_query("UPDATE jobs SET result = '{\"left\": 0}' WHERE id = $1");
    put_away.bind::<SqlUuid, _>(id.0).execute(conn)?;
    Ok(())
}

fn count(gate: &Gate, job: &mut Job) -> Result<Ended> {
    let Wished { from, millis, trouble } = job.payload()?;
    let total = job.row().total.expect("a total");
    match trouble.as_str() {
        "fault" => return Err(Problem::fault("as wished")),
        "panic" => panic!("as wished"),
        _ => {}
    }
    // What was read is as far as what was done, since nobody else writes.
    let seen = gate.look_for(job, |look| look.actor.account())?;
    assert_eq!(seen, job.row().account_id);
    while job.done() < total {
        let (first, is_second) = (job.done(), job.done() == BATCH);
        let last = (first + BATCH).min(total);
        let refuses = is_second && trouble == "refused";
        gate.act_for(job, move |act| {
            say(act, from + first..from + last, millis)?;
            if refuses { Err((&NOT_FOUND).into()) } else { Ok(Step::by((last - first) as usize)) }
        })?;
        if first == 0 {
            cause(gate, job, &trouble)?;
        }
    }
    Ok(Ended { result: Some(json!({ "counted": total })) })
}

fn say(act: &mut Act<'_>, numbers: std::ops::Range<i64>, millis: i64) -> Result<()> {
    let division = Division::parse(OWN).ok();
    let (id, detail) = (numbers.start.to_string(), json!({}));
    for n in numbers {
        act.announce("test_count", json!({ "n": n }))?;
    }
    act.record(Event { action: Action::Update, id, division, detail })?;
    diesel::sql_query(format!("SELECT pg_sleep({})", millis as f64 / 1_000.0)).execute(act.conn)?;
    Ok(())
}

/// What happens after the first batch.
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
fn cause(gate: &Gate, job: &Job, trouble: &str) -> Result<()> {
    let (id, account) = (job.row().id, job.row().account_id);
    let change = |sql: &'static str, id: uuid::Uuid| {
        gate.jobs().run_here(move |conn| Ok(diesel::sql_query(sql).bind::<SqlUuid, _>(id).execute(conn)?))
    };
    match trouble {
        "stopped" => STOP.ask(),
        "idle" => std::thread::sleep(std::time::Duration::from_secs(12)),
        "dismissed" => {
            change("UPDATE posts SET ended_at = now() WHERE account_id = $1", account.0)?;
        }
        "overtaken" => {
            change("UPDATE jobs SET heartbeat_at = heartbeat_at - interval '2 minutes' WHERE id = $1", id.0)?;
            assert_eq!(jobs::run_due(gate, &[COUNT], &Stop::default())?, 1);
        }
        _ => {}
    }
    Ok(())
}

#[derive(Serialize)]
struct Asked {
    id: JobId,
}

impl View for Asked {}

fn ticket(person: &Person) -> Ticket {
    let origin = Origin { request_id: "test".into(), address: Ipv4Addr::LOCALHOST.into(), believed: None };
    Ticket { principal: Some(person.principal()), origin, key: None }
}

/// Asks for a job, as an operation would.
pub fn ask(town: &Town, person: &Person, wish: &Wish<'_>) -> JobId {
    let (total, payload) = (Some(wish.total), serde_json::to_value(wish).expect("a payload"));
    let division = Division::parse(OWN).ok();
    let write = town.gate.write(ticket(person), move |act| {
        let row = jobs::enqueue(act, NewJob { kind: COUNT.kind, division, payload, total })?;
        Ok(Asked { id: row.id })
    });
    let written = actix_web::rt::System::new().block_on(write).expect("it is asked for");
    let answer: serde_json::Value = serde_json::from_slice(&written.body).expect("JSON");
    serde_json::from_value(answer["id"].clone()).expect("an id")
}

/// Looks for a job, as an operation would.
pub fn find(town: &Town, person: &Person, kind: &'static str, id: JobId) -> Result<JobRow> {
    let read = town.gate.fetch(ticket(person), move |look| jobs::store::find_own(look, kind, id));
    actix_web::rt::System::new().block_on(read)
}
