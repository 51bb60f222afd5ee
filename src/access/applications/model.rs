//! Rows of applications and of their secrets.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::access::principal::{ApplicationId, ApplicationSecretId};
use crate::access::scopes::{AccessScope, Scopes};
use crate::schema::{application_secrets, applications};
use crate::text_enum;

text_enum! {
    /// Whether an application may call.
    pub enum ApplicationStatus {
        /// It may.
        Active = "active",
        /// Nothing of it counts 停用.
        Disabled = "disabled",
    }
}

/// An application as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = applications)]
pub struct ApplicationRow {
    pub id: ApplicationId,
    pub name: String,
    pub purpose: String,
    pub organisation_id: Option<OrganisationId>,
    pub division: Division,
    pub scopes: Vec<Option<AccessScope>>,
    pub status: ApplicationStatus,
    pub ends_on: Option<NaiveDate>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl ApplicationRow {
    /// Its scopes.
    pub fn scopes(&self) -> Scopes {
        self.scopes.iter().flatten().copied().collect()
    }
}

impl Governed for ApplicationRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// An application about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = applications, treat_none_as_default_value = false)]
pub struct NewApplication {
    pub id: ApplicationId,
    pub name: String,
    pub purpose: String,
    pub organisation_id: Option<OrganisationId>,
    pub division: Division,
    pub scopes: Vec<AccessScope>,
    pub ends_on: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewApplication {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A change of an application.
#[derive(AsChangeset)]
#[diesel(table_name = applications)]
pub struct ApplicationChange {
    pub name: Option<String>,
    pub purpose: Option<String>,
    pub organisation_id: Option<Option<OrganisationId>>,
    pub division: Option<Division>,
    pub scopes: Option<Vec<AccessScope>>,
    pub status: Option<ApplicationStatus>,
    pub ends_on: Option<Option<NaiveDate>>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub status: Option<ApplicationStatus>,
}

/// A secret as kept: never itself.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = application_secrets)]
pub struct SecretRow {
    pub id: ApplicationSecretId,
    pub hint: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
    pub retired_at: Option<DateTime<Utc>>,
}

/// An application that has shown one of its secrets.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub application: ApplicationId,
    pub secret: ApplicationSecretId,
    pub division: Division,
    pub scopes: Scopes,
}
