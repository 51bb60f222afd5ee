//! Counting, and looking who is asked too often.

use serde_json::json;

use super::model::Load;
use super::views::{Counted, VolunteerLoadView, VolunteerStatisticsView};
use super::wire::{VolunteerLoadQuery, VolunteerStatisticsQuery};
use super::{Action, store};
use crate::access::act::{Act, Event, Look};
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Counts what a range did in some days.
pub fn find(look: &mut Look<'_>, query: &VolunteerStatisticsQuery) -> Result<VolunteerStatisticsView> {
    let range = store::range(look, Action::Find, query.division)?;
    let (days, may_list) = (query.days()?, store::may_list(look, range));
    let counted = Counted {
        took: store::took(look, range, days)?,
        ages: store::ages(look, range, days)?,
        groups: store::groups(look, range, days)?,
        filled: store::filled(look, range, days)?,
    };
    Ok(VolunteerStatisticsView::new(query, counted, may_list))
}

/// Who is asked too often. The look is recorded.
pub fn list_loads(act: &mut Act<'_>, query: &VolunteerLoadQuery) -> Result<Page<VolunteerLoadView>> {
    let range = store::range(act, Action::ListLoads, query.division)?;
    let limits = query.limits();
    let pager =
        act.pager(Action::ListLoads, &(&query.division, &limits), query.limit, query.cursor.as_deref())?;
    let rows = store::loads(act, range, limits, &pager)?;
    let detail = json!({ "minutes": limits.minutes, "shifts": limits.shifts });
    let division = Some(query.division);
    act.record(Event { action: Action::ListLoads, id: query.division.to_string(), division, detail })?;
    pager.page(rows, |row: &Load| row.resident.0, VolunteerLoadView::from)
}
