//! A batch of rows becomes records: the same for the command line and for a job.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;

use super::columns::{Column, Flaw, Heading};
use super::homes::Dwellings;
use super::model::{EntryHome, FaultRow, ImportRow, Tally, Wanted};
use super::reading::{draft, home, household};
use super::rules::{Entry, OUT_OF_REACH, REPEATED, Stray, UNRECOGNISABLE, keys};
use super::store;
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::kit::crypto::Keyring;
use crate::kit::problem::{Place, Problem, Result, Rule};
use crate::people::residents::{self, ResidentSource};

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
    /// Where homes may be.
    pub homes: &'a Scope,
    /// Where households may be.
    pub households: &'a Scope,
}

/// One row of a list.
pub type Line = (u64, Vec<String>);

/// Takes the next rows of an import: good ones go in (or are only looked at), bad ones are noted.
pub fn load(ground: &mut Ground<'_>, import: &ImportRow, heading: &Heading, lines: &[Line]) -> Result<Tally> {
    let mut batch = Batch { import, faults: Vec::new(), tally: Tally::default(), wanted: Vec::new() };
    let mut entries = Vec::new();
    for (number, row) in lines {
        let line = i64::try_from(*number).map_err(Problem::fault)?;
        match read(ground, import, heading, line, row) {
            Ok(entry) => entries.push(entry),
            Err(flaws) => batch.refuse(line, flaws),
        }
    }
    let entries = batch.within_reach(ground, entries)?;
    let entries = batch.housed(ground, entries)?;
    let entries = batch.told_apart(ground, entries)?;
    batch.write(ground, entries)?;
    store::note_faults(ground.conn, &batch.faults)?;
    let tally = Tally { done: lines.len() as i64, ..batch.tally };
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
    let said = (draft(heading, row, import.division), home(heading, row), household(heading, row));
    let (draft, written, household) = match said {
        (Ok(draft), Ok(written), household) => (draft, written, household),
        (draft, home, household) => {
            let flaws = [draft.err(), home.err(), household.err()];
            return Err(flaws.into_iter().flatten().flatten().collect());
        }
    };
    let has_nationality = draft.nationality.is_some();
    let has_residence = heading.says(row, Column::Residence);
    let new = residents::assemble(ground.ring, ground.now, draft, ResidentSource::Import);
    let new = new.map_err(|problem| vec![Flaw::of(&problem, column_at(&problem))])?;
    Ok(Entry { line, new, has_residence, has_nationality, written, home: None, household })
}

pub(super) fn column_at(problem: &Problem) -> Column {
    let pointer = problem.faults().first().and_then(|fault| match &fault.place {
        Place::Pointer(pointer) => Column::of_pointer(pointer),
        _ => None,
    });
    pointer.unwrap_or(Column::Document)
}

/// The batch at work: what is wrong in it, and what became of its rows.
pub(super) struct Batch<'a> {
    pub(super) import: &'a ImportRow,
    faults: Vec<FaultRow>,
    pub(super) tally: Tally,
    /// Those that went in and name a household, rightly or not.
    pub(super) wanted: Vec<std::result::Result<Wanted, Stray>>,
}

impl Batch<'_> {
    pub(super) fn refuse(&mut self, line: i64, flaws: Vec<Flaw>) {
        self.tally.refused += 1;
        self.faults.extend(flaws.into_iter().map(|flaw| FaultRow {
            import_id: self.import.id,
            line,
            field: flaw.column.as_str().to_owned(),
            code: flaw.code.to_owned(),
            explanation: flaw.explanation,
        }));
    }

    pub(super) fn refuse_by(&mut self, line: i64, rule: &'static Rule, column: Column) {
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

    /// Those whose home is there, where the sender may enter homes; all that name none.
    fn housed(&mut self, ground: &mut Ground<'_>, entries: Vec<Entry>) -> Result<Vec<Entry>> {
        let written = entries.iter().filter_map(|entry| Some((entry.new.division, entry.written.as_ref()?)));
        let dwellings = Dwellings::of(ground.conn, &Vec::from_iter(written))?;
        let mut housed = Vec::with_capacity(entries.len());
        for mut entry in entries {
            let division = entry.new.division;
            let reaches = ground.homes.ranges.iter().any(|range| range.contains(division));
            match &entry.written {
                None => housed.push(entry),
                Some(_) if !reaches => self.refuse_by(entry.line, &OUT_OF_REACH, Column::Dwelling),
                Some(written) => match dwellings.find(division, written) {
                    Ok(dwelling) => {
                        entry.home = Some(EntryHome { dwelling, tie: written.tie });
                        housed.push(entry);
                    }
                    Err((rule, column)) => self.refuse_by(entry.line, rule, column),
                },
            }
        }
        Ok(housed)
    }
}
