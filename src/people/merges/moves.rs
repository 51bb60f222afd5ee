//! What a merge moves: one line for each foreign key to residents. A test holds the list against the schema, so that a new
//! table can't be forgotten.

use std::sync::Arc;

use super::store;
use crate::access::act::Act;
use crate::kit::problem::Result;
use crate::people::residents::OnePerson;
use crate::people::{
    consents, corrections, departures, disclosures, erasures, guardians, health, homes, households,
    residencies, resident_labels, visits,
};

/// What becomes of a column that names a resident, when that resident's record is merged into another.
pub struct Move {
    /// The table.
    pub table: &'static str,
    /// The column that names a resident.
    pub column: &'static str,
    /// What is done to its rows; the feature that owns the table says it.
    pub by: fn(&mut Act<'_>, &OnePerson) -> Result<()>,
}

/// Every column that names a resident, of all rooms: each room adds its own to those of the rooms above it.
#[derive(Clone)]
pub struct Moves(Arc<[&'static [Move]]>);

impl Moves {
    /// The lists of some rooms, one after another.
    pub fn of(rooms: &[&'static [Move]]) -> Self {
        Moves(rooms.into())
    }

    /// One by one.
    pub fn iter(&self) -> impl Iterator<Item = &'static Move> {
        self.0.iter().copied().flatten()
    }
}

/// Every column of this room that names a resident.
pub static MOVES: &[Move] = &[
    Move { table: "dwelling_residents", column: "resident_id", by: homes::join },
    Move { table: "household_members", column: "resident_id", by: households::join },
    Move { table: "resident_labels", column: "resident_id", by: resident_labels::join },
    Move { table: "resident_health", column: "resident_id", by: health::join },
    Move { table: "resident_departures", column: "resident_id", by: departures::join },
    Move {
        table: "disclosures",
        column: "resident_id",
        by: |act, pair| disclosures::join(act, pair.from, pair.into),
    },
    Move { table: "residencies", column: "resident_id", by: residencies::join },
    Move { table: "consents", column: "resident_id", by: consents::join },
    Move { table: "corrections", column: "resident_id", by: corrections::join },
    Move { table: "erasures", column: "resident_id", by: erasures::join },
    Move { table: "guardians", column: "ward_id", by: guardians::join },
    // The other side of the same rows.
    Move { table: "guardians", column: "guardian_id", by: stays },
    Move { table: "visits", column: "resident_id", by: visits::join },
    // An old id leads to the record that stays in one step, however often records were merged.
    Move { table: "residents", column: "merged_into", by: store::flatten },
    // Which record went into which is history, and stays as it was.
    Move { table: "resident_merges", column: "from_id", by: stays },
    Move { table: "resident_merges", column: "into_id", by: stays },
];

fn stays(_: &mut Act<'_>, _: &OnePerson) -> Result<()> {
    Ok(())
}
