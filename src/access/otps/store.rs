//! Every query of one-time codes.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::access::act::{Act, Look};
use crate::kit::id;
use crate::kit::problem::Result;
use crate::schema::otps::dsl;

/// What is kept of a code.
#[derive(Queryable)]
pub struct OtpRow {
    pub id: Uuid,
    pub code_hash: Vec<u8>,
    pub attempts: i32,
}

/// When codes were sent to this number since a moment, newest first.
pub fn sent_to(act: &mut Act<'_>, phone: &[u8], since: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>> {
    let rows = dsl::otps.filter(dsl::phone_hash.eq(phone).and(dsl::created_at.gt(since)));
    Ok(rows.order(dsl::created_at.desc()).select(dsl::created_at).load(act.conn)?)
}

/// How many codes were asked for from this address since a moment.
pub fn count_from(act: &mut Act<'_>, address: &[u8], since: DateTime<Utc>) -> Result<i64> {
    Ok(dsl::otps
        .filter(dsl::address_hash.eq(address).and(dsl::created_at.gt(since)))
        .count()
        .get_result(act.conn)?)
}

pub fn insert(
    act: &mut Act<'_>,
    phone: &[u8],
    address: &[u8],
    code: &[u8],
    lifetime: TimeDelta,
) -> Result<()> {
    let row = (
        dsl::id.eq(id::next()),
        dsl::phone_hash.eq(phone),
        dsl::address_hash.eq(address),
        dsl::code_hash.eq(code),
        dsl::created_at.eq(act.now),
        dsl::expires_at.eq(act.now + lifetime),
    );
    diesel::insert_into(dsl::otps).values(row).execute(act.conn)?;
    Ok(())
}

/// The newest living code of a number.
pub fn find_living(look: &mut Look<'_>, phone: &[u8]) -> Result<Option<OtpRow>> {
    let living = dsl::otps
        .filter(dsl::phone_hash.eq(phone).and(dsl::used_at.is_null()).and(dsl::expires_at.gt(look.now)))
        .order(dsl::created_at.desc())
        .select((dsl::id, dsl::code_hash, dsl::attempts));
    Ok(living.first(look.conn).optional()?)
}

/// The newest living code of a number, locked.
pub fn lock_living(act: &mut Act<'_>, phone: &[u8]) -> Result<Option<OtpRow>> {
    let now = act.now;
    let living =
        dsl::otps.filter(dsl::phone_hash.eq(phone).and(dsl::used_at.is_null()).and(dsl::expires_at.gt(now)));
    let newest = living.order(dsl::created_at.desc()).select((dsl::id, dsl::code_hash, dsl::attempts));
    Ok(newest.for_no_key_update().first(act.conn).optional()?)
}

pub fn count_attempt(act: &mut Act<'_>, otp: Uuid) -> Result<()> {
    diesel::update(dsl::otps.find(otp)).set(dsl::attempts.eq(dsl::attempts + 1)).execute(act.conn)?;
    Ok(())
}

/// Uses up every code of a number.
pub fn use_up(act: &mut Act<'_>, phone: &[u8]) -> Result<()> {
    let now = act.now;
    let open = dsl::otps.filter(dsl::phone_hash.eq(phone).and(dsl::used_at.is_null()));
    diesel::update(open).set(dsl::used_at.eq(now)).execute(act.conn)?;
    Ok(())
}
