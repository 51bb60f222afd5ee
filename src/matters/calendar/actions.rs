//! Reading a year, and entering the one that was announced.

use serde_json::json;

use super::model::CalendarYearRow;
use super::rules::{self, CITY_ONLY};
use super::wire::{CalendarDaysDraft, CalendarDaysView};
use super::{Action, store};
use crate::access::act::{Act, Event, Look};
use crate::access::division::Division;
use crate::access::policy::{Action as _, Reach};
use crate::kit::etag::IfMatch;
use crate::kit::problem::Result;

/// What is known of a year.
pub fn find(look: &mut Look<'_>, year: i32) -> Result<CalendarDaysView> {
    let known = store::find(look, year)?;
    let (years, days) = (store::years(look)?, store::days(look, year)?);
    Ok(CalendarDaysView::new(year, known, years, days))
}

/// Enters the holidays of a year in place of those known before.
pub fn update(
    act: &mut Act<'_>,
    year: i32,
    seen: &IfMatch,
    draft: CalendarDaysDraft,
) -> Result<CalendarDaysView> {
    act.scope(Action::Update)?;
    require_city(act)?;
    let version = store::lock(act, year)?.map_or(0, |known| known.version);
    let (source, days) = draft.into_rows(year);
    let row = CalendarYearRow { year, source, version: version + 1, loaded_at: act.now };
    let row = act.permit(Action::Update, row)?;
    seen.check(version)?;
    rules::must_be_a_year(year, &days)?;
    store::replace(act, &row, &days)?;
    let detail = json!({ "days": days.len(), "version": row.version });
    act.record(Event { action: Action::Update, id: year.to_string(), division: None, detail })?;
    act.announce("calendar.changed", json!({ "year": year }))?;
    find(act, year)
}

/// There is one calendar: a post that reaches less than the city does not change it.
fn require_city(act: &Act<'_>) -> Result<()> {
    let city = Division::SHANGHAI.range();
    let mut standings = act.actor.standings.iter();
    let reaches = standings.any(|standing| {
        standing.range.covers(city) && Action::Update.allows(standing.role) == Reach::Everywhere
    });
    CITY_ONLY.unless(reaches)
}
