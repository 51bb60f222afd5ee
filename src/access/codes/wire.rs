//! Codes in JSON.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::sg1::{self, Bearer, Code};
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::picture::PictureFormat;
use crate::text_enum;

/// No code that is read is longer, in characters.
const LONGEST: usize = 512;

text_enum! {
    /// In what capacity somebody shows a code.
    pub enum CodeType {
        /// 居民码: a verified resident
        Resident = "resident",
        /// 工作人员码: somebody with a post
        Staff = "staff",
        /// 访客码: anybody else who is signed in
        Visitor = "visitor",
    }
}

impl From<Bearer> for CodeType {
    fn from(bearer: Bearer) -> Self {
        match bearer {
            Bearer::Resident => CodeType::Resident,
            Bearer::Staff => CodeType::Staff,
            Bearer::Visitor => CodeType::Visitor,
        }
    }
}

/// What was scanned: one of our own codes, or one of the city's. Never printed.
#[derive(Clone, ToSchema)]
#[schema(value_type = String, min_length = 1, max_length = 512, pattern = "^[ -~]{1,512}$")]
pub struct ScannedCode(String);

impl ScannedCode {
    /// As it was scanned.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for ScannedCode {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let is_fit = (1..=LONGEST).contains(&text.len()) && text.bytes().all(|b| (b' '..=b'~').contains(&b));
        match is_fit {
            true => Ok(ScannedCode(text)),
            false => Err(serde::de::Error::custom("a code has 1 to 512 visible ASCII characters")),
        }
    }
}

/// Ask for a code of one's own.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeDraft {
    /// In what capacity one shows it; as a resident where one is verified, else as a visitor, unless told.
    #[serde(rename = "type")]
    pub kind: Option<CodeType>,
}

/// A code of one's own. A secret for as long as it is good.
#[derive(Serialize, ToSchema)]
pub struct CodeView {
    /// What the QR code holds: 150 characters of its alphanumeric mode.
    #[schema(min_length = 150, max_length = 150)]
    pub code: String,
    /// In what capacity it is shown.
    #[serde(rename = "type")]
    pub kind: CodeType,
    /// From when on it is good.
    #[serde(serialize_with = "moment::write")]
    pub issued_at: DateTime<Utc>,
    /// When to show the next one.
    #[serde(serialize_with = "moment::write")]
    pub expires_at: DateTime<Utc>,
    /// Where its picture is.
    pub image_url: String,
}

fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

impl From<Code> for CodeView {
    fn from(code: Code) -> Self {
        Self {
            code: code.text(),
            kind: code.body.bearer.into(),
            issued_at: moment(code.body.issued_at()),
            expires_at: moment(code.body.expires_at()),
            image_url: format!("/v1/me/codes/{}/image", URL_SAFE_NO_PAD.encode(code.bytes())),
        }
    }
}

impl View for CodeView {
    const IS_SECRET: bool = true;
}

/// Codes for the next ten minutes, each good for 30 seconds after the one before, for a phone that may lose its network.
#[derive(Serialize, ToSchema)]
pub struct CodeBatchView {
    /// The codes, in the order of their times.
    #[schema(min_items = 20, max_items = 20)]
    pub codes: Vec<CodeView>,
}

impl View for CodeBatchView {
    const IS_SECRET: bool = true;
}

/// The code in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CodePath {
    /// The bytes of the code in base64url, as in its `image_url`.
    #[param(value_type = String, min_length = 130, max_length = 130)]
    pub code: CodeBytes,
}

/// The bytes of a code, read.
pub struct CodeBytes(pub Code);

impl<'de> Deserialize<'de> for CodeBytes {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let bytes = URL_SAFE_NO_PAD.decode(String::deserialize(input)?);
        let code = bytes.ok().and_then(|bytes| sg1::of_bytes(&bytes));
        code.map(CodeBytes).ok_or_else(|| serde::de::Error::custom("the bytes of a code in base64url"))
    }
}

/// How to write the picture.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PictureQuery {
    /// PNG unless told, or unless `Accept` names `image/svg+xml`.
    #[param(inline)]
    pub format: Option<PictureFormat>,
}

/// Ask whether a code is genuine and good.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeVerificationDraft {
    /// What was scanned.
    pub code: ScannedCode,
}

/// A code that is genuine and good. Whether it was used, a check-in tells.
#[derive(Serialize, ToSchema)]
pub struct CodeVerificationView {
    /// Who issued it: `lilong`, or the name of a code of the city's.
    #[schema(example = "lilong")]
    pub issuer: String,
    /// In what capacity it is shown; null where the issuer does not tell.
    #[serde(rename = "type")]
    pub kind: Option<CodeType>,
    /// Whose it is: a pseudonym of today, in base64url. Tomorrow it is another one.
    #[schema(pattern = "^[A-Za-z0-9_-]{22}$")]
    pub subject: String,
    /// When it was issued; null where the issuer does not tell.
    #[serde(serialize_with = "moment::write_some")]
    pub issued_at: Option<DateTime<Utc>>,
    /// Until when it is good.
    #[serde(serialize_with = "moment::write")]
    pub expires_at: DateTime<Utc>,
}

impl CodeVerificationView {
    /// Of one of our own.
    pub fn of_code(code: &Code) -> Self {
        Self {
            issuer: "lilong".into(),
            kind: Some(code.body.bearer.into()),
            subject: URL_SAFE_NO_PAD.encode(code.body.subject),
            issued_at: Some(moment(code.body.issued_at())),
            expires_at: moment(code.body.expires_at()),
        }
    }
}

impl View for CodeVerificationView {
    const IS_SECRET: bool = true;
}
