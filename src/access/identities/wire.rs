//! Identities in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::store::IdentityId;
use crate::access::wechat::JsCode;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::text_enum;

text_enum! {
    /// Who vouches for an identity.
    pub enum Provider {
        /// 微信
        Wechat = "wechat",
    }
}

/// The identity in the address: an account has one of each provider.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct IdentityPath {
    /// Who vouches for it.
    pub provider: Provider,
}

/// Link a WeChat user.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountIdentityDraft {
    /// A fresh code of `wx.login`.
    pub js_code: JsCode,
}

/// A WeChat user that was linked.
#[derive(Serialize, ToSchema)]
pub struct AccountIdentityView {
    /// The link's id.
    pub id: IdentityId,
    /// Who vouches for it.
    pub provider: Provider,
    /// When it was linked.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl View for AccountIdentityView {}
