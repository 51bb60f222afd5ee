//! Sessions in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::store::SessionRow;
use crate::access::accounts::{RecoveryCode, TotpCode};
use crate::access::actor::{AccountId, SessionId};
use crate::access::otps::Code;
use crate::access::passwords::Password;
use crate::access::phone::Mobile;
use crate::access::tokens;
use crate::access::wechat::JsCode;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::text::Line;

/// Sign in: by number and password, by number and one-time code, or by a code of WeChat's alone; with the second factor where
/// there is one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionDraft {
    /// The number; or `js_code` instead.
    pub phone: Option<Mobile>,
    /// The password; or `otp` instead.
    #[schema(example = "lane-lantern-42")]
    pub password: Option<Password>,
    /// A one-time code; or `password` instead.
    pub otp: Option<Code>,
    /// A fresh code of `wx.login`, instead of number, password and one-time code.
    pub js_code: Option<JsCode>,
    /// The code of the authenticator app, where there is one.
    pub totp: Option<TotpCode>,
    /// A recovery code instead of `totp`, for who has lost the authenticator. Good for one sign-in.
    pub recovery_code: Option<RecoveryCode>,
    /// What the person calls this device, at most 200 characters.
    #[schema(example = "陈阿姨的手机")]
    pub device: Option<Line<200>>,
}

/// Refresh the access token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenDraft {
    /// The newest refresh token of the session.
    #[schema(value_type = String, example = "m2Jc0kJv9u5sXnq1t0bT3cQhV8yWfLr4pZaEoGiKdUs")]
    pub refresh_token: Line<200>,
}

/// Whose session it is.
#[derive(Serialize, ToSchema)]
pub struct SessionAccountView {
    /// The account.
    pub id: AccountId,
    /// How others see it.
    #[schema(example = "陈阿姨")]
    pub display_name: String,
}

/// A session's tokens.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    /// Goes into `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// How long the access token lives, in seconds.
    #[schema(example = 900)]
    pub expires_in: i64,
    /// Good for one use of `create_token`. Keep it where only the app can read it.
    pub refresh_token: String,
    /// Whose session it is.
    pub account: SessionAccountView,
}

impl SessionView {
    /// Of freshly made tokens.
    pub fn new(access_token: String, refresh_token: String, account: SessionAccountView) -> Self {
        let expires_in = tokens::LIFETIME.num_seconds();
        Self { access_token, token_type: "Bearer", expires_in, refresh_token, account }
    }
}

impl View for SessionView {
    const IS_SECRET: bool = true;
}

/// One of one's sessions.
#[derive(Serialize, ToSchema)]
pub struct SessionItemView {
    /// Its id.
    pub id: SessionId,
    /// What the person called the device.
    pub device: String,
    /// Whether it has a second factor.
    pub is_second_factor: bool,
    /// Whether it is this one.
    pub is_current: bool,
    /// When it began.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it was last refreshed.
    #[serde(serialize_with = "moment::write")]
    pub last_used_at: DateTime<Utc>,
    /// When it ends if it is not used.
    #[serde(serialize_with = "moment::write")]
    pub expires_at: DateTime<Utc>,
}

impl View for SessionItemView {
    const IS_SECRET: bool = true;
}

impl SessionItemView {
    /// Of a row, seen from the current session.
    pub fn new(row: SessionRow, current: SessionId) -> Self {
        Self {
            is_current: row.id == current,
            id: row.id,
            device: row.device,
            is_second_factor: row.is_second_factor,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
        }
    }
}

/// The session in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct SessionPath {
    /// The session.
    pub session: SessionId,
}
