//! Every query of lists of petitions.

use diesel::prelude::*;
use uuid::Uuid;

use super::model::{Filter, PetitionSight};
use crate::access::act::Look;
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{FORBIDDEN, Result};
use crate::matters::categories::CategoryId;
use crate::matters::petitions::course::PetitionState;
use crate::matters::petitions::{Action, ListedRow, PetitionKind, PetitionRow, PetitionVisibility, store};
use crate::matters::registry::MatterRow;
use crate::schema::{
    dispatches, matters, organisations, petition_categories, petition_counts, petition_signatures, petitions,
};

/// What neighbours may read at all; see `seeing`.
const OPEN: [PetitionState; 6] = [
    PetitionState::Accepted,
    PetitionState::Dispatched,
    PetitionState::InProgress,
    PetitionState::Suspended,
    PetitionState::Resolved,
    PetitionState::Closed,
];

macro_rules! listed {
    () => {
        petitions::table
            .inner_join(matters::table)
            .left_join(
                petition_categories::table.on(petition_categories::id.nullable().eq(matters::category_id)),
            )
            .left_join(organisations::table.on(organisations::id.nullable().eq(matters::holder_id)))
            .left_join(petition_counts::table.on(petition_counts::petition_id.eq(petitions::id)))
            .select((
                MatterRow::as_select(),
                PetitionRow::as_select(),
                matters::state,
                (petition_categories::code, petition_categories::name).nullable(),
                organisations::name.nullable(),
                petition_counts::signatures.nullable(),
            ))
            .into_boxed()
    };
}

macro_rules! narrowed {
    ($query:expr, $filter:expr, $now:expr) => {{
        let mut query = $query;
        if let Some(kind) = $filter.kind {
            query = query.filter(petitions::kind.eq(kind));
        }
        if let Some(state) = $filter.state {
            query = query.filter(matters::state.eq(state));
        }
        if let Some(category) = $filter.category {
            query = query.filter(matters::category_id.eq(category));
        }
        if let Some(holder) = $filter.holder {
            query = query.filter(matters::holder_id.eq(holder));
        }
        if let Some(receipt) = &$filter.receipt {
            query = query.filter(matters::receipt.eq(receipt.clone()));
        }
        if let Some(division) = $filter.division {
            let range = division.range();
            query = query.filter(matters::division.ge(range.start).and(matters::division.lt(range.end)));
        }
        if $filter.is_overdue {
            query = query.filter(matters::is_open.and(matters::due_at.lt($now)));
        }
        query
    }};
}

/// Whom a report is about is not told of it.
macro_rules! not_about_us {
    ($look:expr) => {
        petitions::accused_id.is_null().or(petitions::accused_id.ne_all(offices($look)).assume_not_null())
    };
}

/// One page of the petitions of a range, or of the reports 检举 there; by division, the oldest first. Whom a report is about is not
/// told of it.
pub fn page_of_range(
    look: &mut Look<'_>,
    action: Action,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<ListedRow>> {
    let scope = look.scope(action)?.narrow(filter.division);
    let mut query = narrowed!(listed!(), filter, look.now).filter(within(matters::division, &scope));
    query = match action {
        Action::ListReports => {
            query.filter(petitions::kind.eq(PetitionKind::Report)).filter(not_about_us!(look))
        }
        _ => query.filter(petitions::kind.ne(PetitionKind::Report)),
    };
    if let Some(after) = pager.after {
        query = query.filter(beyond(matters::division, matters::id, after));
    }
    Ok(query.order((matters::division, matters::id)).limit(pager.fetch()).load(look.conn)?)
}

fn offices(look: &Look<'_>) -> Vec<crate::access::actor::OrganisationId> {
    look.actor.standings.iter().filter_map(|standing| standing.organisation).collect()
}

/// One page of what one may read besides the range, the newest first.
pub fn page_beside(
    look: &mut Look<'_>,
    sight: PetitionSight,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<ListedRow>> {
    look.scope(Action::List)?;
    let query = narrowed!(listed!(), filter, look.now);
    let is_open = matters::state.eq_any(OPEN).and(petitions::is_hidden.eq(false));
    let is_no_report = petitions::kind.ne(PetitionKind::Report);
    let mut query = match sight {
        PetitionSight::Range => return FORBIDDEN.refuse(),
        PetitionSight::Own => query.filter(petitions::account_id.eq(look.actor.account()?)),
        PetitionSight::Signed => {
            let by_me = petition_signatures::account_id.eq(look.actor.account()?);
            let counts = by_me.and(petition_signatures::strike_out_id.is_null());
            let signed = petition_signatures::table.filter(counts).select(petition_signatures::petition_id);
            query.filter(matters::id.eq_any(signed)).filter(is_open).filter(is_no_report)
        }
        PetitionSight::Organisation => {
            let involved = dispatches::table
                .filter(dispatches::organisation_id.eq_any(offices(look)))
                .filter(dispatches::state.ne("returned"))
                .select(dispatches::matter_id);
            query.filter(matters::id.eq_any(involved)).filter(not_about_us!(look))
        }
        PetitionSight::Neighbours => {
            let places: Vec<Division> = look.residencies()?.into_iter().map(|one| one.division).collect();
            let groups = store::own_groups(look)?;
            let community =
                petitions::visibility.eq_any([PetitionVisibility::Community, PetitionVisibility::Public]);
            let group = petitions::visibility
                .eq(PetitionVisibility::BuildingGroup)
                .and(petitions::building_group_id.eq_any(groups).assume_not_null());
            // A group lies in the committee that one lives in, so the index of that serves both.
            let near = matters::division.eq_any(places).and(community.or(group));
            query.filter(near).filter(is_open).filter(is_no_report)
        }
        PetitionSight::Public => {
            let public = petitions::visibility
                .eq(PetitionVisibility::Public)
                .or(petitions::published_at.is_not_null());
            query.filter(public).filter(is_open).filter(is_no_report)
        }
    };
    if let Some((_, id)) = pager.after {
        query = query.filter(matters::id.lt(id));
    }
    Ok(query.order(matters::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// The newest open petitions of a category in a committee that the caller may read: what somebody is about to ask again may be
/// among them.
pub fn recent(
    look: &mut Look<'_>,
    division: Division,
    category: CategoryId,
    most: i64,
) -> Result<Vec<ListedRow>> {
    let reach = look.scope(Action::List)?;
    let of_range = Scope { own: false, ..reach.clone() }.narrow(Some(division));
    let lives = look.residencies()?.iter().any(|one| one.division == division);
    let groups = store::own_groups(look)?;
    let shown = if lives {
        vec![PetitionVisibility::Community, PetitionVisibility::Public]
    } else {
        vec![PetitionVisibility::Public]
    };
    let open = matters::state.eq_any(OPEN).and(petitions::is_hidden.eq(false));
    let group = petitions::visibility
        .eq(PetitionVisibility::BuildingGroup)
        .and(petitions::building_group_id.eq_any(groups).assume_not_null());
    let to_neighbours = open.and(petitions::visibility.eq_any(shown).or(group));
    let own = petitions::account_id.eq(look.actor.account()?).assume_not_null();
    let rows = listed!()
        .filter(matters::division.eq(division).and(matters::category_id.eq(category)).and(matters::is_open))
        .filter(petitions::kind.ne(PetitionKind::Report))
        .filter(within(matters::division, &of_range).or(to_neighbours).or(own))
        .order(matters::id.desc())
        .limit(most);
    Ok(rows.load(look.conn)?)
}
