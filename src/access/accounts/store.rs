//! Every query of accounts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::PHONE_TAKEN;
use super::model::{AccountChange, AccountRow, Credentials};
use crate::access::act::{Act, Look};
use crate::access::actor::{AccountId, ResidentId};
use crate::kit::problem::{OnConstraint, Result, UNAUTHENTICATED};
use crate::schema::accounts::dsl;
use crate::schema::{recovery_codes, residents};

/// What is written of a new account.
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewAccount<'a> {
    pub id: AccountId,
    pub phone_sealed: Vec<u8>,
    pub phone_hash: [u8; 32],
    pub display_name: &'a str,
    pub password_hash: Option<&'a str>,
    pub now: DateTime<Utc>,
}

/// Opens an account, if the number has none.
pub fn insert(conn: &mut PgConnection, new: &NewAccount<'_>) -> Result<AccountRow> {
    let row = (
        dsl::id.eq(new.id),
        dsl::phone_sealed.eq(&new.phone_sealed),
        dsl::phone_hash.eq(new.phone_hash.as_slice()),
        dsl::display_name.eq(new.display_name),
        dsl::password_hash.eq(new.password_hash),
        dsl::created_at.eq(new.now),
        dsl::updated_at.eq(new.now),
    );
    diesel::insert_into(dsl::accounts)
        .values(row)
        .returning(AccountRow::as_returning())
        .get_result(conn)
        .on_constraint("accounts_phone_hash_key", &PHONE_TAKEN)
}

/// The caller's own account; 401 once it is closed.
pub fn find_own(look: &mut Look<'_>) -> Result<AccountRow> {
    let living = dsl::accounts.find(look.actor.account()?).filter(dsl::closed_at.is_null());
    let row = living.select(AccountRow::as_select()).first(look.conn).optional()?;
    row.ok_or_else(|| (&UNAUTHENTICATED).into())
}

/// The caller's own account, locked; 401 once it is closed.
pub fn lock_own(act: &mut Act<'_>) -> Result<AccountRow> {
    let id = act.actor.account()?;
    lock(act, id)?.ok_or_else(|| (&UNAUTHENTICATED).into())
}

/// A living account by its id, locked. For signing in, where there is no actor yet, and for who has a permit.
pub fn lock(act: &mut Act<'_>, id: AccountId) -> Result<Option<AccountRow>> {
    let living = dsl::accounts.find(id).filter(dsl::closed_at.is_null());
    Ok(living.select(AccountRow::as_select()).for_no_key_update().first(act.conn).optional()?)
}

/// Those of these accounts that live, locked in the order of their ids, so that two who lock several don't wait for each other.
pub fn lock_all(act: &mut Act<'_>, ids: &[AccountId]) -> Result<Vec<AccountId>> {
    let living = dsl::accounts.filter(dsl::id.eq_any(ids)).filter(dsl::closed_at.is_null());
    Ok(living.select(dsl::id).order(dsl::id).for_no_key_update().load(act.conn)?)
}

/// The living account of a number, by keyed hash.
pub fn credentials(conn: &mut PgConnection, phone_hash: &[u8]) -> Result<Option<Credentials>> {
    let living = dsl::accounts.filter(dsl::phone_hash.eq(phone_hash).and(dsl::closed_at.is_null()));
    Ok(living.select((dsl::id, dsl::password_hash)).first(conn).optional()?)
}

/// Changes the account's own words.
pub fn update(act: &mut Act<'_>, id: AccountId, change: AccountChange) -> Result<AccountRow> {
    let now = act.now;
    let next = (change, dsl::version.eq(dsl::version + 1), dsl::updated_at.eq(now));
    Ok(diesel::update(dsl::accounts.find(id))
        .set(next)
        .returning(AccountRow::as_returning())
        .get_result(act.conn)?)
}

/// Sets another password.
pub fn set_password(act: &mut Act<'_>, id: AccountId, hash: &str) -> Result<()> {
    let now = act.now;
    diesel::update(dsl::accounts.find(id))
        .set((dsl::password_hash.eq(hash), dsl::version.eq(dsl::version + 1), dsl::updated_at.eq(now)))
        .execute(act.conn)?;
    Ok(())
}

/// Frees the records of the residents' archive that an account is bound to. They are locked in the order of their ids, as all do who lock
/// several.
pub fn free_records(act: &mut Act<'_>, id: AccountId) -> Result<()> {
    let bound = residents::table.filter(residents::account_id.eq(id));
    bound.select(residents::id).order(residents::id).for_update().load::<ResidentId>(act.conn)?;
    let next = (
        residents::account_id.eq(None::<AccountId>),
        residents::version.eq(residents::version + 1),
        residents::updated_at.eq(act.now),
    );
    diesel::update(bound).set(next).execute(act.conn)?;
    Ok(())
}

/// Closes an account: it keeps its id and its times, for what it did, and of the person the name at most. The number is free.
pub fn close(act: &mut Act<'_>, id: AccountId, keeps_name: bool) -> Result<()> {
    let now = act.now;
    remove_totp(act.conn, id, now)?;
    let closed = (
        dsl::closed_at.eq(now),
        dsl::phone_sealed.eq(Vec::<u8>::new()),
        dsl::phone_hash.eq(None::<Vec<u8>>),
        (!keeps_name).then(|| dsl::display_name.eq("已注销")),
        dsl::password_hash.eq(None::<String>),
        // One that was begun and not confirmed goes, too.
        dsl::totp_sealed.eq(None::<Vec<u8>>),
        dsl::updated_at.eq(now),
    );
    diesel::update(dsl::accounts.find(id)).set(closed).execute(act.conn)?;
    Ok(())
}

/// Keeps a second factor that is not confirmed yet.
pub fn set_totp(act: &mut Act<'_>, id: AccountId, sealed: &[u8]) -> Result<()> {
    diesel::update(dsl::accounts.find(id))
        .set((dsl::totp_sealed.eq(sealed), dsl::totp_last_step.eq(0)))
        .execute(act.conn)?;
    Ok(())
}

/// The second factor was shown to work.
pub fn confirm_totp(act: &mut Act<'_>, id: AccountId, step: i64) -> Result<()> {
    let now = act.now;
    diesel::update(dsl::accounts.find(id))
        .set((dsl::totp_since.eq(now), dsl::totp_last_step.eq(step), dsl::version.eq(dsl::version + 1)))
        .execute(act.conn)?;
    Ok(())
}

/// Takes a confirmed second factor and its recovery codes away; whether there was one. A bare connection, since the command
/// line does it, too.
pub fn remove_totp(conn: &mut PgConnection, id: AccountId, now: DateTime<Utc>) -> Result<bool> {
    let strong = dsl::accounts.find(id).filter(dsl::totp_since.is_not_null());
    let gone = (
        dsl::totp_sealed.eq(None::<Vec<u8>>),
        dsl::totp_since.eq(None::<DateTime<Utc>>),
        dsl::totp_last_step.eq(0),
        dsl::version.eq(dsl::version + 1),
        dsl::updated_at.eq(now),
    );
    let had_one = diesel::update(strong).set(gone).execute(conn)? == 1;
    forget_recovery_codes(conn, id)?;
    Ok(had_one)
}

fn forget_recovery_codes(conn: &mut PgConnection, id: AccountId) -> Result<()> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(id))).execute(conn)?;
    Ok(())
}

/// Keeps a new set of recovery codes instead of the one before.
pub fn replace_recovery_codes(act: &mut Act<'_>, id: AccountId, hashes: &[[u8; 32]]) -> Result<()> {
    forget_recovery_codes(act.conn, id)?;
    let now = act.now;
    let rows: Vec<_> = hashes
        .iter()
        .map(|hash| {
            let hash = recovery_codes::hash.eq(hash.as_slice());
            (recovery_codes::account_id.eq(id), hash, recovery_codes::created_at.eq(now))
        })
        .collect();
    diesel::insert_into(recovery_codes::table).values(rows).execute(act.conn)?;
    Ok(())
}

/// Uses up a recovery code; whether it was there.
pub fn use_recovery_code(act: &mut Act<'_>, id: AccountId, hash: &[u8]) -> Result<bool> {
    Ok(diesel::delete(recovery_codes::table.find((id, hash))).execute(act.conn)? == 1)
}

/// How many recovery codes are left.
pub fn count_recovery_codes(look: &mut Look<'_>, id: AccountId) -> Result<i64> {
    let left = recovery_codes::table.filter(recovery_codes::account_id.eq(id));
    Ok(left.count().get_result(look.conn)?)
}

/// A code of this step was used: it and all before it are used up.
pub fn use_totp_step(act: &mut Act<'_>, id: AccountId, step: i64) -> Result<()> {
    diesel::update(dsl::accounts.find(id)).set(dsl::totp_last_step.eq(step)).execute(act.conn)?;
    Ok(())
}

/// What is answered with an account has changed elsewhere: so has its version.
pub fn touch(act: &mut Act<'_>, id: AccountId) -> Result<()> {
    let now = act.now;
    diesel::update(dsl::accounts.find(id))
        .set((dsl::version.eq(dsl::version + 1), dsl::updated_at.eq(now)))
        .execute(act.conn)?;
    Ok(())
}
