//! The OpenAPI document as it is served: put together when it is first asked for, and kept as text.

use actix_web::http::header::{CACHE_CONTROL, ETAG};
use actix_web::web::{self, Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use tokio::sync::OnceCell;

use super::openapi;
use crate::kit::answer::is_seen;
use crate::kit::etag::etag_of_bytes;
use crate::kit::problem::{Problem, Result};

/// Its text and its ETag, once somebody has asked for it.
#[derive(Default)]
pub struct Document(OnceCell<(Bytes, String)>);

/// Answers the document, or 304 to whoever has it. Everybody may keep it, and asks each time whether it is still the one.
pub async fn serve(request: HttpRequest, document: Data<Document>) -> Result<HttpResponse> {
    let (text, tag) = document.0.get_or_try_init(collect).await?;
    let is_seen = is_seen(&request, tag);
    let mut response = if is_seen { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((ETAG, tag.as_str())).insert_header((CACHE_CONTROL, "public, no-cache"));
    Ok(match is_seen {
        true => response.finish(),
        false => response.content_type("application/json").body(text.clone()),
    })
}

/// On a thread of its own, whose memory goes when it ends: as values the document takes many times its text.
#[expect(clippy::disallowed_methods, reason = "what only calculates may block a thread")]
async fn collect() -> Result<(Bytes, String)> {
    let text =
        web::block(|| Bytes::from(openapi::text(&openapi::document()))).await.map_err(Problem::fault)?;
    let tag = etag_of_bytes(&text);
    Ok((text, tag))
}
