//! Files 文件: photos, documents and tables that people send. One belongs to nobody but its sender until a feature attaches it to
//! a thing; from then on it is read by whoever may read that thing, through its door. Sent and not attached within a day, it goes.

mod actions;
mod doors;
pub mod http;
mod keeping;
mod made;
mod model;
mod store;
mod sweep;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::files::{Inspector, Store};
use crate::kit::problem::{Kind, Rule};

pub use actions::{attach, attach_one, of};
pub use doors::{Door, Doors};
pub use keeping::{KEY_SEAL, read_kept};
pub use made::{Made, enter_made, keep_made, kept, release, release_after};
pub use model::{Attachment, FileId, Kept};
pub use sweep::{sweep, sweep_orphans};
pub use wire::{Binary, FileView, hex};

/// What files need, besides the database.
pub struct Files {
    /// Looks at them.
    pub inspector: Inspector,
    /// Keeps their bytes.
    pub store: Store,
    /// Lead to what they belong to.
    pub doors: Doors,
}

actions!("files", allows, {
    Create = "create_file",
    Find = "find_file",
    FindContent = "find_file_content",
    FindThumbnail = "find_file_thumbnail",
    Delete = "delete_file",
});

/// One's own while it is attached to nothing; then the door of the thing decides, and no role does.
fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::Create | Action::Find | Action::FindContent | Action::FindThumbnail | Action::Delete => {
            match role {
                Role::Visitor => Reach::Never,
                _ => Reach::Own,
            }
        }
    }
}

/// There is nothing in the file.
pub static EMPTY: Rule = Rule::invalid("file-empty", "The file is empty.", "文件为空。");
/// What the bytes are is not taken.
pub static KIND_UNSUPPORTED: Rule = Rule::invalid(
    "file-kind-unsupported",
    "Files of this kind are not taken: JPEG, PNG, WebP, PDF, CSV and XLSX are.",
    "不支持此类文件，请使用 JPEG、PNG、WebP、PDF、CSV 或 XLSX。",
);
/// The file is broken, or not all of it came.
pub static UNREADABLE: Rule =
    Rule::invalid("file-unreadable", "The file is damaged or incomplete.", "文件已损坏或不完整。");
/// The picture has more pixels than are looked at.
pub static PICTURE_TOO_LARGE: Rule = Rule::invalid(
    "file-picture-too-large",
    "The picture has more than 50 million pixels.",
    "图片超过 5000 万像素。",
);
/// The workbook is a bomb, or no list of ours.
pub static WORKBOOK_TOO_LARGE: Rule = Rule::invalid(
    "file-workbook-too-large",
    "The workbook unpacks to more than is looked at.",
    "该工作簿解压后过大，请拆分，或另存为 CSV。",
);
/// The file named is not there, not the sender's, or belongs to something already.
pub static UNKNOWN: Rule = Rule::invalid(
    "file-unknown",
    "There is no such file of yours, or it belongs to something already.",
    "没有该文件，或该文件已被使用。",
);
/// What a file belongs to is not robbed of it.
pub static USED: Rule = Rule::refused(
    "file-used",
    "The file belongs to something by now, and stays with it.",
    "该文件已被使用，不能删除。",
);
/// One account may not fill the store with what belongs to nothing.
pub static TOO_MANY: Rule = Rule {
    code: "file-too-many",
    kind: Kind::Refused,
    en: "Too many of your files belong to nothing yet; use them first.",
    zh: "您有过多尚未使用的文件，请先使用。",
};

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &EMPTY,
    &KIND_UNSUPPORTED,
    &UNREADABLE,
    &PICTURE_TOO_LARGE,
    &WORKBOOK_TOO_LARGE,
    &UNKNOWN,
    &USED,
    &TOO_MANY,
];
