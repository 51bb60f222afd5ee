//! What is asked of certificates.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{CertificateField, CertificateId};
use crate::access::actor::OrganisationId;
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::text::Line;
use crate::places::building_groups::BuildingGroupId;

/// The certificate in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CertificatePath {
    /// The certificate.
    #[param(value_type = uuid::Uuid)]
    pub certificate: CertificateId,
}

/// The number in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CertificateNumberPath {
    /// The number on the certificate; spaces and dashes do not matter.
    #[param(example = "482711930562")]
    pub number: String,
}

/// Ask for a certificate.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificateDraft {
    /// The organisation that organised and recorded it.
    pub organisation: Option<OrganisationId>,
    /// Or the building group.
    pub building_group: Option<BuildingGroupId>,
    /// From which day on; from the first that is recorded, unless told.
    pub from: Option<Day>,
    /// Until which day; until the last that is recorded, unless told.
    pub until: Option<Day>,
    /// What whoever has the number is shown, besides hours and issuer; can be changed at any time.
    #[serde(default)]
    #[schema(value_type = Vec<CertificateField>, max_items = 5)]
    pub shows: Few<CertificateField, 0, 5>,
}

/// Change what is shown of a certificate.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificatePatch {
    /// What whoever has the number is shown.
    #[schema(value_type = Vec<CertificateField>, max_items = 5)]
    pub shows: Few<CertificateField, 0, 5>,
}

/// Revoke a certificate.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificateRevocationDraft {
    /// Why; whoever asks for the number is told that it is revoked, not why.
    #[schema(value_type = Line<500>, example = "经核实未参加服务")]
    pub reason: Line<500>,
}
