//! Access tokens: JWT (RFC 9068), EdDSA, 15 minutes, one key record at a time.

mod keys;

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, Header, Validation};
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use keys::{Jwk, Jwks, KeySet, SEAL, load, rotate};

use super::actor::{AccountId, SessionId};
use super::principal::{ApplicationId, ApplicationSecretId, Principal};
use super::scopes::Scopes;
use crate::kit::crypto::{random_bytes, sha256};
use crate::kit::problem::{Problem, Result, UNAUTHENTICATED};

/// How long an access token lives: 15 minutes.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// How long a verified token is believed without looking again.
const BELIEF: TimeDelta = TimeDelta::seconds(60);
/// Clocks differ.
const LEEWAY: TimeDelta = TimeDelta::seconds(5);
/// No token of ours is longer, in bytes.
const LONGEST: usize = 2_048;
const VERIFIED: usize = 50_000;
const TYPE: &str = "at+jwt";
const AUDIENCE: &str = "lilong";

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    /// The session, or the application's secret: what ends it ends the token.
    sid: Uuid,
    /// An application names itself twice (RFC 9068, 2.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_id: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: String,
}

impl Claims {
    /// Whom they name. Scopes that are no more are left away.
    fn principal(&self) -> Option<Principal> {
        match self.client_id {
            None => Some(Principal::Person(AccountId(self.sub), SessionId(self.sid))),
            Some(client) => {
                let names = self.scope.as_deref().unwrap_or_default().split(' ');
                let scopes: Scopes = names.filter_map(|name| name.parse().ok()).collect();
                let (application, secret) = (ApplicationId(client), ApplicationSecretId(self.sid));
                (client == self.sub).then_some(Principal::Application(application, secret, scopes))
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Believed {
    principal: Principal,
    until: DateTime<Utc>,
}

/// Signs and verifies access tokens.
pub struct Tokens {
    issuer: String,
    keys: RwLock<Arc<KeySet>>,
    believed: Cache<[u8; 32], Believed>,
}

impl Tokens {
    /// With the keys of the database.
    pub fn new(issuer: &str, keys: KeySet) -> Self {
        Self { issuer: issuer.to_owned(), keys: RwLock::new(Arc::new(keys)), believed: Cache::new(VERIFIED) }
    }

    /// The public address of the service.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Takes over keys that were rotated.
    pub fn replace_keys(&self, keys: KeySet) {
        let has_retired = {
            let mut current = self.keys.write().unwrap_or_else(PoisonError::into_inner);
            let has_retired = current.is_missing_in(&keys);
            *current = Arc::new(keys);
            has_retired
        };
        if has_retired {
            self.believed.clear();
        }
    }

    /// The public keys, as published.
    pub fn jwks(&self) -> Jwks {
        self.keys().jwks()
    }

    /// Signs a token for a session.
    pub fn sign(&self, account: AccountId, session: SessionId, now: DateTime<Utc>) -> Result<String> {
        self.sign_for(Principal::Person(account, session), now)
    }

    /// Signs a token for a person or an application.
    pub fn sign_for(&self, principal: Principal, now: DateTime<Utc>) -> Result<String> {
        let keys = self.keys();
        let key = keys.signing(now).ok_or_else(|| Problem::fault("there is no signing key"))?;
        let header =
            Header { typ: Some(TYPE.into()), kid: Some(key.kid.clone()), ..Header::new(Algorithm::EdDSA) };
        let (sid, client_id, scope) = match principal {
            Principal::Person(_, session) => (session.0, None, None),
            Principal::Application(application, secret, scopes) => {
                (secret.0, Some(application.0), Some(scopes.to_string()))
            }
        };
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.into(),
            sub: principal.id(),
            sid,
            client_id,
            scope,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: (now + LIFETIME).timestamp(),
            jti: Uuid::from_bytes(random_bytes()?).simple().to_string(),
        };
        jsonwebtoken::encode(&header, &claims, &key.private).map_err(Problem::fault)
    }

    /// Whose token this is, if it was verified a moment ago.
    pub fn believed(&self, token: &str, now: DateTime<Utc>) -> Option<Principal> {
        if token.len() > LONGEST {
            return None;
        }
        let known = self.believed.get(&sha256(token.as_bytes()))?;
        (now < known.until).then_some(known.principal)
    }

    /// Whose token this is. Anything that is not ours, now, is 401.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Principal> {
        if token.len() > LONGEST {
            return UNAUTHENTICATED.refuse();
        }
        if let Some(known) = self.believed(token, now) {
            return Ok(known);
        }
        let claims = self.check(token, now).ok_or(&UNAUTHENTICATED)?;
        let principal = claims.principal().ok_or(&UNAUTHENTICATED)?;
        let expiry = DateTime::from_timestamp(claims.exp, 0).ok_or(&UNAUTHENTICATED)?;
        self.believed
            .insert(sha256(token.as_bytes()), Believed { principal, until: expiry.min(now + BELIEF) });
        Ok(principal)
    }

    fn check(&self, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        if header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(TYPE) {
            return None;
        }
        let keys = self.keys();
        let key = keys.verifying(header.kid.as_deref()?, now)?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_issuer(&[&self.issuer]);
        rules.set_audience(&[AUDIENCE]);
        rules.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
        // Times are checked against our own clock, below.
        rules.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &key.public, &rules).ok()?.claims;
        let is_timely = claims.nbf <= (now + LEEWAY).timestamp() && now.timestamp() < claims.exp;
        is_timely.then_some(claims)
    }

    fn keys(&self) -> Arc<KeySet> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
