//! Every query of visits.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{Filter, NamedVisitRow, NewVisit, OwnVisitRow, VisitChange, VisitRow};
use super::rules::FOLLOWED_UP;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::files;
use crate::access::within::within;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::people::residents::{OnePerson, ResidentId};
use crate::people::visit_findings::store::NAMED;
use crate::people::visit_findings::{self, VISITS, VisitId};
use crate::schema::{accounts, buildings, dwellings, residents, visit_companions, visits};

/// Where a page begins: behind a visit in the order of divisions and moments, which goes backwards.
pub type Place = (Division, DateTime<Utc>, Uuid);

diesel::alias!(visits as followers: Followers);

macro_rules! named {
    ($scope:expr) => {
        visits::table
            .inner_join(accounts::table.on(accounts::id.eq(visits::author_id)))
            .left_join(followers.on(followers.field(visits::follows_id).eq(visits::id.nullable())))
            .left_join(
                residents::table.on(residents::id
                    .nullable()
                    .eq(visits::resident_id)
                    .and(residents::status.eq_any(NAMED))),
            )
            .left_join(dwellings::table.on(dwellings::id.nullable().eq(visits::home_id)))
            .left_join(buildings::table.on(buildings::id.eq(dwellings::building_id)))
            .filter(within(visits::division, $scope))
            // What was said to somebody who is hidden is hidden with them.
            .filter(visits::resident_id.is_null().or(residents::id.nullable().is_not_null()))
            .select((
                VisitRow::as_select(),
                accounts::display_name,
                followers.field(visits::id).nullable(),
                (residents::id, residents::name).nullable(),
                (dwellings::id, buildings::number, dwellings::unit, dwellings::number).nullable(),
            ))
    };
}

/// One page of what the caller sees: by division, the newest first.
pub fn page(look: &mut Look<'_>, filter: &Filter, pager: &Pager<'_, Place>) -> Result<Vec<NamedVisitRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = named!(&scope).into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(visits::kind.eq(kind));
    }
    if let Some(resident) = filter.resident {
        query = query.filter(visits::resident_id.eq(resident));
    }
    if let Some(home) = filter.home {
        query = query.filter(visits::home_id.eq(home));
    }
    if filter.is_mine {
        query = query.filter(visits::author_id.eq(look.actor.account()?));
    }
    if let Some(from) = filter.from {
        query = query.filter(visits::visited_at.ge(from));
    }
    if let Some(before) = filter.before {
        query = query.filter(visits::visited_at.lt(before));
    }
    if let Some(day) = filter.follow_up_before {
        query = query.filter(visits::follow_up_on.lt(day));
        query = query.filter(followers.field(visits::id).is_null());
    }
    if let Some((division, at, id)) = pager.after {
        let earlier = visits::visited_at.lt(at).or(visits::visited_at.eq(at).and(visits::id.lt(id)));
        query = query.filter(visits::division.le(division));
        query = query.filter(visits::division.lt(division).or(earlier));
    }
    let order = (visits::division.desc(), visits::visited_at.desc(), visits::id.desc());
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// A visit the caller sees.
pub fn find(look: &mut Look<'_>, id: VisitId) -> Result<NamedVisitRow> {
    let scope = look.scope(Action::Find)?;
    Ok(named!(&scope).filter(visits::id.eq(id)).first(look.conn)?)
}

/// The door to what is attached to a visit: whoever may find the visit passes.
pub fn door(look: &mut Look<'_>, id: Uuid) -> Result<()> {
    find(look, VisitId(id)).map(drop)
}

/// A visit the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: VisitId) -> Result<VisitRow> {
    find(act, id)?;
    let scope = act.scope(Action::Find)?;
    let seen = visits::table.find(id).filter(within(visits::division, &scope));
    Ok(seen.select(VisitRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Whether a visit that was found has been followed up.
pub fn is_followed_up(look: &mut Look<'_>, visit: &VisitRow) -> Result<bool> {
    let followed = visits::table.filter(visits::follows_id.eq(visit.id));
    Ok(diesel::select(diesel::dsl::exists(followed)).get_result(look.conn)?)
}

/// Who went along on a visit that was found, by name.
pub fn companions(look: &mut Look<'_>, visit: VisitId) -> Result<Vec<(AccountId, String)>> {
    let along = visit_companions::table
        .inner_join(accounts::table.on(accounts::id.eq(visit_companions::account_id)))
        .filter(visit_companions::visit_id.eq(visit))
        .select((accounts::id, accounts::display_name));
    Ok(along.order((accounts::display_name, accounts::id)).load(look.conn)?)
}

/// One page of the visits to oneself, wherever one is in the archive, the newest first.
pub fn own_page(look: &mut Look<'_>, pager: &Pager<'_, (DateTime<Utc>, Uuid)>) -> Result<Vec<OwnVisitRow>> {
    look.scope(Action::ListOwn)?;
    let bound = residents::table.filter(residents::account_id.eq(look.actor.account()?));
    let mut own: Vec<ResidentId> = bound.select(residents::id).load(look.conn)?;
    // What another committee wrote before the records became one is with the old record.
    let merged = residents::table.filter(residents::merged_into.eq_any(own.clone()));
    own.extend(merged.select(residents::id).load::<ResidentId>(look.conn)?);
    let mut query = visits::table
        .inner_join(accounts::table.on(accounts::id.eq(visits::author_id)))
        .filter(visits::resident_id.eq_any(own))
        .select((
            visits::id,
            visits::division,
            visits::kind,
            visits::resident_id,
            visits::topic,
            visits::visited_at,
            accounts::display_name,
            visits::summary,
            visits::follow_up_on,
        ))
        .into_boxed();
    if let Some((at, id)) = pager.after {
        let earlier = visits::visited_at.lt(at).or(visits::visited_at.eq(at).and(visits::id.lt(id)));
        query = query.filter(earlier);
    }
    let order = (visits::visited_at.desc(), visits::id.desc());
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// Adds a visit.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewVisit>) -> Result<VisitRow> {
    diesel::insert_into(visits::table)
        .values(&**new)
        .returning(VisitRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[("visits_follows_id_key", &FOLLOWED_UP, "")])
}

/// Notes that an earlier visit is followed up by one that is permitted: that is part of it as it is answered, so its version
/// moves.
pub fn touch(act: &mut Act<'_>, _new: &Permit<NewVisit>, earlier: &VisitRow) -> Result<()> {
    let moved = (visits::version.eq(visits::version + 1), visits::updated_at.eq(act.now));
    diesel::update(visits::table.find(earlier.id)).set(moved).execute(act.conn)?;
    Ok(())
}

/// Changes a visit; its version moves even if nothing else does.
pub fn update(act: &mut Act<'_>, visit: &Permit<VisitRow>, change: VisitChange) -> Result<VisitRow> {
    let next = (change, visits::version.eq(visits::version + 1), visits::updated_at.eq(act.now));
    let updated = diesel::update(visits::table.find(visit.id)).set(next);
    Ok(updated.returning(VisitRow::as_returning()).get_result(act.conn)?)
}

/// Makes these the ones who went along, and no others.
pub fn set_companions(act: &mut Act<'_>, visit: &Permit<VisitRow>, people: &[AccountId]) -> Result<()> {
    use visit_companions::{account_id, visit_id};
    diesel::delete(visit_companions::table.filter(visit_id.eq(visit.id))).execute(act.conn)?;
    let rows: Vec<_> = people.iter().map(|person| (visit_id.eq(visit.id), account_id.eq(*person))).collect();
    diesel::insert_into(visit_companions::table).values(rows).execute(act.conn)?;
    Ok(())
}

/// Gives the visits to one record to another record of the same person. Those of another committee stay with the record that
/// it knows.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let known = visits::resident_id.eq(pair.from).and(visits::division.eq(pair.division));
    let moved = (
        visits::resident_id.eq(pair.into),
        visits::version.eq(visits::version + 1),
        visits::updated_at.eq(act.now),
    );
    diesel::update(visits::table.filter(known)).set(moved).execute(act.conn)?;
    Ok(())
}

/// Empties what was written of somebody at visits and of what was found there, and lets go of the photos. Who still has the
/// visit as it was can't write it back: it has another version.
pub fn empty_all_of(act: &mut Act<'_>, resident: ResidentId) -> Result<()> {
    let of_person = visits::table.filter(visits::resident_id.eq(resident));
    // The visit before its findings, as those who close a finding lock.
    let ids: Vec<VisitId> =
        of_person.select(visits::id).order(visits::id).for_no_key_update().load(act.conn)?;
    let emptied = (
        visits::summary.eq(""),
        visits::staff_note.eq(""),
        visits::topic.eq(None::<String>),
        visits::version.eq(visits::version + 1),
        visits::updated_at.eq(act.now),
    );
    diesel::update(of_person).set(emptied).execute(act.conn)?;
    for visit in &ids {
        for photo in files::of(act, VISITS, visit.0)? {
            files::release(act, photo.id)?;
        }
    }
    visit_findings::store::empty(act, &ids)
}
