//! Applications in JSON, as they go out.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{ApplicationRow, ApplicationStatus, SecretRow};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::access::principal::{ApplicationId, ApplicationSecretId};
use crate::access::scopes::{AccessScope, Scopes};
use crate::access::tokens;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;

/// An application.
#[derive(Serialize, ToSchema)]
pub struct ApplicationView {
    /// Its id: the `client_id` of OAuth 2.
    pub id: ApplicationId,
    /// Its name.
    #[schema(example = "宝钢五村南门闸机")]
    pub name: String,
    /// What it is for.
    #[schema(example = "居民出入验码")]
    pub purpose: String,
    /// Who runs it; null where that was not said.
    pub organisation: Option<OrganisationId>,
    /// Where it acts: in this division and below.
    pub division: Division,
    /// What it may do there.
    pub scopes: Vec<AccessScope>,
    /// Whether it may call.
    pub status: ApplicationStatus,
    /// The last day that it may call; null when open.
    pub ends_on: Option<NaiveDate>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<ApplicationRow> for ApplicationView {
    fn from(row: ApplicationRow) -> Self {
        Self {
            scopes: row.scopes().iter().collect(),
            id: row.id,
            name: row.name,
            purpose: row.purpose,
            organisation: row.organisation_id,
            division: row.division,
            status: row.status,
            ends_on: row.ends_on,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl View for ApplicationView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/applications/{}", self.id))
    }
}

/// What is known of a secret.
#[derive(Serialize, ToSchema)]
pub struct ApplicationSecretView {
    /// Its id.
    pub id: ApplicationSecretId,
    /// Its last four characters, to tell it from another.
    #[schema(example = "x7Qa")]
    pub hint: String,
    /// When it was made.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When a token was last asked for with it; null when never.
    #[serde(serialize_with = "moment::write_some")]
    pub last_used_at: Option<DateTime<Utc>>,
    /// Since when it counts no more; null while it does.
    #[serde(serialize_with = "moment::write_some")]
    pub retired_at: Option<DateTime<Utc>>,
}

impl View for ApplicationSecretView {
    const IS_SECRET: bool = true;
}

impl From<SecretRow> for ApplicationSecretView {
    fn from(row: SecretRow) -> Self {
        let SecretRow { id, hint, created_at, last_used_at, retired_at } = row;
        Self { id, hint, created_at, last_used_at, retired_at }
    }
}

/// A new secret, shown this once.
#[derive(Serialize, ToSchema)]
pub struct NewApplicationSecretView {
    /// Its id.
    pub id: ApplicationSecretId,
    /// The application: the `client_id` that goes with it.
    pub client_id: ApplicationId,
    /// The secret. It is not kept, and never shown again.
    #[schema(example = "lilong_secret_m2Jc0kJv9u5sXnq1t0bT3cQhV8yWfLr4pZaEoGiKdUs")]
    pub client_secret: String,
    /// When it was made.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl View for NewApplicationSecretView {
    const IS_SECRET: bool = true;
}

/// An access token (RFC 6749, 5.1).
#[derive(Serialize, ToSchema)]
pub struct AccessTokenView {
    /// Goes into `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// How long it lives, in seconds. There is no refresh token: ask again.
    #[schema(example = 900)]
    pub expires_in: i64,
    /// What it opens: scopes with spaces between.
    #[schema(example = "codes.verify check_ins.write")]
    pub scope: String,
}

impl AccessTokenView {
    /// Of a freshly made token.
    pub fn new(access_token: String, scopes: Scopes) -> Self {
        let expires_in = tokens::LIFETIME.num_seconds();
        Self { access_token, token_type: "Bearer", expires_in, scope: scopes.to_string() }
    }
}

impl View for AccessTokenView {
    const IS_SECRET: bool = true;
}

/// Where tokens come from (RFC 8414).
#[derive(Serialize, ToSchema)]
pub struct AuthorizationServerView {
    /// Who signs tokens.
    #[schema(example = "https://lilong.invalid")]
    pub issuer: String,
    /// Where applications get tokens.
    #[schema(example = "https://lilong.invalid/oauth/token")]
    pub token_endpoint: String,
    /// Where the keys are that sign them.
    #[schema(example = "https://lilong.invalid/.well-known/jwks.json")]
    pub jwks_uri: String,
    /// The scopes there are.
    pub scopes_supported: &'static [AccessScope],
    /// None: nobody is sent here by a browser.
    pub response_types_supported: [String; 0],
    /// How tokens are asked for.
    #[schema(value_type = Vec<String>, example = json!(["client_credentials"]))]
    pub grant_types_supported: [&'static str; 1],
    /// How an application shows its secret.
    #[schema(value_type = Vec<String>, example = json!(["client_secret_basic", "client_secret_post"]))]
    pub token_endpoint_auth_methods_supported: [&'static str; 2],
}

impl View for AuthorizationServerView {}

impl AuthorizationServerView {
    /// Of the service at a public address.
    pub fn new(issuer: &str) -> Self {
        let base = issuer.trim_end_matches('/');
        Self {
            issuer: issuer.to_owned(),
            token_endpoint: format!("{base}/oauth/token"),
            jwks_uri: format!("{base}/.well-known/jwks.json"),
            scopes_supported: AccessScope::ALL,
            response_types_supported: [],
            grant_types_supported: ["client_credentials"],
            token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
        }
    }
}
