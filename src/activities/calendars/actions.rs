//! Making, taking away and writing calendars.

use serde_json::json;

use super::model::{CalendarId, CalendarKind, CalendarRow, NewCalendar};
use super::rules::{DIVISION_UNFIT, DIVISION_WIDE, MOST, TOO_MANY, is_near};
use super::token::Token;
use super::wire::{CalendarFeedDraft, NewCalendarFeedView};
use super::{Action, feed, store};
use crate::access::act::{Act, Event, Look};
use crate::kit::answer::Nothing;
use crate::kit::problem::{NOT_FOUND, Result};

/// Makes an address, which is shown this once.
pub fn create(act: &mut Act<'_>, draft: &CalendarFeedDraft, address: &str) -> Result<NewCalendarFeedView> {
    act.scope(Action::Create)?;
    if (draft.kind == CalendarKind::PublicCalls) != draft.division.is_some() {
        return Err(DIVISION_UNFIT.at("/division"));
    }
    if draft.division.is_some_and(|division| !is_near(division)) {
        return Err(DIVISION_WIDE.at("/division"));
    }
    let account = act.actor.account()?;
    // Two at once are counted one after the other.
    let turn = act.ring.hash("calendars", &[account.0.as_bytes()]);
    act.serialise(&turn)?;
    if store::count(act, account)? >= MOST {
        return TOO_MANY.refuse();
    }
    let token = Token::random(act.ring)?;
    let new = NewCalendar {
        id: CalendarId::new(),
        account_id: account,
        kind: draft.kind,
        division: draft.division,
        token_hash: token.hash(act.ring).to_vec(),
        created_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    let url = format!("{}/v1/calendars/{}.ics", address.trim_end_matches('/'), token.text());
    Ok(NewCalendarFeedView { calendar: row.into(), url })
}

/// Takes an address away: it answers nothing from now on.
pub fn delete(act: &mut Act<'_>, id: CalendarId) -> Result<Nothing> {
    act.scope(Action::Delete)?;
    let row = store::delete(act, id)?;
    record(act, Action::Delete, &row)?;
    Ok(Nothing {})
}

/// What an address shows.
pub fn find(look: &mut Look<'_>, hash: &[u8]) -> Result<String> {
    let calendar = store::by_token(look, hash)?;
    match (calendar.kind, calendar.division) {
        // Once they could be of a whole city.
        (CalendarKind::PublicCalls, Some(division)) if !is_near(division) => NOT_FOUND.refuse(),
        (CalendarKind::PublicCalls, Some(division)) => {
            let name = store::place(look, division)?;
            feed::of_place(&name, &store::public_shifts(look, division)?)
        }
        (CalendarKind::OwnShifts | CalendarKind::PublicCalls, _) => {
            feed::of_own(&store::own_shifts(look, &calendar)?)
        }
    }
}

fn record(act: &mut Act<'_>, action: Action, row: &CalendarRow) -> Result<()> {
    let detail = json!({ "kind": row.kind.as_str() });
    act.record(Event { action, id: row.id.to_string(), division: row.division, detail })
}
