//! Answers a text that other programs fetch again and again: with the ETag of its bytes, so that an unchanged one is not sent.

use actix_web::body::BoxBody;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, ETAG};
use actix_web::{HttpRequest, HttpResponse, Responder};
use utoipa::ToSchema;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

use super::answer::is_seen;
use super::etag::etag_of_bytes;

/// 200 with an iCalendar file (RFC 5545), or 304 where the caller has it already.
pub struct CalendarFile(pub String);

impl Responder for CalendarFile {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let tag = etag_of_bytes(self.0.as_bytes());
        if is_seen(request, &tag) {
            return HttpResponse::NotModified().insert_header((ETAG, tag)).finish();
        }
        HttpResponse::Ok()
            .content_type("text/calendar; charset=utf-8")
            .insert_header((ETAG, tag))
            .insert_header((CACHE_CONTROL, "private, no-cache"))
            .insert_header((CONTENT_DISPOSITION, "inline; filename=\"lilong.ics\""))
            .body(self.0)
    }
}

impl utoipa::PartialSchema for CalendarFile {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).content_media_type("text/calendar").into()
    }
}

impl ToSchema for CalendarFile {}
