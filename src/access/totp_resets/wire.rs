//! Resets of a second factor in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::actor::AccountId;
use crate::access::phone::Mobile;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::text_enum;

text_enum! {
    /// Why a second factor is reset. One of a few words, since the audit trail keeps no text about people.
    pub enum ResetReason {
        /// 设备遗失
        DeviceLost = "device_lost",
        /// 设备损坏或更换
        DeviceReplaced = "device_replaced",
        /// 疑似泄露
        Compromised = "compromised",
        /// 其他
        Other = "other",
    }
}

/// Reset somebody's second factor.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TotpResetDraft {
    /// The number of the person's account.
    pub phone: Mobile,
    /// Why.
    pub reason: ResetReason,
}

/// A second factor that was reset.
#[derive(Serialize, ToSchema)]
pub struct TotpResetView {
    /// Whose it was.
    pub account: AccountId,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub reset_at: DateTime<Utc>,
}

impl View for TotpResetView {}
