//! Rows of disclosures.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

pub use crate::access::actor::ResidentId;
use crate::access::actor::{AccountId, OrganisationId};
use crate::access::role::Role;
use crate::schema::disclosures;
use crate::{id, text_enum};

id! {
    /// A disclosure's id.
    DisclosureId
}

text_enum! {
    /// What a whole value is looked at for.
    pub enum DisclosurePurpose {
        /// 便民服务
        Service = "service",
        /// 应急救助
        Emergency = "emergency",
        /// 矛盾纠纷调解
        Mediation = "mediation",
        /// 诉求办理
        Petition = "petition",
        /// 公共卫生
        PublicHealth = "public_health",
        /// 执法
        LawEnforcement = "law_enforcement",
        /// 信息核对更正
        Correction = "correction",
    }
}

/// A disclosure as its person reads it.
#[derive(Clone, Debug, Queryable)]
pub struct DisclosureRow {
    pub id: DisclosureId,
    pub resident_id: ResidentId,
    pub by: String,
    pub role: Role,
    pub organisation: Option<String>,
    pub purpose: DisclosurePurpose,
    pub fields: Vec<Option<String>>,
    pub at: DateTime<Utc>,
}

/// A disclosure about to be written.
#[derive(Insertable)]
#[diesel(table_name = disclosures, treat_none_as_default_value = false)]
pub struct NewDisclosure<'a> {
    pub id: DisclosureId,
    pub resident_id: ResidentId,
    pub account_id: AccountId,
    pub role: Role,
    pub organisation_id: Option<OrganisationId>,
    pub purpose: DisclosurePurpose,
    pub fields: &'a [&'a str],
    pub at: DateTime<Utc>,
}
