//! Every query of residents.

use diesel::pg::Pg;
use diesel::prelude::*;
use uuid::Uuid;

use super::kinds::ResidentStatus;
use super::model::{
    Filter, Key, NewResident, Place, ResidentChange, ResidentDetailRow, ResidentRow, ResidentView, Search,
    SearchedRow,
};
use super::narrowing::{carry, narrow};
use super::rules::{ACCOUNT_TAKEN, DOCUMENT_TAKEN, EXTERNAL_ID_TAKEN};
use super::{Action, ResidentId};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::access::within::{beyond, within};
use crate::kit::answer::Written;
use crate::kit::page::{Page, Pager};
use crate::kit::problem::{NOT_FOUND, OnConstraint, Result, Rule};
use crate::kit::straight::Item;
use crate::people::labels::LabelId;
use crate::people::names::NameStart;
use crate::places::prefix::behind;
use crate::schema::{building_group_members, dwellings, resident_labels, residents};

/// A committee's or a street's names are few enough to look through; those of anything wider are not.
const NARROW: i64 = 1_000;
/// How many a look-up answers at most.
const LOOKED_UP: i64 = 50;

const CONSTRAINTS: &[(&str, &Rule, &str)] = &[
    ("residents_division_document_hash_key", &DOCUMENT_TAKEN, "/document"),
    ("residents_division_external_id_key", &EXTERNAL_ID_TAKEN, "/external_id"),
    ("residents_division_account_id_key", &ACCOUNT_TAKEN, ""),
];

/// The rule that a violated constraint stands for, for who writes many at once.
pub fn taken(constraint: &str) -> &'static Rule {
    let known = CONSTRAINTS.iter().find(|(name, ..)| *name == constraint);
    known.map_or(&DOCUMENT_TAKEN, |(_, rule, _)| rule)
}

/// The whole records behind one, in the order of divisions: for lists that many read at once.
pub fn details(
    look: &mut Look<'_>,
    filter: &Filter,
    after: Option<(Division, Uuid)>,
    limit: i64,
) -> Result<Vec<ResidentDetailRow>> {
    let scope = scope(look, filter)?;
    let after = after.map(Place::from);
    let ids = in_rows(narrowed(look, &scope, filter), after.as_ref());
    let ids: Vec<ResidentId> = ids.select(residents::id).limit(limit).load(look.conn)?;
    let rows = residents::table.filter(residents::id.eq_any(ids)).select(ResidentDetailRow::as_select());
    Ok(rows.order((residents::division, residents::id)).load(look.conn)?)
}

type Query<'a> = residents::BoxedQuery<'a, Pg>;

/// One page of what the caller sees, in the order of divisions.
pub fn page(look: &mut Look<'_>, filter: &Filter, pager: &Pager<'_, Place>) -> Result<Written> {
    let scope = scope(look, filter)?;
    if filter.is_for_hidden() {
        return Written::of(&Page::<ResidentView>::default());
    }
    if let Some(label) = filter.label {
        return page_of_label(look, &scope, filter, label, pager);
    }
    let query = in_rows(narrowed(look, &scope, filter), pager.after.as_ref()).limit(pager.fetch());
    pager.write::<ResidentView, _>(look.conn, query.select(ResidentView::columns()), Place::from)
}

/// One page of what a search finds, in the order of names.
pub fn page_of_search(
    look: &mut Look<'_>,
    filter: &Filter,
    search: &Search,
    pager: &Pager<'_, Place>,
) -> Result<Vec<SearchedRow>> {
    let scope = scope(look, filter)?;
    if filter.is_for_hidden() {
        return Ok(Vec::new());
    }
    let query = begins(narrowed(look, &scope, filter), search);
    let query = match is_narrow(&scope) {
        true => by_reading(query, pager.after.as_ref()),
        false => by_name(query, search, pager.after.as_ref()),
    };
    Ok(query.select(SearchedRow::as_select()).limit(pager.fetch()).load(look.conn)?)
}

/// The place of a row in the order that a page of that search has.
pub fn place(look: &Look<'_>, filter: &Filter, search: &Search, row: &SearchedRow) -> Place {
    let (division, id) = (row.resident.division, row.resident.id.0);
    match scope(look, filter).is_ok_and(|scope| is_narrow(&scope)) {
        true => Place::Reading(division, row.pinyin.clone(), id),
        false => Place::Name(searched(search, row).to_owned(), id),
    }
}

fn is_narrow(scope: &Scope) -> bool {
    scope.within_one(NARROW).is_some()
}

fn searched<'a>(search: &Search, row: &'a SearchedRow) -> &'a str {
    match search {
        Search::Name(NameStart::Written(_)) => &row.resident.name,
        Search::Name(NameStart::Read(_)) => &row.pinyin,
        Search::Initials(_) => &row.initials,
    }
}

/// Where the caller sees those that are asked for.
fn scope(look: &Look<'_>, filter: &Filter) -> Result<Scope> {
    let scope = match &filter.labelled_in {
        Some(scope) => scope.clone(),
        None => look.scope(Action::List)?,
    };
    Ok(scope.narrow(filter.division))
}

fn narrowed<'a>(look: &Look<'_>, scope: &Scope, filter: &Filter) -> Query<'a> {
    let query = residents::table.into_boxed();
    // A search in a wide scope goes by the index of the name: written so, the division offers no other.
    let query = match &filter.search {
        Some(_) if !is_narrow(scope) => query.filter(within(residents::division + 0_i64, scope)),
        _ => query.filter(within(residents::division, scope)),
    };
    let query = narrow!(query, filter);
    match filter.label {
        Some(label) => {
            query.filter(residents::id.eq_any(carry!(label, look.now).select(resident_labels::resident_id)))
        }
        None => query,
    }
}

/// One page of those who carry a label, by the index of the label: it has the order of the rows.
fn page_of_label(
    look: &mut Look<'_>,
    scope: &Scope,
    filter: &Filter,
    label: LabelId,
    pager: &Pager<'_, Place>,
) -> Result<Written> {
    use resident_labels::{division, resident_id};
    let carried = carry!(label, look.now)
        .inner_join(residents::table)
        .filter(within(division, scope))
        .select(ResidentView::columns())
        .into_boxed();
    let mut query = narrow!(carried, filter);
    if let Some(Place::Row(place, id)) = &pager.after {
        query = query.filter(beyond(division, resident_id, (*place, *id)));
    }
    let query = query.order((division, resident_id)).limit(pager.fetch());
    pager.write::<ResidentView, _>(look.conn, query, Place::from)
}

fn begins<'a>(query: Query<'a>, search: &Search) -> Query<'a> {
    match search {
        Search::Name(NameStart::Written(start)) => {
            query.filter(residents::name.ge(start.clone())).filter(residents::name.lt(behind(start)))
        }
        Search::Name(NameStart::Read(start)) => {
            query.filter(residents::pinyin.ge(start.clone())).filter(residents::pinyin.lt(behind(start)))
        }
        Search::Initials(start) => {
            query.filter(residents::initials.ge(start.clone())).filter(residents::initials.lt(behind(start)))
        }
    }
}

fn in_rows<'a>(query: Query<'a>, after: Option<&Place>) -> Query<'a> {
    let query = match after {
        Some(Place::Row(division, id)) => {
            query.filter(beyond(residents::division, residents::id, (*division, *id)))
        }
        _ => query,
    };
    query.order((residents::division, residents::id))
}

fn by_reading<'a>(query: Query<'a>, after: Option<&Place>) -> Query<'a> {
    use residents::{division, id, pinyin};
    let query = match after.cloned() {
        Some(Place::Reading(place, reading, row)) => {
            let in_reading = pinyin.gt(reading.clone()).or(pinyin.eq(reading).and(id.gt(row)));
            query.filter(division.ge(place)).filter(division.gt(place).or(in_reading))
        }
        _ => query,
    };
    query.order((division, pinyin, id))
}

fn by_name<'a>(query: Query<'a>, search: &Search, after: Option<&Place>) -> Query<'a> {
    use residents::{id, initials, name, pinyin};
    let after = match after.cloned() {
        Some(Place::Name(text, row)) => Some((text, row)),
        _ => None,
    };
    macro_rules! behind_row {
        ($column:ident) => {{
            let query = match after {
                Some((text, row)) => {
                    query.filter($column.ge(text.clone())).filter($column.gt(text).or(id.gt(row)))
                }
                None => query,
            };
            query.order(($column, id))
        }};
    }
    match search {
        Search::Name(NameStart::Written(_)) => behind_row!(name),
        Search::Name(NameStart::Read(_)) => behind_row!(pinyin),
        Search::Initials(_) => behind_row!(initials),
    }
}

/// A resident the caller sees. A record that was merged is answered by the one it was merged into.
pub fn find(look: &mut Look<'_>, id: ResidentId) -> Result<ResidentDetailRow> {
    let scope = look.scope(Action::Find)?;
    let seen = |id: ResidentId| {
        let found = residents::table.find(id).filter(within(residents::division, &scope));
        found.filter(residents::status.ne_all(ResidentStatus::HIDDEN))
    };
    let row: ResidentDetailRow = seen(id).select(ResidentDetailRow::as_select()).first(look.conn)?;
    match row.merged_into {
        None => Ok(row),
        Some(into) => Ok(seen(into).select(ResidentDetailRow::as_select()).first(look.conn)?),
    }
}

/// A resident the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: ResidentId) -> Result<ResidentDetailRow> {
    lock_all(act, &[id])?.pop().ok_or_else(|| (&NOT_FOUND).into())
}

/// Those of these residents whom the caller sees, locked in the order of their ids, so that two who lock several don't wait
/// for each other.
pub fn lock_all(act: &mut Act<'_>, ids: &[ResidentId]) -> Result<Vec<ResidentDetailRow>> {
    let scope = act.scope(Action::Find)?;
    let seen = residents::table
        .filter(residents::id.eq_any(ids))
        .filter(within(residents::division, &scope))
        .filter(residents::status.ne_all(ResidentStatus::HIDDEN));
    let rows = seen.select(ResidentDetailRow::as_select()).order(residents::id).for_no_key_update();
    Ok(rows.load(act.conn)?)
}

/// Those within the caller's reach who have this key, whoever they are: also the departed.
pub fn look_up(look: &mut Look<'_>, key: &Key) -> Result<Vec<ResidentRow>> {
    let scope = look.scope(Action::CreateLookup)?;
    let seen = residents::table
        .filter(within(residents::division, &scope))
        .filter(residents::status.ne(ResidentStatus::Merged))
        .filter(residents::status.ne_all(ResidentStatus::HIDDEN))
        .select(ResidentRow::as_select());
    let order = (residents::division, residents::id);
    Ok(match key {
        Key::Document(hash) => seen
            .filter(residents::document_hash.eq(hash.as_slice()))
            .order(order)
            .limit(LOOKED_UP)
            .load(look.conn)?,
        Key::Phone(hash) => seen
            .filter(residents::phone_hash.eq(hash.as_slice()))
            .order(order)
            .limit(LOOKED_UP)
            .load(look.conn)?,
        Key::Home(home) => {
            seen.filter(residents::home_id.eq(*home)).order(order).limit(LOOKED_UP).load(look.conn)?
        }
    })
}

/// Adds a resident.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewResident>) -> Result<ResidentDetailRow> {
    diesel::insert_into(residents::table)
        .values(&**new)
        .returning(ResidentDetailRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Changes a resident.
pub fn update(
    act: &mut Act<'_>,
    resident: &Permit<ResidentDetailRow>,
    change: ResidentChange,
) -> Result<ResidentDetailRow> {
    let next = (change, residents::version.eq(residents::version + 1), residents::updated_at.eq(act.now));
    diesel::update(residents::table.find(resident.resident.id))
        .set(next)
        .returning(ResidentDetailRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}
