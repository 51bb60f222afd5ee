//! What handlers answer: one wrapper a kind of success, so that status and headers are never written by hand.

use actix_web::body::BoxBody;
use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH, LINK, LOCATION};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, Responder};
use serde::Serialize;

use super::page::Page;
use super::problem::{Problem, Result};

const JSON: &str = "application/json";
/// What only some may see may be kept by the phone, and must be asked about each time.
const PRIVATE: &str = "private, no-cache";
/// Secrets, and what tells of a person, are kept by nobody.
const NO_STORE: &str = "no-store";

/// A page of twenty fits, so that it is written without being moved.
pub(super) const ROOM: usize = 8 * 1024;

fn json(view: &impl Serialize) -> Result<Bytes> {
    let mut body = Vec::with_capacity(ROOM);
    serde_json::to_writer(&mut body, view).map_err(Problem::fault)?;
    Ok(body.into())
}

fn keeping(is_secret: bool) -> &'static str {
    if is_secret { NO_STORE } else { PRIVATE }
}

/// Something that can be answered: what its headers are.
pub trait View: Serialize {
    /// Whether nobody may keep it: secrets, tokens, and what tells of a person.
    const IS_SECRET: bool = false;

    /// Its strong ETag, where it has a version.
    fn etag(&self) -> Option<String> {
        None
    }

    /// Its address, where it has one.
    fn location(&self) -> Option<String> {
        None
    }

    /// The cursor of the next page, where it is a page of a list.
    fn next_page(&self) -> Option<String> {
        None
    }
}

impl<T: View> View for Page<T> {
    const IS_SECRET: bool = T::IS_SECRET;

    fn next_page(&self) -> Option<String> {
        self.next_cursor.clone()
    }
}

/// An answer as it left the seat: already JSON, so that it can be kept and replayed, and nothing of it is carried between threads.
pub struct Written {
    /// The body.
    pub body: Bytes,
    /// Its ETag.
    pub etag: Option<String>,
    /// Its address.
    pub location: Option<String>,
    /// The cursor of the next page of a list. A list has no key, so nothing keeps it.
    pub next_page: Option<String>,
    /// Whether nobody may keep it.
    pub is_secret: bool,
    /// Whether this is the answer of an earlier request with the same key.
    pub is_replayed: bool,
}

impl Written {
    /// Writes a view down.
    pub fn of<T: View>(view: &T) -> Result<Self> {
        let body = json(view)?;
        Ok(Self {
            body,
            etag: view.etag(),
            location: view.location(),
            next_page: view.next_page(),
            is_secret: T::IS_SECRET,
            is_replayed: false,
        })
    }

    /// A page that is JSON already.
    pub fn page<T: View>(body: Vec<u8>, next_page: Option<String>) -> Self {
        Self {
            body: body.into(),
            etag: None,
            location: None,
            next_page,
            is_secret: T::IS_SECRET,
            is_replayed: false,
        }
    }

    fn respond(self, mut response: HttpResponseBuilder) -> HttpResponse {
        response.content_type(JSON);
        response.insert_header((CACHE_CONTROL, keeping(self.is_secret)));
        if let Some(etag) = self.etag {
            response.insert_header((ETAG, etag));
        }
        if self.is_replayed {
            response.insert_header(("Idempotency-Replayed", "true"));
        }
        response.body(self.body)
    }

    /// With the address of what the write has made.
    fn respond_with_address(mut self, mut response: HttpResponseBuilder) -> HttpResponse {
        if let Some(location) = self.location.take() {
            response.insert_header((LOCATION, location));
        }
        self.respond(response)
    }
}

/// 200 of a read, or 304 when the caller has it already.
pub struct Found(pub Written);

/// 201 of a write that made something.
pub struct Created(pub Written);

/// 200 of a write that changed something.
pub struct Changed(pub Written);

/// 202 of a write whose effect comes later.
pub struct Accepted(pub Written);

/// 204: done, and there is nothing to say.
pub struct Done(pub Written);

/// 200 of a list, with a link to the next page.
pub struct Listed(pub Written);

/// 207 of a write of many things, each answered for itself.
pub struct Mixed(pub Written);

/// 200 of what everybody may read and keep for a while.
pub struct Public(pub Written);

/// The same for maps (RFC 7946).
pub struct GeoJson(pub Written);

impl Responder for Found {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match &self.0.etag {
            Some(etag) if is_seen(request, etag) => {
                HttpResponse::NotModified().insert_header((ETAG, etag.clone())).finish()
            }
            _ => self.0.respond(HttpResponse::Ok()),
        }
    }
}

/// Whether the caller says to have this version.
pub fn is_seen(request: &HttpRequest, etag: &str) -> bool {
    let seen = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    seen.is_some_and(|seen| seen.split(',').any(|tag| is_same_tag(tag, etag)))
}

/// If-None-Match compares weakly (RFC 9110, 13.1.2).
fn is_same_tag(seen: &str, etag: &str) -> bool {
    let seen = seen.trim();
    seen == "*" || seen.strip_prefix("W/").unwrap_or(seen) == etag
}

impl Responder for Created {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.0.respond_with_address(HttpResponse::Created())
    }
}

impl Responder for Changed {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.0.respond(HttpResponse::Ok())
    }
}

impl Responder for Accepted {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.0.respond_with_address(HttpResponse::Accepted())
    }
}

impl Responder for Mixed {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.0.respond(HttpResponse::MultiStatus())
    }
}

impl Responder for Done {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::NoContent().finish()
    }
}

impl Responder for Listed {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        if let Some(cursor) = &self.0.next_page {
            response.insert_header((LINK, format!("<{}>; rel=\"next\"", next_page(request, cursor))));
        }
        self.0.respond(response)
    }
}

/// The same address with the cursor of the next page.
fn next_page(request: &HttpRequest, cursor: &str) -> String {
    let kept =
        request.query_string().split('&').filter(|part| !part.is_empty() && !part.starts_with("cursor="));
    let query: Vec<&str> = kept.collect();
    let separator = if query.is_empty() { "" } else { "&" };
    format!("{}?{}{separator}cursor={cursor}", request.path(), query.join("&"))
}

impl Responder for Public {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        public(self.0, JSON)
    }
}

impl Responder for GeoJson {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        public(self.0, "application/geo+json")
    }
}

fn public(written: Written, kind: &str) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.content_type(kind).insert_header((CACHE_CONTROL, "public, max-age=60")).body(written.body)
}

/// For writes that answer nothing.
#[derive(Serialize)]
pub struct Nothing {}

impl View for Nothing {}
