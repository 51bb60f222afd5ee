//! Dispute entries in JSON: what goes out.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{DisputeEntryId, DisputeEntryState, PlacedEntryRow};
use super::seeing::DisputeReadAs;
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::matters::dispute_route_rules::{DisputeGround, DisputeRoute};
use crate::matters::disputes::DisputeType;
use crate::matters::mediation_cases::MediationRoute;
use crate::matters::mediation_cases::course::MediationState;
use crate::matters::registry::{MatterId, MatterOrganisationView, Receipt};

/// The mediation case that an entry became, as the case says just now.
#[derive(Serialize, ToSchema)]
pub struct DisputeCaseView {
    /// The case.
    pub id: MatterId,
    /// What a person reads over the telephone 受理编号.
    pub receipt: Receipt,
    /// Where it stands.
    pub state: MediationState,
    /// Where else one may go, once mediation was refused or failed (人民调解法 26).
    pub routes: Vec<MediationRoute>,
}

/// An entry, as lists tell: not what it is about, nor who is in it.
#[derive(Serialize, ToSchema)]
pub struct DisputeEntryView {
    /// Its id.
    pub id: DisputeEntryId,
    /// The committee it belongs to.
    pub division: Division,
    /// What it is about.
    pub dispute_type: DisputeType,
    /// Which way it went.
    pub route: DisputeRoute,
    /// Where it stands.
    pub state: DisputeEntryState,
    /// Who received it; null where the street looks after it, or a case has an office of its own.
    pub organisation: Option<MatterOrganisationView>,
    /// The case it became.
    pub case: Option<DisputeCaseView>,
    /// Whether it was handed on.
    pub is_handed_over: bool,
    /// Its version, as in the ETag: moves with the case, too.
    pub version: i64,
    /// When it was told.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<PlacedEntryRow> for DisputeEntryView {
    fn from(row: PlacedEntryRow) -> Self {
        let PlacedEntryRow { entry, organisation_name, case } = row;
        let organisation = entry.organisation_id.zip(organisation_name);
        // Both only grow, so that the sum moves when either does.
        let version = entry.version + case.as_ref().map_or(0, |case| case.version);
        let case = entry.case_id.zip(case).map(|(id, case)| DisputeCaseView {
            id,
            receipt: case.receipt,
            state: case.state,
            routes: case.routes.into_iter().flatten().collect(),
        });
        Self {
            id: entry.id,
            division: entry.division,
            dispute_type: entry.dispute_type,
            route: entry.route,
            state: entry.state,
            organisation: organisation.map(|(id, name)| MatterOrganisationView { id, name }),
            case,
            is_handed_over: entry.handed_from.is_some(),
            version,
            created_at: entry.created_at,
            updated_at: entry.updated_at,
        }
    }
}

impl View for DisputeEntryView {
    const IS_SECRET: bool = true;
}

/// Somebody in dispute, as told.
#[derive(Serialize, ToSchema)]
pub struct DisputePersonView {
    /// By name; null where the record is one no more.
    #[schema(example = "赵先生")]
    pub name: Option<String>,
    /// The organisation, where it is one.
    pub organisation: Option<OrganisationId>,
    /// How they are reached, masked.
    #[schema(example = "+86 138****0101")]
    pub phone: Option<String>,
}

/// That it was handed on 转办.
#[derive(Serialize, ToSchema)]
pub struct DisputeHandoverView {
    /// Which way it went at first.
    pub from: DisputeRoute,
    /// Why it was not theirs.
    pub reason: String,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub at: DateTime<Utc>,
}

/// What is for whose it is, and for who received it.
#[derive(Serialize, ToSchema)]
pub struct DisputeTellingView {
    /// What was said that may decide where it goes.
    pub grounds: Vec<DisputeGround>,
    /// What happened.
    pub facts: String,
    /// What is wanted.
    pub wanted: String,
    /// Where it happened.
    pub place: String,
    /// Whose it is.
    pub whose: DisputePersonView,
    /// Of a child: the guardian who tells it, by name.
    pub guardian: Option<String>,
    /// With whom.
    pub other: DisputePersonView,
    /// By what it was sent where it went first.
    pub legal_basis: String,
    /// When it was taken.
    #[serde(serialize_with = "moment::write_some")]
    pub accepted_at: Option<DateTime<Utc>>,
    /// What came of it.
    pub outcome: Option<String>,
    /// When that was said.
    #[serde(serialize_with = "moment::write_some")]
    pub answered_at: Option<DateTime<Utc>>,
    /// How it was handed on.
    pub handover: Option<DisputeHandoverView>,
}

/// All of an entry that the reader may know.
#[derive(Serialize, ToSchema)]
pub struct DisputeEntryDetailView {
    /// What lists tell.
    #[serde(flatten)]
    pub entry: DisputeEntryView,
    /// As whom it is read.
    pub read_as: DisputeReadAs,
    /// What was told, and what came of it; null for whoever merely has the range.
    pub telling: Option<DisputeTellingView>,
}

impl View for DisputeEntryDetailView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.entry.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/dispute-entries/{}", self.entry.id))
    }
}
