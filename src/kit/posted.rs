//! Answers what everybody may read and keep for a while, as it stands on a notice board: with its ETag, so that what did not change is not
//! sent again.

use actix_web::body::BoxBody;
use actix_web::http::header::{CACHE_CONTROL, ETAG, LINK};
use actix_web::{HttpRequest, HttpResponse, Responder, ResponseError};
use serde::Serialize;

use super::answer::{View, Written, is_seen, json, next_page};
use super::page::Page;

/// A minute, so that what is taken down is gone soon.
const A_WHILE: &str = "public, max-age=60";
const JSON: &str = "application/json";

/// 200 of one thing that everybody may read, or 304 where the caller has it already.
pub struct Posted<T>(pub T);

/// 200 of a list that everybody may read, with a link to the next page.
pub struct PostedPage<T>(pub Page<T>);

impl<T: View> Responder for Posted<T> {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let written = match Written::of(&self.0) {
            Ok(written) => written,
            Err(problem) => return problem.error_response(),
        };
        let etag = written.etag.unwrap_or_default();
        let is_current = is_seen(request, &etag);
        let mut response = if is_current { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response.insert_header((ETAG, etag)).insert_header((CACHE_CONTROL, A_WHILE));
        if is_current { response.finish() } else { response.content_type(JSON).body(written.body) }
    }
}

impl<T: Serialize> Responder for PostedPage<T> {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response.content_type(JSON).insert_header((CACHE_CONTROL, A_WHILE));
        if let Some(cursor) = &self.0.next_cursor {
            response.insert_header((LINK, format!("<{}>; rel=\"next\"", next_page(request, cursor))));
        }
        match json(&self.0) {
            Ok(body) => response.body(body),
            Err(problem) => problem.error_response(),
        }
    }
}
