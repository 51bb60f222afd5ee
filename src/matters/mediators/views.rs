//! Rosters as they are answered.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{MediatorId, MediatorKind, MediatorStatus, NamedMediatorRow};
use super::rules::{ProposalReason, Ranked};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::matters::disputes::{DisputeType, MediationLanguage};
use crate::matters::registry::MatterOrganisationView;

/// What staff of the range, and the person themselves, are told of an entry.
#[derive(Serialize, ToSchema)]
pub struct MediatorRecordView {
    /// Whom the person serves: this division and below.
    pub division: Division,
    /// Whose roster it is.
    pub organisation: MatterOrganisationView,
    /// The person's account; null for an expert from outside.
    pub account: Option<AccountId>,
    /// How many open cases they take at once.
    #[schema(minimum = 1, example = 5)]
    pub max_load: i32,
    /// How many they have now.
    #[schema(minimum = 0, example = 2)]
    pub load: i64,
    /// Whether they mediate beside other work 兼职.
    pub is_part_time: bool,
    /// The first day of the term.
    pub starts_on: NaiveDate,
    /// The last day of the term; null where it has none.
    pub ends_on: Option<NaiveDate>,
    /// Where the entry stands, besides its term.
    pub status: MediatorStatus,
    /// Whether the person can be chosen today: active, and within the term.
    pub is_standing: bool,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

/// Somebody in a roster, for one term.
#[derive(Serialize, ToSchema)]
pub struct MediatorView {
    /// The entry's id.
    pub id: MediatorId,
    /// As what.
    pub kind: MediatorKind,
    /// The person's name.
    #[schema(example = "调解员老徐")]
    pub name: String,
    /// What they know.
    pub expertise: Vec<DisputeType>,
    /// What they speak.
    pub languages: Vec<MediationLanguage>,
    /// The rest of the entry; null for whoever may only choose among those who serve.
    pub record: Option<MediatorRecordView>,
}

impl MediatorView {
    /// An entry as it is on that day, to somebody who sees all of it or not; with the person's load.
    pub fn new(row: NamedMediatorRow, sees_record: bool, load: i64, on: NaiveDate) -> Self {
        let NamedMediatorRow { mediator, organisation_name } = row;
        let is_standing = mediator.stands(on);
        let record = sees_record.then_some(MediatorRecordView {
            division: mediator.division,
            organisation: MatterOrganisationView { id: mediator.organisation_id, name: organisation_name },
            account: mediator.account_id,
            max_load: mediator.max_load,
            load,
            is_part_time: mediator.is_part_time,
            starts_on: mediator.starts_on,
            ends_on: mediator.ends_on,
            status: mediator.status,
            is_standing,
            version: mediator.version,
            created_at: mediator.created_at,
            updated_at: mediator.updated_at,
        });
        Self {
            id: mediator.id,
            kind: mediator.kind,
            name: mediator.name,
            expertise: mediator.expertise.into_iter().flatten().collect(),
            languages: mediator.languages.into_iter().flatten().collect(),
            record,
        }
    }
}

impl View for MediatorView {
    const IS_SECRET: bool = true;

    // Only who sees the whole entry is told its version: what others are shown has none, and changes with who looks.
    fn etag(&self) -> Option<String> {
        self.record.as_ref().map(|record| etag(record.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/mediators/{}", self.id))
    }
}

/// Somebody proposed for a dispute, and why.
#[derive(Serialize, ToSchema)]
pub struct MediatorProposalView {
    /// The entry's id.
    pub mediator: MediatorId,
    /// As what.
    pub kind: MediatorKind,
    /// The person's name.
    #[schema(example = "调解员老徐")]
    pub name: String,
    /// Whom they serve.
    pub division: Division,
    /// Whose roster it is.
    pub organisation: MatterOrganisationView,
    /// How many open cases they have.
    #[schema(minimum = 0)]
    pub load: i64,
    /// How many they take at once.
    #[schema(minimum = 1)]
    pub max_load: i32,
    /// Whether they can take it; if not, the reasons say what is in the way.
    pub is_fit: bool,
    /// Why they stand where they stand.
    pub reasons: Vec<ProposalReason>,
}

impl MediatorProposalView {
    /// Somebody in their place.
    pub fn new(ranked: Ranked, row: NamedMediatorRow, load: i64) -> Self {
        let NamedMediatorRow { mediator, organisation_name } = row;
        Self {
            mediator: ranked.id,
            kind: mediator.kind,
            name: mediator.name,
            division: mediator.division,
            organisation: MatterOrganisationView { id: mediator.organisation_id, name: organisation_name },
            load,
            max_load: mediator.max_load,
            is_fit: ranked.is_fit,
            reasons: ranked.reasons,
        }
    }
}

/// Who is proposed, the fittest first.
#[derive(Serialize, ToSchema)]
pub struct MediatorProposalsView {
    /// They, with why.
    pub items: Vec<MediatorProposalView>,
}

impl View for MediatorProposalsView {
    const IS_SECRET: bool = true;
}
