//! Handlers of applications and of the token endpoint.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::grants::{self, AccessTokenForm, Form, NOT_KNOWN, OAuthErrorView, TokenAnswer};
use super::views::{
    AccessTokenView, ApplicationSecretView, ApplicationView, AuthorizationServerView,
    NewApplicationSecretView,
};
use super::wire::{
    ApplicationDraft, ApplicationPatch, ApplicationPath, ApplicationQuery, ApplicationSecretPath,
};
use super::{Action, actions, store};
use crate::access::caller::{Caller, Visitor};
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Done, Found, Listed, Public, Written};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_applications)
        .service(find_application)
        .service(create_application)
        .service(update_application)
        .service(list_application_secrets)
        .service(create_application_secret)
        .service(delete_application_secret);
}

/// Registers the operations outside of `/v1`.
pub fn oauth_routes(config: &mut ServiceConfig<'_>) {
    config.service(create_access_token).service(find_authorization_server);
}

/// List applications
///
/// The programs that may call within the range of one's posts. 应用列表。
#[utoipa::path(
    tag = "applications",
    params(ApplicationQuery),
    responses((status = 200, description = "One page of applications.", body = Page<ApplicationView>))
)]
#[get("")]
pub async fn list_applications(
    caller: Caller,
    query: Query<ApplicationQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), ApplicationView::from)
    });
    page.await.map(Listed)
}

/// See an application
///
/// Where it acts, what it may do there, and until when. 应用详情。
#[utoipa::path(
    tag = "applications",
    params(ApplicationPath),
    responses((status = 200, description = "The application.", body = ApplicationView))
)]
#[get("/{application}")]
pub async fn find_application(
    caller: Caller,
    path: Path<ApplicationPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    let found = gate.read(caller, move |look| store::find(look, path.application).map(ApplicationView::from));
    found.await.map(Found)
}

/// Add an application
///
/// A gate, a screen or another program that calls on its own behalf, in a division within the range of one's posts. It can call
/// once it has a secret. 登记应用。
#[utoipa::path(
    tag = "applications",
    responses((status = 201, description = "The application is entered.", body = ApplicationView)),
    extensions(("x-problem-codes" = json!(["application-name-taken", "application-place-unknown"])))
)]
#[post("")]
pub async fn create_application(
    caller: Caller,
    draft: Json<ApplicationDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change an application
///
/// Its name, range, scopes or term, or whether it may call; felt everywhere within 5 seconds, by tokens that it has, too.
/// 修改或停用应用。
#[utoipa::path(
    tag = "applications",
    params(ApplicationPath),
    responses((status = 200, description = "As it now is.", body = ApplicationView)),
    extensions(("x-problem-codes" = json!(["application-name-taken", "application-place-unknown"])))
)]
#[patch("/{application}")]
pub async fn update_application(
    caller: Caller,
    path: Path<ApplicationPath>,
    seen: IfMatch,
    patch: Json<ApplicationPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.application, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// List an application's secrets
///
/// When each was made, last used and taken away; the secrets themselves are not kept. 应用密钥列表。
#[utoipa::path(
    tag = "applications",
    params(ApplicationPath, PageQuery),
    responses((status = 200, description = "One page of secrets.", body = Page<ApplicationSecretView>))
)]
#[get("/{application}/secrets")]
pub async fn list_application_secrets(
    caller: Caller,
    path: Path<ApplicationPath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let page = gate.read(caller, move |look| {
        let application = store::find(look, path.application)?;
        look.permit(Action::ListSecrets, application.division)?;
        let pager =
            look.pager(Action::ListSecrets, &path.application, query.limit, query.cursor.as_deref())?;
        let rows = store::secrets(look, &application, &pager)?;
        pager.page(rows, |row| row.id, ApplicationSecretView::from)
    });
    page.await.map(Listed)
}

/// Make a secret for an application
///
/// Shown this once. At most two count at a time: carry the new one to the door, then take the old one away. Asks for a sign-in
/// within the last 15 minutes. 生成应用密钥。
#[utoipa::path(
    tag = "applications",
    params(ApplicationPath),
    responses((status = 201, description = "The secret.", body = NewApplicationSecretView)),
    extensions(("x-problem-codes" = json!(["application-secrets-full", "sign-in-not-recent"])))
)]
#[post("/{application}/secrets")]
pub async fn create_application_secret(
    caller: Caller,
    path: Path<ApplicationPath>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create_secret(act, path.application)).await.map(Created)
}

/// Take a secret of an application away
///
/// Every token that was given for it stops opening within 5 seconds. 停用应用密钥。
#[utoipa::path(
    tag = "applications",
    params(ApplicationSecretPath),
    responses((status = 204, description = "It counts no more."))
)]
#[delete("/{application}/secrets/{secret}")]
pub async fn delete_application_secret(
    caller: Caller,
    path: Path<ApplicationSecretPath>,
    gate: Data<Gate>,
) -> Result<Done> {
    let ApplicationSecretPath { application, secret } = path.into_inner();
    gate.write(caller, move |act| actions::delete_secret(act, application, secret)).await.map(Done)
}

/// Give an application a token
///
/// OAuth 2 client credentials (RFC 6749, 4.4): a form, with `client_id` and `client_secret` in HTTP Basic or in the form. The token
/// is a JWT (RFC 9068) of 15 minutes; ask again for the next. Refusals are OAuth's own, not problems. 应用获取令牌。
#[utoipa::path(
    tag = "applications",
    security(()),
    request_body(content = AccessTokenForm, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The token.", body = AccessTokenView),
        (status = 400, description = "The form can't be read, or asks for what is not given.", body = OAuthErrorView),
        (status = 401, description = "The application is not known by this secret.", body = OAuthErrorView)
    ),
    extensions(("x-oauth" = json!(true)))
)]
#[post("/oauth/token")]
pub async fn create_access_token(visitor: Visitor, form: Form, gate: Data<Gate>) -> Result<TokenAnswer> {
    let asked = match form.0 {
        Ok(asked) => asked,
        Err(refusal) => return Ok(TokenAnswer::Refused(refusal)),
    };
    let wanted = asked.scopes;
    let found = gate.fetch(visitor.again(), move |look| actions::recognise(look, &asked)).await?;
    let granted = found.ok_or(NOT_KNOWN).and_then(|known| Ok((known, grants::grant(known.scopes, wanted)?)));
    match granted {
        Ok((known, scopes)) => {
            let doors = gate.clone();
            gate.write(visitor.again(), move |act| actions::give_token(act, doors.tokens(), known, scopes))
                .await
                .map(TokenAnswer::Given)
        }
        Err(refusal) => Ok(TokenAnswer::Refused(refusal)),
    }
}

/// See where tokens come from
///
/// The metadata of the authorization server (RFC 8414), for OAuth libraries. 授权服务器元数据。
#[utoipa::path(
    tag = "applications",
    security(()),
    responses((status = 200, description = "The metadata.", body = AuthorizationServerView))
)]
#[get("/.well-known/oauth-authorization-server")]
pub async fn find_authorization_server(gate: Data<Gate>) -> Result<Public> {
    Written::of(&AuthorizationServerView::new(gate.tokens().issuer())).map(Public)
}
