//! The timeline 办理过程 of a matter: what happened, when, by whom, for whom, and who may read it. Entries are added by the act that
//! does a thing, and never changed.

mod model;
mod store;
mod wire;

pub use model::{Entry, EventId, Reader};
pub use store::{append, page};
pub use wire::MatterEventView;
