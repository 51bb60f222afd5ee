//! What becomes of somebody's homes when they leave, come back, or turn out to be one person with another record.

use chrono::NaiveDate;

use super::model::{DepartureId, DwellingResidentId, HomeChange, HomeRelation, HomeRow, NewHome};
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
    let rows = store::lock_all_of(act, &[resident.resident.id])?;
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
    // All at once, in one order, as whoever sets the owners of a home locks them.
    let rows = store::lock_all_of(act, &[pair.from, pair.into])?;
    let (known, rows): (Vec<HomeRow>, Vec<HomeRow>) =
        rows.into_iter().partition(|row| row.resident_id == Some(pair.into));
    let lives = known.iter().any(HomeRow::is_lived);
    for row in rows {
        if row.division != pair.division {
            // The past of another committee stays there.
            if row.is_current() { return TIES_ELSEWHERE.refuse() } else { continue }
        }
        let twins: Vec<&HomeRow> = known.iter().filter(|twin| twin.overlaps(&row)).collect();
        let goes_on = twins.iter().filter_map(|twin| twin.ends_on).max();
        match twins.iter().find(|twin| twin.is_current()) {
            _ if twins.is_empty() => give(act, row, pair, lives)?,
            _ if !row.is_current() => {}
            Some(twin) => add(act, row, (*twin).clone(), lives)?,
            None => go_on(act, row, pair, goes_on, lives)?,
        }
    }
    Ok(())
}

/// What only the record that closes says becomes that of the other, but that somebody lives there who lives elsewhere.
fn give(act: &mut Act<'_>, row: HomeRow, pair: &OnePerson, lives: bool) -> Result<()> {
    let ends_on = (row.is_lived() && lives).then(|| end_of(act, &row));
    let row = act.permit(Action::Update, row)?;
    let change = HomeChange { resident_id: Some(pair.into), ends_on, ..HomeChange::default() };
    store::update(act, &row, change).map(drop)
}

/// Both hold now: the one that stays takes the share of the other, and whether somebody lives there; the other ends.
fn add(act: &mut Act<'_>, row: HomeRow, twin: HomeRow, lives: bool) -> Result<()> {
    let share = match twin.share().zip(row.share()) {
        Some((share, more)) => Some(share.plus(more).ok_or(&SHARES_TOO_FINE)?.parts()),
        None => None,
    };
    let moves_in = row.is_lived() && !lives;
    let ends_on = end_of(act, &row);
    end(act, row, ends_on)?;
    let twin = act.permit(Action::Update, twin)?;
    let change = HomeChange {
        share_numerator: share.map(|(numerator, _)| numerator),
        share_denominator: share.map(|(_, denominator)| denominator),
        is_living: moves_in.then_some(true),
        ..HomeChange::default()
    };
    store::update(act, &twin, change).map(drop)
}

/// The record that stays said the same until some day: from that day on it is said by that record again.
fn go_on(
    act: &mut Act<'_>,
    row: HomeRow,
    pair: &OnePerson,
    since: Option<NaiveDate>,
    lives: bool,
) -> Result<()> {
    let goes_on = !(row.is_lived() && lives);
    let since = since.filter(|_| goes_on).unwrap_or_else(|| end_of(act, &row));
    let new = NewHome {
        id: DwellingResidentId::new(),
        dwelling_id: row.dwelling_id,
        division: row.division,
        resident_id: Some(pair.into),
        organisation_id: None,
        relation: row.relation,
        share_numerator: row.share_numerator,
        share_denominator: row.share_denominator,
        is_living: row.is_living,
        starts_on: since,
        source: row.source,
        created_at: act.now,
        updated_at: act.now,
    };
    end(act, row, since)?;
    if goes_on {
        let new = act.permit(Action::Update, new)?;
        store::insert(act, &new)?;
    }
    Ok(())
}

fn end(act: &mut Act<'_>, row: HomeRow, on: NaiveDate) -> Result<()> {
    let row = act.permit(Action::Update, row)?;
    store::update(act, &row, HomeChange { ends_on: Some(on), ..HomeChange::default() }).map(drop)
}

/// Today, but not before it began.
fn end_of(act: &Act<'_>, row: &HomeRow) -> NaiveDate {
    row.starts_on.max(local_date(act.now))
}

/// Whether somebody is something in a home now.
pub fn has_ties(act: &mut Act<'_>, resident: ResidentId) -> Result<bool> {
    Ok(store::lock_all_of(act, &[resident])?.iter().any(HomeRow::is_current))
}
