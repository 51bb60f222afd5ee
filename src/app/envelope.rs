//! What surrounds every request: its id, its trace, its problems, its headers, its line in the log.
//!
//! One middleware, because each one more costs every request.

use std::cell::RefCell;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, forward_ready};
use actix_web::http::header::{
    CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE, CROSS_ORIGIN_RESOURCE_POLICY,
    HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, RETRY_AFTER, STRICT_TRANSPORT_SECURITY, VARY,
    WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpMessage, HttpResponse};

use super::config::Settings;
use super::limits::{Allowance, Limits};
use super::metrics::Metrics;
use super::rendering::{self, Language};
use super::trace::{TRACEPARENT, Trace};
use super::{compress, telemetry};
use crate::access::caller::{Origin, bearer};
use crate::access::gate::Gate;
use crate::kit::http::{Carried, OwnWords};
use crate::kit::id;
use crate::kit::problem::{
    BODY_TOO_LARGE, FAULT, HEADER_INVALID, Kind, METHOD_NOT_ALLOWED, NOT_FOUND, Problem,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const ALWAYS: [(HeaderName, HeaderValue); 4] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-site")),
];
const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");
const HSTS: &str = "max-age=31536000; includeSubDomains";
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// The middleware.
#[derive(Clone)]
pub struct Envelope {
    limits: Data<Limits>,
    metrics: Data<Metrics>,
    proxies: Rc<Vec<IpAddr>>,
    gate: Data<Gate>,
    has_tls: bool,
    logs_requests: bool,
}

impl Envelope {
    /// With the counters it feeds, and what the settings say of proxies and of the public address.
    pub fn new(limits: Data<Limits>, metrics: Data<Metrics>, gate: Data<Gate>, settings: &Settings) -> Self {
        let proxies = Rc::new(settings.trusted_proxies.clone());
        let (has_tls, logs_requests) = (settings.has_tls(), settings.log_requests);
        Self { limits, metrics, gate, proxies, has_tls, logs_requests }
    }
}

impl<S, B> Transform<S, ServiceRequest> for Envelope
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Transform = Enveloped<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(Enveloped { service: Rc::new(service), envelope: self.clone() }))
    }
}

/// A service inside its envelope.
pub struct Enveloped<S> {
    service: Rc<S>,
    envelope: Envelope,
}

impl<S, B> Service<ServiceRequest> for Enveloped<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Error>>>>;

    forward_ready!(service);

    fn call(&self, mut request: ServiceRequest) -> Self::Future {
        let (service, envelope) = (self.service.clone(), self.envelope.clone());
        Box::pin(async move {
            let began = Instant::now();
            let origin = envelope.origin(&request);
            request.extensions_mut().insert(origin.clone());
            override_method(&mut request);
            // Handlers' errors are answers already; nothing inside fails otherwise.
            let response = service.call(request).await?.map_into_boxed_body();
            Ok(envelope.finish(response, &origin, began))
        })
    }
}

impl Envelope {
    fn origin(&self, request: &ServiceRequest) -> Origin {
        let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok());
        let is_safe = |text: &&str| {
            (1..=64).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        };
        let request_id = given.filter(is_safe).map_or_else(|| id::next().simple().to_string(), str::to_owned);
        let peer = request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.ip().to_canonical());
        let is_proxy = self.proxies.contains(&peer);
        let address = is_proxy.then(|| forwarded(request.headers())).flatten().unwrap_or(peer);
        let believed =
            bearer(request.headers()).and_then(|token| self.gate.tokens().believed(token, self.gate.now()));
        Origin { request_id, address, believed }
    }

    fn finish(
        &self,
        response: ServiceResponse<BoxBody>,
        origin: &Origin,
        began: Instant,
    ) -> ServiceResponse<BoxBody> {
        let (request, response) = response.into_parts();
        let problem = carried(&response);
        let mut response = match &problem {
            Some(problem) => {
                let language = Language::of(request.headers());
                render(response, problem, language, request.path(), &origin.request_id)
            }
            None => pack(response, request.headers()),
        };
        let allowance = request.extensions().get::<Allowance>().copied();
        let trace = Trace::of(request.headers());
        self.dress(response.headers_mut(), origin, allowance, trace.as_ref());
        let elapsed = began.elapsed();
        let route = request.match_pattern().unwrap_or_else(|| "unmatched".to_owned());
        let status = response.status().as_u16();
        let ids = (origin.request_id.as_str(), trace.as_ref().map(Trace::id));
        if self.logs_requests || problem.as_ref().is_some_and(|problem| problem.cause().is_some()) {
            telemetry::log(request.method(), &route, status, elapsed, ids, problem.as_ref());
        }
        self.metrics.count(request.method().as_str(), route, status, elapsed.as_secs_f64());
        ServiceResponse::new(request, response)
    }

    fn dress(
        &self,
        headers: &mut HeaderMap,
        origin: &Origin,
        allowance: Option<Allowance>,
        trace: Option<&Trace>,
    ) {
        let text = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""));
        for (name, value) in ALWAYS {
            headers.insert(name, value);
        }
        headers.insert(REQUEST_ID, text(&origin.request_id));
        // A preflight is not counted.
        if let Some(allowance) = allowance {
            headers.insert(RATE_LIMIT_POLICY, text(self.limits.policy()));
            headers.insert(RATE_LIMIT, text(&self.limits.state(allowance)));
        }
        if let Some(trace) = trace {
            headers.insert(TRACEPARENT, text(&trace.step()));
        }
        if self.has_tls {
            headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
        }
    }
}

/// The nearest address that a trusted proxy was called from.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    // A proxy appends: only the last part of the last line is its own word. Of several hops only the first may write it.
    let last = headers.get_all("x-forwarded-for").last()?.to_str().ok()?.rsplit(',').next()?;
    last.trim().parse().ok().map(|address: IpAddr| address.to_canonical())
}

/// `wx.request` has no PATCH: a POST may say that it means one. HEAD is a GET whose body actix leaves away.
fn override_method(request: &mut ServiceRequest) {
    let says_patch = |request: &ServiceRequest| {
        request
            .headers()
            .get(METHOD_OVERRIDE)
            .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"PATCH"))
    };
    if request.method() == Method::POST && says_patch(request) {
        request.head_mut().method = Method::PATCH;
    } else if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
}

/// The problem a handler met, or the one that stands for a bare answer of actix.
fn carried(response: &HttpResponse<BoxBody>) -> Option<Problem> {
    if let Some(carried) = response.extensions().get::<Carried>() {
        return RefCell::take(&carried.0);
    }
    if response.extensions().get::<OwnWords>().is_some() {
        return None;
    }
    let status = response.status();
    if status.is_success() || status.is_redirection() || status.is_informational() {
        return None;
    }
    Some(Problem::from(match status {
        StatusCode::NOT_FOUND => &NOT_FOUND,
        StatusCode::METHOD_NOT_ALLOWED => &METHOD_NOT_ALLOWED,
        StatusCode::PAYLOAD_TOO_LARGE => &BODY_TOO_LARGE,
        status if status.is_client_error() => &HEADER_INVALID,
        _ => &FAULT,
    }))
}

fn render(
    response: HttpResponse<BoxBody>,
    problem: &Problem,
    language: Language,
    path: &str,
    request_id: &str,
) -> HttpResponse<BoxBody> {
    let status = problem.rule().status();
    let body = rendering::body(problem, status, language, path, request_id);
    let mut response = response.set_body(BoxBody::new(Bytes::from(body)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, PROBLEM_JSON);
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.append(VARY, HeaderValue::from_static("accept-language"));
    if let Some(seconds) = problem.retry_after() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if problem.rule().kind == Kind::Unauthenticated {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// Compresses what is worth it. A file is answered as it is kept: its ETag is of these bytes, and most are packed already.
fn pack(response: HttpResponse<BoxBody>, asked: &HeaderMap) -> HttpResponse<BoxBody> {
    let is_packed =
        [CONTENT_ENCODING, CONTENT_DISPOSITION].iter().any(|name| response.headers().contains_key(name));
    let size = match response.body().size() {
        actix_web::body::BodySize::Sized(size) => size as usize,
        _ => 0,
    };
    if is_packed || size < compress::WORTHWHILE {
        return response;
    }
    let (mut response, body) = response.into_parts();
    response.headers_mut().append(VARY, HeaderValue::from_static("accept-encoding"));
    let plain = match body.try_into_bytes() {
        Ok(plain) => plain,
        Err(body) => return response.set_body(body),
    };
    let packed =
        compress::choose(asked).and_then(|coding| Some((coding, compress::compress(coding, &plain)?)));
    match packed {
        Some((coding, packed)) => {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
            response.set_body(BoxBody::new(Bytes::from(packed)))
        }
        None => response.set_body(BoxBody::new(plain)),
    }
}
