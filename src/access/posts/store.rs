//! Every query of posts.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::terms::Term;
use super::{Action, HOLDER_UNKNOWN, PLACE_UNKNOWN, TAKEN, TERM_INVALID};
use crate::access::act::{Act, Governed, Look, Permit};
use crate::access::actor::{AccountId, Actor, OrganisationId};
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::access::role::Role;
use crate::access::within::within;
use crate::id;
use crate::kit::clock::local_date;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::schema::{accounts, organisations, posts};

id! {
    /// A post's id.
    PostId
}

/// A post with the names that belong to it.
#[derive(Clone, Debug, Queryable)]
pub struct PostRow {
    pub id: PostId,
    pub account_id: AccountId,
    pub display_name: String,
    pub role: Role,
    pub organisation_id: Option<OrganisationId>,
    pub organisation_name: Option<String>,
    pub division: Division,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
}

impl Governed for PostRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.signed_in.is_some_and(|(account, _)| account == self.account_id)
    }
}

/// What is written of a new post.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewPost {
    pub holder: AccountId,
    pub role: Role,
    pub organisation: Option<OrganisationId>,
    pub division: Division,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
}

impl Governed for NewPost {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub organisation: Option<OrganisationId>,
    pub role: Option<Role>,
}

macro_rules! living {
    ($today:expr) => {
        posts::table
            .inner_join(accounts::table.on(accounts::id.eq(posts::account_id)))
            .left_join(organisations::table.on(organisations::id.nullable().eq(posts::organisation_id)))
            .filter(posts::ended_at.is_null())
            .filter(posts::ends_on.is_null().or(posts::ends_on.ge($today)))
            .select((
                posts::id,
                posts::account_id,
                accounts::display_name,
                posts::role,
                posts::organisation_id,
                organisations::name.nullable(),
                posts::division,
                posts::starts_on,
                posts::ends_on,
                posts::created_at,
            ))
    };
}

/// One page of what the caller sees: posts in range, and their own.
pub fn page(look: &mut Look<'_>, filter: &Filter, pager: &Pager<'_, PostId>) -> Result<Vec<PostRow>> {
    let scope = look.scope(Action::List)?;
    let own = if scope.own { look.actor.account()? } else { AccountId(uuid::Uuid::nil()) };
    let mut query = living!(local_date(look.now))
        .filter(within(posts::division, &scope).or(posts::account_id.eq(own)))
        .into_boxed();
    if let Some(division) = filter.division {
        let range = division.range();
        query = query.filter(posts::division.ge(range.start).and(posts::division.lt(range.end)));
    }
    if let Some(organisation) = filter.organisation {
        query = query.filter(posts::organisation_id.eq(organisation));
    }
    if let Some(role) = filter.role {
        query = query.filter(posts::role.eq(role));
    }
    if let Some(after) = pager.after {
        query = query.filter(posts::id.gt(after));
    }
    Ok(query.order(posts::id).limit(pager.fetch()).load(look.conn)?)
}

/// Every living post of these people that lies in the scope, or is theirs and the caller's own.
pub fn of_people(look: &mut Look<'_>, people: &[AccountId], scope: &Scope) -> Result<Vec<PostRow>> {
    let own = look.actor.account()?;
    let query = living!(local_date(look.now))
        .filter(posts::account_id.eq_any(people))
        .filter(within(posts::division, scope).or(posts::account_id.eq(own)));
    Ok(query.order(posts::id).load(look.conn)?)
}

/// The posts that somebody holds now: begun, and not ended.
pub fn held_by(look: &mut Look<'_>, holder: AccountId) -> Result<Vec<PostRow>> {
    let today = local_date(look.now);
    let held = living!(today).filter(posts::account_id.eq(holder)).filter(posts::starts_on.le(today));
    Ok(held.order(posts::id).load(look.conn)?)
}

/// A living post the caller sees.
pub fn find(look: &mut Look<'_>, id: PostId) -> Result<PostRow> {
    let scope = look.scope(Action::List)?;
    let own = if scope.own { look.actor.account()? } else { AccountId(uuid::Uuid::nil()) };
    let query = living!(local_date(look.now))
        .filter(posts::id.eq(id))
        .filter(within(posts::division, &scope).or(posts::account_id.eq(own)));
    Ok(query.first(look.conn)?)
}

/// Where an organisation lies that is there and has not closed; 422 for any other.
pub fn division_of_open(act: &mut Act<'_>, organisation: OrganisationId) -> Result<Division> {
    let today = local_date(act.now);
    let open = organisations::table
        .find(organisation)
        .filter(organisations::closed_on.is_null().or(organisations::closed_on.gt(today)));
    let found = open.select(organisations::division).first::<Division>(act.conn).optional()?;
    found.ok_or_else(|| PLACE_UNKNOWN.at("/organisation"))
}

/// Grants a post.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewPost>) -> Result<PostId> {
    let (granted_by, now) = (act.actor.account()?, act.now);
    lock_living(act.conn, new.holder)?;
    write(act.conn, new, Some(granted_by), now)
}

/// Grants a post on the command line or for another act that has its own permit, for the days on which it is not held yet;
/// the ids of the terms that this takes, as a rule one or none.
pub fn grant_unless_held(
    conn: &mut PgConnection,
    new: &NewPost,
    granted_by: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<Vec<PostId>> {
    lock_living(conn, new.holder)?;
    let held = terms(conn, (new.holder, new.role, new.division), new.starts_on)?;
    let wanted = Term { starts_on: new.starts_on, ends_on: new.ends_on };
    let left = wanted.left_by(&held).into_iter();
    left.map(|Term { starts_on, ends_on }| {
        write(conn, &NewPost { starts_on, ends_on, ..new.clone() }, granted_by, now)
    })
    .collect()
}

/// Whether somebody holds a post of that role in that division on that day.
pub fn is_held(conn: &mut PgConnection, post: (AccountId, Role, Division), day: NaiveDate) -> Result<bool> {
    Ok(terms(conn, post, day)?.into_iter().any(|term| term.has(day)))
}

/// The terms of such a post that end on that day or later, or not at all, in the order of their first days.
fn terms(
    conn: &mut PgConnection,
    (holder, role, division): (AccountId, Role, Division),
    day: NaiveDate,
) -> Result<Vec<Term>> {
    let living = posts::table
        .filter(posts::account_id.eq(holder).and(posts::role.eq(role)))
        .filter(posts::division.eq(division).and(posts::ended_at.is_null()))
        .filter(posts::ends_on.is_null().or(posts::ends_on.ge(day)))
        .order(posts::starts_on)
        .select((posts::starts_on, posts::ends_on));
    let terms: Vec<(NaiveDate, Option<NaiveDate>)> = living.load(conn)?;
    Ok(terms.into_iter().map(|(starts_on, ends_on)| Term { starts_on, ends_on }).collect())
}

fn write(
    conn: &mut PgConnection,
    new: &NewPost,
    granted_by: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<PostId> {
    let id = PostId::new();
    let row = (
        posts::id.eq(id),
        posts::account_id.eq(new.holder),
        posts::role.eq(new.role),
        posts::organisation_id.eq(new.organisation),
        posts::division.eq(new.division),
        posts::starts_on.eq(new.starts_on),
        posts::ends_on.eq(new.ends_on),
        posts::granted_by.eq(granted_by),
        posts::created_at.eq(now),
    );
    diesel::insert_into(posts::table).values(row).execute(conn).on_constraints(&[
        ("posts_term_excl", &TAKEN, ""),
        ("posts_organisation_id_fkey", &PLACE_UNKNOWN, "/organisation"),
        ("posts_division_fkey", &PLACE_UNKNOWN, "/division"),
        ("posts_term_check", &TERM_INVALID, "/ends_on"),
    ])?;
    Ok(id)
}

/// Locks the holder's account, so that two terms of one post do not wait for each other for ever, and that nobody is appointed
/// while they close it.
fn lock_living(conn: &mut PgConnection, holder: AccountId) -> Result<()> {
    lock_holder(conn, holder)?.map(drop).ok_or_else(|| HOLDER_UNKNOWN.at("/phone"))
}

/// Locks the holder's account, unless it is closed: who ends a post and who says what goes with it come one after another.
pub fn lock_holder(conn: &mut PgConnection, holder: AccountId) -> Result<Option<AccountId>> {
    let living = accounts::table.find(holder).filter(accounts::closed_at.is_null());
    Ok(living.select(accounts::id).for_no_key_update().first(conn).optional()?)
}

/// Ends a post.
pub fn end(act: &mut Act<'_>, post: &Permit<PostRow>) -> Result<()> {
    let living = posts::table.find(post.id).filter(posts::ended_at.is_null());
    diesel::update(living).set(posts::ended_at.eq(act.now)).execute(act.conn)?;
    Ok(())
}

/// Every post of somebody that has not ended, wherever it lies, with its role. For who has a permit to act on the person.
pub fn held_anywhere(act: &mut Act<'_>, holder: AccountId) -> Result<Vec<PostRow>> {
    Ok(living!(local_date(act.now)).filter(posts::account_id.eq(holder)).order(posts::id).load(act.conn)?)
}

/// Whether somebody ever held a post.
pub fn was_held_by(act: &mut Act<'_>, holder: AccountId) -> Result<bool> {
    let ever = posts::table.filter(posts::account_id.eq(holder));
    Ok(diesel::select(diesel::dsl::exists(ever)).get_result(act.conn)?)
}

/// Ends every post of somebody whose account is closed.
pub fn end_all(act: &mut Act<'_>, holder: AccountId) -> Result<()> {
    let living = posts::table.filter(posts::account_id.eq(holder).and(posts::ended_at.is_null()));
    diesel::update(living).set(posts::ended_at.eq(act.now)).execute(act.conn)?;
    Ok(())
}

/// Ends the posts of one role that somebody holds in one division.
pub fn end_by_role(act: &mut Act<'_>, holder: AccountId, role: Role, division: Division) -> Result<()> {
    let living = posts::table
        .filter(posts::account_id.eq(holder).and(posts::role.eq(role)))
        .filter(posts::division.eq(division).and(posts::ended_at.is_null()));
    diesel::update(living).set(posts::ended_at.eq(act.now)).execute(act.conn)?;
    Ok(())
}

/// Which of these people hold a post now that reaches a division: one there, or above it.
pub fn reaching(look: &mut Look<'_>, people: &[AccountId], division: Division) -> Result<Vec<AccountId>> {
    let today = local_date(look.now);
    let held =
        living!(today).filter(posts::account_id.eq_any(people.to_vec())).filter(posts::starts_on.le(today));
    let held: Vec<PostRow> = held.order(posts::id).load(look.conn)?;
    let reaches = |post: &PostRow| post.division.range().contains(division);
    Ok(held.into_iter().filter(reaches).map(|post| post.account_id).collect())
}
