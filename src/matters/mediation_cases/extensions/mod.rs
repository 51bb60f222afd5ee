//! More time 延期 that was asked of the parties: their rows.

mod model;
mod store;

pub use model::{
    ExtensionReplyRow, MediationExtensionId, MediationExtensionRow, MediationExtensionState,
    NewExtensionReply, NewMediationExtension,
};
pub use store::{ask, end, find, lapse, page, pending, replies, reply};
