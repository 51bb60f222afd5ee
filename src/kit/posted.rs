//! Answers what everybody may read and keep for a while, as it stands on a notice board.

use actix_web::body::BoxBody;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, Responder};

use super::answer::{Found, Listed, Written};

/// A minute, so that what is taken down is gone soon.
const A_WHILE: HeaderValue = HeaderValue::from_static("public, max-age=60");

/// 200 of one thing that everybody may read, or 304 where the caller has it already.
pub struct Posted(pub Written);

/// 200 of a list that everybody may read, with a link to the next page.
pub struct PostedPage(pub Written);

/// The same answer, which everybody may keep.
fn posted(mut response: HttpResponse) -> HttpResponse {
    response.headers_mut().insert(CACHE_CONTROL, A_WHILE);
    response
}

impl Responder for Posted {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        posted(Found(self.0).respond_to(request))
    }
}

impl Responder for PostedPage {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        posted(Listed(self.0).respond_to(request))
    }
}
