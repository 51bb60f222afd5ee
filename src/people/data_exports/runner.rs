//! Writes the copies.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::model::{CONTENT_SEAL, DataExportId, DataExportRow};
use super::sections::{SECTIONS, Whose};
use super::{Action, RESOURCE, store};
use crate::access::accounts;
use crate::access::act::Look;
use crate::access::gate::Gate;
use crate::access::jobs::{Ended, Job, JobRow, Runner, Step};
use crate::access::phone::Phone;
use crate::kit::problem::{Problem, Result};
use crate::people::document::Document;
use crate::people::residents::{self, ResidentDetailRow};

/// Does the jobs of data exports.
pub const RUNNER: Runner = Runner { kind: RESOURCE, may, run, failed: |_, _, _| Ok(()) };

/// Whoever asked may have what is kept of them.
fn may(look: &Look<'_>, job: &JobRow) -> Result<()> {
    let (id, account_id) = (DataExportId(job.id.0), job.account_id);
    look.permit(Action::Create, DataExportRow { id, account_id, created_at: look.now }).map(drop)
}

fn run(gate: &Gate, job: &mut Job) -> Result<Ended> {
    let id = DataExportId(job.row().id.0);
    let content = gate.look_for(job, collect)?;
    let sealed = gate.ring().seal(CONTENT_SEAL, content.to_string().as_bytes())?;
    gate.act_for(job, move |act| {
        store::finish(act, id, &sealed)?;
        Ok(Step::by(1).of(1))
    })?;
    Ok(Ended::default())
}

/// All of it.
fn collect(look: &mut Look<'_>) -> Result<Value> {
    let account = look.actor.account()?.0;
    let records = store::own_records(look)?;
    let of_records: Vec<Uuid> = records.iter().map(|record| record.resident.id.0).collect();
    let mut content = Map::new();
    content.insert("made_at".into(), json!(look.now));
    let phone = accounts::store::find_own(look)?.phone_sealed;
    content.insert("account_phone".into(), json!(Phone::open(look.ring, &phone)?.expose()));
    for section in SECTIONS {
        let of = match section.whose {
            Whose::Account => &[account][..],
            Whose::Record => &of_records,
        };
        content.insert(section.name.into(), store::rows(look, section, of)?);
    }
    let numbers: Result<Vec<Value>> = records.iter().map(|record| numbers(look, record)).collect();
    content.insert("numbers".into(), numbers?.into());
    Ok(content.into())
}

/// What is sealed in a record.
fn numbers(look: &Look<'_>, record: &ResidentDetailRow) -> Result<Value> {
    let document = residents::open_document(record, look.ring)?.map(Document::into_view);
    let phone = residents::open_phone(record, look.ring)?;
    let document = serde_json::to_value(document).map_err(Problem::fault)?;
    Ok(
        json!({ "record": record.resident.id, "document": document, "phone": phone.map(|phone| phone.expose().to_owned()) }),
    )
}
