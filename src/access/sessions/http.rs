//! Handlers of sessions, tokens and keys.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions::{self, SignIn, Way};
use super::wire::{SessionDraft, SessionItemView, SessionPath, SessionView, TokenDraft};
use super::{Action, store};
use crate::access::accounts::model::Credentials;
use crate::access::caller::{Caller, Visitor};
use crate::access::gate::Gate;
use crate::access::identities;
use crate::access::otps::Code;
use crate::access::passwords::Password;
use crate::access::phone::Phone;
use crate::access::tokens::Jwks;
use crate::access::wechat::JsCode;
use crate::kit::answer::{Created, Done, Listed, Public, Written};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::{FIELD_INVALID, Problem, Result};

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
/// By number and password, number and one-time code, or a mini-program's `js_code` once that WeChat user is linked; with
/// the authenticator app's code where there is one, or a recovery code in its place. Staff sign in with a second factor, or their posts do not count. 登录。
#[utoipa::path(
    tag = "auth",
    security(()),
    responses((status = 201, description = "Signed in.", body = SessionView)),
    extensions(("x-problem-codes" = json!([
        "credentials-wrong", "second-factor-needed", "sign-in-locked", "identity-not-linked", "wechat-not-offered",
        "wechat-refused", "wechat-too-often"
    ])))
)]
#[post("/sessions")]
pub async fn create_session(
    visitor: Visitor,
    draft: Json<SessionDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let SessionDraft { phone, password, otp, js_code, totp, recovery_code, device } = draft.into_inner();
    let address = visitor.address();
    let (way, credentials) = match (js_code, phone, password, otp) {
        (Some(js_code), None, None, None) => by_wechat(&visitor, &gate, js_code).await?,
        (None, Some(phone), Some(password), _) => {
            by_password(&visitor, &gate, phone.into(), password).await?
        }
        (None, Some(phone), None, Some(otp)) => by_code(&visitor, &gate, phone.into(), otp).await?,
        (None, Some(_), None, None) => {
            return Err(incomplete("/password", "give a password or a one-time code"));
        }
        (None, None, ..) => return Err(incomplete("/phone", "give a number, or a js_code alone")),
        (Some(_), ..) => return Err(incomplete("/js_code", "a js_code stands alone")),
    };
    let who = SignIn { way, address, credentials, totp, recovery_code, device };
    let doors = gate.clone();
    gate.write(visitor, move |act| actions::sign_in(act, doors.tokens(), who)).await.map(Created)
}

fn incomplete(pointer: &str, what: &str) -> Problem {
    FIELD_INVALID.at(pointer).saying(what)
}

async fn by_password(
    visitor: &Visitor,
    gate: &Gate,
    phone: Phone,
    password: Password,
) -> Result<(Way, Option<Credentials>)> {
    let (asked, address) = (phone.clone(), visitor.address());
    let prepare = gate.fetch(visitor.again(), move |look| actions::prepare(look, &asked, address, true));
    let credentials = prepare.await?;
    let hash = credentials.as_ref().and_then(|known| known.password_hash.clone());
    let fits = gate.passwords().verify(password, hash).await?;
    Ok((Way::Password { phone, fits }, credentials))
}

async fn by_code(
    visitor: &Visitor,
    gate: &Gate,
    phone: Phone,
    otp: Code,
) -> Result<(Way, Option<Credentials>)> {
    let (asked, address) = (phone.clone(), visitor.address());
    let prepare = gate.fetch(visitor.again(), move |look| actions::prepare(look, &asked, address, false));
    Ok((Way::Code { phone, otp }, prepare.await?))
}

async fn by_wechat(visitor: &Visitor, gate: &Gate, code: JsCode) -> Result<(Way, Option<Credentials>)> {
    let (address, sent) = (visitor.address(), code.hash(gate.ring()));
    gate.fetch(visitor.again(), move |look| actions::require_unlocked(look, &sent, address)).await?;
    // What WeChat refuses is judged in the act, where a repeated request gets the first answer again.
    let user = gate.wechat().user(code).await.map(|user| identities::hash_of(gate.ring(), &user));
    let credentials = match user {
        Ok(user) => gate.fetch(visitor.again(), move |look| identities::find_account(look, &user)).await?,
        Err(_) => None,
    };
    Ok((Way::Wechat { user, code: sent }, credentials))
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
    params(PageQuery),
    responses((status = 200, description = "One page of sessions.", body = Page<SessionItemView>))
)]
#[get("/sessions")]
pub async fn list_sessions(caller: Caller, query: Query<PageQuery>, gate: Data<Gate>) -> Result<Listed> {
    let page = gate.read(caller, move |look| {
        look.scope(Action::List)?;
        let current = look.actor.session()?;
        let pager = look.pager(Action::List, &(), query.limit, query.cursor.as_deref())?;
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
pub async fn list_keys(gate: Data<Gate>) -> Result<Public> {
    Written::of(&gate.tokens().jwks()).map(Public)
}
