//! The log: one compact line a request; never a token, a name, a number or a body.

use std::io::IsTerminal;
use std::time::Duration;

use actix_web::http::Method;
use tracing_subscriber::EnvFilter;

use super::config::LogFormat;
use super::log_buffer::{Flusher, LogBuffer};
use crate::kit::problem::Problem;

/// Starts the log. Keep the flusher: dropping it writes out what waits.
pub fn start(format: LogFormat) -> std::io::Result<Flusher> {
    let buffer = LogBuffer::default();
    let flusher = buffer.flusher()?;
    let filter = EnvFilter::try_from_env("LILONG_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let is_terminal = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(buffer)
        .with_target(false)
        .with_ansi(is_terminal);
    // A second start (in tests) keeps the first log.
    let _already_started = match format {
        LogFormat::Text => log.compact().try_init().is_err(),
        LogFormat::Json => log.json().flatten_event(true).try_init().is_err(),
    };
    Ok(flusher)
}

/// The line of one request. The route, not the path: a path may hold what somebody typed.
pub fn log(
    method: &Method,
    route: &str,
    status: u16,
    took: Duration,
    (request_id, trace_id): (&str, Option<&str>),
    problem: Option<&Problem>,
) {
    let micros = took.as_micros() as u64;
    match problem {
        None => tracing::info!(%method, route, status, micros, request_id, trace_id, "answered"),
        Some(problem) => {
            let code = problem.rule().code;
            match problem.cause() {
                Some(cause) => {
                    tracing::error!(%method, route, status, micros, request_id, trace_id, code, cause, "failed");
                }
                None => tracing::info!(%method, route, status, micros, request_id, trace_id, code, "refused"),
            }
        }
    }
}
