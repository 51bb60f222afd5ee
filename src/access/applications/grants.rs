//! The language of the token endpoint (RFC 6749, 2.3, 4.4 and 5): a form comes in, JSON goes out, and what is refused is refused in
//! OAuth's own words.

use actix_web::body::BoxBody;
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue, PRAGMA, WWW_AUTHENTICATE,
};
use actix_web::web::Payload as Body;
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::principal::ApplicationId;
use crate::access::scopes::Scopes;
use crate::kit::answer::{Changed, Written};
use crate::kit::crypto::sha256;
use crate::kit::http::OwnWords;
use crate::kit::json::{BODY_LIMIT, read_whole};
use crate::kit::problem::{BODY_MALFORMED, Problem, Result};
use crate::text_enum;

const FORM: &str = "application/x-www-form-urlencoded";
const GRANT: &str = "client_credentials";

text_enum! {
    /// Why no token is given (RFC 6749, 5.2).
    pub enum OAuthError {
        /// The form can't be read, or says something twice or not at all.
        InvalidRequest = "invalid_request",
        /// There is no such application, it may not call, or this is no secret of its.
        InvalidClient = "invalid_client",
        /// Tokens are given to applications only.
        UnsupportedGrantType = "unsupported_grant_type",
        /// There is no such scope, or the application does not have it.
        InvalidScope = "invalid_scope",
    }
}

/// Why no token is given (RFC 6749, 5.2).
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OAuthErrorView {
    /// The stable code.
    pub error: OAuthError,
    /// For developers, in English.
    #[schema(example = "grant_type is client_credentials")]
    pub error_description: &'static str,
}

/// What the document shows of the form.
#[derive(ToSchema)]
pub struct AccessTokenForm {
    /// Always `client_credentials`.
    #[expect(dead_code, reason = "describes the form, which is read by hand")]
    #[schema(example = "client_credentials")]
    pub grant_type: String,
    /// The scopes wanted, with spaces between; all that the application has unless told.
    #[expect(dead_code, reason = "describes the form, which is read by hand")]
    #[schema(example = "codes.verify check_ins.write")]
    pub scope: Option<String>,
    /// The application, where HTTP Basic does not say so.
    #[expect(dead_code, reason = "describes the form, which is read by hand")]
    pub client_id: Option<String>,
    /// Its secret, where HTTP Basic does not say so.
    #[expect(dead_code, reason = "describes the form, which is read by hand")]
    pub client_secret: Option<String>,
}

/// What is asked for, and by whom they say they are.
#[derive(Debug, PartialEq, Eq)]
pub struct Asked {
    /// The application.
    pub application: ApplicationId,
    /// The hash of the secret shown.
    pub hash: [u8; 32],
    /// The scopes wanted; none means all.
    pub scopes: Option<Scopes>,
}

/// No token, and why.
pub type Refusal = OAuthErrorView;

/// The refusal of whoever did not show a secret that counts. Which part is wrong is not told.
pub const NOT_KNOWN: Refusal =
    refusal(OAuthError::InvalidClient, "this is no application and secret that counts");

const fn refusal(error: OAuthError, error_description: &'static str) -> Refusal {
    OAuthErrorView { error, error_description }
}

const fn unreadable(why: &'static str) -> Refusal {
    refusal(OAuthError::InvalidRequest, why)
}

/// The scopes of a token: those asked for, if the application has them; all that it has where none were.
pub fn grant(has: Scopes, asked: Option<Scopes>) -> std::result::Result<Scopes, Refusal> {
    let none = Scopes::default();
    match asked {
        None => Ok(has),
        Some(asked) if asked != none && asked.are_within(has) => Ok(asked),
        Some(_) => Err(refusal(OAuthError::InvalidScope, "the application does not have this scope")),
    }
}

/// Reads a request's form and its HTTP Basic credentials.
pub fn read(headers: &HeaderMap, body: &[u8]) -> std::result::Result<Asked, Refusal> {
    let media = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case(FORM) {
        return Err(unreadable("send application/x-www-form-urlencoded"));
    }
    let fields: Vec<(String, String)> =
        serde_urlencoded::from_bytes(body).map_err(|_| unreadable("the form can't be read"))?;
    // What has no value counts as left away; what is not known is passed over (RFC 6749, 3.2).
    let field = |name: &str| {
        let mut values = fields.iter().filter(|(known, value)| known == name && !value.is_empty());
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(unreadable("a field is there twice")),
            (found, None) => Ok(found.map(|(_, value)| value.as_str())),
        }
    };
    match field("grant_type")? {
        None => return Err(unreadable("grant_type is missing")),
        Some(GRANT) => {}
        Some(_) => {
            return Err(refusal(OAuthError::UnsupportedGrantType, "grant_type is client_credentials"));
        }
    }
    let (id, secret) = match (basic(headers)?, field("client_id")?, field("client_secret")?) {
        (Some(both), None, None) => both,
        (Some((id, secret)), Some(again), None) if again == id => (id, secret),
        (Some(_), ..) => return Err(unreadable("show the secret in one way, not in two")),
        (None, Some(id), Some(secret)) => (id.to_owned(), secret.to_owned()),
        (None, ..) => return Err(NOT_KNOWN),
    };
    let scopes = match field("scope")? {
        None => None,
        Some(text) => {
            Some(Scopes::read(text).ok_or(refusal(OAuthError::InvalidScope, "one of these is no scope"))?)
        }
    };
    let application = id.parse().map(ApplicationId).map_err(|_| NOT_KNOWN)?;
    Ok(Asked { application, hash: sha256(secret.as_bytes()), scopes })
}

/// HTTP Basic, each part encoded as in a form (RFC 6749, 2.3.1).
fn basic(headers: &HeaderMap) -> std::result::Result<Option<(String, String)>, Refusal> {
    let Some(value) = headers.get(AUTHORIZATION) else { return Ok(None) };
    let read = || {
        let (scheme, coded) = value.to_str().ok()?.split_once(' ')?;
        let plain = String::from_utf8(STANDARD.decode(coded.trim()).ok()?).ok()?;
        let (id, secret) = plain.split_once(':')?;
        scheme.eq_ignore_ascii_case("basic").then(|| Some((decoded(id)?, decoded(secret)?)))?
    };
    read().map(Some).ok_or(NOT_KNOWN)
}

fn decoded(part: &str) -> Option<String> {
    let fields: Vec<(String, String)> = serde_urlencoded::from_str(&format!("x={part}")).ok()?;
    match <[(String, String); 1]>::try_from(fields) {
        Ok([(_, value)]) => Some(value),
        Err(_) => None,
    }
}

/// The form as it came, read or refused.
pub struct Form(pub std::result::Result<Asked, Refusal>);

impl FromRequest for Form {
    type Error = Problem;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let body = Body::from_request(&request, payload);
        Box::pin(async move {
            let body = body.await.map_err(|error| Problem::from(&BODY_MALFORMED).because(error))?;
            let bytes = read_whole(body, BODY_LIMIT).await?;
            Ok(Form(read(request.headers(), &bytes)))
        })
    }
}

/// 200 with a token, or 400 or 401 in OAuth's own words.
pub enum TokenAnswer {
    /// The token.
    Given(Written),
    /// No token.
    Refused(Refusal),
}

impl Responder for TokenAnswer {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = match self {
            TokenAnswer::Given(written) => Changed(written).respond_to(request),
            TokenAnswer::Refused(refusal) => refused(&refusal),
        };
        response.headers_mut().insert(PRAGMA, HeaderValue::from_static("no-cache"));
        response
    }
}

fn refused(refusal: &Refusal) -> HttpResponse {
    let is_unknown = refusal.error == OAuthError::InvalidClient;
    let status = if is_unknown { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
    let mut response = HttpResponse::build(status);
    response.insert_header((CACHE_CONTROL, "no-store"));
    if is_unknown {
        response.insert_header((WWW_AUTHENTICATE, "Basic realm=\"lilong\", charset=\"UTF-8\""));
    }
    let mut response = response.json(refusal);
    response.extensions_mut().insert(OwnWords);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0199a5c2-6f4b-7c3a-9d1e-2b3c4d5e6f70";

    fn ask(authorization: Option<&str>, body: &str) -> std::result::Result<Asked, OAuthError> {
        let mut headers = HeaderMap::new();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded;charset=UTF-8"),
        );
        if let Some(value) = authorization {
            headers.insert(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        }
        read(&headers, body.as_bytes()).map_err(|refusal| refusal.error)
    }

    #[test]
    fn the_secret_is_shown_in_one_of_two_ways() {
        let form = ask(None, &format!("grant_type=client_credentials&client_id={ID}&client_secret=a%2Bb%3A"));
        let coded = format!("Basic {}", STANDARD.encode(format!("{ID}:a%2Bb%3A")));
        let basic = ask(Some(&coded), "grant_type=client_credentials&audience=x&scope=");
        assert_eq!(form, basic);
        assert_eq!(form.unwrap().hash, sha256(b"a+b:"));
        let both = format!("grant_type=client_credentials&client_id={ID}&client_secret=x");
        assert_eq!(ask(Some(&coded), &both), Err(OAuthError::InvalidRequest));
        assert!(ask(Some(&coded), &format!("grant_type=client_credentials&client_id={ID}")).is_ok());
    }

    #[test]
    fn what_is_wrong_is_said_in_oauth_s_words() {
        use OAuthError::*;
        let login = format!("client_id={ID}&client_secret=x");
        for (body, error) in [
            (login.clone(), InvalidRequest),
            (format!("grant_type=client_credentials&grant_type=client_credentials&{login}"), InvalidRequest),
            (format!("grant_type=client_credentials&{login}&client_secret=y"), InvalidRequest),
            (format!("grant_type=password&{login}"), UnsupportedGrantType),
            (format!("grant_type=client_credentials&{login}&scope=all"), InvalidScope),
            (format!("grant_type=client_credentials&client_id={ID}"), InvalidClient),
            ("grant_type=client_credentials&client_id=me&client_secret=x".into(), InvalidClient),
            ("grant_type=client_credentials".into(), InvalidClient),
        ] {
            assert_eq!(ask(None, &body), Err(error), "{body}");
        }
        for authorization in ["Basic", "Basic x", "Bearer eDp5", "Basic eHk=", "Basic //8="] {
            let asked = ask(Some(authorization), "grant_type=client_credentials");
            assert_eq!(asked, Err(InvalidClient), "{authorization}");
        }
    }

    #[test]
    fn nobody_is_given_what_they_do_not_have() {
        let scopes = |text: &str| Scopes::read(text).unwrap();
        let has = scopes("venues.read check_ins.write");
        assert_eq!(grant(has, None), Ok(has));
        assert_eq!(grant(has, Some(scopes("venues.read"))), Ok(scopes("venues.read")));
        for more in ["codes.verify", "venues.read codes.verify", ""] {
            assert!(grant(has, Some(scopes(more))).is_err(), "{more:?}");
        }
    }
}
