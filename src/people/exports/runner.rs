//! Writes the lists.

use serde_json::json;
use uuid::Uuid;

use super::model::{ExportId, ExportRow};
use super::{Action, RESOURCE, TOO_MANY, store};
use crate::access::act::{Event, Governed, Look};
use crate::access::division::Division;
use crate::access::files::{self, Attachment};
use crate::access::gate::Gate;
use crate::access::jobs::{Ended, Job, JobRow, Runner, Step};
use crate::kit::files::FileKind;
use crate::kit::problem::Result;
use crate::kit::sheets::{Form, Writer};
use crate::people::imports::words;
use crate::people::residents::{self, ResidentDetailRow, ResidentDetailView};

/// Does the jobs of exports.
pub const RUNNER: Runner = Runner { kind: RESOURCE, may, run, failed: |_, _, _| Ok(()) };

/// How many people are read at a time, and how many one list holds.
const PAGE: i64 = 1_000;
const MOST: i64 = 200_000;
const HEADINGS: [&str; 14] = [
    "姓名",
    "区划代码",
    "证件类型",
    "证件号码",
    "电话",
    "性别",
    "出生日期",
    "国籍",
    "民族",
    "文化程度",
    "政治面貌",
    "户籍地",
    "居住类型",
    "外部编号",
];

/// Whether who asked may still have a list of that division.
fn may(look: &Look<'_>, job: &JobRow) -> Result<()> {
    struct Asked(Option<Division>);
    impl Governed for Asked {
        fn division(&self) -> Option<Division> {
            self.0
        }
    }
    look.permit(Action::Create, Asked(job.division)).map(drop)
}

fn run(gate: &Gate, job: &mut Job) -> Result<Ended> {
    let id = ExportId(job.row().id.0);
    let export = gate.look_for(job, move |look| store::find(look, id))?;
    let (content, people) = write(gate, job, &export)?;
    let (kind, ending) = match export.form {
        Form::Csv => (FileKind::Csv, "csv"),
        Form::Xlsx => (FileKind::Xlsx, "xlsx"),
    };
    let made = files::keep_made(gate, kind, &format!("residents-{}.{ending}", export.division), content)?;
    gate.act_for(job, move |act| {
        let to = Attachment { resource: RESOURCE, id: id.0, division: export.division };
        let file = files::enter_made(act, made, &to)?;
        store::finish(act, id, people, file)?;
        let detail = json!({ "people": people, "purpose": export.purpose.as_str() });
        let (action, division) = (Action::Find, Some(export.division));
        act.record(Event { action, id: id.to_string(), division, detail })?;
        Ok(Step::by(usize::try_from(people).unwrap_or_default()).of(people))
    })?;
    Ok(Ended::default())
}

/// The list, and how many people are in it.
fn write(gate: &Gate, job: &Job, export: &ExportRow) -> Result<(Vec<u8>, i64)> {
    let mut table = Writer::new(export.form)?;
    table.row(&HEADINGS)?;
    let (mut after, mut people) = (None, 0_i64);
    loop {
        let (wanted, from) = (export.clone(), after);
        let page = gate.look_for(job, move |look| page(look, &wanted, from))?;
        for one in &page {
            table.row(&cells(one))?;
        }
        people += page.len() as i64;
        if people > MOST {
            return TOO_MANY.refuse();
        }
        match page.last() {
            Some(last) if page.len() as i64 == PAGE => {
                after = Some((last.resident.division, last.resident.id.0));
            }
            _ => return Ok((table.finish()?, people)),
        }
    }
}

/// The next people of the list, numbers masked.
fn page(
    look: &mut Look<'_>,
    export: &ExportRow,
    after: Option<(Division, Uuid)>,
) -> Result<Vec<ResidentDetailView>> {
    let age = |years: Option<i32>| years.and_then(|years| u32::try_from(years).ok());
    let filter = residents::Filter {
        division: Some(export.division),
        born: residents::born(age(export.min_age), age(export.max_age), look.now),
        residence: export.residence,
        ..residents::Filter::default()
    };
    let rows: Vec<ResidentDetailRow> = residents::store::details(look, &filter, after, PAGE)?;
    rows.into_iter().map(|row| ResidentDetailView::new(row, look.ring)).collect()
}

/// A person's row, in the words and the order of a list that can be imported.
fn cells(one: &ResidentDetailView) -> [String; 14] {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let resident = &one.resident;
    [
        resident.name.clone(),
        resident.division.to_string(),
        text(one.document.as_ref().map(|document| words::of(words::DOCUMENT_KIND, document.kind))),
        text(one.document.as_ref().map(|document| document.number.as_str())),
        text(one.phone.as_deref()),
        text(resident.sex.map(|sex| words::of(words::SEX, sex))),
        resident.born_on.map(|day| day.to_string()).unwrap_or_default(),
        one.nationality.clone(),
        text(one.ethnicity.as_deref().and_then(words::ethnicity_of)),
        text(one.education.map(|education| words::of(words::EDUCATION, education))),
        text(one.political_status.map(|status| words::of(words::POLITICAL_STATUS, status))),
        one.registered_place.clone(),
        words::of(words::RESIDENCE, resident.residence).to_owned(),
        text(one.external_id.as_deref()),
    ]
}
