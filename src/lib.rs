//! 里弄: the API backend a city's neighbourhoods run on.
//!
//! The rooms, ground floor first; a room uses only rooms above it in this list.

// diesel's list of tables that may meet in one query is a macro that calls itself once a table.
#![recursion_limit = "512"]

/// The ground: database, problems, JSON, pages, time, secrets. Knows no word of the neighbourhood.
pub mod kit;
/// The tables, as `diesel print-schema` writes them.
#[rustfmt::skip]
#[expect(missing_docs, reason = "the migrations say what each table is")]
pub mod schema;
/// Who calls and what they may do: accounts, sessions, posts, the gate, the audit trail.
pub mod access;
/// The map: divisions, organisations, estates, buildings, dwellings, building groups.
pub mod places;
/// The people: residents, who looked at what is kept of them, and their own rights.
pub mod people;
/// Matters 事项: everything somebody must handle by a date, and what makes it so: calendar, policies, categories, dispatch.
pub mod matters;
/// Activities 活动: what neighbours do together, and who was there: volunteering, check-ins.
pub mod activities;
/// The application: routes, the document, settings, the server.
pub mod app;
