//! Prometheus metrics, with matched routes as labels. Beside the API only this machine may read them; at an address of their own,
//! which is off unless it is named, whoever reaches it.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::web::{self, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, ResponseError};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::kit::problem::{NOT_FOUND, Problem};

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Labels {
    method: &'static str,
    route: String,
    status: u16,
}

/// What is counted.
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Histogram,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("lilong");
        let requests = Family::default();
        let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];
        let seconds = Histogram::new(bounds);
        registry.register("http_requests", "Requests answered", requests.clone());
        registry.register("http_request_seconds", "How long answers took", seconds.clone());
        Self { registry, requests, seconds }
    }
}

impl Metrics {
    /// Counts one answer.
    pub fn count(&self, method: &str, route: String, status: u16, seconds: f64) {
        // Anything may be sent as a method; a label must not grow with it.
        const KNOWN: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
        let method = KNOWN.into_iter().find(|known| *known == method).unwrap_or("OTHER");
        let labels = Labels { method, route, status };
        self.requests.get_or_create(&labels).inc();
        self.seconds.observe(seconds);
    }
}

/// Answers the metrics to callers on this machine; to others there is nothing here.
pub async fn read(request: HttpRequest, metrics: Data<Metrics>) -> HttpResponse {
    let is_local = request.peer_addr().is_some_and(|peer| peer.ip().is_loopback());
    if !is_local || request.headers().contains_key("X-Forwarded-For") {
        return Problem::from(&NOT_FOUND).error_response();
    }
    answer(metrics).await
}

/// Answers the metrics, and nothing else, to whoever reaches this address. Its connections are few and its thread is its own, so
/// that neither holds up the other: a city's phones the monitoring, or a stranger's scrapes the phones.
pub fn serve(listener: TcpListener, metrics: Data<Metrics>) -> std::io::Result<Server> {
    let app = move || App::new().app_data(metrics.clone()).service(web::resource("/metrics").to(answer));
    let server = HttpServer::new(app)
        .workers(1)
        .worker_max_blocking_threads(1)
        .max_connections(64)
        .client_request_timeout(Duration::from_secs(5))
        .client_disconnect_timeout(Duration::from_secs(2))
        .keep_alive(Duration::from_secs(75))
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}

async fn answer(metrics: Data<Metrics>) -> HttpResponse {
    let mut text = String::new();
    match encode(&mut text, &metrics.registry) {
        Ok(()) => HttpResponse::Ok()
            .content_type("application/openmetrics-text; version=1.0.0; charset=utf-8")
            .body(text),
        Err(error) => Problem::fault(error).error_response(),
    }
}
