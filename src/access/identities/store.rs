//! Every query of identities.

use diesel::prelude::*;

use super::TAKEN;
use crate::access::accounts::model::Credentials;
use crate::access::act::{Act, Look};
use crate::access::actor::AccountId;
use crate::id;
use crate::kit::problem::{OnConstraint, Result};
use crate::schema::{account_identities, accounts};

id! {
    /// An identity's id.
    IdentityId
}

/// The living account that a WeChat user is linked to.
pub fn find_account(look: &mut Look<'_>, openid_hash: &[u8]) -> Result<Option<Credentials>> {
    let linked = account_identities::table
        .inner_join(accounts::table)
        .filter(account_identities::openid_hash.eq(openid_hash).and(accounts::closed_at.is_null()));
    Ok(linked.select((accounts::id, accounts::password_hash)).first(look.conn).optional()?)
}

/// Links a WeChat user to an account, instead of the one before.
pub fn replace(
    act: &mut Act<'_>,
    account: AccountId,
    openid_hash: &[u8],
    unionid_hash: Option<&[u8]>,
) -> Result<IdentityId> {
    forget(act, account)?;
    let id = IdentityId::new();
    let row = (
        account_identities::id.eq(id),
        account_identities::account_id.eq(account),
        account_identities::openid_hash.eq(openid_hash),
        account_identities::unionid_hash.eq(unionid_hash),
        account_identities::created_at.eq(act.now),
    );
    diesel::insert_into(account_identities::table)
        .values(row)
        .execute(act.conn)
        .on_constraint("account_identities_openid_hash_key", &TAKEN)?;
    Ok(id)
}

/// Unlinks what is linked to an account; whether there was something.
pub fn forget(act: &mut Act<'_>, account: AccountId) -> Result<bool> {
    let linked = account_identities::table.filter(account_identities::account_id.eq(account));
    Ok(diesel::delete(linked).execute(act.conn)? > 0)
}
