//! The HTTP server: routes in their envelope, and an end that drops no request.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::dev::{Server, ServerHandle};
use actix_web::http::header::ALLOW;
use actix_web::middleware::Condition;
use actix_web::web::{self, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, ResponseError};
use utoipa_actix_web::AppExt;
use utoipa_swagger_ui::SwaggerUi;

use super::addresses::Addresses;
use super::config::Settings;
use super::document::{self, Document};
use super::envelope::Envelope;
use super::health::Draining;
use super::limits::Limits;
use super::metrics::{self, Metrics};
use super::moves::{followers, moves};
use super::quota::Quota;
use super::routes::routes;
use super::start::Outcome;
use super::worker::{RUNNERS, Worker};
use crate::access::gate::Gate;
use crate::access::together::{Joint, Together};
use crate::activities::shift_signups::claiming::Claiming;
use crate::kit::problem::{
    Fault, METHOD_NOT_ALLOWED, NOT_FOUND, PATH_INVALID, Place, Problem, QUERY_INVALID,
};
use crate::matters::petition_signatures::signing::Signing;

/// What is answered where nothing is registered.
async fn nothing(request: HttpRequest, addresses: Data<Addresses>) -> HttpResponse {
    match addresses.allowed(request.path()) {
        None => Problem::from(&NOT_FOUND).error_response(),
        Some(methods) => {
            let mut response = Problem::from(&METHOD_NOT_ALLOWED).error_response();
            if let Ok(methods) = methods.parse() {
                response.headers_mut().insert(ALLOW, methods);
            }
            response
        }
    }
}

fn path_config() -> web::PathConfig {
    web::PathConfig::default().error_handler(|_, _| Problem::from(&PATH_INVALID).into())
}

fn query_config() -> web::QueryConfig {
    web::QueryConfig::default().error_handler(|error, request| {
        let text = error.to_string();
        let names = request.query_string().split('&').filter_map(|part| part.split('=').next());
        let said = |name: &&str| !name.is_empty() && text.contains(*name);
        let named = names.filter(said).max_by_key(|name| name.len());
        // One that is missing is named by the error alone.
        let named = named.or_else(|| text.split('`').nth(1)).unwrap_or_default();
        let fault =
            Fault { place: Place::Parameter(named.to_owned()), code: QUERY_INVALID.code, detail: None };
        Problem::from(&QUERY_INVALID).with(fault).into()
    })
}

fn cors(origins: &[String]) -> Cors {
    let allowed = origins.iter().fold(Cors::default(), |cors, origin| cors.allowed_origin(origin));
    allowed
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([
            "authorization",
            "content-type",
            "if-match",
            "if-none-match",
            "idempotency-key",
            "x-request-id",
            "x-http-method-override",
            "accept-language",
            "traceparent",
        ])
        .expose_headers([
            "etag",
            "link",
            "location",
            "retry-after",
            "ratelimit",
            "ratelimit-policy",
            "x-request-id",
            "idempotency-replayed",
            "traceparent",
        ])
        .block_on_origin_mismatch(false)
        .max_age(3_600)
}

/// A server that is running.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// The server itself: a future that ends when it has stopped.
    pub server: Server,
    metrics: Option<(SocketAddr, Server)>,
    draining: Draining,
    drain: Duration,
    worker: Worker,
}

/// Binds and starts.
pub fn run(settings: &Settings, gate: Gate) -> Outcome<Running> {
    let (listener, address) = listen(settings.bind)?;
    let (limits, metrics) = (Data::new(Limits::new(settings.rate_per_minute)), Data::new(Metrics::default()));
    let apart = settings.metrics_bind.map(|at| apart(at, &metrics)).transpose()?;
    let (signing, claiming, moves) = (together::<Signing>(&gate)?, together::<Claiming>(&gate)?, moves());
    let (draining, document) = (Draining::default(), Data::new(Document::default()));
    let (gate_data, draining_data) = (Data::new(gate.clone()), Data::new(draining.clone()));
    let (settings, swept) = (settings.clone(), limits.clone());
    let (workers, drain) = (settings.workers, Duration::from_secs(settings.drain_seconds));
    let worker = Worker::start(gate, RUNNERS, move || swept.sweep()).map_err(|error| error.to_string())?;
    let server = HttpServer::new(move || {
        let (app, collected) = App::new()
            .app_data(gate_data.clone())
            .app_data(draining_data.clone())
            .app_data(signing.clone())
            .app_data(claiming.clone())
            .app_data(Data::new(moves.clone()))
            .configure(followers)
            .app_data(metrics.clone())
            .app_data(document.clone())
            .app_data(path_config())
            .app_data(query_config())
            .into_utoipa_app()
            .configure(routes)
            .split_for_parts();
        app.app_data(Data::new(Addresses::of(&collected)))
            .service(web::resource("/openapi.json").to(document::serve))
            .service(web::resource("/metrics").to(metrics::read))
            .service(SwaggerUi::new("/docs/{_:.*}").config(utoipa_swagger_ui::Config::from("/openapi.json")))
            .service(web::redirect("/docs", "/docs/"))
            .default_service(web::to(nothing))
            .wrap(Quota(limits.clone()))
            .wrap(Condition::new(!settings.cors_origins.is_empty(), cors(&settings.cors_origins)))
            .wrap(Envelope::new(limits.clone(), metrics.clone(), gate_data.clone(), &settings))
    })
    .workers(workers)
    // argon2 has its own semaphore, and little else blocks.
    .worker_max_blocking_threads(4)
    .client_request_timeout(Duration::from_secs(5))
    .client_disconnect_timeout(Duration::from_secs(2))
    .keep_alive(Duration::from_secs(75))
    // Without it every compressed answer waits for a delayed ACK.
    .tcp_nodelay(true)
    .shutdown_timeout(30)
    .disable_signals()
    .listen(listener)
    .map_err(|error| error.to_string())?
    .run();
    Ok(Running { address, server, metrics: apart, draining, drain, worker })
}

/// The metrics at an address of their own.
fn apart(at: SocketAddr, metrics: &Data<Metrics>) -> Outcome<(SocketAddr, Server)> {
    let (listener, address) = listen(at)?;
    let server = metrics::serve(listener, metrics.clone()).map_err(|error| error.to_string())?;
    Ok((address, server))
}

fn listen(at: SocketAddr) -> Outcome<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(at).map_err(|error| format!("cannot listen on {at}: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    Ok((listener, address))
}

/// What writes of many at once: signatures, places of shifts.
fn together<J: Joint>(gate: &Gate) -> Outcome<Data<Together<J>>> {
    Together::start(gate.clone()).map(Data::new).map_err(|error| error.to_string())
}

impl Running {
    /// Where the metrics are besides, if they have an address of their own.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(|(address, _)| *address)
    }

    /// Serves until SIGTERM or SIGINT, then: not ready, wait, finish what was begun, stop. The metrics can be read until the end of it.
    pub async fn until_stopped(self) -> Outcome<()> {
        let Running { server, metrics, draining, drain, worker, .. } = self;
        let handle = server.handle();
        let apart = metrics.map(|(_, server)| {
            let handle = server.handle();
            (handle, actix_web::rt::spawn(server))
        });
        let stopping = actix_web::rt::spawn(stop_on_signal(handle, draining, drain));
        let ended = server.await.map_err(|error| error.to_string());
        stopping.abort();
        if let Some((handle, serving)) = apart {
            // Nobody loses anything by a scrape that is cut off, and a kept-alive connection would be waited for.
            handle.stop(false).await;
            serving.abort();
        }
        drop(worker);
        ended
    }
}

/// Ends when the process is told to stop: by SIGTERM or SIGINT.
pub async fn told_to_stop() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    Ok(())
}

async fn stop_on_signal(handle: ServerHandle, draining: Draining, drain: Duration) {
    if told_to_stop().await.is_err() {
        return;
    }
    Arc::clone(&draining.0).store(true, Ordering::Relaxed);
    tokio::time::sleep(drain).await;
    handle.stop(true).await;
}
