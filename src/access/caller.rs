//! Who calls, as far as the request tells: extractors for handlers.

use std::net::IpAddr;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use chrono::TimeDelta;

use super::gate::Gate;
use super::principal::Principal;
use crate::kit::crypto::sha256;
use crate::kit::idempotency::{FIELD, Key, NAME, keeping};
use crate::kit::json::BodyHash;
use crate::kit::problem::{
    Fault, HEADER_INVALID, IDEMPOTENCY_KEY_MISSING, Place, Problem, Result, UNAUTHENTICATED,
};

/// What the envelope learned of the request before anybody handled it.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The request's id, the caller's or ours.
    pub request_id: String,
    /// The caller's address, through proxies that are trusted.
    pub address: IpAddr,
    /// Whose token it carries, where that token was verified a moment ago.
    pub believed: Option<Principal>,
}

/// Somebody signed in, or an application. Without a token that counts, 401.
pub struct Caller(Ticket, HttpRequest, TimeDelta);

/// Anybody. A token is not looked at, so that an expired one does not bar from a public operation.
pub struct Visitor(Ticket, HttpRequest);

/// What goes with the work to its seat.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// Whom the token names.
    pub principal: Option<Principal>,
    /// Where it came from.
    pub origin: Origin,
    /// Its idempotency key, where it is a POST that has one.
    pub key: Option<Key>,
}

impl Caller {
    /// The same caller for another hop of the same request, which carries no idempotency key.
    pub fn again(&self) -> Ticket {
        self.0.clone()
    }

    /// The caller's address.
    pub fn address(&self) -> IpAddr {
        self.0.origin.address
    }

    /// For operations whose answers are kept longer than others'.
    pub fn kept_for(self, keeping: TimeDelta) -> Self {
        Caller(self.0, self.1, keeping)
    }

    /// For operations that can't be repaired if sent twice: 400 without an `Idempotency-Key`.
    pub fn with_key(self) -> Result<Self> {
        match self.1.headers().contains_key(FIELD) {
            true => Ok(self),
            false => Err(Problem::from(&IDEMPOTENCY_KEY_MISSING).with(Fault {
                place: Place::Header(NAME),
                code: IDEMPOTENCY_KEY_MISSING.code,
                detail: None,
            })),
        }
    }
}

impl Visitor {
    /// The same visitor for another hop of the same request, which carries no idempotency key.
    pub fn again(&self) -> Ticket {
        self.0.clone()
    }

    /// The caller's address.
    pub fn address(&self) -> IpAddr {
        self.0.origin.address
    }
}

/// What makes a ticket of a request whose extractors have all run.
pub trait IntoTicket {
    /// Reads the idempotency key, now that the body's hash is known.
    fn into_ticket(self, gate: &Gate) -> Result<Ticket>;
}

impl IntoTicket for Caller {
    fn into_ticket(self, gate: &Gate) -> Result<Ticket> {
        with_key(self.0, &self.1, self.2, gate)
    }
}

impl IntoTicket for Ticket {
    fn into_ticket(self, _: &Gate) -> Result<Ticket> {
        Ok(self)
    }
}

impl IntoTicket for Visitor {
    fn into_ticket(self, gate: &Gate) -> Result<Ticket> {
        with_key(self.0, &self.1, keeping(), gate)
    }
}

/// Only a POST has a key. What any other method answers is looked up and judged anew each time: a kept answer would outlive the right
/// to it.
fn with_key(mut ticket: Ticket, request: &HttpRequest, keeping: TimeDelta, gate: &Gate) -> Result<Ticket> {
    let Some(value) = request.headers().get(FIELD).filter(|_| request.method() == Method::POST) else {
        return Ok(ticket);
    };
    let invalid = || {
        Problem::from(&HEADER_INVALID).with(Fault {
            place: Place::Header(NAME),
            code: HEADER_INVALID.code,
            detail: Some("1 to 255 visible ASCII characters".into()),
        })
    };
    let key = value.to_str().map_err(|_| invalid())?.trim().trim_matches('"');
    if key.is_empty() || key.len() > 255 || !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(invalid());
    }
    let body = request.extensions().get::<BodyHash>().map_or([0; 32], |hash| hash.0);
    // Nobody in particular is told apart by what they send, so that strangers can't take each other's keys.
    let caller = ticket.principal.map_or(body.to_vec(), |one| one.id().as_bytes().to_vec());
    let parts = [&caller, request.method().as_str().as_bytes(), request.path().as_bytes(), key.as_bytes()];
    let fingerprint = gate.ring().hash("idempotency", &parts);
    // A query says what is asked for, too, such as for whom: with another one it is another request.
    let body = match request.query_string() {
        "" => body,
        query => sha256(&[body.as_slice(), query.as_bytes()].concat()),
    };
    ticket.key = Some(Key { fingerprint, body, keeping });
    Ok(ticket)
}

fn origin(request: &HttpRequest) -> Result<Origin> {
    request.extensions().get::<Origin>().cloned().ok_or_else(|| Problem::fault("the envelope is missing"))
}

/// How an address is counted: an IPv6 customer has a whole /64.
pub fn address_key(address: IpAddr) -> [u8; 8] {
    let mut key = [0; 8];
    match address.to_canonical() {
        IpAddr::V4(four) => key[4..].copy_from_slice(&four.octets()),
        IpAddr::V6(six) => key.copy_from_slice(&six.octets()[..8]),
    }
    key
}

/// The token of the request, if it carries one.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = || {
            let gate =
                request.app_data::<Data<Gate>>().ok_or_else(|| Problem::fault("the gate is missing"))?;
            let origin = origin(request)?;
            let principal = match origin.believed {
                Some(known) => known,
                None => {
                    let token = bearer(request.headers()).ok_or(&UNAUTHENTICATED)?;
                    gate.tokens().verify(token, gate.now())?
                }
            };
            Ok(Caller(Ticket { principal: Some(principal), origin, key: None }, request.clone(), keeping()))
        };
        std::future::ready(read())
    }
}

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let ticket = origin(request).map(|origin| Ticket { principal: None, origin, key: None });
        std::future::ready(ticket.map(|ticket| Visitor(ticket, request.clone())))
    }
}
