//! Handlers of objections.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{
    RecognitionObjectionAnswerDraft, RecognitionObjectionDraft, RecognitionObjectionPath,
    RecognitionObjectionView,
};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::activities::recognitions::RecognitionPath;
use crate::kit::answer::{Created, Listed};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;

/// Registers the operations below a recognition.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_recognition_objections)
        .service(create_recognition_objection)
        .service(create_recognition_objection_answer);
}

/// List the objections to a nomination
///
/// For staff of the range, without who objected. The look is recorded. 异议列表。
#[utoipa::path(
    tag = "volunteering",
    params(RecognitionPath, PageQuery),
    responses((status = 200, description = "One page of objections.", body = Page<RecognitionObjectionView>)),
    extensions(("x-problem-codes" = json!(["recognition-own"])))
)]
#[get("/{recognition}/objections")]
pub async fn list_recognition_objections(
    caller: Caller,
    path: Path<RecognitionPath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    gate.write(caller, move |act| actions::list(act, path.recognition, &query)).await.map(Listed)
}

/// Object to a nomination
///
/// While it is publicised, as a verified resident of its committee, once. Who objects is told to nobody. 提出异议。
#[utoipa::path(
    tag = "volunteering",
    params(RecognitionPath),
    responses((status = 201, description = "The objection.", body = RecognitionObjectionView)),
    extensions(("x-problem-codes" = json!([
        "recognition-objection-closed", "recognition-objection-made", "recognition-own"
    ])))
)]
#[post("/{recognition}/objections")]
pub async fn create_recognition_objection(
    caller: Caller,
    path: Path<RecognitionPath>,
    draft: Json<RecognitionObjectionDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.recognition, draft.into_inner()))
        .await
        .map(Created)
}

/// Answer an objection
///
/// Whether it holds, and what was found. One that holds is in the way of the title. 答复异议。
#[utoipa::path(
    tag = "volunteering",
    params(RecognitionObjectionPath),
    responses((status = 201, description = "The objection, answered.", body = RecognitionObjectionView)),
    extensions(("x-problem-codes" = json!([
        "recognition-state-unfit", "recognition-own", "recognition-objection-answered", "recognition-objection-own"
    ])))
)]
#[post("/{recognition}/objections/{objection}/answer")]
pub async fn create_recognition_objection_answer(
    caller: Caller,
    path: Path<RecognitionObjectionPath>,
    draft: Json<RecognitionObjectionAnswerDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let RecognitionObjectionPath { recognition, objection } = path.into_inner();
    gate.write(caller, move |act| actions::answer(act, recognition, objection, draft.into_inner()))
        .await
        .map(Created)
}
