//! Prometheus metrics, with matched routes as labels. Only this machine may read them.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
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
    let mut text = String::new();
    match encode(&mut text, &metrics.registry) {
        Ok(()) => HttpResponse::Ok()
            .content_type("application/openmetrics-text; version=1.0.0; charset=utf-8")
            .body(text),
        Err(error) => Problem::fault(error).error_response(),
    }
}
