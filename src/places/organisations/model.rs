//! Rows of organisations.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::schema::organisations;
use crate::text_enum;

text_enum! {
    /// What an organisation is.
    pub enum OrganisationKind {
        /// 居民委员会
        ResidentsCommittee = "residents_committee",
        /// 村民委员会
        VillageCommittee = "village_committee",
        /// 业主委员会
        OwnersCommittee = "owners_committee",
        /// 物业服务企业
        PropertyCompany = "property_company",
        /// 派出所
        PoliceStation = "police_station",
        /// 司法所
        JusticeOffice = "justice_office",
        /// 律师事务所
        LawFirm = "law_firm",
        /// 职能部门
        Department = "department",
        /// 街道办事处、镇政府
        StreetOffice = "street_office",
        /// 网格中心、城运中心
        GridCentre = "grid_centre",
        /// 社会组织
        SocialOrganisation = "social_organisation",
        /// 企业
        Enterprise = "enterprise",
        /// 基金会
        Foundation = "foundation",
        /// 党支部
        PartyBranch = "party_branch",
        /// 事业单位
        PublicInstitution = "public_institution",
        /// 人民法院
        Court = "court",
        /// 法律援助机构
        LegalAidCentre = "legal_aid_centre",
    }
}

/// An organisation as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = organisations)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct OrganisationRow {
    pub id: OrganisationId,
    pub name: String,
    pub kind: OrganisationKind,
    pub division: Division,
    pub superior_id: Option<OrganisationId>,
    pub social_credit_code: Option<String>,
    pub address: String,
    pub phones: Vec<Option<String>>,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub closed_on: Option<NaiveDate>,
}

impl Governed for OrganisationRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// An organisation about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = organisations, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewOrganisation {
    pub id: OrganisationId,
    pub name: String,
    pub kind: OrganisationKind,
    pub division: Division,
    pub superior_id: Option<OrganisationId>,
    pub social_credit_code: Option<String>,
    pub address: String,
    pub phones: Vec<Option<String>>,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub closed_on: Option<NaiveDate>,
}

impl Governed for NewOrganisation {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub kind: Option<OrganisationKind>,
    pub superior: Option<OrganisationId>,
    pub name: Option<String>,
}

/// A change of an organisation.
#[derive(AsChangeset)]
#[diesel(table_name = organisations)]
pub struct OrganisationChange {
    pub name: Option<String>,
    pub division: Option<Division>,
    pub superior_id: Option<Option<OrganisationId>>,
    pub social_credit_code: Option<Option<String>>,
    pub address: Option<String>,
    pub phones: Option<Vec<Option<String>>>,
    pub longitude: Option<Option<f64>>,
    pub latitude: Option<Option<f64>>,
    pub closed_on: Option<Option<NaiveDate>>,
}
