//! What becomes of somebody's homes when they leave, come back, or turn out to be one person with another record.

use chrono::NaiveDate;

use super::model::{DepartureId, HomeChange, HomeRelation, HomeRow};
use super::rules::{LEAVES_BEFORE, SHARES_TOO_FINE, TIES_ELSEWHERE};
use super::{Action, store};
use crate::access::act::{Act, Permit};
use crate::kit::clock::local_date;
use crate::kit::problem::Result;
use crate::people::residents::{OnePerson, ResidentDetailRow, ResidentId};
use crate::places::dwellings::DwellingId;

/// Ends what somebody is in homes, but for what they own: that stays until it is sold or inherited.
pub fn leave(
    act: &mut Act<'_>,
    resident: &Permit<ResidentDetailRow>,
    departure: DepartureId,
    on: NaiveDate,
) -> Result<()> {
    let rows = store::lock_all_of(act, resident.resident.id)?;
    let ends = |row: &&HomeRow| row.is_current() && row.relation != HomeRelation::Owner;
    if rows.iter().filter(ends).any(|row| row.starts_on > on) {
        return Err(LEAVES_BEFORE.at("/on"));
    }
    store::end_by(act, resident, departure, on)
}

/// Makes what a departure ended hold again; answers where the person lives by it.
pub fn restore(
    act: &mut Act<'_>,
    resident: &Permit<ResidentDetailRow>,
    departure: DepartureId,
) -> Result<Option<DwellingId>> {
    let rows = store::reopen_by(act, resident, departure)?;
    Ok(rows.iter().find(|row| row.is_lived()).map(|row| row.dwelling_id))
}

/// Gives what one record is and was in homes to another record of the same person.
///
/// What both records say of one home at one time stays with the record that closes, and ends there if it held; of an owner
/// the shares are added. Who lives in two homes by two records lives in that of the record that stays.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let known = store::lock_all_of(act, pair.into)?;
    let lives = known.iter().any(HomeRow::is_lived);
    for row in store::lock_all_of(act, pair.from)? {
        if row.division != pair.division {
            // The past of another committee stays there.
            if row.is_current() { return Err((&TIES_ELSEWHERE).into()) } else { continue }
        }
        let twins: Vec<&HomeRow> = known.iter().filter(|twin| twin.overlaps(&row)).collect();
        match twins.iter().find(|twin| twin.is_current()) {
            Some(twin) if row.is_current() => {
                let moves_in = row.is_lived() && !lives;
                add(act, row, (*twin).clone(), moves_in)?;
            }
            _ if !row.is_current() && !twins.is_empty() => {}
            _ => {
                // Where the other record said the same until some day, this one goes on from there.
                let begins = twins.iter().filter_map(|twin| twin.ends_on).max();
                give(act, row, pair, begins, lives)?;
            }
        }
    }
    Ok(())
}

/// Both hold now: the one that stays takes the share of the other, and whether somebody lives there; the other ends.
fn add(act: &mut Act<'_>, row: HomeRow, twin: HomeRow, moves_in: bool) -> Result<()> {
    let share = match twin.share().zip(row.share()) {
        Some((share, more)) => Some(share.plus(more).ok_or(&SHARES_TOO_FINE)?.parts()),
        None => None,
    };
    let twin = act.permit(Action::Update, twin)?;
    let change = HomeChange {
        share_numerator: share.map(|(numerator, _)| numerator),
        share_denominator: share.map(|(_, denominator)| denominator),
        is_living: moves_in.then_some(true),
        ..HomeChange::default()
    };
    store::update(act, &twin, change)?;
    let ends_on = Some(row.starts_on.max(local_date(act.now)));
    let row = act.permit(Action::Update, row)?;
    store::update(act, &row, HomeChange { ends_on, ..HomeChange::default() }).map(drop)
}

fn give(
    act: &mut Act<'_>,
    row: HomeRow,
    pair: &OnePerson,
    begins: Option<NaiveDate>,
    lives_already: bool,
) -> Result<()> {
    let ends_on = Some(row.starts_on.max(local_date(act.now))).filter(|_| row.is_lived() && lives_already);
    let row = act.permit(Action::Update, row)?;
    let change =
        HomeChange { resident_id: Some(pair.into), starts_on: begins, ends_on, ..HomeChange::default() };
    store::update(act, &row, change).map(drop)
}

/// Whether somebody is something in a home now.
pub fn has_ties(act: &mut Act<'_>, resident: ResidentId) -> Result<bool> {
    Ok(store::lock_all_of(act, resident)?.iter().any(HomeRow::is_current))
}
