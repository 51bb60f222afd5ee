//! Handlers of one-time codes.

use actix_web::post;
use actix_web::web::Data;
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::wire::{Code, OtpDraft, OtpView};
use crate::access::caller::Visitor;
use crate::access::gate::Gate;
use crate::kit::answer::Accepted;
use crate::kit::json::Json;
use crate::kit::problem::{Problem, Result};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_otp);
}

/// Ask for a one-time code
///
/// Sends six digits by SMS, good for ten minutes and one use. The answer is the same for known and unknown numbers.
/// 获取短信验证码。
#[utoipa::path(
    tag = "auth",
    security(()),
    responses((status = 202, description = "The code is on its way.", body = OtpView)),
    extensions(("x-problem-codes" = json!(["otp-too-many"])))
)]
#[post("/otps")]
pub async fn create_otp(visitor: Visitor, draft: Json<OtpDraft>, gate: Data<Gate>) -> Result<Accepted> {
    let (address, phone, code) = (visitor.address(), draft.into_inner().phone, Code::random()?);
    let (kept_phone, kept_code) = (phone.clone(), code.clone());
    gate.sms().check_room()?;
    let written =
        gate.write(visitor, move |act| actions::request(act, &kept_phone, address, &kept_code)).await?;
    if !written.is_replayed {
        let lifetime = actions::LIFETIME.to_std().map_err(Problem::fault)?;
        gate.sms().send(&phone, code.expose(), lifetime)?;
    }
    Ok(Accepted(written))
}
