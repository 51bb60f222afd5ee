//! Handlers of signatures.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::signing::Signing;
use super::wire::{
    PetitionDeliberationDraft, PetitionSignatureCountsView, PetitionSignatureView, PetitionSigningView,
};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::access::together::Together;
use crate::kit::answer::{Changed, Created, Done, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::matters::petitions::{PetitionDetailView, PetitionPath};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_petition_signature)
        .service(delete_petition_signature)
        .service(list_petition_signatures)
        .service(find_petition_signature_counts)
        .service(update_petition_deliberation);
}

/// Sign a joint petition
///
/// In one's own name, once, as a verified resident of its committee or building group, until it closes. What is answered is exact:
/// the signature is kept, and the number is never lower than any that was acknowledged before; sent again with its key, it tells the
/// number of then. An `Idempotency-Key` is asked for. 联名签名。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 201, description = "It is signed.", body = PetitionSigningView)),
    extensions(("x-problem-codes" = json!([
        "idempotency-key-missing", "petition-not-signable", "petition-signing-closed", "petition-signed-already",
        "petition-signer-outside", "petition-signature-struck-out"
    ])))
)]
#[post("/{petition}/signatures")]
pub async fn create_petition_signature(
    caller: Caller,
    path: Path<PetitionPath>,
    signing: Data<Together<Signing>>,
) -> Result<Created> {
    signing.write(caller.with_key()?, path.petition).await.map(Created)
}

/// Take one's signature back
///
/// Until the petition closes; one may sign again. 撤回签名。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 204, description = "It is taken back.")),
    extensions(("x-problem-codes" = json!([
        "petition-not-signable", "petition-signing-closed", "petition-not-signed", "petition-signature-struck-out"
    ])))
)]
#[delete("/{petition}/signatures")]
pub async fn delete_petition_signature(
    caller: Caller,
    path: Path<PetitionPath>,
    gate: Data<Gate>,
) -> Result<Done> {
    gate.write(caller, move |act| actions::withdraw(act, path.petition)).await.map(Done)
}

/// List who signed
///
/// For the street and the district alone, the first first; each look is recorded. Nobody else learns who signed, not even who asked.
/// 签名名单。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath, PageQuery),
    responses((status = 200, description = "One page of signatures.", body = Page<PetitionSignatureView>)),
    extensions(("x-problem-codes" = json!(["petition-own-matter", "petition-not-joint"])))
)]
#[get("/{petition}/signatures")]
pub async fn list_petition_signatures(
    caller: Caller,
    path: Path<PetitionPath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    gate.write(caller, move |act| actions::list(act, path.petition, query.into_inner())).await.map(Listed)
}

/// See how many signed
///
/// For whoever sees the petition: in all, whether oneself, by building group as far as five or more signed, and the thresholds with
/// when each was reached or taken back. 联名进度。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "How many.", body = PetitionSignatureCountsView)),
    extensions(("x-problem-codes" = json!(["petition-not-joint"])))
)]
#[get("/{petition}/signature-counts")]
pub async fn find_petition_signature_counts(
    caller: Caller,
    path: Path<PetitionPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    gate.snapshot(caller, move |look| actions::counts(look, path.petition)).await.map(Found)
}

/// Say whether a joint petition is talked over
///
/// Independent of where it stands and whether it is answered. 议事安排。
#[utoipa::path(
    tag = "petitions",
    params(PetitionPath),
    responses((status = 200, description = "The petition.", body = PetitionDetailView)),
    extensions(("x-problem-codes" = json!(["petition-own-matter", "petition-not-joint", "matter-state-unfit"])))
)]
#[put("/{petition}/deliberation")]
pub async fn update_petition_deliberation(
    caller: Caller,
    path: Path<PetitionPath>,
    seen: IfMatch,
    draft: Json<PetitionDeliberationDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::deliberate(act, path.petition, &seen, draft.into_inner()))
        .await
        .map(Changed)
}
