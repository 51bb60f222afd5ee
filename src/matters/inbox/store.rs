//! Every query of inboxes.

use chrono::{DateTime, TimeZone, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::model::{Desk, InboxItemId, Item, ItemRow, NewItem, Seat, Whose};
use crate::access::act::Look;
use crate::access::division::Division;
use crate::kit::problem::{Problem, Result};
use crate::matters::registry::MatterId;
use crate::schema::{inbox_items, matters, petitions};

/// What has no end comes last.
fn never() -> Result<DateTime<Utc>> {
    Utc.with_ymd_and_hms(9999, 12, 31, 0, 0, 0)
        .single()
        .ok_or_else(|| Problem::fault("there is such a moment"))
}

/// What something that waits is about.
#[derive(Clone, Copy, Debug)]
pub enum About {
    /// A matter.
    Matter(MatterId),
    /// A summons.
    Summons(Uuid),
    /// A dispute told once 解纷一件事.
    DisputeEntry(Uuid),
    /// A lead of a screening 排查线索.
    ScreeningLead(Uuid),
}

/// Something waits on somebody.
pub fn put(
    look: &mut Look<'_>,
    about: About,
    (division, title): (Division, &str),
    items: Vec<Item>,
) -> Result<()> {
    let never = never()?;
    let (matter_id, summons_id, dispute_entry_id, screening_lead_id) = match about {
        About::Matter(id) => (Some(id), None, None, None),
        About::Summons(id) => (None, Some(id), None, None),
        About::DisputeEntry(id) => (None, None, Some(id), None),
        About::ScreeningLead(id) => (None, None, None, Some(id)),
    };
    for item in items {
        let (account_id, organisation_id, level) = match item.whose {
            Whose::Account(id) => (Some(id), None, None),
            Whose::Organisation(id) => (None, Some(id), None),
            Whose::Level(level) => (None, None, Some(level)),
        };
        let new = NewItem {
            id: InboxItemId::new(),
            division,
            task: item.task,
            title: title.to_owned(),
            matter_id,
            dispatch_id: item.dispatch,
            extension_id: item.extension,
            summons_id,
            dispute_entry_id,
            screening_lead_id,
            account_id,
            organisation_id,
            level,
            due_at: item.due_at.unwrap_or(never),
            created_at: look.now,
        };
        // One by one: diesel keeps the statement of one row, not that of several.
        diesel::insert_into(inbox_items::table).values(new).execute(look.conn)?;
    }
    Ok(())
}

/// What waits for a matter, in place of what did.
pub fn replace(
    look: &mut Look<'_>,
    matter: MatterId,
    place: (Division, &str),
    items: Vec<Item>,
) -> Result<()> {
    diesel::delete(inbox_items::table.filter(inbox_items::matter_id.eq(matter))).execute(look.conn)?;
    put(look, About::Matter(matter), place, items)
}

/// Nothing waits for it any more.
pub fn clear(look: &mut Look<'_>, about: About) -> Result<()> {
    let all = diesel::delete(inbox_items::table).into_boxed();
    let gone = match about {
        About::Matter(id) => all.filter(inbox_items::matter_id.eq(id)),
        About::Summons(id) => all.filter(inbox_items::summons_id.eq(id)),
        About::DisputeEntry(id) => all.filter(inbox_items::dispute_entry_id.eq(id)),
        About::ScreeningLead(id) => all.filter(inbox_items::screening_lead_id.eq(id)),
    };
    gone.execute(look.conn)?;
    Ok(())
}

/// Items on a desk: the person's own, their organisations', their levels'. A report 检举 waits where reports are read alone, and never
/// on whom it is about.
macro_rules! on_desk {
    ($desk:expr) => {{
        let mut query = inbox_items::table
            .left_join(matters::table.on(matters::id.nullable().eq(inbox_items::matter_id)))
            .left_join(petitions::table.on(petitions::id.nullable().eq(inbox_items::matter_id)))
            .select((
                inbox_items::id,
                inbox_items::division,
                inbox_items::task,
                inbox_items::title,
                (matters::id, matters::kind, matters::receipt).nullable(),
                inbox_items::dispatch_id,
                inbox_items::extension_id,
                inbox_items::summons_id,
                inbox_items::dispute_entry_id,
                inbox_items::screening_lead_id,
                inbox_items::organisation_id,
                inbox_items::level,
                inbox_items::due_at,
                inbox_items::created_at,
            ))
            .filter(inbox_items::account_id.eq($desk.account))
            .into_boxed();
        let offices = &$desk.organisations;
        let not_about_us = || {
            let about_others = petitions::accused_id.ne_all(offices.clone()).assume_not_null();
            petitions::accused_id.is_null().or(about_others)
        };
        if !offices.is_empty() {
            let theirs = inbox_items::organisation_id.eq_any(offices.clone());
            query = query.or_filter(theirs.and(not_about_us()));
        }
        for Seat { level, range, reads_reports } in &$desk.levels {
            let inside = inbox_items::division.ge(range.start).and(inbox_items::division.lt(range.end));
            let theirs = inbox_items::level.eq(*level).and(inside).and(not_about_us());
            query = match reads_reports {
                true => query.or_filter(theirs),
                false => query.or_filter(
                    theirs.and(petitions::kind.is_null().or(petitions::kind.ne("report").assume_not_null())),
                ),
            };
        }
        query
    }};
}

/// What waits on the caller, what is due first coming first: so many, from a place on.
pub fn page(
    look: &mut Look<'_>,
    desk: &Desk,
    after: Option<(DateTime<Utc>, Uuid)>,
    most: i64,
) -> Result<Vec<ItemRow>> {
    let mut query = on_desk!(desk);
    if let Some((at, id)) = after {
        let later = inbox_items::due_at.gt(at).or(inbox_items::due_at.eq(at).and(inbox_items::id.gt(id)));
        query = query.filter(later);
    }
    Ok(query.order((inbox_items::due_at, inbox_items::id)).limit(most).load(look.conn)?)
}

/// When what waits on the caller is due, what is due first coming first, no more than `most`.
pub fn due(look: &mut Look<'_>, desk: &Desk, most: i64) -> Result<Vec<DateTime<Utc>>> {
    let due = on_desk!(desk).select(inbox_items::due_at).order((inbox_items::due_at, inbox_items::id));
    Ok(due.limit(most).load(look.conn)?)
}
