//! The handler of resets.

use actix_web::post;
use actix_web::web::Data;
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{TotpResetDraft, TotpResetView};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Created;
use crate::kit::json::Json;
use crate::kit::problem::Result;

/// Registers the operation.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_totp_reset);
}

/// Reset somebody's second factor
///
/// For who has lost the authenticator and the recovery codes: they are signed out, sign in without a second factor and set
/// up another. Every post of theirs must lie within one's range; a number of nobody there is 404. 重置他人的第二因素。
#[utoipa::path(
    tag = "posts",
    responses((status = 201, description = "The second factor is gone.", body = TotpResetView)),
    extensions(("x-problem-codes" = json!([
        "not-found", "totp-missing", "totp-reset-own", "totp-reset-reserved"
    ])))
)]
#[post("")]
pub async fn create_totp_reset(
    caller: Caller,
    draft: Json<TotpResetDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}
