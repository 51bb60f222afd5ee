//! One-time codes in JSON.

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::access::phone::Mobile;
use crate::kit::answer::View;
use crate::kit::crypto::random_bytes;
use crate::kit::problem::Result;

/// Ask for a one-time code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OtpDraft {
    /// The number it is sent to.
    pub phone: Mobile,
}

/// A code is on its way.
#[derive(Serialize, ToSchema)]
pub struct OtpView {
    /// How long the code lives, in seconds.
    #[schema(example = 600)]
    pub expires_in: i64,
    /// After how many seconds another may be asked for.
    #[schema(example = 60)]
    pub resend_in: i64,
}

impl View for OtpView {}

/// Six digits. Never serialised or printed.
#[derive(Clone, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9]{6}$", example = "428157")]
pub struct Code(String);

impl Code {
    /// A random one. The bias of 2³² mod 10⁶ is below one in four thousand.
    pub fn random() -> Result<Self> {
        let number = u32::from_be_bytes(random_bytes()?) % 1_000_000;
        Ok(Code(format!("{number:06}")))
    }

    /// The digits, for the SMS gateway and the keyed hash only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        match String::deserialize(input)? {
            text if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) => Ok(Code(text)),
            _ => Err(serde::de::Error::custom("a code has 6 digits")),
        }
    }
}
