//! Good rows are written: those that nobody is known for, those that say something new of somebody, and what they make of homes.

use diesel::result::{DatabaseErrorKind, Error};

use super::columns::{Column, Flaw};
use super::homes::{Homes, Step};
use super::load::{Batch, Ground, column_at};
use super::model::KnownRow;
use super::rules::{AMBIGUOUS, Entry, OTHER_PERSON, change, column_of, is_other, is_same};
use super::store;
use crate::kit::clock::local_date;
use crate::kit::problem::Result;
use crate::people::document::Document;
use crate::people::residents::{
    self, CLOSED, DOCUMENT_TAKEN, NewResident, ResidentChange, ResidentId, ResidentStatus,
};

impl Batch<'_> {
    /// Enters, changes, or leaves.
    pub(super) fn write(&mut self, ground: &mut Ground<'_>, entries: Vec<Entry>) -> Result<()> {
        let news: Vec<_> = entries.iter().map(|entry| &entry.new).collect();
        let known = store::known(ground.conn, &news)?;
        let housed = entries.iter().any(|entry| entry.home.is_some());
        let people: Vec<ResidentId> = known.iter().filter(|_| housed).map(|row| row.id).collect();
        let mut homes = Homes::of(ground.conn, &people)?;
        let mut fresh = Vec::new();
        for mut entry in entries {
            let same: Vec<&KnownRow> = known.iter().filter(|row| is_same(row, &entry.new)).collect();
            match same.as_slice() {
                [] => match homes.step(entry.new.id, entry.home, entry.new.residence, entry.has_residence) {
                    Ok(step) => {
                        entry.new.home_id = step.as_ref().and_then(Step::home);
                        fresh.push((entry, step));
                    }
                    Err((rule, column)) => self.refuse_by(entry.line, rule, column),
                },
                [row] if row.status != ResidentStatus::Present => {
                    self.refuse_by(entry.line, &CLOSED, Column::Name);
                }
                [row] => self.again(ground, &entry, row, &mut homes)?,
                _ => self.refuse_by(entry.line, &AMBIGUOUS, Column::ExternalId),
            }
        }
        self.enter(ground, fresh, &mut homes)?;
        self.tally.homes = homes.begun();
        if !self.import.only_looks() {
            homes.write(ground.conn, ground.now)?;
        }
        self.keep_house(ground)
    }

    /// Changes a known record, and where its person is at home, or leaves both.
    fn again(
        &mut self,
        ground: &mut Ground<'_>,
        entry: &Entry,
        row: &KnownRow,
        homes: &mut Homes,
    ) -> Result<()> {
        let mut change = change(row, entry);
        if change.is_some() && !self.agrees(ground, entry, row)? {
            return Ok(());
        }
        let residence = if entry.has_residence { entry.new.residence } else { row.residence };
        let step = match homes.step(row.id, entry.home, residence, entry.has_residence) {
            Ok(step) => step,
            Err((rule, column)) => {
                self.refuse_by(entry.line, rule, column);
                return Ok(());
            }
        };
        if change.is_none() && step.is_none() {
            self.tally.unchanged += 1;
            self.wanted.extend(entry.wanted(row.id, true));
            return Ok(());
        }
        // The record says where the person lives, so its version moves.
        if let Some(home) = step.as_ref().and_then(Step::home) {
            change = Some(ResidentChange { home_id: Some(Some(home)), ..change.unwrap_or_default() });
        }
        if let Some(change) = change.filter(|_| !self.import.only_looks())
            && !self.update(ground, entry, row, change)?
        {
            return Ok(());
        }
        if let Some(step) = step {
            homes.take(row.id, row.division, step, ground.now);
        }
        self.tally.changed += 1;
        self.wanted.extend(entry.wanted(row.id, false));
        Ok(())
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

    /// Enters those that are not known; one that somebody else entered meanwhile is refused.
    fn enter(
        &mut self,
        ground: &mut Ground<'_>,
        fresh: Vec<(Entry, Option<Step>)>,
        homes: &mut Homes,
    ) -> Result<()> {
        let only_looks = self.import.only_looks();
        let apart = |(entry, step): (Entry, Option<Step>)| {
            let wanted = entry.wanted(entry.new.id, false);
            ((entry.line, step, wanted), entry.new)
        };
        let (rows, news): (Vec<_>, Vec<NewResident>) = fresh.into_iter().map(apart).unzip();
        let entered = if only_looks { Vec::new() } else { store::enter(ground.conn, &news)? };
        for ((line, step, wanted), new) in rows.into_iter().zip(&news) {
            if !only_looks && !entered.contains(&new.id) {
                self.refuse_by(line, &DOCUMENT_TAKEN, Column::Document);
                continue;
            }
            self.tally.entered += 1;
            self.wanted.extend(wanted);
            if let Some(step) = step {
                homes.take(new.id, new.division, step, ground.now);
            }
        }
        Ok(())
    }

    /// Whether the change went in: a new document or external id may be another record's.
    fn update(
        &mut self,
        ground: &mut Ground<'_>,
        entry: &Entry,
        row: &KnownRow,
        change: ResidentChange,
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
