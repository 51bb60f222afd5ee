//! Every operation, through HTTP, on a PostgreSQL of our own. One binary, one cluster, one schema a test.

mod support;

mod audit;
mod bad_input;
mod command_line;
mod divisions;
mod document;
mod idempotency;
mod jwt;
mod plans;
mod policy;
mod posts;
mod sign_in;
