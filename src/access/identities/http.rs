//! Handlers of identities.

use actix_web::web::{Data, Path};
use actix_web::{delete, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{AccountIdentityDraft, AccountIdentityView, IdentityPath};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Done};
use crate::kit::json::Json;
use crate::kit::problem::Result;

/// Registers the operations below `/me`.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config.service(create_identity).service(delete_identity);
}

/// Link a WeChat user
///
/// From then on `create_session` takes a `js_code` of that user. An account has one; another replaces it. Asks for a
/// session that began within 15 minutes. 绑定微信。
#[utoipa::path(
    tag = "me",
    responses((status = 201, description = "The user is linked.", body = AccountIdentityView)),
    extensions(("x-problem-codes" = json!([
        "identity-taken", "sign-in-not-recent", "wechat-not-offered", "wechat-code-wrong", "wechat-refused",
        "wechat-too-often"
    ])))
)]
#[post("/identities")]
pub async fn create_identity(
    caller: Caller,
    draft: Json<AccountIdentityDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    // What WeChat refuses is judged in the act, where a repeated request gets the first answer again.
    let user = gate.wechat().user(draft.into_inner().js_code).await;
    gate.write(caller, move |act| actions::create(act, user)).await.map(Created)
}

/// Unlink a WeChat user
///
/// From then on it signs in to this account no more; sessions that it began live on. 解绑微信。
#[utoipa::path(
    tag = "me",
    params(IdentityPath),
    responses((status = 204, description = "The user is unlinked."))
)]
#[delete("/identities/{provider}")]
pub async fn delete_identity(caller: Caller, path: Path<IdentityPath>, gate: Data<Gate>) -> Result<Done> {
    gate.write(caller, move |act| actions::delete(act, path.provider)).await.map(Done)
}
