//! The rules that a database begins with, from `data/mediation/routes.csv`.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Deserialize;

use super::model::{DisputeGround, DisputeRoute, NewRouteRule, RouteRuleId};
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::matters::disputes::DisputeType;
use crate::schema::dispute_route_rules;

/// One line of the file, for the whole city.
#[derive(Clone, Debug, Deserialize)]
pub struct RouteLine {
    pub position: i32,
    pub ground: Option<DisputeGround>,
    pub dispute_type: Option<DisputeType>,
    pub route: DisputeRoute,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
}

/// Adds the lines that are not there.
pub fn import(conn: &mut PgConnection, lines: &[RouteLine], now: DateTime<Utc>) -> Result<usize> {
    let new = |line: &RouteLine| NewRouteRule {
        id: RouteRuleId::new(),
        division: Division::SHANGHAI,
        position: line.position,
        ground: line.ground,
        dispute_type: line.dispute_type,
        route: line.route,
        effective_from: line.effective_from,
        legal_basis: line.legal_basis.clone(),
        created_at: now,
    };
    let rows: Vec<NewRouteRule> = lines.iter().map(new).collect();
    Ok(diesel::insert_into(dispute_route_rules::table)
        .values(&rows)
        .on_conflict_do_nothing()
        .execute(conn)?)
}
