//! A bare route, for measuring: surrounded by all that surrounds every route of the API, it reads what is posted and answers the text it
//! was started with. `bare TEXT` listens on a free port of loopback and prints it. Needs `DATABASE_URL` and `LILONG_KEYRING`, like
//! `codes`, for the tokens that requests carry.

use std::io::Write;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer, post};
use lilong::access::files::Doors;
use lilong::app::config::Settings;
use lilong::app::envelope::Envelope;
use lilong::app::limits::Limits;
use lilong::app::metrics::Metrics;
use lilong::app::quota::Quota;
use lilong::app::{start, telemetry};
use lilong::kit::clock::Clock;
use lilong::kit::crypto::{Keyring, KeyringFile};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Reads what was sent and answers the text.
#[post("/{anything:.*}")]
async fn answer(sent: Bytes, text: Data<String>) -> HttpResponse {
    drop(sent);
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(text.as_str().to_owned())
}

#[actix_web::main]
async fn main() -> Result<(), String> {
    let var = |name: &str| std::env::var(name).map_err(|error| format!("{name}: {error}"));
    let text = Data::new(std::env::args().nth(1).ok_or("bare TEXT")?);
    let settings = Settings { seats: 1, job_seats: 1, rate_per_minute: 100_000_000, ..Settings::default() };
    let _log = telemetry::start(settings.log_format).map_err(|error| error.to_string())?;
    let ring = Keyring::open(&KeyringFile::parse(&var("LILONG_KEYRING")?)?)?;
    let gate =
        start::open_gate_with(&settings, &var("DATABASE_URL")?, ring, Clock::default(), Doors::default())?;
    let (limits, metrics) = (Data::new(Limits::new(settings.rate_per_minute)), Data::new(Metrics::default()));
    let (workers, gate) = (settings.workers, Data::new(gate));
    let server = HttpServer::new(move || {
        App::new().app_data(text.clone()).service(answer).wrap(Quota(limits.clone())).wrap(Envelope::new(
            limits.clone(),
            metrics.clone(),
            gate.clone(),
            &settings,
        ))
    });
    let server =
        server.workers(workers).tcp_nodelay(true).bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    for address in server.addrs() {
        writeln!(std::io::stdout(), "{}", address.port()).map_err(|error| error.to_string())?;
    }
    server.run().await.map_err(|error| error.to_string())
}
