//! Handlers of sessions, tokens and keys.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions::{self, SignIn};
use super::wire::{SessionDraft, SessionItemView, SessionPath, SessionQuery, SessionView, TokenDraft};
use super::{Action, store};
use crate::access::caller::{Caller, Visitor};
use crate::access::gate::Gate;
use crate::access::tokens::Jwks;
use crate::kit::answer::{Created, Done, Listed, Public};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::{FIELD_INVALID, Result};

/// Registers the operations below `/auth`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_session).service(create_token).service(list_sessions).service(delete_session);
}

/// Registers the operations outside of `/v1`.
pub fn well_known_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_keys);
}

/// Sign in
///
/// By number and password, or number and one-time code; with the authenticator app's code where there is one, or a
/// recovery code in its place. Staff sign in with a second factor, or their posts do not count. 登录。
#[utoipa::path(
    tag = "auth",
    security(()),
    responses((status = 201, description = "Signed in.", body = SessionView)),
    extensions(("x-problem-codes" = json!(["credentials-wrong", "second-factor-needed", "sign-in-locked"])))
)]
#[post("/sessions")]
pub async fn create_session(
    visitor: Visitor,
    draft: Json<SessionDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let SessionDraft { phone, password, otp, totp, recovery_code, device } = draft.into_inner();
    let (address, asked) = (visitor.address(), phone.clone());
    if password.is_none() && otp.is_none() {
        let problem = FIELD_INVALID.at("/password");
        return Err(problem.saying("give a password or a one-time code"));
    }
    let by_password = password.is_some();
    let prepare =
        gate.read(visitor.again(), move |look| actions::prepare(look, &asked, address, by_password));
    let credentials = prepare.await?;
    let password_fits = match password {
        Some(password) => {
            let hash = credentials.as_ref().and_then(|known| known.password_hash.clone());
            Some(gate.passwords().verify(password, hash).await?)
        }
        None => None,
    };
    let who = SignIn { phone, address, credentials, password_fits, otp, totp, recovery_code, device };
    let doors = gate.clone();
    gate.write(visitor, move |act| actions::sign_in(act, doors.tokens(), who)).await.map(Created)
}

/// Refresh the access token
///
/// Each refresh token is good for one use. An old one used again ends the session, but for 10 seconds in which a lost
/// answer is answered again. 刷新令牌。
#[utoipa::path(
    tag = "auth",
    security(()),
    responses((status = 201, description = "New tokens of the same session.", body = SessionView)),
    extensions(("x-problem-codes" = json!(["refresh-token-invalid"])))
)]
#[post("/tokens")]
pub async fn create_token(visitor: Visitor, draft: Json<TokenDraft>, gate: Data<Gate>) -> Result<Created> {
    let (token, doors) = (draft.into_inner().refresh_token, gate.clone());
    gate.write(visitor, move |act| actions::refresh(act, doors.tokens(), &token)).await.map(Created)
}

/// List one's sessions
///
/// Every device that is signed in, newest first. 我的登录设备。
#[utoipa::path(
    tag = "auth",
    params(SessionQuery),
    responses((status = 200, description = "One page of sessions.", body = Page<SessionItemView>))
)]
#[get("/sessions")]
pub async fn list_sessions(
    caller: Caller,
    query: Query<SessionQuery>,
    gate: Data<Gate>,
) -> Result<Listed<SessionItemView>> {
    let page = gate.read(caller, move |look| {
        look.scope(Action::List)?;
        let current = look.actor.session()?;
        let pager = look.pager(look.ring, Action::List, "", query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &pager)?;
        pager.page(rows, |row| row.id, |row| SessionItemView::new(row, current))
    });
    page.await.map(Listed)
}

/// Sign out
///
/// Ends one of one's own sessions; felt everywhere within 5 seconds. 退出登录。
#[utoipa::path(
    tag = "auth",
    params(SessionPath),
    responses((status = 204, description = "Signed out."))
)]
#[delete("/sessions/{session}")]
pub async fn delete_session(caller: Caller, path: Path<SessionPath>, gate: Data<Gate>) -> Result<Done> {
    gate.write(caller, move |act| actions::sign_out(act, path.session)).await.map(Done)
}

/// List the keys that sign access tokens
///
/// A JSON Web Key Set (RFC 7517). A new key is published 24 hours before it signs. 公钥集。
#[utoipa::path(
    tag = "auth",
    security(()),
    responses((status = 200, description = "The keys.", body = Jwks))
)]
#[get("/.well-known/jwks.json")]
pub async fn list_keys(gate: Data<Gate>) -> Result<Public<Jwks>> {
    Ok(Public(gate.tokens().jwks()))
}
