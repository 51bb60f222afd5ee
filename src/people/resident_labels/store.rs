//! Every query of labels on people. Each that adds or takes away notes the delta of the counts in the same transaction. What
//! is done for departures and merges, which have locked the records, answers nothing: their caller may not see it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};

use super::Action;
use super::model::{LabelRemoval, NewResidentLabel, ResidentLabelId, ResidentLabelRow};
use super::rules::TAKEN;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::people::disclosures::ResidentId;
use crate::people::label_counts::store::{Delta, note};
use crate::people::labels::{self, LabelId};
use crate::people::residents::{OnePerson, ResidentDetailRow};
use crate::schema::{labels as definitions, resident_labels};

/// How many labels are removed at once when their time is over.
const BATCH: i64 = 5_000;

/// Removes what has expired, and notes it, in one statement. Rows that an act holds are left for the next time.
const EXPIRE: &str = "\
    WITH past AS ( \
        UPDATE resident_labels SET removed_at = $1, removal = 'expired' \
        WHERE id IN (SELECT id FROM resident_labels WHERE removed_at IS NULL AND until <= $1 \
            ORDER BY until LIMIT $2 FOR UPDATE SKIP LOCKED) \
        RETURNING label_id, division) \
    INSERT INTO label_count_deltas (label_id, division, delta) SELECT label_id, division, -1 FROM past";

/// One page of what the caller sees on a resident, in the order they were set.
pub fn page(
    look: &mut Look<'_>,
    resident: &ResidentDetailRow,
    pager: &Pager<'_, ResidentLabelId>,
) -> Result<Vec<ResidentLabelRow>> {
    look.scope(Action::List)?;
    let seers = labels::seers_of(&look.actor, resident.resident.division);
    let mut query = resident_labels::table
        .inner_join(definitions::table)
        .filter(resident_labels::resident_id.eq(resident.resident.id))
        .filter(resident_labels::removed_at.is_null())
        .filter(resident_labels::until.is_null().or(resident_labels::until.gt(look.now)))
        .filter(definitions::see_roles.overlaps_with(seers))
        .select((
            resident_labels::id,
            definitions::id,
            definitions::code,
            definitions::name,
            definitions::is_sensitive,
            resident_labels::source,
            resident_labels::reason,
            resident_labels::set_by,
            resident_labels::set_at,
            resident_labels::until,
        ))
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(resident_labels::id.gt(after));
    }
    Ok(query.order(resident_labels::id).limit(pager.fetch()).load(look.conn)?)
}

/// Sets a label on a person whose record is locked. One whose time is over gives way.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewResidentLabel>) -> Result<()> {
    end_past(act, new.resident_id)?;
    diesel::insert_into(resident_labels::table).values(&**new).execute(act.conn).on_constraints(&[(
        "resident_labels_resident_id_label_id_key",
        &TAKEN,
        "/label",
    )])?;
    note(act, &[Delta { label_id: new.label_id, division: new.division, delta: 1 }])
}

/// Takes a label off a person; whether the person had it.
pub fn remove(act: &mut Act<'_>, resident: &Permit<ResidentDetailRow>, label: LabelId) -> Result<bool> {
    let carried = resident_labels::table
        .filter(
            resident_labels::resident_id.eq(resident.resident.id).and(resident_labels::label_id.eq(label)),
        )
        .filter(resident_labels::removed_at.is_null())
        .filter(resident_labels::until.is_null().or(resident_labels::until.gt(act.now)))
        .select((resident_labels::id, resident_labels::label_id, resident_labels::division));
    let carried: Vec<Carried> = carried.load(act.conn)?;
    Ok(end(act, &carried, LabelRemoval::Removed)? > 0)
}

/// A label on a person, for what is ended or moved.
type Carried = (ResidentLabelId, LabelId, Division);

/// What a person carries, also what has expired and is not removed yet.
fn carried_by(act: &mut Act<'_>, resident: ResidentId) -> Result<Vec<Carried>> {
    let carried = resident_labels::table
        .filter(resident_labels::resident_id.eq(resident).and(resident_labels::removed_at.is_null()))
        .select((resident_labels::id, resident_labels::label_id, resident_labels::division));
    Ok(carried.order(resident_labels::id).load(act.conn)?)
}

/// Ends what the worker has not yet come to.
fn end_past(act: &mut Act<'_>, resident: ResidentId) -> Result<usize> {
    let past = resident_labels::table
        .filter(resident_labels::resident_id.eq(resident).and(resident_labels::removed_at.is_null()))
        .filter(resident_labels::until.le(act.now))
        .select((resident_labels::id, resident_labels::label_id, resident_labels::division));
    let past: Vec<Carried> = past.load(act.conn)?;
    end(act, &past, LabelRemoval::Expired)
}

/// Ends these, but for those that the worker was faster to end; notes and answers how many.
fn end(act: &mut Act<'_>, rows: &[Carried], removal: LabelRemoval) -> Result<usize> {
    if rows.is_empty() {
        return Ok(0);
    }
    let ids: Vec<ResidentLabelId> = rows.iter().map(|(id, ..)| *id).collect();
    // Nobody, where the worker does it.
    let by: Option<AccountId> = act.actor.signed_in.map(|(account, _)| account);
    let open = resident_labels::table
        .filter(resident_labels::id.eq_any(ids).and(resident_labels::removed_at.is_null()));
    let ended: Vec<(LabelId, Division)> = diesel::update(open)
        .set((
            resident_labels::removed_at.eq(act.now),
            resident_labels::removed_by.eq(by),
            resident_labels::removal.eq(removal),
        ))
        .returning((resident_labels::label_id, resident_labels::division))
        .get_results(act.conn)?;
    let deltas = ended.iter().map(|(label_id, division)| Delta {
        label_id: *label_id,
        division: *division,
        delta: -1,
    });
    note(act, &deltas.collect::<Vec<_>>())?;
    Ok(ended.len())
}

/// Takes all labels off somebody who has left. Before long what is left of them is deleted; see `app::retention`.
pub fn leave(act: &mut Act<'_>, resident: ResidentId) -> Result<()> {
    end_past(act, resident)?;
    let carried = carried_by(act, resident)?;
    end(act, &carried, LabelRemoval::Gone)?;
    let taken = resident_labels::table
        .filter(resident_labels::resident_id.eq(resident).and(resident_labels::removed_at.eq(act.now)))
        .filter(resident_labels::removal.eq(LabelRemoval::Gone));
    diesel::update(taken).set(resident_labels::left_at.eq(act.now)).execute(act.conn)?;
    Ok(())
}

/// Gives back what [`leave`] took off at that moment, but for what has expired or was retired since: that somebody left was
/// a mistake.
pub fn restore(act: &mut Act<'_>, resident: ResidentId, left_at: DateTime<Utc>) -> Result<()> {
    let set_now = definitions::table.filter(definitions::retired_on.is_null()).select(definitions::id);
    let there: Vec<LabelId> = carried_by(act, resident)?.into_iter().map(|(_, label, _)| label).collect();
    let taken = resident_labels::table
        .filter(resident_labels::resident_id.eq(resident).and(resident_labels::removed_at.eq(left_at)))
        .filter(resident_labels::removal.eq(LabelRemoval::Gone))
        .filter(resident_labels::until.is_null().or(resident_labels::until.gt(act.now)))
        .filter(resident_labels::label_id.eq_any(set_now).and(resident_labels::label_id.ne_all(there)));
    let again: Vec<(LabelId, Division)> = diesel::update(taken)
        .set((
            resident_labels::removed_at.eq(None::<DateTime<Utc>>),
            resident_labels::removed_by.eq(None::<AccountId>),
            resident_labels::removal.eq(None::<LabelRemoval>),
            resident_labels::left_at.eq(None::<DateTime<Utc>>),
        ))
        .returning((resident_labels::label_id, resident_labels::division))
        .get_results(act.conn)?;
    let deltas = again.into_iter().map(|(label_id, division)| Delta { label_id, division, delta: 1 });
    note(act, &deltas.collect::<Vec<_>>())
}

/// Removes what is left of somebody's labels, after [`leave`]: who set which, and why.
pub fn delete_all_of(act: &mut Act<'_>, resident: ResidentId) -> Result<()> {
    let ended = resident_labels::resident_id.eq(resident).and(resident_labels::removed_at.is_not_null());
    diesel::delete(resident_labels::table.filter(ended)).execute(act.conn)?;
    Ok(())
}

/// Gives the labels of one record to another record of the same person, with what is left of those that ended. What the other
/// has already, or what does not apply in its committee, ends.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    end_past(act, pair.from)?;
    end_past(act, pair.into)?;
    let carried = carried_by(act, pair.from)?;
    let there: Vec<LabelId> = carried_by(act, pair.into)?.into_iter().map(|(_, label, _)| label).collect();
    let line: Vec<Division> = pair.division.line();
    let named: Vec<LabelId> = carried.iter().map(|(_, label, _)| *label).collect();
    let apply =
        definitions::table.filter(definitions::id.eq_any(named).and(definitions::division.eq_any(line)));
    let apply: Vec<LabelId> = apply.select(definitions::id).load(act.conn)?;
    let goes = |(_, label, _): &&Carried| apply.contains(label) && !there.contains(label);
    let (moving, ending): (Vec<Carried>, Vec<Carried>) = carried.iter().partition(|row| goes(row));
    end(act, &ending, LabelRemoval::Gone)?;
    bring(act, &moving, pair)?;
    let ended = resident_labels::resident_id.eq(pair.from).and(resident_labels::removed_at.is_not_null());
    diesel::update(resident_labels::table.filter(ended))
        .set(resident_labels::resident_id.eq(pair.into))
        .execute(act.conn)?;
    Ok(())
}

fn bring(act: &mut Act<'_>, rows: &[Carried], pair: &OnePerson) -> Result<()> {
    let ids: Vec<ResidentLabelId> = rows.iter().map(|(id, ..)| *id).collect();
    // What the worker was faster to end is not moved.
    let open = resident_labels::table
        .filter(resident_labels::id.eq_any(ids).and(resident_labels::removed_at.is_null()));
    let moved: Vec<ResidentLabelId> = diesel::update(open)
        .set((resident_labels::resident_id.eq(pair.into), resident_labels::division.eq(pair.division)))
        .returning(resident_labels::id)
        .get_results(act.conn)?;
    let elsewhere = rows.iter().filter(|(id, _, before)| moved.contains(id) && *before != pair.division);
    let deltas = elsewhere.flat_map(|(_, label, before)| {
        [(*before, -1), (pair.division, 1)].map(|(division, delta)| Delta {
            label_id: *label,
            division,
            delta,
        })
    });
    note(act, &deltas.collect::<Vec<_>>())
}

/// Removes labels whose time is over; answers how many. Any number of processes may run it.
pub fn expire_next(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<usize> {
    let expire = diesel::sql_query(EXPIRE).bind::<Timestamptz, _>(now).bind::<BigInt, _>(BATCH);
    Ok(expire.execute(conn)?)
}
