//! The outbox: messages written by acts, delivered after commit by a worker of a later release.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use serde_json::Value;

use crate::kit::id;
use crate::kit::problem::Result;
use crate::schema::outbox;

/// Messages nobody fetched are kept this long: 7 days.
pub fn keeping() -> TimeDelta {
    TimeDelta::days(7)
}

pub(super) fn append(conn: &mut PgConnection, topic: &str, payload: Value, now: DateTime<Utc>) -> Result<()> {
    let row = (
        outbox::id.eq(id::next()),
        outbox::topic.eq(topic),
        outbox::payload.eq(payload),
        outbox::created_at.eq(now),
    );
    diesel::insert_into(outbox::table).values(row).execute(conn)?;
    Ok(())
}

/// Removes what nobody fetched in time; answers how many.
pub fn sweep(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<usize> {
    Ok(diesel::delete(outbox::table.filter(outbox::created_at.lt(now - keeping()))).execute(conn)?)
}
