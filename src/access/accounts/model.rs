//! Rows of accounts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::actor::AccountId;
use crate::schema::accounts;

/// An account as kept.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = accounts)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct AccountRow {
    pub id: AccountId,
    pub phone_sealed: Vec<u8>,
    pub display_name: String,
    pub language: String,
    pub password_hash: Option<String>,
    pub totp_sealed: Option<Vec<u8>>,
    pub totp_since: Option<DateTime<Utc>>,
    pub totp_last_step: i64,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// What signing in needs to know, before anything is decided.
#[derive(Clone, Queryable)]
pub struct Credentials {
    /// The account.
    pub id: AccountId,
    /// Its password, hashed.
    pub password_hash: Option<String>,
}

/// A change of an account's own words.
#[derive(AsChangeset)]
#[diesel(table_name = accounts)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct AccountChange {
    pub display_name: Option<String>,
    pub language: Option<String>,
}
