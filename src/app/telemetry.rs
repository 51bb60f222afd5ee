//! The log: one compact line a request; never a token, a name, a number or a body.

use std::time::Duration;

use actix_web::http::Method;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::EnvFilter;

use super::config::LogFormat;
use crate::kit::problem::Problem;

/// Starts the log. Keep the guard: dropping it writes out what waits.
pub fn start(format: LogFormat) -> WorkerGuard {
    let (writer, guard) = tracing_appender::non_blocking(std::io::stderr());
    let filter = EnvFilter::try_from_env("LILONG_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer).with_target(false);
    // A second start (in tests) keeps the first log.
    let _already_started = match format {
        LogFormat::Text => log.compact().try_init().is_err(),
        LogFormat::Json => log.json().flatten_event(true).try_init().is_err(),
    };
    guard
}

/// The line of one request. The route, not the path: a path may hold what somebody typed.
pub fn log(
    method: &Method,
    route: &str,
    status: u16,
    took: Duration,
    request_id: &str,
    problem: Option<&Problem>,
) {
    let micros = took.as_micros() as u64;
    match problem {
        None => tracing::info!(%method, route, status, micros, request_id, "answered"),
        Some(problem) => {
            let code = problem.rule().code;
            match problem.cause() {
                Some(cause) => {
                    tracing::error!(%method, route, status, micros, request_id, code, cause, "failed");
                }
                None => tracing::info!(%method, route, status, micros, request_id, code, "refused"),
            }
        }
    }
}
