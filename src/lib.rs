pub mod access;
pub mod kit;
pub mod places;
pub mod schema;
