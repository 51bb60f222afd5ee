//! Whether the process lives, and whether it can serve.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::get;
use actix_web::web::Data;
use diesel::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::access::gate::Gate;
use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::answer::{Found, View, Written};
use crate::kit::db::{self, Tries};
use crate::kit::problem::{BUSY, Problem, Result};

actions!("service", allows, {
    FindHealth = "find_health",
    FindReadiness = "find_readiness",
    FindProblem = "find_problem",
});

fn allows(action: Action, _: Role) -> Reach {
    match action {
        Action::FindHealth | Action::FindReadiness | Action::FindProblem => Reach::Everywhere,
    }
}

/// Set when the server is about to stop: then it is alive but not ready.
#[derive(Clone, Default)]
pub struct Draining(pub Arc<AtomicBool>);

/// How the service is.
#[derive(Serialize, ToSchema)]
pub struct HealthView {
    /// Always `ok`; what is not is a problem.
    #[schema(example = "ok")]
    pub status: &'static str,
}

impl View for HealthView {}

const OK: HealthView = HealthView { status: "ok" };

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(find_health).service(find_readiness);
}

/// Is the process alive
///
/// Asks nobody else. 存活检查。
#[utoipa::path(
    tag = "service",
    security(()),
    responses((status = 200, description = "It is.", body = HealthView))
)]
#[get("/healthz")]
pub async fn find_health() -> Result<Found> {
    Written::of(&OK).map(Found)
}

/// Is the service ready
///
/// Whether the database answers with the schema this program needs, and no stop is under way. 就绪检查。
#[utoipa::path(
    tag = "service",
    security(()),
    responses((status = 200, description = "It is.", body = HealthView))
)]
#[get("/readyz")]
pub async fn find_readiness(gate: Data<Gate>, draining: Data<Draining>) -> Result<Found> {
    if draining.0.load(Ordering::Relaxed) {
        return Err(Problem::from(&BUSY).after(5));
    }
    let ask = |conn: &mut diesel::PgConnection| {
        diesel::sql_query("SELECT 1").execute(conn)?;
        db::is_current(conn)
    };
    match gate.jobs().run(Tries::Twice, ask).await? {
        true => Written::of(&OK).map(Found),
        false => Err(Problem::from(&BUSY).after(5).because("the schema is not the one this program needs")),
    }
}
