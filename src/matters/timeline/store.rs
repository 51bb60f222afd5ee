//! Every query of timelines.

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::model::{Entry, EventId, EventRow, NamedEventRow, NewEvent, Reader};
use crate::access::act::Look;
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::matters::registry::{Audience, MatterId};
use crate::schema::{accounts, matter_events, organisations};

/// Enters what happened to a matter, which is in that state now. What a deadline did has no account.
pub fn append(look: &mut Look<'_>, matter: MatterId, state: &str, entry: Entry) -> Result<()> {
    let new = NewEvent {
        id: EventId::new(),
        matter_id: matter,
        at: look.now,
        event: entry.event,
        state: state.to_owned(),
        account_id: look.actor.signed_in.map(|(account, _)| account),
        organisation_id: entry.organisation,
        is_on_behalf: entry.is_on_behalf,
        audience: entry.audience,
        reason: entry.reason.map(str::to_owned),
        note: entry.note,
        dispatch_id: entry.dispatch,
        due_on: entry.due_on,
    };
    diesel::insert_into(matter_events::table).values(new).execute(look.conn)?;
    Ok(())
}

/// One page of the timeline of a matter that was found, the oldest first, as far as the reader may see.
pub fn page(
    look: &mut Look<'_>,
    matter: MatterId,
    reader: &Reader,
    pager: &Pager<'_, EventId>,
) -> Result<Vec<NamedEventRow>> {
    let mut query = matter_events::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(matter_events::account_id)))
        .left_join(organisations::table.on(organisations::id.nullable().eq(matter_events::organisation_id)))
        .filter(matter_events::matter_id.eq(matter))
        .select((EventRow::as_select(), accounts::display_name.nullable(), organisations::name.nullable()))
        .into_boxed();
    query = match reader {
        Reader::Citizen => query.filter(matter_events::audience.eq(Audience::Citizen)),
        Reader::Staff(offices) => {
            let own = matter_events::organisation_id.eq_any(offices.clone()).assume_not_null();
            let by_me = matter_events::account_id.eq(look.actor.account()?).assume_not_null();
            query.filter(matter_events::audience.ne(Audience::Office).or(own).or(by_me.into_sql::<Bool>()))
        }
    };
    if let Some(after) = pager.after {
        query = query.filter(matter_events::id.gt(after));
    }
    Ok(query.order(matter_events::id).limit(pager.fetch()).load(look.conn)?)
}
