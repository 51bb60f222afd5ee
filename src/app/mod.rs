//! The application: settings, routes, the OpenAPI document, the server and what surrounds every request.

pub mod catalogue;
pub mod cli;
mod compress;
pub mod config;
pub mod demo;
pub mod doors;
mod envelope;
mod health;
pub mod keyring;
mod limits;
mod log_buffer;
mod metrics;
pub mod moves;
pub mod openapi;
pub mod policy;
mod problem_schema;
mod quota;
mod rendering;
pub mod retention;
pub mod routes;
pub mod sealed;
mod security;
pub mod server;
pub mod start;
mod telemetry;
mod trace;
pub mod worker;
