//! Files: read from a request within bounds, known by their bytes, pictures freed of what they tell about their maker, and
//! kept in a folder or a bucket.

mod download;
mod inspector;
mod kind;
mod picture;
mod store;
mod upload;
mod webp;
mod whole;

pub use download::{Download, safe_name};
pub use inspector::{Flaw, Inspected, Inspector, Picture};
pub use kind::FileKind;
pub use store::{Bucket, Content, Home, Store};
pub use upload::{LIMIT, Upload};
