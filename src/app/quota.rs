//! Takes each request from its caller's quota. Inside of CORS, so that a browser may read the 429 and a preflight, which
//! CORS answers itself, costs nothing.

use std::future::{Ready, ready};

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, forward_ready};
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, ResponseError};
use futures_util::future::{Either, MapOk, TryFutureExt};

use super::limits::Limits;
use crate::access::caller::Origin;
use crate::access::principal::Principal;
use crate::kit::problem::{Problem, QUOTA_EXCEEDED};

/// The middleware.
#[derive(Clone)]
pub struct Quota(pub Data<Limits>);

/// A service behind its quota.
pub struct Counted<S> {
    service: S,
    limits: Data<Limits>,
}

impl<S, B> Transform<S, ServiceRequest> for Quota
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = Counted<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(Counted { service, limits: self.0.clone() }))
    }
}

type Passed<S, B> =
    MapOk<<S as Service<ServiceRequest>>::Future, fn(ServiceResponse<B>) -> ServiceResponse<EitherBody<B>>>;

impl<S, B> Service<ServiceRequest> for Counted<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = Either<Passed<S, B>, Ready<Result<Self::Response, Error>>>;

    forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let caller = request
            .extensions()
            .get::<Origin>()
            .map(|origin| (origin.believed.map(Principal::id), origin.address));
        let Some((caller, address)) = caller else {
            let problem = Problem::fault("the envelope is missing");
            return Either::Right(ready(Err(problem.into())));
        };
        let allowance = self.limits.take(caller, address);
        // The envelope tells what is left.
        request.extensions_mut().insert(allowance);
        match allowance.wait {
            None => Either::Left(self.service.call(request).map_ok(ServiceResponse::map_into_left_body)),
            Some(wait) => {
                let refusal = Problem::from(&QUOTA_EXCEEDED).after(wait).error_response();
                Either::Right(ready(Ok(request.into_response(refusal).map_into_right_body())))
            }
        }
    }
}
