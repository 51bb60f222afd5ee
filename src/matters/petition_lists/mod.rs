//! Lists of petitions: of the range, of an organisation, one's own, the neighbours', everybody's; reports 检举 apart; and what there is
//! already when somebody is about to ask again.

mod alike;
pub mod http;
mod model;
mod store;
mod wire;
