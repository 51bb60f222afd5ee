//! Every query of thresholds.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::model::MarkRow;
use crate::access::act::Look;
use crate::kit::problem::Result;
use crate::matters::petitions::AnswerState;
use crate::matters::policies::PolicyId;
use crate::matters::registry::MatterId;
use crate::schema::{petition_counts, petition_signatures, petition_thresholds, petitions};

/// The thresholds that were ever reached.
pub fn marks(look: &mut Look<'_>, petition: MatterId) -> Result<Vec<MarkRow>> {
    let reached = petition_thresholds::table.filter(petition_thresholds::petition_id.eq(petition));
    let columns =
        (petition_thresholds::policy_id, petition_thresholds::reached_at, petition_thresholds::taken_back_at);
    Ok(reached.select(columns).load(look.conn)?)
}

/// When the signature came that was the `number`th of those that count.
pub fn signed_as(look: &mut Look<'_>, petition: MatterId, number: i32) -> Result<Option<DateTime<Utc>>> {
    let counting = petition_signatures::table
        .filter(petition_signatures::petition_id.eq(petition))
        .filter(petition_signatures::strike_out_id.is_null())
        .order(petition_signatures::id)
        .offset(i64::from(number) - 1)
        .select(petition_signatures::created_at);
    Ok(counting.first(look.conn).optional()?)
}

/// A threshold was reached at that moment, for the first time or again.
pub fn mark(look: &mut Look<'_>, petition: MatterId, policy: PolicyId, at: DateTime<Utc>) -> Result<()> {
    let reached = (
        petition_thresholds::reached_at.eq(at),
        petition_thresholds::taken_back_at.eq(None::<DateTime<Utc>>),
    );
    let which = (petition_thresholds::petition_id.eq(petition), petition_thresholds::policy_id.eq(policy));
    diesel::insert_into(petition_thresholds::table)
        .values((which, reached))
        .on_conflict((petition_thresholds::petition_id, petition_thresholds::policy_id))
        .do_update()
        .set(reached)
        .execute(look.conn)?;
    Ok(())
}

/// A threshold is not reached any more.
pub fn unmark(look: &mut Look<'_>, petition: MatterId, policy: PolicyId) -> Result<()> {
    diesel::update(petition_thresholds::table.find((petition, policy)))
        .set(petition_thresholds::taken_back_at.eq(look.now))
        .execute(look.conn)?;
    Ok(())
}

/// Whether an answer is due, as the thresholds have it.
pub fn set_answer_state(look: &mut Look<'_>, petition: MatterId, state: AnswerState) -> Result<()> {
    diesel::update(petitions::table.find(petition))
        .set(petitions::answer_state.eq(state))
        .execute(look.conn)?;
    Ok(())
}

/// Petitions whose count was not held against the thresholds yet.
pub fn unchecked(conn: &mut PgConnection, most: i64) -> Result<Vec<MatterId>> {
    let moved = petition_counts::table
        .filter(diesel::dsl::not(petition_counts::is_checked))
        .order(petition_counts::petition_id)
        .limit(most)
        .select(petition_counts::petition_id);
    Ok(moved.load(conn)?)
}

/// That count was held against the thresholds; one that moved meanwhile is looked at again.
pub fn checked(look: &mut Look<'_>, petition: MatterId, seen: i32) -> Result<()> {
    let as_seen = petition_counts::table.find(petition).filter(petition_counts::signatures.eq(seen));
    diesel::update(as_seen).set(petition_counts::is_checked.eq(true)).execute(look.conn)?;
    Ok(())
}
