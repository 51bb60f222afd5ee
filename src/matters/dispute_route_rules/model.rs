//! Rows of the rules that route disputes.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::division::Division;
use crate::matters::disputes::DisputeType;
use crate::schema::dispute_route_rules;
use crate::{id, text_enum};

id! {
    /// The id of a rule that routes disputes.
    RouteRuleId
}

text_enum! {
    /// Which way a dispute goes 分流去向.
    pub enum DisputeRoute {
        /// 人民调解
        Mediation = "mediation",
        /// 法律援助
        LegalAid = "legal_aid",
        /// 人民法院
        Court = "court",
        /// 公安机关
        Police = "police",
    }
}

text_enum! {
    /// What is said of a dispute that may decide where it goes.
    pub enum DisputeGround {
        /// 正在发生或即将发生暴力
        Violence = "violence",
        /// 涉嫌违法犯罪
        Crime = "crime",
        /// 已向法院起诉
        Sued = "sued",
        /// 经济困难，无力聘请律师
        NoMeans = "no_means",
    }
}

/// A rule as kept: what goes which way, and what that stands on.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = dispute_route_rules)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct RouteRuleRow {
    pub id: RouteRuleId,
    pub division: Division,
    pub position: i32,
    pub ground: Option<DisputeGround>,
    pub dispute_type: Option<DisputeType>,
    pub route: DisputeRoute,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
    pub created_at: DateTime<Utc>,
}

/// A rule about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = dispute_route_rules, treat_none_as_default_value = false)]
pub struct NewRouteRule {
    pub id: RouteRuleId,
    pub division: Division,
    pub position: i32,
    pub ground: Option<DisputeGround>,
    pub dispute_type: Option<DisputeType>,
    pub route: DisputeRoute,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
    pub created_at: DateTime<Utc>,
}

impl Governed for NewRouteRule {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub route: Option<DisputeRoute>,
    pub on: Option<NaiveDate>,
}
