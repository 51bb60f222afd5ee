//! A batch of rows becomes records: the same for the command line and for a job.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::result::{DatabaseErrorKind, Error};

use super::columns::{Column, Flaw, Heading, draft};
use super::model::{FaultRow, ImportRow, KnownRow, Tally};
use super::rules::{
    AMBIGUOUS, Entry, OTHER_PERSON, OUT_OF_REACH, REPEATED, UNRECOGNISABLE, change, column_of, is_other,
    is_same, keys,
};
use super::store;
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::kit::clock::local_date;
use crate::kit::crypto::Keyring;
use crate::kit::problem::{Place, Problem, Result, Rule};
use crate::people::document::Document;
use crate::people::residents::{self, CLOSED, DOCUMENT_TAKEN, NewResident, ResidentSource, ResidentStatus};

/// How many rows go in at once.
pub const BATCH: usize = 500;

/// Where rows go: a transaction, the secrets, the moment, and how far who sent them reaches.
pub struct Ground<'a> {
    /// The connection, in a transaction.
    pub conn: &'a mut PgConnection,
    /// The secrets.
    pub ring: &'a Keyring,
    /// The moment.
    pub now: DateTime<Utc>,
    /// Where people may be entered.
    pub scope: &'a Scope,
}

/// One row of a list.
pub type Line = (u64, Vec<String>);

/// Takes the next rows of an import: good ones go in (or are only looked at), bad ones are noted.
pub fn load(ground: &mut Ground<'_>, import: &ImportRow, heading: &Heading, lines: &[Line]) -> Result<Tally> {
    let mut batch = Batch { import, faults: Vec::new(), refused: 0 };
    let mut entries = Vec::new();
    for (number, row) in lines {
        let line = i64::try_from(*number).map_err(Problem::fault)?;
        match read(ground, import, heading, line, row) {
            Ok(entry) => entries.push(entry),
            Err(flaws) => batch.refuse(line, flaws),
        }
    }
    let entries = batch.within_reach(ground, entries)?;
    let entries = batch.told_apart(ground, entries)?;
    let (entered, changed, unchanged) = batch.write(ground, entries)?;
    store::note_faults(ground.conn, &batch.faults)?;
    let tally = Tally { done: lines.len() as i64, entered, changed, unchanged, refused: batch.refused };
    store::advance(ground.conn, import.id, tally)?;
    Ok(tally)
}

fn read(
    ground: &Ground<'_>,
    import: &ImportRow,
    heading: &Heading,
    line: i64,
    row: &[String],
) -> std::result::Result<Entry, Vec<Flaw>> {
    let draft = draft(heading, row, import.division)?;
    let has_nationality = draft.nationality.is_some();
    let has_residence = heading.says(row, Column::Residence);
    let new = residents::assemble(ground.ring, ground.now, draft, ResidentSource::Import);
    let new = new.map_err(|problem| vec![Flaw::of(&problem, column_at(&problem))])?;
    Ok(Entry { line, new, has_residence, has_nationality })
}

fn column_at(problem: &Problem) -> Column {
    let pointer = problem.faults().first().and_then(|fault| match &fault.place {
        Place::Pointer(pointer) => Column::of_pointer(pointer),
        _ => None,
    });
    pointer.unwrap_or(Column::Document)
}

/// The batch at work: what is wrong in it.
struct Batch<'a> {
    import: &'a ImportRow,
    faults: Vec<FaultRow>,
    refused: i64,
}

impl Batch<'_> {
    fn refuse(&mut self, line: i64, flaws: Vec<Flaw>) {
        self.refused += 1;
        self.faults.extend(flaws.into_iter().map(|flaw| FaultRow {
            import_id: self.import.id,
            line,
            field: flaw.column.as_str().to_owned(),
            code: flaw.code.to_owned(),
            explanation: flaw.explanation,
        }));
    }

    fn refuse_by(&mut self, line: i64, rule: &'static Rule, column: Column) {
        self.refuse(line, vec![Flaw::of(&Problem::from(rule), column)]);
    }

    /// Those that go into standing committees where the sender may enter people; nobody else enters there meanwhile.
    fn within_reach(&mut self, ground: &mut Ground<'_>, entries: Vec<Entry>) -> Result<Vec<Entry>> {
        let codes: Vec<Division> = entries.iter().map(|entry| entry.new.division).collect();
        let standing = store::committees(ground.conn, &codes)?;
        store::serialise(ground.conn, &standing)?;
        let reaches = |division: Division| ground.scope.ranges.iter().any(|range| range.contains(division));
        let (inside, outside): (Vec<_>, Vec<_>) = entries
            .into_iter()
            .partition(|entry| reaches(entry.new.division) && standing.contains(&entry.new.division));
        for entry in outside {
            self.refuse_by(entry.line, &OUT_OF_REACH, Column::Division);
        }
        Ok(inside)
    }

    /// Those that can be recognised, and that stand in no earlier row.
    fn told_apart(&mut self, ground: &mut Ground<'_>, entries: Vec<Entry>) -> Result<Vec<Entry>> {
        let mut first: BTreeMap<Vec<u8>, i64> = BTreeMap::new();
        let mut known = Vec::new();
        for entry in entries {
            let own = keys(&entry.new, ground.ring);
            if own.is_empty() {
                self.refuse_by(entry.line, &UNRECOGNISABLE, Column::Document);
            } else if own.iter().any(|key| first.contains_key(key)) {
                self.refuse_by(entry.line, &REPEATED, Column::Document);
            } else {
                first.extend(own.iter().map(|key| (key.clone(), entry.line)));
                known.push((entry, own));
            }
        }
        let fresh = store::note_keys(ground.conn, self.import.id, first.into_iter().collect())?;
        let mut apart = Vec::new();
        for (entry, own) in known {
            match own.iter().all(|key| fresh.contains(key)) {
                true => apart.push(entry),
                false => self.refuse_by(entry.line, &REPEATED, Column::Document),
            }
        }
        Ok(apart)
    }

    /// Enters, changes, or leaves; answers how many of each.
    fn write(&mut self, ground: &mut Ground<'_>, entries: Vec<Entry>) -> Result<(i64, i64, i64)> {
        let news: Vec<_> = entries.iter().map(|entry| &entry.new).collect();
        let known = store::known(ground.conn, &news)?;
        let (mut fresh, mut changed, mut unchanged) = (Vec::new(), 0, 0);
        for entry in entries {
            let same: Vec<&KnownRow> = known.iter().filter(|row| is_same(row, &entry.new)).collect();
            match same.as_slice() {
                [] => fresh.push(entry),
                [row] if row.status != ResidentStatus::Present => {
                    self.refuse_by(entry.line, &CLOSED, Column::Name);
                }
                [row] => match change(row, &entry) {
                    None => unchanged += 1,
                    Some(_) if !self.agrees(ground, &entry, row)? => {}
                    Some(_) if self.import.only_looks() => changed += 1,
                    Some(change) => changed += i64::from(self.update(ground, &entry, row, change)?),
                },
                _ => self.refuse_by(entry.line, &AMBIGUOUS, Column::ExternalId),
            }
        }
        let entered = if self.import.only_looks() { fresh.len() as i64 } else { self.enter(ground, fresh)? };
        Ok((entered, changed, unchanged))
    }

    /// Whether a row may be of the person of a known record: of nobody else, and of no other day of birth or sex than the record's
    /// document states. One that names the same document was held against it when it was read.
    fn agrees(&mut self, ground: &Ground<'_>, entry: &Entry, row: &KnownRow) -> Result<bool> {
        let new = &entry.new;
        if is_other(row, new) {
            self.refuse_by(entry.line, &OTHER_PERSON, Column::ExternalId);
            return Ok(false);
        }
        let (Some(kind), Some(sealed), None) = (row.document_kind, &row.document_sealed, &new.document_hash)
        else {
            return Ok(true);
        };
        let known = Document::open(ground.ring, kind, sealed)?;
        let checked = residents::facts(Some(&known), new.born_on, new.sex, local_date(ground.now));
        if let Err(problem) = &checked {
            self.refuse(entry.line, vec![Flaw::of(problem, column_at(problem))]);
        }
        Ok(checked.is_ok())
    }

    fn enter(&mut self, ground: &mut Ground<'_>, fresh: Vec<Entry>) -> Result<i64> {
        let (lines, news): (Vec<i64>, Vec<NewResident>) =
            fresh.into_iter().map(|entry| (entry.line, entry.new)).unzip();
        let entered = store::enter(ground.conn, &news)?;
        for (line, _) in lines.iter().zip(&news).filter(|(_, new)| !entered.contains(&new.id)) {
            self.refuse_by(*line, &DOCUMENT_TAKEN, Column::Document);
        }
        Ok(entered.len() as i64)
    }

    /// Whether the change went in: a new document or external id may be another record's.
    fn update(
        &mut self,
        ground: &mut Ground<'_>,
        entry: &Entry,
        row: &KnownRow,
        change: residents::ResidentChange,
    ) -> Result<bool> {
        use diesel::connection::Connection as _;
        let now = ground.now;
        #[expect(
            clippy::disallowed_methods,
            reason = "a savepoint, so that one bad row does not cost the batch"
        )]
        let written = ground.conn.transaction(|conn| store::update(conn, row.id, change, now));
        match written {
            Ok(_) => Ok(true),
            Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info)) => {
                let rule = residents::taken(info.constraint_name().unwrap_or_default());
                self.refuse_by(entry.line, rule, column_of(rule));
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }
}
