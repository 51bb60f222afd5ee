//! Every operation, through HTTP, on a PostgreSQL of our own. One binary, one cluster, one schema a test.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on says why by failing"
)]

mod support;

mod audit;
mod bad_input;
mod buckets;
mod calendar;
mod canary;
mod certificates;
mod categories;
mod closing;
mod command_line;
mod consents;
mod coordinates;
mod corrections;
mod data_exports;
mod data_grants;
mod departures;
mod divisions;
mod document;
mod dwellings;
mod elsewhere;
mod emergency_orders;
mod envelope;
mod erasures;
mod files;
mod guardians;
mod guesses;
mod health;
mod homes;
mod hour_disputes;
mod households;
mod idempotency;
mod imports;
mod jobs;
mod jwt;
mod keys;
mod label_counts;
mod label_moves;
mod labels;
mod lists;
mod merged_committees;
mod merged_homes;
mod merges;
mod owners;
mod papers;
mod petition_clocks;
mod petition_course;
mod petition_walk;
mod petition_secrets;
mod petition_races;
mod petition_reports;
mod petition_attacks;
mod petition_statistics;
mod petition_signatures;
mod petition_strike_outs;
mod petitions;
mod plans;
mod policies;
mod policy;
mod posts;
mod processes;
mod residencies;
mod residency_decisions;
mod resident_labels;
mod resident_search;
mod residents;
mod responsibilities;
mod retention;
mod schema;
mod rights_moves;
mod second_factor;
mod secrets;
mod shift_crowd;
mod shift_minors;
mod shifts;
mod sign_in;
mod summons;
mod visit_findings;
mod visit_photos;
mod visit_plans;
mod visits;
mod volunteer_call_course;
mod volunteer_calls;
mod volunteer_hours;
mod wechat;
