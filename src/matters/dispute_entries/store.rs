//! Every query of dispute entries.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{DisputeEntryId, EntryChange, EntryFilter, EntryRow, NewEntry, PlacedEntryRow};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{AccountId, OrganisationId};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::matters::dispute_route_rules::DisputeRoute;
use crate::matters::summons::spoken_for_by;
use crate::people::residents::OnePerson;
use crate::places::organisations::OrganisationKind;
use crate::schema::{dispute_entries, matters, mediation_cases, organisations};

/// What the number of whoever tells it is bound to.
pub const PHONE_SEAL: &str = "dispute_entries.phone";
/// What the number of the other side is bound to.
pub const OTHER_PHONE_SEAL: &str = "dispute_entries.other_phone";

macro_rules! placed {
    () => {
        dispute_entries::table
            .left_join(
                organisations::table.on(organisations::id.nullable().eq(dispute_entries::organisation_id)),
            )
            .left_join(matters::table.on(matters::id.nullable().eq(dispute_entries::case_id)))
            .left_join(mediation_cases::table.on(mediation_cases::id.nullable().eq(dispute_entries::case_id)))
            .select((
                EntryRow::as_select(),
                organisations::name.nullable(),
                (matters::receipt, matters::state, matters::version, mediation_cases::routes).nullable(),
            ))
    };
}

macro_rules! listed {
    ($filter:expr) => {{
        let mut query = placed!().into_boxed();
        if let Some(dispute_type) = $filter.dispute_type {
            query = query.filter(dispute_entries::dispute_type.eq(dispute_type));
        }
        if let Some(route) = $filter.route {
            query = query.filter(dispute_entries::route.eq(route));
        }
        if let Some(state) = $filter.state {
            query = query.filter(dispute_entries::state.eq(state));
        }
        query
    }};
}

/// One page of the entries of a range, but those that are about the caller's own organisations; by division, the oldest first.
pub fn page_of_range(
    look: &mut Look<'_>,
    filter: &EntryFilter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<PlacedEntryRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let offices: Vec<OrganisationId> =
        look.actor.standings.iter().filter_map(|standing| standing.organisation).collect();
    let about_others = dispute_entries::other_organisation_id.ne_all(offices).assume_not_null();
    let mut query = listed!(filter)
        .filter(within(dispute_entries::division, &scope))
        .filter(dispute_entries::other_organisation_id.is_null().or(about_others));
    if let Some(after) = pager.after {
        query = query.filter(beyond(dispute_entries::division, dispute_entries::id, after));
    }
    let order = (dispute_entries::division, dispute_entries::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// One page of what is the caller's own, or what they entered for somebody; the newest first.
pub fn page_of_own(
    look: &mut Look<'_>,
    filter: &EntryFilter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<PlacedEntryRow>> {
    look.scope(Action::List)?;
    let account = look.actor.account()?;
    let own = dispute_entries::account_id.eq(account).assume_not_null();
    let mut query = listed!(filter).filter(
        dispute_entries::entered_by.eq(account).or(dispute_entries::account_id.is_not_null().and(own)),
    );
    if let Some(division) = filter.division {
        let range = division.range();
        query = query
            .filter(dispute_entries::division.ge(range.start).and(dispute_entries::division.lt(range.end)));
    }
    if let Some((_, id)) = pager.after {
        query = query.filter(dispute_entries::id.lt(id));
    }
    Ok(query.order(dispute_entries::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// One page of what the organisations that the caller speaks for received; the newest first.
pub fn page_of_received(
    look: &mut Look<'_>,
    filter: &EntryFilter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<PlacedEntryRow>> {
    look.scope(Action::List)?;
    let offices = spoken_for_by(&look.actor);
    let mut query = listed!(filter).filter(dispute_entries::organisation_id.eq_any(offices));
    if let Some(division) = filter.division {
        let range = division.range();
        query = query
            .filter(dispute_entries::division.ge(range.start).and(dispute_entries::division.lt(range.end)));
    }
    if let Some((_, id)) = pager.after {
        query = query.filter(dispute_entries::id.lt(id));
    }
    Ok(query.order(dispute_entries::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// An entry as it stands. As whom the caller sees it, if at all, is not said here.
pub fn load(look: &mut Look<'_>, id: DisputeEntryId) -> Result<PlacedEntryRow> {
    Ok(placed!().filter(dispute_entries::id.eq(id)).first(look.conn)?)
}

/// Nobody else moves it until this act has ended.
pub fn lock(act: &mut Act<'_>, id: DisputeEntryId) -> Result<EntryRow> {
    let one = dispute_entries::table.find(id).select(EntryRow::as_select()).for_no_key_update();
    Ok(one.first(act.conn)?)
}

/// How many somebody told for themselves since then.
pub fn told_since(look: &mut Look<'_>, account: AccountId, since: DateTime<Utc>) -> Result<i64> {
    let own = dispute_entries::table
        .filter(dispute_entries::entered_by.eq(account).and(dispute_entries::account_id.eq(account)))
        .filter(dispute_entries::created_at.ge(since));
    Ok(own.count().get_result(look.conn)?)
}

/// Adds an entry.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewEntry) -> Result<EntryRow> {
    let added = diesel::insert_into(dispute_entries::table).values(new).returning(EntryRow::as_returning());
    Ok(added.get_result(act.conn)?)
}

/// Writes what a step changes.
pub fn update<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    id: DisputeEntryId,
    change: &EntryChange,
) -> Result<EntryRow> {
    let moved =
        (dispute_entries::version.eq(dispute_entries::version + 1), dispute_entries::updated_at.eq(act.now));
    Ok(diesel::update(dispute_entries::table.find(id))
        .set((change, moved))
        .returning(EntryRow::as_returning())
        .get_result(act.conn)?)
}

/// The closest open organisation of a route in the line of a place; never the other side itself.
pub fn receiver(
    look: &mut Look<'_>,
    route: DisputeRoute,
    division: Division,
    other: Option<OrganisationId>,
) -> Result<Option<OrganisationId>> {
    use OrganisationKind::*;
    let kinds: &[OrganisationKind] = match route {
        // What is mediated is a case, which has an office of its own.
        DisputeRoute::Mediation => &[],
        // 法律援助法 12: the judicial office takes applications where no centre is nearer.
        DisputeRoute::LegalAid => &[LegalAidCentre, JusticeOffice],
        DisputeRoute::Court => &[Court],
        DisputeRoute::Police => &[PoliceStation],
    };
    let mut open = organisations::table
        .filter(organisations::division.eq_any(division.line()).and(organisations::kind.eq_any(kinds)))
        .filter(organisations::closed_on.is_null())
        .select(organisations::id)
        .into_boxed();
    if let Some(other) = other {
        open = open.filter(organisations::id.ne(other));
    }
    Ok(open.order((organisations::division.desc(), organisations::id)).first(look.conn).optional()?)
}

/// For whom somebody told one, they did as the record that stays.
pub fn join_guardians(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let told = dispute_entries::table.filter(dispute_entries::guardian_id.eq(pair.from));
    diesel::update(told).set(dispute_entries::guardian_id.eq(pair.into)).execute(act.conn)?;
    Ok(())
}

/// What somebody told in that committee becomes that of the record that stays.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let told = dispute_entries::table
        .filter(dispute_entries::resident_id.eq(pair.from).and(dispute_entries::division.eq(pair.division)));
    diesel::update(told).set(dispute_entries::resident_id.eq(pair.into)).execute(act.conn)?;
    Ok(())
}
