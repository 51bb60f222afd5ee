//! Files in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::model::{FileId, FileRow};
use crate::kit::answer::View;
use crate::kit::files::FileKind;
use crate::kit::moment;

/// A file as sent: one part, named `file`. Its name is kept; what it says of its media type is not looked at.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileDraft {
    /// At most 10 MiB; JPEG, PNG, WebP, PDF, CSV or XLSX.
    #[expect(dead_code, reason = "describes the body, which is read part by part")]
    pub file: Binary,
}

/// Bytes.
pub struct Binary;

impl PartialSchema for Binary {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).content_media_type("application/octet-stream").into()
    }
}

impl ToSchema for Binary {}

/// What is known of a file.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileView {
    /// Its id.
    pub id: FileId,
    /// What it is.
    pub kind: FileKind,
    /// What its sender called it, with its kind's ending.
    #[schema(example = "楼道堆物.jpg")]
    pub name: String,
    /// Its bytes, as they are fetched. A picture is written anew when it comes, so that they are not as many as were sent.
    #[schema(example = 183_044)]
    pub size: i64,
    /// Pixels across, of a picture the right way up.
    #[schema(required, example = 3024)]
    pub width: Option<i32>,
    /// Pixels down.
    #[schema(required, example = 4032)]
    pub height: Option<i32>,
    /// SHA-256 of the bytes as they are fetched, in hexadecimal digits.
    #[schema(min_length = 64, max_length = 64)]
    pub sha256: String,
    /// When it was sent.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// Where its bytes are.
    pub content_url: String,
    /// Where a small JPEG of it is; a picture has one.
    #[schema(required)]
    pub thumbnail_url: Option<String>,
}

impl From<FileRow> for FileView {
    fn from(row: FileRow) -> Self {
        let at = |part: &str| format!("/v1/files/{}/{part}", row.id);
        FileView {
            content_url: at("content"),
            thumbnail_url: row.thumbnail_key.is_some().then(|| at("thumbnail")),
            id: row.id,
            kind: row.kind,
            name: row.name,
            size: row.size,
            width: row.width,
            height: row.height,
            sha256: hex(&row.sha256),
            created_at: row.created_at,
        }
    }
}

impl View for FileView {
    fn etag(&self) -> Option<String> {
        Some(format!("\"{}\"", self.sha256))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/files/{}", self.id))
    }
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The file in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct FilePath {
    /// The file.
    pub file: FileId,
}
