//! The outbox: messages written by acts, delivered after commit by a worker of a later release.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use crate::kit::id;
use crate::kit::problem::Result;
use crate::schema::outbox;

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
