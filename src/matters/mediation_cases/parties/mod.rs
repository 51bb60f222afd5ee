//! Who is in dispute 当事人: their rows.

mod model;
mod store;

pub use model::{NewParty, PartyConsent, PartyId, PartyRow};
pub use store::{account_bound, add, ask_again, consent, join, join_representatives, of};
