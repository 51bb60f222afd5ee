//! The OpenAPI document as it is served: put together when it is first asked for, and kept as text.

use actix_web::HttpResponse;
use actix_web::web::{self, Bytes, Data};
use tokio::sync::OnceCell;

use super::openapi;
use crate::kit::problem::{Problem, Result};

/// Its text, once somebody has asked for it.
#[derive(Default)]
pub struct Document(OnceCell<Bytes>);

/// Answers the document.
pub async fn serve(document: Data<Document>) -> Result<HttpResponse> {
    let text = document.0.get_or_try_init(collect).await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(text.clone()))
}

/// On a thread of its own, whose memory goes when it ends: as values the document takes many times its text.
#[expect(clippy::disallowed_methods, reason = "what only calculates may block a thread")]
async fn collect() -> Result<Bytes> {
    web::block(|| openapi::text(&openapi::document()).into()).await.map_err(Problem::fault)
}
