//! Rules that route disputes in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{DisputeGround, DisputeRoute, Filter, NewRouteRule, RouteRuleId, RouteRuleRow};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::text::Line;
use crate::matters::disputes::DisputeType;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DisputeRouteRuleQuery {
    /// Only rules that may hold in this division: its own, and those of the divisions it lies in.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only rules that send disputes this way.
    #[param(inline)]
    pub route: Option<DisputeRoute>,
    /// Only rules that held or hold on this day.
    #[param(value_type = Option<NaiveDate>)]
    pub on: Option<Day>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl DisputeRouteRuleQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, route: self.route, on: self.on.map(Day::get) }
    }
}

/// Say which way disputes go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeRouteRuleDraft {
    /// It holds in this division and below, unless one that is closer says something else for the same position.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// When it is asked, the lowest first. It stands in place of what wider places say for this position, for every dispute.
    #[schema(value_type = Whole<1, 1000>, example = 50)]
    pub position: Whole<1, 1000>,
    /// Only of what this is said of; everything, unless told.
    pub ground: Option<DisputeGround>,
    /// Only disputes of this type; all, unless told.
    pub dispute_type: Option<DisputeType>,
    /// Where they go.
    pub route: DisputeRoute,
    /// The first day it holds; today or later.
    pub effective_from: Day,
    /// What it stands on.
    #[schema(example = "友谊路街道解纷一件事分流办法（2026年）")]
    pub legal_basis: Line<500>,
}

impl DisputeRouteRuleDraft {
    /// As written.
    pub fn into_new(self, now: DateTime<Utc>) -> NewRouteRule {
        NewRouteRule {
            id: RouteRuleId::new(),
            division: self.division,
            position: self.position.get(),
            ground: self.ground,
            dispute_type: self.dispute_type,
            route: self.route,
            effective_from: self.effective_from.get(),
            legal_basis: self.legal_basis.into_inner(),
            created_at: now,
        }
    }
}

/// Which way disputes go.
#[derive(Serialize, ToSchema)]
pub struct DisputeRouteRuleView {
    /// Its id.
    pub id: RouteRuleId,
    /// It holds in this division and below.
    pub division: Division,
    /// When it is asked, the lowest first; of one position only the closest place, and of that the latest.
    pub position: i32,
    /// Only of what this is said of; null: of everything.
    pub ground: Option<DisputeGround>,
    /// Only disputes of this type; null: all.
    pub dispute_type: Option<DisputeType>,
    /// Where they go.
    pub route: DisputeRoute,
    /// The first day it holds.
    pub effective_from: NaiveDate,
    /// What it stands on.
    pub legal_basis: String,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<RouteRuleRow> for DisputeRouteRuleView {
    fn from(row: RouteRuleRow) -> Self {
        Self {
            id: row.id,
            division: row.division,
            position: row.position,
            ground: row.ground,
            dispute_type: row.dispute_type,
            route: row.route,
            effective_from: row.effective_from,
            legal_basis: row.legal_basis,
            created_at: row.created_at,
        }
    }
}

impl View for DisputeRouteRuleView {}
