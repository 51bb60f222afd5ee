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

/// What a row does to somebody's homes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Something begins for them in a home; with what they were there until now, and since when, where that ends.
    Begins {
        dwelling: DwellingId,
        relation: HomeRelation,
        is_living: bool,
        ends: Option<(DwellingResidentId, NaiveDate)>,
    },
    /// They live in a home by what they are there already.
    MovesIn { dwelling: DwellingId, tie: DwellingResidentId },
}

impl Step {
    /// The home that the person's record says from now on; none where it stays as it is.
    pub fn home(&self) -> Option<DwellingId> {
        match *self {
            Step::Begins { dwelling, is_living: true, .. } | Step::MovesIn { dwelling, .. } => Some(dwelling),
            Step::Begins { .. } => None,
        }
    }
}

/// The homes of a batch: what people are in them now, and what the rows make of it.
#[derive(Default)]
pub struct Homes {
    known: BTreeMap<ResidentId, Vec<TieKnown>>,
    ends: Vec<(DwellingResidentId, NaiveDate)>,
    begins: Vec<NewHome>,
    moves_in: Vec<(ResidentId, DwellingResidentId)>,
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

    /// What a row does; nothing where it is so already, or where the row names no home. Who is registered here only does not live
    /// here, and who owns only is nothing else here; that somebody lives in a home is so as well by their renting it. Who is known in the
    /// home as not living there lives there from now on if the row says so: by how they reside (`is_told`), or by what they are there.
    pub fn step(
        &self,
        person: ResidentId,
        home: Option<EntryHome>,
        residence: Residence,
        is_told: bool,
    ) -> std::result::Result<Option<Step>, Fault> {
        let Some(EntryHome { dwelling, tie }) = home else { return Ok(None) };
        if residence == Residence::OwnerOnly {
            return Ok(None);
        }
        if self.is_taken(person) {
            return Err((&REPEATED, Column::Dwelling));
        }
        // A list can't say shares, so it makes no owners: of one it says that they live there.
        let relation = match tie {
            Some(HomeRelation::Tenant) => HomeRelation::Tenant,
            _ => HomeRelation::Occupant,
        };
        let is_living = residence != Residence::RegisteredOnly;
        let known = self.known.get(&person).map(Vec::as_slice).unwrap_or_default();
        let here = |relation: HomeRelation| {
            known.iter().find(|one| one.dwelling_id == dwelling && one.relation == relation)
        };
        let same = match relation {
            HomeRelation::Occupant => here(relation).or_else(|| here(HomeRelation::Tenant)),
            _ => here(relation),
        };
        let lives = known.iter().find(|one| one.is_living);
        let moves_in = is_living
            && (is_told || tie.is_some())
            && lives.is_none_or(|former| former.dwelling_id != dwelling);
        if same.is_some() && !moves_in {
            return Ok(None);
        }
        match (same, lives.filter(|_| is_living)) {
            (_, Some(former)) if former.dwelling_id != dwelling => Err((&LIVES_ELSEWHERE, Column::Dwelling)),
            (Some(same), _) => Ok(Some(Step::MovesIn { dwelling, tie: same.id })),
            (None, former) => {
                let ends = former.map(|former| (former.id, former.starts_on));
                Ok(Some(Step::Begins { dwelling, relation, is_living, ends }))
            }
        }
    }

    /// Whether an earlier row of the batch did something to this person's homes.
    fn is_taken(&self, person: ResidentId) -> bool {
        self.begins.iter().any(|new| new.resident_id == Some(person))
            || self.moves_in.iter().any(|(one, _)| *one == person)
    }

    /// Puts a step of somebody of a committee down, to be written with the batch.
    pub fn take(&mut self, person: ResidentId, division: Division, step: Step, now: DateTime<Utc>) {
        let (dwelling, relation, is_living, ends) = match step {
            Step::Begins { dwelling, relation, is_living, ends } => (dwelling, relation, is_living, ends),
            Step::MovesIn { tie, .. } => {
                self.moves_in.push((person, tie));
                return;
            }
        };
        let today = local_date(now);
        self.ends.extend(ends.map(|(id, starts_on)| (id, starts_on.max(today))));
        self.begins.push(NewHome {
            id: DwellingResidentId::new(),
            dwelling_id: dwelling,
            division,
            resident_id: Some(person),
            organisation_id: None,
            relation,
            share_numerator: None,
            share_denominator: None,
            is_living,
            starts_on: today,
            source: HomeSource::Import,
            created_at: now,
            updated_at: now,
        });
    }

    /// In how many homes somebody is something, or lives, from now on.
    pub fn begun(&self) -> i64 {
        (self.begins.len() + self.moves_in.len()) as i64
    }

    /// Writes what was put down.
    pub fn write(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> Result<()> {
        for (id, on) in &self.ends {
            store::end(conn, *id, *on, now)?;
        }
        if !self.moves_in.is_empty() {
            let ties: Vec<DwellingResidentId> = self.moves_in.iter().map(|(_, tie)| *tie).collect();
            store::move_in(conn, &ties, now)?;
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

    /// What becomes of somebody by a row for the first of two homes.
    fn told(
        known: &[(usize, HomeRelation, bool)],
        said: Option<HomeRelation>,
        residence: Residence,
        is_told: bool,
    ) -> String {
        let (person, homes) = (ResidentId::new(), [DwellingId::new(), DwellingId::new()]);
        let ties = known.iter().map(|(home, relation, lives)| tie(person, homes[*home], *relation, *lives));
        let known = Homes { known: BTreeMap::from([(person, ties.collect())]), ..Homes::default() };
        let home = Some(EntryHome { dwelling: homes[0], tie: said });
        match known.step(person, home, residence, is_told) {
            Ok(None) => "stays".to_owned(),
            Ok(Some(Step::Begins { relation, is_living, ends, .. })) => {
                format!("{} {is_living} {}", relation.as_str(), ends.is_some())
            }
            Ok(Some(Step::MovesIn { tie, .. })) => {
                let by = known.known[&person].iter().find(|one| one.id == tie).unwrap();
                format!("{} moves in", by.relation.as_str())
            }
            Err((rule, column)) => format!("{} {}", column.as_str(), rule.code),
        }
    }

    #[test]
    fn what_is_so_stays_and_nobody_is_moved_away() {
        use HomeRelation::{Occupant, Owner, Tenant};
        let (here, there, lives) = (0, 1, Residence::RegisteredHere);
        let told =
            |known: &[(usize, HomeRelation, bool)], said, residence| told(known, said, residence, false);
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

    #[test]
    fn who_is_known_as_not_living_there_moves_in_where_the_row_says_so() {
        use HomeRelation::{Occupant, Owner, Tenant};
        let (here, there, lives) = (0, 1, Residence::RegisteredHere);
        let elsewhere = "dwelling dwelling-resident-lives-elsewhere";
        for (known, said, residence, is_told, becomes) in [
            (vec![(here, Occupant, false)], None, lives, true, "occupant moves in"),
            (vec![(here, Occupant, false)], Some(Occupant), lives, false, "occupant moves in"),
            (vec![(here, Occupant, false)], Some(Owner), lives, false, "occupant moves in"),
            (vec![(here, Tenant, false)], None, lives, true, "tenant moves in"),
            (vec![(here, Tenant, false)], Some(Tenant), lives, false, "tenant moves in"),
            (vec![(here, Owner, false), (here, Occupant, false)], None, lives, true, "occupant moves in"),
            // It says neither, or that they do not live there.
            (vec![(here, Occupant, false)], None, lives, false, "stays"),
            (vec![(here, Tenant, false)], None, lives, false, "stays"),
            (vec![(here, Occupant, false)], Some(Occupant), Residence::RegisteredOnly, true, "stays"),
            (vec![(here, Owner, false), (here, Occupant, false)], None, Residence::OwnerOnly, true, "stays"),
            // They live there by something else; or in another home.
            (vec![(here, Tenant, false), (here, Occupant, true)], Some(Tenant), lives, true, "stays"),
            (vec![(here, Occupant, false), (there, Tenant, true)], None, lives, true, elsewhere),
            (vec![(here, Occupant, false), (there, Tenant, true)], None, lives, false, "stays"),
        ] {
            assert_eq!(told(&known, said, residence, is_told), becomes, "{known:?} {said:?}");
        }
    }
}
