//! Data grants in JSON: what goes out.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{
    DataGrantId, DataGrantReadId, DataGrantReadRow, DataGrantRow, Dataset, GrantBasis, GrantedField,
    NamedGrantRow, OwnGrantRow,
};
use crate::access::actor::{AccountId, OrganisationId};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::crypto::Keyring;
use crate::kit::moment;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::people::disclosures::{DisclosurePurpose, ResidentId};
use crate::people::document::{Document, DocumentView, Sex};
use crate::people::residents::{
    Education, PoliticalStatus, Residence, ResidentDetailRow, open_document, open_phone,
};
use crate::places::dwellings::DwellingId;

/// A data-sharing grant.
#[derive(Serialize, ToSchema)]
pub struct DataGrantView {
    /// Its id.
    pub id: DataGrantId,
    /// What is shared.
    pub dataset: Dataset,
    /// Which fields of it.
    pub fields: Vec<GrantedField>,
    /// What for; the people read this.
    pub purpose: DisclosurePurpose,
    /// On which basis of the law.
    pub basis: GrantBasis,
    /// Why; for a duty, by which rule.
    pub reason: String,
    /// With which organisation.
    pub grantee: OrganisationId,
    /// That organisation's name.
    #[schema(example = "宝山区民政局")]
    pub grantee_name: String,
    /// Of the people of which division.
    pub division: Division,
    /// The account that granted it.
    pub granted_by: AccountId,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub granted_at: DateTime<Utc>,
    /// When it ends.
    #[serde(serialize_with = "moment::write")]
    pub expires_at: DateTime<Utc>,
    /// When it was withdrawn; null while it was not.
    #[serde(serialize_with = "moment::write_some")]
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl From<NamedGrantRow> for DataGrantView {
    fn from(row: NamedGrantRow) -> Self {
        let NamedGrantRow { grant, grantee_name } = row;
        Self {
            id: grant.id,
            dataset: grant.dataset,
            fields: grant.fields.into_iter().flatten().collect(),
            purpose: grant.purpose,
            basis: grant.basis,
            reason: grant.reason,
            grantee: grant.grantee_id,
            grantee_name,
            division: grant.division,
            granted_by: grant.granted_by,
            granted_at: grant.granted_at,
            expires_at: grant.expires_at,
            withdrawn_at: grant.withdrawn_at,
        }
    }
}

impl View for DataGrantView {}

/// A data grant as one of the people it shows reads it: to whom, what, what for and why (个人信息保护法 arts. 17 and 23).
#[derive(Serialize, ToSchema)]
pub struct OwnDataGrantView {
    /// Its id.
    pub id: DataGrantId,
    /// With which organisation.
    pub grantee: OrganisationId,
    /// That organisation's name.
    #[schema(example = "宝山区民政局")]
    pub grantee_name: String,
    /// Its public telephone numbers.
    pub grantee_phones: Vec<String>,
    /// Which fields.
    pub fields: Vec<GrantedField>,
    /// What for.
    pub purpose: DisclosurePurpose,
    /// On which basis of the law.
    pub basis: GrantBasis,
    /// Why; for a duty, by which rule.
    pub reason: String,
    /// When it ends.
    #[serde(serialize_with = "moment::write")]
    pub expires_at: DateTime<Utc>,
    /// Whether one agreed to be shown to that organisation, and is therefore; null for a duty, which asks nobody.
    pub agreed: Option<bool>,
}

impl OwnDataGrantView {
    /// As it is told to somebody who has agreed to be shown to its grantee, or has not.
    pub fn new(row: OwnGrantRow, has_agreed: bool) -> Self {
        let OwnGrantRow { grant, grantee_name, grantee_phones } = row;
        Self {
            id: grant.id,
            grantee: grant.grantee_id,
            grantee_name,
            grantee_phones: grantee_phones.into_iter().flatten().collect(),
            fields: grant.fields.into_iter().flatten().collect(),
            purpose: grant.purpose,
            basis: grant.basis,
            reason: grant.reason,
            expires_at: grant.expires_at,
            agreed: (grant.basis == GrantBasis::Consent).then_some(has_agreed),
        }
    }
}

impl View for OwnDataGrantView {
    const IS_SECRET: bool = true;
}

/// A resident as a grant shows them. What was not granted, or is not known, is left out.
#[derive(Serialize, ToSchema)]
pub struct GrantedResidentView {
    /// The resident's id.
    pub id: ResidentId,
    /// The committee that keeps the record.
    pub division: Division,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "陈桂芳")]
    pub name: Option<String>,
    /// Sex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Day of birth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born_on: Option<NaiveDate>,
    /// How the person resides here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residence: Option<Residence>,
    /// The dwelling they live in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<DwellingId>,
    /// Nationality.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "CHN")]
    pub nationality: Option<String>,
    /// Ethnic group.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "01")]
    pub ethnicity: Option<String>,
    /// Education.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub education: Option<Education>,
    /// Political status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub political_status: Option<PoliticalStatus>,
    /// Where the household is registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_place: Option<String>,
    /// The document, whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentView>,
    /// The telephone number, whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "+8613800000101")]
    pub phone: Option<String>,
}

impl GrantedResidentView {
    /// Opens the numbers that were granted, and no others.
    pub fn new(row: ResidentDetailRow, grant: &DataGrantRow, ring: &Keyring) -> Result<Self> {
        let has = |field| grant.has(field);
        let document = if has(GrantedField::Document) { open_document(&row, ring)? } else { None };
        let phone = if has(GrantedField::Phone) { open_phone(&row, ring)? } else { None };
        let resident = row.resident;
        Ok(Self {
            id: resident.id,
            division: resident.division,
            name: has(GrantedField::Name).then_some(resident.name),
            sex: resident.sex.filter(|_| has(GrantedField::Sex)),
            born_on: resident.born_on.filter(|_| has(GrantedField::BornOn)),
            residence: has(GrantedField::Residence).then_some(resident.residence),
            home: resident.home_id.filter(|_| has(GrantedField::Home)),
            nationality: has(GrantedField::Nationality).then_some(row.nationality),
            ethnicity: row.ethnicity.filter(|_| has(GrantedField::Ethnicity)),
            education: row.education.filter(|_| has(GrantedField::Education)),
            political_status: row.political_status.filter(|_| has(GrantedField::PoliticalStatus)),
            registered_place: has(GrantedField::RegisteredPlace).then_some(row.registered_place),
            document: document.map(Document::into_view),
            phone: phone.map(|phone| phone.expose().to_owned()),
        })
    }

    /// The numbers it shows, by name.
    pub fn numbers(&self) -> Vec<&'static str> {
        let document = self.document.as_ref().map(|_| "document");
        document.into_iter().chain(self.phone.as_ref().map(|_| "phone")).collect()
    }
}

/// One page of residents, read through a grant. Reading leaves a trace, so nobody keeps it.
#[derive(Serialize, ToSchema)]
pub struct GrantedPageView {
    /// The residents, in the order of divisions.
    pub items: Vec<GrantedResidentView>,
    /// Hand this back as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
    /// Whether there is a next page.
    pub has_more: bool,
}

impl From<Page<GrantedResidentView>> for GrantedPageView {
    fn from(page: Page<GrantedResidentView>) -> Self {
        let Page { items, next_cursor, has_more } = page;
        Self { items, next_cursor, has_more }
    }
}

impl View for GrantedPageView {
    const IS_SECRET: bool = true;

    fn next_page(&self) -> Option<String> {
        self.next_cursor.clone()
    }
}

/// A page that was read through a grant.
#[derive(Serialize, ToSchema)]
pub struct DataGrantReadView {
    /// Its id.
    pub id: DataGrantReadId,
    /// The account that read.
    pub account: AccountId,
    /// Its name.
    #[schema(example = "社工小王")]
    pub by: String,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub at: DateTime<Utc>,
    /// Of how many people.
    #[schema(example = 20)]
    pub rows: i32,
}

impl From<DataGrantReadRow> for DataGrantReadView {
    fn from(row: DataGrantReadRow) -> Self {
        let DataGrantReadRow { id, account_id, by, at, rows } = row;
        Self { id, account: account_id, by, at, rows }
    }
}

impl View for DataGrantReadView {
    const IS_SECRET: bool = true;
}
