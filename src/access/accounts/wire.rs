//! Accounts in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::TotpCode;
use super::model::{AccountChange, AccountRow};
use crate::access::actor::{AccountId, Actor, Residency, ResidentId};
use crate::access::division::Division;
use crate::access::otps::Code;
use crate::access::passwords::Password;
use crate::access::phone::{Mobile, Phone};
use crate::access::posts::HeldPostView;
use crate::kit::answer::View;
use crate::kit::crypto::Keyring;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::kit::patch::Change;
use crate::kit::problem::Result;
use crate::kit::text::Line;
use crate::text_enum;

/// Open an account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountDraft {
    /// The number; the code proves that it is yours.
    pub phone: Mobile,
    /// The code sent by `create_otp`.
    pub otp: Code,
    /// How others see you, 1 to 60 characters.
    #[schema(example = "陈阿姨")]
    pub display_name: Line<60>,
    /// A password; without one, sign in by one-time code.
    pub password: Option<Password>,
}

/// An account that was opened.
#[derive(Serialize, ToSchema)]
pub struct AccountView {
    /// Its id.
    pub id: AccountId,
    /// How others see it.
    #[schema(example = "陈阿姨")]
    pub display_name: String,
}

impl View for AccountView {
    const IS_SECRET: bool = true;

    fn location(&self) -> Option<String> {
        Some("/v1/me".into())
    }
}

text_enum! {
    /// A language of the service.
    pub enum Language {
        /// 简体中文
        Chinese = "zh-CN",
        /// English
        English = "en",
    }
}

/// Change how one is seen and spoken to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MePatch {
    /// How others see you, 1 to 60 characters.
    #[serde(default)]
    #[schema(value_type = Line<60>, example = "陈阿姨")]
    pub display_name: Change<Line<60>>,
    /// The language messages come in.
    #[serde(default)]
    #[schema(value_type = Language)]
    pub language: Change<Language>,
}

impl From<MePatch> for AccountChange {
    fn from(patch: MePatch) -> Self {
        AccountChange {
            display_name: patch.display_name.map(Line::into_inner),
            language: patch.language.map(|language| language.as_str().to_owned()),
        }
    }
}

/// The second factor of an account.
#[derive(Serialize, ToSchema)]
pub struct SecondFactorView {
    /// Since when there is one; null when there is none.
    #[serde(serialize_with = "moment::write_some")]
    pub since: Option<DateTime<Utc>>,
    /// Whether this session lacks it, so that the posts held do not count in it.
    pub is_lacking: bool,
    /// How many recovery codes are left; null when there is no second factor.
    #[schema(example = 10)]
    pub recovery_codes_left: Option<i64>,
}

/// A record of the archive that is the caller's own.
#[derive(Serialize, ToSchema)]
pub struct HeldResidencyView {
    /// The record.
    pub resident: ResidentId,
    /// The committee that keeps it.
    pub division: Division,
}

impl From<Residency> for HeldResidencyView {
    fn from(residency: Residency) -> Self {
        Self { resident: residency.resident, division: residency.division }
    }
}

/// Oneself.
#[derive(Serialize, ToSchema)]
pub struct MeView {
    /// The account's id.
    pub id: AccountId,
    /// How others see you.
    #[schema(example = "陈阿姨")]
    pub display_name: String,
    /// The number, masked.
    #[schema(example = "+86 138****0101")]
    pub phone: String,
    /// The language messages come in.
    #[schema(example = "zh-CN")]
    pub language: String,
    /// Whether there is a password.
    pub has_password: bool,
    /// The second factor.
    pub second_factor: SecondFactorView,
    /// The posts held now 交叉任职 included.
    pub posts: Vec<HeldPostView>,
    /// Where one is a verified resident 已认证居民; see `POST /v1/me/residency`.
    pub residencies: Vec<HeldResidencyView>,
    /// When the account was opened.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// Its version, as in the ETag.
    pub version: i64,
}

impl MeView {
    /// Of a row, what it holds and the actor of this session.
    pub fn new(
        row: AccountRow,
        posts: Vec<HeldPostView>,
        residencies: Vec<Residency>,
        recovery_codes_left: Option<i64>,
        actor: &Actor,
        ring: &Keyring,
    ) -> Result<Self> {
        let is_lacking = actor.lacks_second_factor;
        Ok(Self {
            id: row.id,
            display_name: row.display_name,
            phone: Phone::open(ring, &row.phone_sealed)?.masked(),
            language: row.language,
            has_password: row.password_hash.is_some(),
            second_factor: SecondFactorView { since: row.totp_since, is_lacking, recovery_codes_left },
            posts,
            residencies: residencies.into_iter().map(HeldResidencyView::from).collect(),
            created_at: row.created_at,
            version: row.version,
        })
    }
}

impl View for MeView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }
}

/// Set a password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordDraft {
    /// The new one.
    pub password: Password,
    /// The current one, where there is one.
    pub current_password: Option<Password>,
    /// A one-time code sent to the account's number, where the current one was forgotten or there is none yet.
    pub otp: Option<Code>,
}

/// A second factor about to be set up. Shown once.
#[derive(Serialize, ToSchema)]
pub struct TotpView {
    /// What an authenticator app reads, as text or as a QR code.
    #[schema(example = "otpauth://totp/lilong:%2B86%20138****0101?secret=…&issuer=lilong")]
    pub url: String,
}

impl View for TotpView {
    const IS_SECRET: bool = true;
}

/// Show that the authenticator app works.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TotpConfirmationDraft {
    /// The six digits it shows now.
    pub code: TotpCode,
}

/// The second factor as it now is, with what it needs once it is lost. Shown once.
#[derive(Serialize, ToSchema)]
pub struct TotpConfirmationView {
    /// Since when there is one.
    #[serde(serialize_with = "moment::write")]
    pub since: DateTime<Utc>,
    /// Ten codes to be kept on paper: each is good for one sign-in without the authenticator app.
    #[schema(example = json!(["7K3QF-9MZTR"]))]
    pub recovery_codes: Vec<String>,
}

impl View for TotpConfirmationView {
    const IS_SECRET: bool = true;
}

/// A new set of recovery codes. Shown once.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodesView {
    /// Ten codes to be kept on paper: each is good for one sign-in without the authenticator app.
    #[schema(example = json!(["7K3QF-9MZTR"]))]
    pub recovery_codes: Vec<String>,
}

impl View for RecoveryCodesView {
    const IS_SECRET: bool = true;
}

/// Close one's account: show that it is yours.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosingDraft {
    /// The current password, where there is one; or `otp` instead.
    pub current_password: Option<Password>,
    /// A one-time code sent to the account's number.
    pub otp: Option<Code>,
}
