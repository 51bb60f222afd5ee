//! How a [`Problem`] becomes an answer of actix. The envelope of the application writes its body, since only
//! there the request's language and id are known.

use std::cell::RefCell;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use super::problem::{Kind, Problem, Rule};

/// Carries a problem from a handler to the envelope.
pub struct Carried(pub RefCell<Option<Problem>>);

/// Marks an answer that says itself what went wrong, in another protocol's own words.
pub struct OwnWords;

/// The status code of a kind.
pub fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Unreadable => StatusCode::BAD_REQUEST,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::Absent => StatusCode::NOT_FOUND,
        Kind::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
        Kind::TooSlow => StatusCode::REQUEST_TIMEOUT,
        Kind::Refused => StatusCode::CONFLICT,
        Kind::Stale => StatusCode::PRECONDITION_FAILED,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::Unconditional => StatusCode::PRECONDITION_REQUIRED,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        Kind::Busy => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl Rule {
    /// The status code of its answers.
    pub fn status(&self) -> StatusCode {
        status(self.kind)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.rule().status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        response.extensions_mut().insert(Carried(RefCell::new(Some(self.duplicate()))));
        response
    }
}
