//! Every query of matters that is none of a kind.

use diesel::prelude::*;
use uuid::Uuid;

use super::model::{Filter, MatterChange, MatterId, MatterRow, NamedMatterRow, NewMatter};
use super::{Action, STATE_UNFIT};
use crate::access::act::{Act, Governed, Look, Permit};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::matters::policies::MatterKind;
use crate::schema::{matters, organisations, petition_categories, petitions};

macro_rules! named {
    ($scope:expr) => {
        matters::table
            .left_join(petitions::table.on(petitions::id.eq(matters::id)))
            .left_join(
                petition_categories::table.on(petition_categories::id.nullable().eq(matters::category_id)),
            )
            .left_join(organisations::table.on(organisations::id.nullable().eq(matters::holder_id)))
            .filter(within(matters::division, $scope))
            // A report 检举 shows to few, in a list of their own.
            .filter(petitions::kind.is_null().or(petitions::kind.ne("report")))
            .select((
                MatterRow::as_select(),
                (petition_categories::code, petition_categories::name).nullable(),
                organisations::name.nullable(),
            ))
    };
}

/// One page of what the caller sees, in the order of divisions, the oldest first.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<NamedMatterRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = named!(&scope).into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(matters::kind.eq(kind));
    }
    if let Some(receipt) = &filter.receipt {
        query = query.filter(matters::receipt.eq(receipt.clone()));
    }
    if let Some(category) = filter.category {
        query = query.filter(matters::category_id.eq(category));
    }
    if let Some(holder) = filter.holder {
        query = query.filter(matters::holder_id.eq(holder));
    }
    if let Some(parent) = filter.parent {
        query = query.filter(matters::parent_id.eq(parent));
    }
    if let Some(is_open) = filter.is_open {
        query = query.filter(matters::is_open.eq(is_open));
    }
    if filter.is_overdue {
        query = query.filter(matters::is_open.and(matters::due_at.lt(look.now)));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(matters::division, matters::id, after));
    }
    Ok(query.order((matters::division, matters::id)).limit(pager.fetch()).load(look.conn)?)
}

/// A matter the caller sees in range, with its names.
pub fn find(look: &mut Look<'_>, id: MatterId) -> Result<NamedMatterRow> {
    let scope = look.scope(Action::List)?;
    Ok(named!(&scope).filter(matters::id.eq(id)).first(look.conn)?)
}

/// Two matters the caller sees in range, locked in the order of their ids.
pub fn lock_all(act: &mut Act<'_>, ids: &[MatterId]) -> Result<Vec<MatterRow>> {
    for id in ids {
        find(act, *id)?;
    }
    let wanted = matters::table.filter(matters::id.eq_any(ids)).order(matters::id);
    Ok(wanted.select(MatterRow::as_select()).for_no_key_update().load(act.conn)?)
}

/// What kind of matter it is.
pub fn kind(look: &mut Look<'_>, id: MatterId) -> Result<MatterKind> {
    Ok(matters::table.find(id).select(matters::kind).first(look.conn)?)
}

/// Nobody else moves it until this act has ended.
pub fn lock(look: &mut Look<'_>, id: MatterId) -> Result<()> {
    let one = matters::table.find(id).select(matters::id).for_no_key_update();
    one.first::<MatterId>(look.conn)?;
    Ok(())
}

/// The same for a deadline, which does not wait: whether nobody else holds it.
pub fn try_lock(look: &mut Look<'_>, id: MatterId) -> Result<bool> {
    let one = matters::table.find(id).select(matters::id).for_no_key_update().skip_locked();
    Ok(one.first::<MatterId>(look.conn).optional()?.is_some())
}

/// Adds a matter.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewMatter) -> Result<MatterRow> {
    let added = diesel::insert_into(matters::table).values(new).returning(MatterRow::as_returning());
    Ok(added.get_result(act.conn)?)
}

/// Changes a matter that is as the caller saw it, and moves its version. One that moved meanwhile is refused.
pub fn update<T: Governed>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    seen: &MatterRow,
    change: &MatterChange,
) -> Result<MatterRow> {
    write(act, seen, change)
}

/// The same for what a deadline does, which nobody asked.
pub fn write(look: &mut Look<'_>, seen: &MatterRow, change: &MatterChange) -> Result<MatterRow> {
    let as_seen = matters::table.find(seen.id).filter(matters::version.eq(seen.version));
    let moved = (matters::version.eq(matters::version + 1), matters::updated_at.eq(look.now));
    let changed = diesel::update(as_seen).set((change, moved)).returning(MatterRow::as_returning());
    changed.get_result(look.conn).optional()?.ok_or_else(|| (&STATE_UNFIT).into())
}

/// Moves the version of a matter of which something else changed.
pub fn touch<T: Governed>(act: &mut Act<'_>, matter: &Permit<T>, seen: &MatterRow) -> Result<MatterRow> {
    update(act, matter, seen, &MatterChange::default())
}

/// Makes a matter part of another.
pub fn set_parent(act: &mut Act<'_>, matter: &Permit<MatterRow>, parent: Option<MatterId>) -> Result<()> {
    let moved = (matters::version.eq(matters::version + 1), matters::updated_at.eq(act.now));
    diesel::update(matters::table.find(matter.id))
        .set((matters::parent_id.eq(parent), moved))
        .execute(act.conn)?;
    Ok(())
}

/// How many open matters are part of this one.
pub fn open_children(look: &mut Look<'_>, parent: MatterId) -> Result<i64> {
    let parts = matters::table.filter(matters::parent_id.eq(parent).and(matters::is_open));
    Ok(parts.count().get_result(look.conn)?)
}
