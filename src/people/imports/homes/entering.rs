//! What a row does to somebody's homes: the rules of moving in, but that nobody is moved away.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::PgConnection;

use super::model::TieKnown;
use super::{Fault, store};
use crate::access::division::Division;
use crate::kit::clock::local_date;
use crate::kit::problem::Result;
use crate::people::homes::{DwellingResidentId, HomeRelation, HomeSource, LIVES_ELSEWHERE, NewHome};
use crate::people::imports::columns::Column;
use crate::people::imports::model::EntryHome;
use crate::people::imports::rules::REPEATED;
use crate::people::residents::{Residence, ResidentId};
use crate::places::dwellings::DwellingId;

/// What begins for somebody in a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    dwelling: DwellingId,
    relation: HomeRelation,
    is_living: bool,
    /// What they were there until now, and since when.
    ends: Option<(DwellingResidentId, NaiveDate)>,
}

impl Step {
    /// The home that the person's record says from now on; none where it stays as it is.
    pub fn home(&self) -> Option<DwellingId> {
        Some(self.dwelling).filter(|_| self.is_living)
    }
}

/// The homes of a batch: what people are in them now, and what the rows make of it.
#[derive(Default)]
pub struct Homes {
    known: BTreeMap<ResidentId, Vec<TieKnown>>,
    ends: Vec<(DwellingResidentId, NaiveDate)>,
    begins: Vec<NewHome>,
}

impl Homes {
    /// What these people, whom the caller has locked, are in homes now: one statement for all of them, none for none.
    pub fn of(conn: &mut PgConnection, people: &[ResidentId]) -> Result<Self> {
        let mut homes = Homes::default();
        if people.is_empty() {
            return Ok(homes);
        }
        for tie in store::ties(conn, people)? {
            if let Some(person) = tie.resident_id {
                homes.known.entry(person).or_default().push(tie);
            }
        }
        Ok(homes)
    }

    /// What a row makes begin; nothing where it is so already, or where the row names no home. Who is registered here only does not
    /// live here, and who owns only is nothing else here; that somebody lives in a home is so as well by their renting it.
    pub fn step(
        &self,
        person: ResidentId,
        home: Option<EntryHome>,
        residence: Residence,
    ) -> std::result::Result<Option<Step>, Fault> {
        let Some(EntryHome { dwelling, tie }) = home else { return Ok(None) };
        if residence == Residence::OwnerOnly {
            return Ok(None);
        }
        if self.begins.iter().any(|new| new.resident_id == Some(person)) {
            return Err((&REPEATED, Column::Dwelling));
        }
        // A list can't say shares, so it makes no owners: of one it says that they live there.
        let relation = match tie {
            Some(HomeRelation::Tenant) => HomeRelation::Tenant,
            _ => HomeRelation::Occupant,
        };
        let is_living = residence != Residence::RegisteredOnly;
        let known = self.known.get(&person).map(Vec::as_slice).unwrap_or_default();
        let is_so = |one: &TieKnown| {
            let rents = relation == HomeRelation::Occupant && one.relation == HomeRelation::Tenant;
            one.relation == relation || rents && (one.is_living || !is_living)
        };
        if known.iter().any(|one| one.dwelling_id == dwelling && is_so(one)) {
            return Ok(None);
        }
        let former = known.iter().find(|one| is_living && one.is_living);
        match former {
            Some(former) if former.dwelling_id != dwelling => Err((&LIVES_ELSEWHERE, Column::Dwelling)),
            former => {
                let ends = former.map(|former| (former.id, former.starts_on));
                Ok(Some(Step { dwelling, relation, is_living, ends }))
            }
        }
    }

    /// Puts a step of somebody of a committee down, to be written with the batch.
    pub fn take(&mut self, person: ResidentId, division: Division, step: Step, now: DateTime<Utc>) {
        let today = local_date(now);
        self.ends.extend(step.ends.map(|(id, starts_on)| (id, starts_on.max(today))));
        self.begins.push(NewHome {
            id: DwellingResidentId::new(),
            dwelling_id: step.dwelling,
            division,
            resident_id: Some(person),
            organisation_id: None,
            relation: step.relation,
            share_numerator: None,
            share_denominator: None,
            is_living: step.is_living,
            starts_on: today,
            source: HomeSource::Import,
            created_at: now,
            updated_at: now,
        });
    }

    /// How many relations began.
    pub fn begun(&self) -> i64 {
        self.begins.len() as i64
    }

    /// Writes what was put down.
    pub fn write(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> Result<()> {
        for (id, on) in &self.ends {
            store::end(conn, *id, *on, now)?;
        }
        if self.begins.is_empty() { Ok(()) } else { store::enter(conn, &self.begins) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(person: ResidentId, dwelling: DwellingId, relation: HomeRelation, is_living: bool) -> TieKnown {
        TieKnown {
            id: DwellingResidentId::new(),
            resident_id: Some(person),
            dwelling_id: dwelling,
            relation,
            is_living,
            starts_on: NaiveDate::default(),
        }
    }

    #[test]
    fn what_is_so_stays_and_nobody_is_moved_away() {
        use HomeRelation::{Occupant, Owner, Tenant};
        let (person, here, there) = (ResidentId::new(), DwellingId::new(), DwellingId::new());
        let told = |known: &[(DwellingId, HomeRelation, bool)], said: Option<HomeRelation>, residence| {
            let ties = known.iter().map(|(home, relation, lives)| tie(person, *home, *relation, *lives));
            let homes = Homes { known: BTreeMap::from([(person, ties.collect())]), ..Homes::default() };
            let home = Some(EntryHome { dwelling: here, tie: said });
            match homes.step(person, home, residence) {
                Ok(None) => "stays".to_owned(),
                Ok(Some(Step { relation, is_living, ends, .. })) => {
                    format!("{} {is_living} {}", relation.as_str(), ends.is_some())
                }
                Err((rule, column)) => format!("{} {}", column.as_str(), rule.code),
            }
        };
        let lives = Residence::RegisteredHere;
        assert_eq!(told(&[], None, lives), "occupant true false");
        assert_eq!(told(&[], Some(Tenant), lives), "tenant true false");
        assert_eq!(told(&[], None, Residence::RegisteredOnly), "occupant false false");
        assert_eq!(told(&[], Some(Owner), lives), "occupant true false");
        assert_eq!(told(&[], Some(Owner), Residence::OwnerOnly), "stays");
        assert_eq!(told(&[(here, Owner, false)], Some(Owner), lives), "occupant true false");
        assert_eq!(told(&[(here, Owner, false)], None, lives), "occupant true false");
        assert_eq!(told(&[(here, Occupant, true)], None, lives), "stays");
        assert_eq!(told(&[(here, Tenant, true)], Some(Occupant), lives), "stays");
        assert_eq!(told(&[(here, Occupant, true)], Some(Tenant), lives), "tenant true true");
        assert_eq!(told(&[(there, Tenant, true)], None, lives), "dwelling dwelling-resident-lives-elsewhere");
        assert_eq!(told(&[(there, Tenant, true)], None, Residence::RegisteredOnly), "occupant false false");
        assert_eq!(told(&[(there, Owner, false)], None, lives), "occupant true false");
    }
}
