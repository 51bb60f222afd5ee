//! Does the imports that were asked for.

use std::io::Cursor;

use actix_web::web::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::PgConnection;
use serde_json::json;

use super::columns::Heading;
use super::load::{self, Ground, Line};
use super::model::{ImportId, ImportMode, ImportRow, REPORT_SEAL};
use super::rules::{ROWS_REFUSED, UNREADABLE};
use super::{Action, RESOURCE, report, store, walk};
use crate::access::act::{Act, Event, Look};
use crate::access::files;
use crate::access::gate::Gate;
use crate::access::jobs::{Ended, Job, JobId, JobRow, Runner, Step};
use crate::kit::problem::Result;
use crate::people::{homes, households, residents};

/// Does the jobs of imports.
pub const RUNNER: Runner = Runner { kind: RESOURCE, may, run, failed };

/// How long a report may be fetched.
const FETCHED: TimeDelta = TimeDelta::days(7);

/// Whoever asked may still enter people somewhere; where, each batch asks anew.
fn may(look: &Look<'_>, _: &JobRow) -> Result<()> {
    look.scope(residents::Action::Create).map(drop)
}

fn run(gate: &Gate, job: &mut Job) -> Result<Ended> {
    let id = ImportId(job.row().id.0);
    let import = gate.look_for(job, move |look| store::find(look, id))?;
    let content = content(gate, job, &import)?;
    let rows = walk::count(import.form, Cursor::new(content.clone()))?;
    let import = if import.mode == ImportMode::All && import.only_looks() && !import.is_dry_run {
        pass(gate, job, &import, &content, 2 * rows)?;
        let import = gate.look_for(job, move |look| store::find(look, id))?;
        if import.refused > 0 {
            finish(gate, job, id, &content)?;
            return ROWS_REFUSED.refuse();
        }
        gate.act_for(job, move |act| store::begin_again(act.conn, id).map(|()| Step::default()))?;
        gate.look_for(job, move |look| store::find(look, id))?
    } else {
        import
    };
    let total = if import.mode == ImportMode::All && !import.is_dry_run { 2 * rows } else { rows };
    pass(gate, job, &import, &content, total)?;
    finish(gate, job, id, &content)?;
    Ok(Ended::default())
}

fn content(gate: &Gate, job: &Job, import: &ImportRow) -> Result<Bytes> {
    let source = import.source_id.ok_or(&UNREADABLE)?;
    let kept = gate.look_for(job, move |look| files::kept(look, source))?;
    files::read_kept(gate, &kept)
}

/// One way through the list, from where it is, each batch written down with its effect.
fn pass(gate: &Gate, job: &mut Job, import: &ImportRow, content: &Bytes, total: i64) -> Result<()> {
    walk::batches(import.form, Cursor::new(content.clone()), import.done, |heading, lines| {
        let (import, heading, lines) = (import.clone(), heading.clone(), lines.to_vec());
        gate.act_for(job, move |act| batch(act, &import, &heading, &lines).map(|step| step.of(total)))
    })
}

fn batch(act: &mut Act<'_>, import: &ImportRow, heading: &Heading, lines: &[Line]) -> Result<Step> {
    let scope = act.scope(residents::Action::Create)?.narrow(Some(import.division));
    let homes = act.scope(homes::Action::Create)?.narrow(Some(import.division));
    let households = act.scope(households::Action::Create)?.narrow(Some(import.division));
    let (ring, now, conn) = (act.ring, act.now, &mut *act.conn);
    let mut ground = Ground { conn, ring, now, scope: &scope, homes: &homes, households: &households };
    let tally = load::load(&mut ground, import, heading, lines)?;
    if !import.only_looks() && tally.entered + tally.changed > 0 {
        let detail = json!({
            "entered": tally.entered, "changed": tally.changed, "homes": tally.homes,
            "households": tally.households
        });
        let (action, division) = (Action::Create, Some(import.division));
        act.record(Event { action, id: import.id.to_string(), division, detail })?;
    }
    Ok(Step::by(lines.len()))
}

/// The report is kept, sealed, and the list goes.
fn finish(gate: &Gate, job: &mut Job, id: ImportId, content: &Bytes) -> Result<()> {
    let (import, reasons) =
        gate.look_for(job, move |look| Ok((store::find(look, id)?, report::reasons(look.conn, id)?)))?;
    let left_out = import.refused - reasons.len() as i64;
    let report = match reasons.is_empty() {
        true => None,
        false => {
            let book = report::write(import.form, Cursor::new(content.clone()), &reasons, left_out)?;
            Some(gate.ring().seal(REPORT_SEAL, &book)?)
        }
    };
    gate.act_for(job, move |act| {
        let now = act.now;
        if let Some(sealed) = &report {
            store::keep_report(act.conn, id, sealed, now + FETCHED, left_out)?;
        }
        if let Some(source) = import.source_id {
            files::release(act, source)?;
        }
        store::finish(act.conn, id, now)?;
        Ok(Step::default())
    })
}

/// The list goes as well where the import came to no end of its own.
fn failed(conn: &mut PgConnection, job: JobId, now: DateTime<Utc>) -> Result<()> {
    match store::give_up(conn, ImportId(job.0), now)? {
        Some(source) => files::release_after(conn, source, now),
        None => Ok(()),
    }
}
