//! Handlers of merges.

use actix_web::post;
use actix_web::web::Data;
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{ResidentMergeDraft, ResidentMergeView};
use super::{Moves, actions};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Created;
use crate::kit::json::Json;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_resident_merge);
}

/// Merge two records of one person
///
/// `from` closes and from then on answers as `into`, which gets what it lacks: numbers, facts, homes, household, account.
/// Where both say something else, `into` is right; where both have a document and they differ, say which is kept. It is
/// not undone. 合并重复档案。
#[utoipa::path(
    tag = "residents",
    responses((status = 201, description = "They are one.", body = ResidentMergeView)),
    extensions(("x-problem-codes" = json!([
        "not-found", "resident-merge-itself", "resident-merge-documents-differ",
        "resident-merge-status-differs", "resident-merge-ties-elsewhere", "resident-merge-shares-too-fine",
        "household-head-needed", "resident-closed", "resident-document-taken", "resident-external-id-taken",
        "resident-account-taken"
    ])))
)]
#[post("")]
pub async fn create_resident_merge(
    caller: Caller,
    draft: Json<ResidentMergeDraft>,
    moves: Data<Moves>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner(), &moves)).await.map(Created)
}
