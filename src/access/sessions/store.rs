//! Every query of sessions, refresh tokens and failed sign-ins.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::access::act::{Act, Look};
use crate::access::actor::{AccountId, SessionId};
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::schema::{refresh_tokens, sessions, sign_in_failures};

/// A session as kept.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct SessionRow {
    pub id: SessionId,
    pub is_second_factor: bool,
    pub device: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

pub fn insert(
    act: &mut Act<'_>,
    account: AccountId,
    device: &str,
    strong: bool,
    until: DateTime<Utc>,
) -> Result<SessionId> {
    let id = SessionId::new();
    let row = (
        sessions::id.eq(id),
        sessions::account_id.eq(account),
        sessions::is_second_factor.eq(strong),
        sessions::device.eq(device),
        sessions::created_at.eq(act.now),
        sessions::last_used_at.eq(act.now),
        sessions::expires_at.eq(until),
    );
    diesel::insert_into(sessions::table).values(row).execute(act.conn)?;
    Ok(id)
}

/// The caller's own living sessions, newest first.
pub fn page(look: &mut Look<'_>, pager: &Pager<'_, SessionId>) -> Result<Vec<SessionRow>> {
    let (account, now) = (look.actor.account()?, look.now);
    let mut query = sessions::table
        .filter(sessions::account_id.eq(account))
        .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(now)))
        .select(SessionRow::as_select())
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(sessions::id.lt(after));
    }
    Ok(query.order(sessions::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// Ends one of the caller's own sessions; whether it was there.
pub fn end_own(act: &mut Act<'_>, id: SessionId) -> Result<bool> {
    let account = act.actor.account()?;
    let living =
        sessions::table.find(id).filter(sessions::account_id.eq(account).and(sessions::ended_at.is_null()));
    let ended = (sessions::ended_at.eq(act.now), sessions::end_reason.eq("signed_out"));
    Ok(diesel::update(living).set(ended).execute(act.conn)? == 1)
}

/// Ends every session of the account but the current one: the password changed.
pub fn end_others(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    let current = act.actor.session()?;
    let others = sessions::table.filter(
        sessions::account_id.eq(account).and(sessions::ended_at.is_null()).and(sessions::id.ne(current)),
    );
    let ended = (sessions::ended_at.eq(act.now), sessions::end_reason.eq("password_changed"));
    diesel::update(others).set(ended).execute(act.conn)?;
    Ok(())
}

/// Ends every session of an account, whoever asks for it, and forgets what the devices were called.
pub fn end_all(conn: &mut PgConnection, account: AccountId, reason: &str, now: DateTime<Utc>) -> Result<()> {
    let living = sessions::table.filter(sessions::account_id.eq(account).and(sessions::ended_at.is_null()));
    diesel::update(living)
        .set((sessions::ended_at.eq(now), sessions::end_reason.eq(reason)))
        .execute(conn)?;
    let all = sessions::table.filter(sessions::account_id.eq(account));
    diesel::update(all).set(sessions::device.eq("")).execute(conn)?;
    Ok(())
}

/// From now on no session of the account has a second factor.
pub fn weaken(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    let living = sessions::table.filter(sessions::account_id.eq(account).and(sessions::ended_at.is_null()));
    diesel::update(living).set(sessions::is_second_factor.eq(false)).execute(act.conn)?;
    Ok(())
}

/// Ends a session whose refresh token was used twice.
pub fn end_reused(act: &mut Act<'_>, id: SessionId) -> Result<()> {
    let ended = (sessions::ended_at.eq(act.now), sessions::end_reason.eq("token_reused"));
    diesel::update(sessions::table.find(id).filter(sessions::ended_at.is_null()))
        .set(ended)
        .execute(act.conn)?;
    Ok(())
}

/// The session of a refresh token, and whose it is.
pub fn find_by_token(act: &mut Act<'_>, hash: &[u8]) -> Result<Option<(SessionId, AccountId)>> {
    let found = refresh_tokens::table.find(hash).inner_join(sessions::table);
    Ok(found.select((sessions::id, sessions::account_id)).first(act.conn).optional()?)
}

/// A session and when one of its refresh tokens was used, both locked. The session first: two uses of two tokens of one
/// family must not wait for each other.
pub fn lock(act: &mut Act<'_>, id: SessionId, hash: &[u8]) -> Result<(SessionRow, Option<DateTime<Utc>>)> {
    let session = sessions::table.find(id).select(SessionRow::as_select());
    let row = session.for_no_key_update().first(act.conn)?;
    let used = refresh_tokens::table.find(hash).select(refresh_tokens::used_at);
    Ok((row, used.for_no_key_update().first(act.conn)?))
}

pub fn insert_token(act: &mut Act<'_>, session: SessionId, hash: &[u8]) -> Result<()> {
    let row = (
        refresh_tokens::hash.eq(hash),
        refresh_tokens::session_id.eq(session),
        refresh_tokens::issued_at.eq(act.now),
    );
    diesel::insert_into(refresh_tokens::table).values(row).execute(act.conn)?;
    Ok(())
}

/// Uses up every token of a session that is not used yet.
pub fn use_all_tokens(act: &mut Act<'_>, session: SessionId) -> Result<()> {
    let fresh = refresh_tokens::table
        .filter(refresh_tokens::session_id.eq(session).and(refresh_tokens::used_at.is_null()));
    diesel::update(fresh).set(refresh_tokens::used_at.eq(act.now)).execute(act.conn)?;
    Ok(())
}

/// When the caller's session began, and whether with a second factor.
pub fn beginning(act: &mut Act<'_>) -> Result<(DateTime<Utc>, bool)> {
    let session = act.actor.session()?;
    let columns = (sessions::created_at, sessions::is_second_factor);
    Ok(sessions::table.find(session).select(columns).first(act.conn)?)
}

pub fn extend(act: &mut Act<'_>, id: SessionId, until: DateTime<Utc>) -> Result<()> {
    let next = (sessions::last_used_at.eq(act.now), sessions::expires_at.eq(until));
    diesel::update(sessions::table.find(id)).set(next).execute(act.conn)?;
    Ok(())
}

/// Until when any of these subjects (a number, an address) is locked out.
pub fn locked_until(
    conn: &mut PgConnection,
    subjects: &[[u8; 32]],
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let keys: Vec<&[u8]> = subjects.iter().map(<[u8; 32]>::as_slice).collect();
    let locked = sign_in_failures::table
        .filter(sign_in_failures::subject.eq_any(keys).and(sign_in_failures::locked_until.gt(now)))
        .select(diesel::dsl::max(sign_in_failures::locked_until));
    Ok(locked.first(conn)?)
}

/// Counts a failure; answers how many there are since the last quiet hour.
pub fn count_failure(act: &mut Act<'_>, subject: &[u8]) -> Result<i32> {
    use sign_in_failures::dsl;
    let stale = dsl::sign_in_failures.find(subject).filter(dsl::last_at.lt(act.now - TimeDelta::hours(1)));
    diesel::delete(stale).execute(act.conn)?;
    let row = (dsl::subject.eq(subject), dsl::failures.eq(1), dsl::last_at.eq(act.now));
    let count = diesel::insert_into(dsl::sign_in_failures)
        .values(row)
        .on_conflict(dsl::subject)
        .do_update()
        .set((dsl::failures.eq(dsl::failures + 1), dsl::last_at.eq(excluded(dsl::last_at))))
        .returning(dsl::failures)
        .get_result(act.conn)?;
    Ok(count)
}

/// Locks a subject out, and says from how many failures it goes on counting.
pub fn lock_out(act: &mut Act<'_>, subject: &[u8], until: DateTime<Utc>, failures: i32) -> Result<()> {
    use sign_in_failures::dsl;
    let locked = (dsl::locked_until.eq(until), dsl::failures.eq(failures));
    diesel::update(dsl::sign_in_failures.find(subject)).set(locked).execute(act.conn)?;
    Ok(())
}

pub fn forget_failures(act: &mut Act<'_>, subject: &[u8]) -> Result<()> {
    diesel::delete(sign_in_failures::table.find(subject)).execute(act.conn)?;
    Ok(())
}
