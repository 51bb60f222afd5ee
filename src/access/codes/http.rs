//! Handlers of codes.

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT;
use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::keys::CodeKeys;
use super::wire::{
    CodeBatchView, CodeDraft, CodePath, CodeVerificationDraft, CodeVerificationView, CodeView, PictureQuery,
};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Found, Public, Written};
use crate::kit::json::Json;
use crate::kit::picture::{Picture, PictureFile, PictureFormat};
use crate::kit::problem::Result;

/// Registers the operations below `/me`.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config.service(create_code).service(create_code_batch).service(find_code_image);
}

/// Registers what verifiers ask.
pub fn verification_routes(config: &mut ServiceConfig<'_>) {
    config.service(create_code_verification);
}

/// Registers the keys.
pub fn well_known_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_code_keys);
}

/// Get a code to show
///
/// A QR code of one's own, good for 30 seconds and for one check-in. Ask for the next one when it is over; asked again, another one is
/// answered. 出示我的码。
#[utoipa::path(
    tag = "codes",
    responses((status = 200, description = "The code.", body = CodeView)),
    extensions(("x-problem-codes" = json!(["code-type-unfit"])))
)]
#[post("/codes")]
pub async fn create_code(caller: Caller, draft: Json<CodeDraft>, gate: Data<Gate>) -> Result<Found> {
    let (kind, codes) = (draft.into_inner().kind, gate.clone());
    gate.read(caller, move |look| actions::create(look, &codes, kind)).await.map(Found)
}

/// Get codes for the next ten minutes
///
/// 20 codes, each good for the 30 seconds after the one before, for where the network may fail. Keep them in memory only.
/// 预取离线码。
#[utoipa::path(
    tag = "codes",
    responses((status = 200, description = "The codes.", body = CodeBatchView)),
    extensions(("x-problem-codes" = json!(["code-type-unfit"])))
)]
#[post("/code-batches")]
pub async fn create_code_batch(caller: Caller, draft: Json<CodeDraft>, gate: Data<Gate>) -> Result<Found> {
    let (kind, codes) = (draft.into_inner().kind, gate.clone());
    gate.read(caller, move |look| actions::create_batch(look, &codes, kind)).await.map(Found)
}

/// Draw a code
///
/// As PNG or SVG, for a program that can't draw QR codes itself. Only one's own; the picture is kept by nobody. 码图。
#[utoipa::path(
    tag = "codes",
    params(CodePath, PictureQuery),
    responses((status = 200, description = "The picture.", content((PictureFile = "image/png"), (PictureFile = "image/svg+xml")))),
    extensions(("x-problem-codes" = json!(["code-expired"])))
)]
#[get("/codes/{code}/image")]
pub async fn find_code_image(
    caller: Caller,
    path: Path<CodePath>,
    query: Query<PictureQuery>,
    request: HttpRequest,
    gate: Data<Gate>,
) -> Result<Picture> {
    let accepts = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let asked = accepts.contains("image/svg+xml").then_some(PictureFormat::Svg);
    let format = query.format.or(asked).unwrap_or(PictureFormat::Png);
    let actor = gate.actor_of(caller).await?;
    actions::draw(&gate, &actor, &path.code.0, format)
}

/// Verify a code
///
/// Whether what was scanned is genuine and good at this moment, told by its keys alone: nothing is written, so nothing says whether
/// it was used; that a check-in decides. A code of the city's is shown to the service that issued it. 验码。
#[utoipa::path(
    tag = "codes",
    responses((status = 200, description = "It is genuine and good.", body = CodeVerificationView)),
    extensions(("x-problem-codes" = json!([
        "code-malformed", "code-key-unknown", "code-signature-wrong", "code-not-yet-valid", "code-expired", "code-city-unknown"
    ])))
)]
#[post("")]
pub async fn create_code_verification(
    caller: Caller,
    draft: Json<CodeVerificationDraft>,
    gate: Data<Gate>,
) -> Result<Found> {
    let actor = gate.actor_of(caller).await?;
    let verified = actions::verify(&gate, &actor, &draft.into_inner().code).await?;
    Written::of(&verified).map(Found)
}

/// List the keys of codes
///
/// What a gate needs to verify codes by itself: fetch it once a day at least. A key is published 72 hours before it signs.
/// 验码公钥。
#[utoipa::path(
    tag = "codes",
    security(()),
    responses((status = 200, description = "The keys.", body = CodeKeys))
)]
#[get("/.well-known/code-keys.json")]
pub async fn list_code_keys(gate: Data<Gate>) -> Result<Public> {
    Written::of(&gate.codes().published(gate.now())).map(Public)
}
