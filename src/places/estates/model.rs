//! Rows of estates.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::schema::estates;
use crate::{id, text_enum};

id! {
    /// An estate's id.
    EstateId
}

text_enum! {
    /// What an estate is.
    pub enum EstateKind {
        /// 商品房
        Commodity = "commodity",
        /// 公房、售后公房
        PublicHousing = "public_housing",
        /// 动迁安置房
        Resettlement = "resettlement",
        /// 经济适用房、共有产权保障住房
        Affordable = "affordable",
        /// 里弄
        Lane = "lane",
        /// 别墅
        Villa = "villa",
        /// 农村宅基地房
        Rural = "rural",
        /// 其他
        Other = "other",
    }
}

/// An estate as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = estates)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct EstateRow {
    pub id: EstateId,
    pub name: String,
    pub division: Division,
    pub kind: EstateKind,
    pub address: String,
    pub built_year: Option<i32>,
    pub is_old: bool,
    pub has_lift: bool,
    pub property_company_id: Option<OrganisationId>,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for EstateRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// An estate about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = estates, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewEstate {
    pub id: EstateId,
    pub name: String,
    pub division: Division,
    pub kind: EstateKind,
    pub address: String,
    pub built_year: Option<i32>,
    pub is_old: bool,
    pub has_lift: bool,
    pub property_company_id: Option<OrganisationId>,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewEstate {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub name: Option<String>,
    pub is_old: Option<bool>,
}

/// A change of an estate.
#[derive(AsChangeset)]
#[diesel(table_name = estates)]
pub struct EstateChange {
    pub name: Option<String>,
    pub kind: Option<EstateKind>,
    pub address: Option<String>,
    pub built_year: Option<Option<i32>>,
    pub is_old: Option<bool>,
    pub has_lift: Option<bool>,
    pub property_company_id: Option<Option<OrganisationId>>,
    pub longitude: Option<Option<f64>>,
    pub latitude: Option<Option<f64>>,
}
