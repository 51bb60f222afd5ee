//! Handlers of accounts.

use actix_web::web::Data;
use actix_web::{delete, get, patch, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::proof::Proof;
use super::wire::{
    AccountDraft, AccountView, ClosingDraft, MePatch, MeView, PasswordDraft, RecoveryCodesView,
    TotpConfirmationDraft, TotpConfirmationView, TotpView,
};
use super::{Action, Opening, actions};
use crate::access::caller::{Caller, Visitor};
use crate::access::gate::Gate;
use crate::access::otps;
use crate::kit::answer::{Changed, Created, Done, Found};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::problem::Result;

/// Registers the operations below `/accounts`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_account);
}

/// Registers the operations below `/me`.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config
        .service(find_me)
        .service(update_me)
        .service(update_password)
        .service(delete_me)
        .service(create_totp)
        .service(delete_totp)
        .service(create_totp_confirmation)
        .service(create_recovery_codes);
}

/// Open an account
///
/// For whoever shows, by a one-time code, that the number is theirs. 注册账号。
#[utoipa::path(
    tag = "auth",
    security(()),
    responses((status = 201, description = "The account is open.", body = AccountView)),
    extensions(("x-problem-codes" = json!(["otp-wrong", "account-phone-taken", "password-weak"])))
)]
#[post("")]
pub async fn create_account(
    visitor: Visitor,
    draft: Json<AccountDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let AccountDraft { phone, otp, display_name, password } = draft.into_inner();
    let (asked, shown) = (phone.clone(), otp.clone());
    // Hashing is dear, so the code comes first.
    let fits = gate.fetch(visitor.again(), move |look| otps::fits(look, &asked, &shown)).await?;
    let password_hash = match password {
        Some(password) if fits => {
            let personal = vec![display_name.to_string(), phone.expose().to_owned()];
            Some(gate.passwords().make(password, personal).await?)
        }
        _ => None,
    };
    let opening = Opening { phone, display_name, password_hash };
    gate.write(visitor, move |act| actions::create(act, opening, &otp, fits)).await.map(Created)
}

/// See oneself
///
/// The account of this token, with the posts it holds now. 我的账号与现任岗位。
#[utoipa::path(tag = "me", responses((status = 200, description = "Oneself.", body = MeView)))]
#[get("")]
pub async fn find_me(caller: Caller, gate: Data<Gate>) -> Result<Found> {
    gate.read(caller, actions::find_me).await.map(Found)
}

/// Change how one is seen
///
/// The display name and the language of messages. 修改显示名与语言。
#[utoipa::path(tag = "me", responses((status = 200, description = "As it now is.", body = MeView)))]
#[patch("")]
pub async fn update_me(
    caller: Caller,
    seen: IfMatch,
    patch: Json<MePatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update_me(act, &seen, patch.into_inner())).await.map(Changed)
}

/// Set a password
///
/// The current one is asked for, or a one-time code where it was forgotten or there is none yet. A wrong one is counted as
/// at signing in. Every other session ends. 设置密码。
#[utoipa::path(
    tag = "me",
    responses((status = 204, description = "The password is set.")),
    extensions(("x-problem-codes" = json!([
        "account-password-wrong", "password-weak", "otp-wrong", "sign-in-locked"
    ])))
)]
#[put("/password")]
pub async fn update_password(caller: Caller, draft: Json<PasswordDraft>, gate: Data<Gate>) -> Result<Done> {
    let PasswordDraft { password, current_password, otp } = draft.into_inner();
    let proof = Proof::gather(&caller, &gate, Action::UpdatePassword, current_password, otp).await?;
    let hash = gate.passwords().make(password, proof.personal()).await?;
    gate.write(caller, move |act| actions::set_password(act, proof, &hash)).await.map(Done)
}

/// Close one's account
///
/// For good. Asks for a session that began within 15 minutes, and for the current password or a one-time code. Posts and
/// sessions end; number, password, second factor and name are forgotten (but the name of who ever held a post), and the
/// number may open another account. 注销账号。
#[utoipa::path(
    tag = "me",
    responses((status = 204, description = "The account is closed.")),
    extensions(("x-problem-codes" = json!([
        "account-password-wrong", "otp-wrong", "sign-in-not-recent", "sign-in-locked"
    ])))
)]
#[delete("")]
pub async fn delete_me(caller: Caller, draft: Json<ClosingDraft>, gate: Data<Gate>) -> Result<Done> {
    let ClosingDraft { current_password, otp } = draft.into_inner();
    let proof = Proof::gather(&caller, &gate, Action::DeleteMe, current_password, otp).await?;
    gate.write(caller, move |act| actions::close(act, proof)).await.map(Done)
}

/// Begin a second factor
///
/// Answers, once, what an authenticator app reads. Nothing counts until it is confirmed. Asks for a session that
/// began within 15 minutes. 启用动态口令。
#[utoipa::path(
    tag = "me",
    responses((status = 201, description = "Show this to the authenticator app.", body = TotpView)),
    extensions(("x-problem-codes" = json!(["totp-exists", "sign-in-not-recent"])))
)]
#[post("/totp")]
pub async fn create_totp(caller: Caller, gate: Data<Gate>) -> Result<Created> {
    gate.write(caller, actions::create_totp).await.map(Created)
}

/// Confirm a second factor
///
/// By a code that the authenticator app shows. Posts count from the next sign-in with it. Answers, once, ten recovery
/// codes for the day it is lost. 确认动态口令。
#[utoipa::path(
    tag = "me",
    responses((status = 201, description = "The second factor is set up.", body = TotpConfirmationView)),
    extensions(("x-problem-codes" = json!(["totp-exists", "totp-wrong"])))
)]
#[post("/totp/confirmation")]
pub async fn create_totp_confirmation(
    caller: Caller,
    draft: Json<TotpConfirmationDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::confirm_totp(act, &draft.into_inner().code)).await.map(Created)
}

/// Take one's second factor away
///
/// To set up another. Asks for a session that began within 15 minutes, with the second factor or a recovery code. From
/// then on no session has one, so that posts count again only after another was confirmed. 停用动态口令。
#[utoipa::path(
    tag = "me",
    responses((status = 204, description = "There is no second factor any more.")),
    extensions(("x-problem-codes" = json!([
        "totp-missing", "sign-in-not-recent", "sign-in-without-second-factor"
    ])))
)]
#[delete("/totp")]
pub async fn delete_totp(caller: Caller, gate: Data<Gate>) -> Result<Done> {
    gate.write(caller, actions::delete_totp).await.map(Done)
}

/// Make new recovery codes
///
/// Ten, answered once; those before count no more. Asks for a session that began within 15 minutes, with the second
/// factor. 重新生成恢复码。
#[utoipa::path(
    tag = "me",
    responses((status = 201, description = "Keep them on paper.", body = RecoveryCodesView)),
    extensions(("x-problem-codes" = json!([
        "totp-missing", "sign-in-not-recent", "sign-in-without-second-factor"
    ])))
)]
#[post("/totp/recovery-codes")]
pub async fn create_recovery_codes(caller: Caller, gate: Data<Gate>) -> Result<Created> {
    gate.write(caller, actions::create_recovery_codes).await.map(Created)
}
