//! Making one record of two.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::model::{NewMerge, ResidentMergeId};
use super::rules::{self, ITSELF};
use super::wire::{ResidentMergeDraft, ResidentMergeView};
use super::{Action, Moves, store};
use crate::access::accounts;
use crate::access::act::{Act, Event, Permit};
use crate::access::actor::AccountId;
use crate::kit::problem::{NOT_FOUND, Result};
use crate::people::homes;
use crate::people::residencies;
use crate::people::residents::{
    self, CLOSED, OnePerson, ResidentChange, ResidentDetailRow, ResidentId, ResidentStatus,
};

/// Merges two records of one person.
pub fn create(act: &mut Act<'_>, draft: ResidentMergeDraft, moves: &Moves) -> Result<ResidentMergeView> {
    act.scope(Action::Create)?;
    if draft.from == draft.into {
        return Err(ITSELF.at("/into"));
    }
    // Both are locked in the order of their ids: two merges of one pair, each the other way round, make no circle.
    let rows = residents::store::lock_all(act, &[draft.from, draft.into])?;
    let from = one(act, &rows, draft.from, "/from")?;
    let into = one(act, &rows, draft.into, "/into")?;
    rules::must_agree(from.resident.status, into.resident.status)?;
    store::hold(act, &from, &into)?;
    store::end_last(act, &from, &into)?;
    let (hashes, known) = (store::hashes(act, &from)?, store::hashes(act, &into)?);
    let takes_document = rules::takes_document(&hashes, &known, draft.document)?;
    let new = NewMerge {
        id: ResidentMergeId::new(),
        division: into.resident.division,
        from_id: draft.from,
        into_id: draft.into,
        reason: draft.reason.into_inner(),
        created_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    let pair = OnePerson { from: draft.from, into: draft.into, division: new.division };
    for table in moves.iter() {
        (table.by)(act, &pair)?;
    }
    // The old record closes first: a number belongs to one open record of a committee.
    residents::store::update(act, &from, closed(pair.into, act.now))?;
    let home_id = Some(homes::store::lived_in(act, &into)?.map(|home| home.dwelling_id));
    let account_id = Some(account(act, &from, &into)?);
    let change =
        ResidentChange { home_id, account_id, ..rules::filled(&from, hashes, &into, takes_document) };
    let row = residents::store::update(act, &into, change)?;
    for account in from.account_id.iter().chain(&into.account_id) {
        accounts::store::touch(act, *account)?;
    }
    store::insert(act, &new)?;
    record(act, &new, (&from, &into), &row)?;
    Ok(new.into_inner().into())
}

/// One of the two, which the caller may merge, and which is open.
fn one(
    act: &Act<'_>,
    rows: &[ResidentDetailRow],
    id: ResidentId,
    pointer: &str,
) -> Result<Permit<ResidentDetailRow>> {
    let row = rows.iter().find(|row| row.resident.id == id).ok_or_else(|| NOT_FOUND.at(pointer))?;
    let row = act.permit(Action::Create, row.clone())?;
    match row.resident.status {
        ResidentStatus::Merged => Err(CLOSED.at(pointer)),
        _ => Ok(row),
    }
}

/// Whose the record will be: who it was before, unless that account is closed.
fn account(
    act: &mut Act<'_>,
    from: &ResidentDetailRow,
    into: &ResidentDetailRow,
) -> Result<Option<AccountId>> {
    Ok(match (into.account_id, from.account_id) {
        (Some(holder), Some(other)) if !residencies::is_open(act, holder)? => Some(other),
        (holder, other) => holder.or(other),
    })
}

/// Its account goes to the record that stays; where that has another, the person has two, and proves the second anew.
fn closed(into: ResidentId, now: DateTime<Utc>) -> ResidentChange {
    ResidentChange {
        status: Some(ResidentStatus::Merged),
        merged_into: Some(Some(into)),
        account_id: Some(None),
        home_id: Some(None),
        ended_at: Some(Some(now)),
        ..ResidentChange::default()
    }
}

/// The traces: which fields were filled, by name. Where the records are of two committees, the other learns that its own
/// closed, and no more.
fn record(
    act: &mut Act<'_>,
    merge: &NewMerge,
    (from, into): (&ResidentDetailRow, &ResidentDetailRow),
    after: &ResidentDetailRow,
) -> Result<()> {
    let unbinds = from.account_id.is_some() && from.account_id != after.account_id;
    let detail = json!({
        "merge": merge.id, "from": merge.from_id, "fields": rules::changed(into, after),
        "unbinds_account": unbinds, "version": after.resident.version
    });
    let (action, id) = (Action::Create, merge.into_id.to_string());
    act.record(Event { action, id, division: Some(merge.division), detail })?;
    if from.resident.division != merge.division {
        let (id, division) = (merge.from_id.to_string(), Some(from.resident.division));
        act.record(Event { action, id, division, detail: json!({ "merge": merge.id }) })?;
    }
    act.announce("resident.merged", json!({ "from": merge.from_id, "into": merge.into_id }))
}
