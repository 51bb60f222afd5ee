//! Dispatches 派单 (E4): a matter handed to an organisation, to lead or to assist, and every hop of that. What follows for the matter is
//! its kind's.

mod model;
pub mod store;
mod wire;

pub use model::{
    DispatchId, DispatchRole, DispatchRow, DispatchState, NamedDispatchRow, NewDispatch, ReturnReason,
};
pub use wire::MatterDispatchView;
