//! Every query of rosters.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid as SqlUuid};
use uuid::Uuid;

use super::Action;
use super::model::{
    Filter, MediatorChange, MediatorId, MediatorKind, MediatorRow, MediatorStatus, NamedMediatorRow,
    NewMediator,
};
use super::rules::{DIVISION_UNKNOWN, TERM_TAKEN, Wish};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{AccountId, OrganisationId};
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::access::within::{beyond, within};
use crate::kit::clock::local_date;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::matters::registry::MatterId;
use crate::schema::{accounts, matters, mediation_seats, mediators, organisations};

/// Among how many a proposal is made, those who know the matter first.
const CANDIDATES: i64 = 500;

const CONSTRAINTS: &[(&str, &Rule, &str)] =
    &[("mediators_term_excl", &TERM_TAKEN, ""), ("mediators_division_fkey", &DIVISION_UNKNOWN, "/division")];

/// Who stands in a roster on that day, by an account that was not closed or by name.
macro_rules! standing {
    ($today:expr) => {
        mediators::status
            .eq(MediatorStatus::Active)
            .and(mediators::starts_on.le($today))
            .and(mediators::ends_on.is_null().or(mediators::ends_on.ge($today)))
            .and(not(exists(
                accounts::table
                    .filter(accounts::id.nullable().eq(mediators::account_id))
                    .filter(accounts::closed_at.is_not_null()),
            )))
    };
}

/// Those who serve now, everybody within the range of the caller's posts, and the caller.
macro_rules! seen {
    ($scope:expr, $near:expr, $own:expr, $today:expr) => {
        mediators::table
            .inner_join(organisations::table)
            .filter(within(mediators::division, $scope))
            .filter(
                standing!($today).or(within(mediators::division, $near)).or(mediators::account_id.eq($own)),
            )
            .select((MediatorRow::as_select(), organisations::name))
    };
}

/// Where the caller sees whole entries.
pub fn near(look: &Look<'_>) -> Scope {
    look.scope(Action::ListProposals).unwrap_or_else(|_| Scope::nothing())
}

/// One page of what the caller sees, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<NamedMediatorRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let (near, own, today) = (near(look), look.actor.account()?, local_date(look.now));
    let mut query = seen!(&scope, &near, own, today).into_boxed();
    if filter.asks_for_records() {
        query = query.filter(within(mediators::division, &near).or(mediators::account_id.eq(own)));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(mediators::kind.eq(kind));
    }
    if let Some(dispute_type) = filter.dispute_type {
        query = query.filter(mediators::expertise.contains(vec![dispute_type]));
    }
    if let Some(language) = filter.language {
        query = query.filter(mediators::languages.contains(vec![language]));
    }
    if let Some(organisation) = filter.organisation {
        query = query.filter(mediators::organisation_id.eq(organisation));
    }
    if let Some(status) = filter.status {
        query = query.filter(mediators::status.eq(status));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(mediators::division, mediators::id, after));
    }
    Ok(query.order((mediators::division, mediators::id)).limit(pager.fetch()).load(look.conn)?)
}

/// An entry the caller sees.
pub fn find(look: &mut Look<'_>, id: MediatorId) -> Result<NamedMediatorRow> {
    let scope = look.scope(Action::Find)?;
    let (near, own, today) = (near(look), look.actor.account()?, local_date(look.now));
    Ok(seen!(&scope, &near, own, today).filter(mediators::id.eq(id)).first(look.conn)?)
}

/// An entry that was found, locked.
pub fn lock(act: &mut Act<'_>, found: &NamedMediatorRow) -> Result<MediatorRow> {
    let row = mediators::table.find(found.mediator.id).select(MediatorRow::as_select());
    Ok(row.for_no_key_update().first(act.conn)?)
}

/// The entry of an account that stands in a roster that day for a place, or above it. The deepest first.
pub fn of_account(
    look: &mut Look<'_>,
    account: AccountId,
    kind: MediatorKind,
    division: Division,
) -> Result<NamedMediatorRow> {
    let line: Vec<Division> = division.above().chain([division]).collect();
    let standing = mediators::table
        .inner_join(organisations::table)
        .filter(mediators::account_id.eq(account).and(mediators::kind.eq(kind)))
        .filter(mediators::division.eq_any(line))
        .filter(standing!(local_date(look.now)))
        .order((mediators::division.desc(), mediators::id.desc()));
    Ok(standing.select((MediatorRow::as_select(), organisations::name)).first(look.conn)?)
}

/// Who could be proposed for a place: of its line, and of what lies in it.
pub fn candidates(
    look: &mut Look<'_>,
    kind: MediatorKind,
    wish: &Wish,
    on: NaiveDate,
) -> Result<Vec<NamedMediatorRow>> {
    let (line, range): (Vec<Division>, _) = (wish.division.above().collect(), wish.division.range());
    let there = mediators::division
        .eq_any(line)
        .or(mediators::division.ge(range.start).and(mediators::division.lt(range.end)));
    let knowing = mediators::expertise.contains(vec![wish.dispute_type]);
    let query = mediators::table
        .inner_join(organisations::table)
        .filter(mediators::kind.eq(kind))
        .filter(there)
        .filter(standing!(on))
        .order((knowing.desc(), mediators::division.desc(), mediators::id))
        .limit(CANDIDATES);
    Ok(query.select((MediatorRow::as_select(), organisations::name)).load(look.conn)?)
}

/// How many open cases each of them sits in, or is asked to sit in. A person's other entries show the same: it is the person who
/// carries them. Whoever carries none is not among the answer.
pub fn load_of(look: &mut Look<'_>, of: &[MediatorId]) -> Result<HashMap<MediatorId, i64>> {
    let seated = mediation_seats::account_id.nullable().eq(mediators::account_id);
    // Nobody has two living seats of one case, so seats are cases.
    let carried: Vec<(MediatorId, i64)> = mediators::table
        .inner_join(mediation_seats::table.on(seated))
        .inner_join(matters::table.on(matters::id.eq(mediation_seats::case_id)))
        .filter(mediators::id.eq_any(of))
        .filter(mediation_seats::state.eq_any(["asked", "accepted"]).and(matters::is_open))
        .group_by(mediators::id)
        .select((mediators::id, count_star()))
        .load(look.conn)?;
    Ok(carried.into_iter().collect())
}

/// Parties, those who speak for them and whoever lives with one of them; and those to whom one of these people objected before, in
/// whatever case, and was right. Unions, each by its index: an `OR` would walk all residents.
pub const IN_CONFLICT: &str = "\
    WITH side AS (SELECT account_id, resident_id, representative_id FROM mediation_parties WHERE case_id = $1), \
    known AS (SELECT id, account_id, home_id FROM residents \
        WHERE id IN (SELECT resident_id FROM side UNION SELECT representative_id FROM side) \
        UNION SELECT id, account_id, home_id FROM residents WHERE account_id IN (SELECT account_id FROM side)), \
    person AS (SELECT account_id FROM side UNION SELECT account_id FROM known), \
    objecting AS (SELECT id FROM mediation_parties WHERE account_id IN (SELECT account_id FROM person) \
        UNION SELECT id FROM mediation_parties WHERE resident_id IN (SELECT id FROM known)) \
    SELECT m.id FROM mediators m WHERE m.id = ANY ($2) AND m.account_id IN (\
        SELECT account_id FROM person \
        UNION SELECT r.account_id FROM residents r JOIN known k ON k.home_id = r.home_id \
        UNION SELECT s.account_id FROM objecting p JOIN mediation_objections o ON o.party_id = p.id AND o.decision = 'sustained' \
            JOIN mediation_seats s ON s.id = o.seat_id)";

#[derive(QueryableByName)]
struct Conflicted {
    #[diesel(sql_type = SqlUuid)]
    id: MediatorId,
}

/// Which of these have to do with a party of a case (人民调解法 15, 23).
pub fn in_conflict(look: &mut Look<'_>, case: MatterId, of: &[MediatorId]) -> Result<Vec<MediatorId>> {
    let of: Vec<Uuid> = of.iter().map(|id| id.0).collect();
    let found = diesel::sql_query(IN_CONFLICT).bind::<SqlUuid, _>(case.0).bind::<Array<SqlUuid>, _>(of);
    let rows: Vec<Conflicted> = found.load(look.conn)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Until this act has ended nobody else enters or changes the person in the organisation's roster: two terms at once would wait for
/// each other.
pub fn hold(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    account: Option<AccountId>,
    name: &str,
) -> Result<()> {
    let person = account.map_or_else(|| name.as_bytes().to_vec(), |account| account.0.as_bytes().to_vec());
    let subject = act.ring.hash("mediator.person", &[organisation.0.as_bytes(), &person]);
    act.serialise(&subject)
}

/// Adds an entry. For who holds the person.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewMediator>) -> Result<()> {
    diesel::insert_into(mediators::table).values(&**new).execute(act.conn).on_constraints(CONSTRAINTS)?;
    Ok(())
}

/// Changes an entry. For who holds the person.
pub fn update(act: &mut Act<'_>, mediator: &Permit<MediatorRow>, change: MediatorChange) -> Result<()> {
    let (version, updated_at) = (mediators::version, mediators::updated_at);
    diesel::update(mediators::table.find(mediator.id))
        .set((change, version.eq(version + 1), updated_at.eq(act.now)))
        .execute(act.conn)
        .on_constraints(CONSTRAINTS)?;
    Ok(())
}
