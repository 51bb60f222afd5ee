//! Rows of files.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor};
use crate::access::division::Division;
use crate::id;
use crate::kit::files::FileKind;
use crate::schema::{file_links, files};

id! {
    /// A file's id.
    FileId
}

/// A file as kept.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = files)]
pub struct FileRow {
    pub id: FileId,
    pub account_id: AccountId,
    pub kind: FileKind,
    pub name: String,
    pub size: i64,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub sha256: Vec<u8>,
    pub content_key: String,
    pub thumbnail_key: Option<String>,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub key_sealed: Option<Vec<u8>>,
}

/// Where the bytes of a file lie, and the key to them, sealed, where they are sealed.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = files)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct Kept {
    pub content_key: String,
    pub key_sealed: Option<Vec<u8>>,
}

/// A file about to be entered; its bytes are kept already.
#[derive(Clone, Insertable)]
#[diesel(table_name = files, treat_none_as_default_value = false)]
pub struct NewFile {
    pub id: FileId,
    pub account_id: AccountId,
    pub kind: FileKind,
    pub name: String,
    pub size: i64,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub sha256: Vec<u8>,
    pub content_key: String,
    pub thumbnail_key: Option<String>,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub key_sealed: Option<Vec<u8>>,
}

impl Governed for NewFile {
    fn division(&self) -> Option<Division> {
        None
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.account().is_ok_and(|account| account == self.account_id)
    }
}

/// What a file is attached to.
#[derive(Clone, Copy, Debug)]
pub struct Attachment {
    /// The resource, by the name of its door.
    pub resource: &'static str,
    /// The thing.
    pub id: Uuid,
    /// Where it lies.
    pub division: Division,
}

/// That a file belongs to a thing.
#[derive(Insertable)]
#[diesel(table_name = file_links)]
pub struct NewLink {
    pub file_id: FileId,
    pub resource: &'static str,
    pub resource_id: Uuid,
    pub division: Division,
    pub created_at: DateTime<Utc>,
}
