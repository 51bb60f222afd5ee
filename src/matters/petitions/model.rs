//! Rows of petitions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::course::PetitionState;
use super::kinds::{
    Adoption, AnswerState, ConsentBy, Deliberation, PetitionChannel, PetitionKind, PetitionVisibility,
    Publicity,
};
use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::matters::clocks::Subject;
use crate::matters::dispatches::{DispatchRow, DispatchState};
use crate::matters::registry::{MatterId, MatterRow};
use crate::people::visit_findings::VisitFindingId;
use crate::places::building_groups::BuildingGroupId;
use crate::places::dwellings::DwellingId;
use crate::schema::petitions;

/// What a petition has besides what every matter has.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = petitions)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct PetitionRow {
    pub id: MatterId,
    pub kind: PetitionKind,
    pub channel: PetitionChannel,
    pub petitioner_id: Option<ResidentId>,
    pub account_id: Option<AccountId>,
    pub filed_by: Option<AccountId>,
    pub consent_by: Option<ConsentBy>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub contact_name: Option<String>,
    pub contact_sealed: Option<Vec<u8>>,
    pub visit_finding_id: Option<VisitFindingId>,
    pub text: String,
    pub shown_title: Option<String>,
    pub shown_text: Option<String>,
    pub is_hidden: bool,
    pub place: String,
    pub dwelling_id: Option<DwellingId>,
    pub building_group_id: Option<BuildingGroupId>,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub visibility: PetitionVisibility,
    pub accused_id: Option<OrganisationId>,
    pub closes_at: Option<DateTime<Utc>>,
    pub answer_state: AnswerState,
    pub deliberation: Deliberation,
    pub adoption: Option<Adoption>,
    pub publicity: Option<Publicity>,
    pub merged_into: Option<MatterId>,
    pub published_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// A petition with what decides over it.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "named as what they are")]
pub struct Petition {
    pub matter: MatterRow,
    pub own: PetitionRow,
    pub state: PetitionState,
    pub category: Option<(String, String)>,
    pub hops: Vec<DispatchRow>,
}

impl Petition {
    /// Whether the actor is who asked.
    pub fn is_of(&self, actor: &Actor) -> bool {
        self.own.account_id.is_some() && actor.account().ok() == self.own.account_id
    }

    /// The organisations that work on it, or are asked to.
    pub fn handlers(&self) -> impl Iterator<Item = &DispatchRow> {
        self.hops.iter().filter(|hop| hop.is_live())
    }

    /// The organisations that work on it, are asked to, or did.
    fn involved(&self) -> impl Iterator<Item = &DispatchRow> {
        self.hops.iter().filter(|hop| hop.state != DispatchState::Returned)
    }

    /// The organisation for which the actor works on it, or did.
    pub fn office_of(&self, actor: &Actor) -> Option<OrganisationId> {
        let mine =
            |id: &OrganisationId| actor.standings.iter().any(|standing| standing.organisation == Some(*id));
        self.involved().map(|hop| hop.organisation_id).find(mine)
    }

    /// Whether the actor works on it now, for an organisation that accepted it or is asked to.
    pub fn is_worked_on_by(&self, actor: &Actor) -> bool {
        let office = |id| actor.standings.iter().any(|standing| standing.organisation == Some(id));
        self.handlers().any(|hop| office(hop.organisation_id))
    }

    /// What its clocks are chosen by.
    pub fn subject(&self) -> Subject {
        Subject {
            matter: self.matter.id,
            kind: self.matter.kind,
            variant: self.own.kind.as_str(),
            category: self.category.as_ref().map(|(code, _)| code.clone()),
            grade: self.matter.grade.as_str(),
            division: self.matter.division,
        }
    }
}

/// As staff of the range see it: it is nobody's own.
impl Governed for Petition {
    fn division(&self) -> Option<Division> {
        Some(self.matter.division)
    }
}

impl AsRef<Petition> for Petition {
    fn as_ref(&self) -> &Petition {
        self
    }
}

/// As who asked: it is theirs.
#[derive(Clone, Debug)]
pub struct AsPetitioner(pub Petition);

impl Governed for AsPetitioner {
    fn division(&self) -> Option<Division> {
        Some(self.0.matter.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        self.0.is_of(actor)
    }
}

impl AsRef<Petition> for AsPetitioner {
    fn as_ref(&self) -> &Petition {
        &self.0
    }
}

/// As an organisation that works on it: it is theirs.
#[derive(Clone, Debug)]
pub struct AsHandler(pub Petition);

impl Governed for AsHandler {
    fn division(&self) -> Option<Division> {
        Some(self.0.matter.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        self.0.office_of(actor).is_some()
    }
}

impl AsRef<Petition> for AsHandler {
    fn as_ref(&self) -> &Petition {
        &self.0
    }
}

/// A petition about to be written, beside its matter.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = petitions, treat_none_as_default_value = false)]
pub struct NewPetition {
    pub id: MatterId,
    pub kind: PetitionKind,
    pub channel: PetitionChannel,
    pub external_id: Option<String>,
    pub petitioner_id: Option<ResidentId>,
    pub account_id: Option<AccountId>,
    pub filed_by: Option<AccountId>,
    pub consent_by: Option<ConsentBy>,
    pub contact_name: Option<String>,
    pub contact_sealed: Option<Vec<u8>>,
    pub visit_finding_id: Option<VisitFindingId>,
    pub text: String,
    pub text_hash: Vec<u8>,
    pub is_hidden: bool,
    pub place: String,
    pub dwelling_id: Option<DwellingId>,
    pub building_group_id: Option<BuildingGroupId>,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub visibility: PetitionVisibility,
    pub accused_id: Option<OrganisationId>,
    pub closes_at: Option<DateTime<Utc>>,
    pub answer_state: AnswerState,
    pub deliberation: Deliberation,
    pub created_at: DateTime<Utc>,
}

/// A change of a petition.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = petitions)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct PetitionChange {
    pub text: Option<String>,
    pub text_hash: Option<Vec<u8>>,
    pub shown_title: Option<Option<String>>,
    pub shown_text: Option<Option<String>>,
    pub is_hidden: Option<bool>,
    pub place: Option<String>,
    pub visibility: Option<PetitionVisibility>,
    pub confirmed_at: Option<Option<DateTime<Utc>>>,
    pub closes_at: Option<Option<DateTime<Utc>>>,
    pub answer_state: Option<AnswerState>,
    pub deliberation: Option<Deliberation>,
    pub adoption: Option<Option<Adoption>>,
    pub publicity: Option<Option<Publicity>>,
    pub merged_into: Option<Option<MatterId>>,
    pub published_at: Option<Option<DateTime<Utc>>>,
}

/// A petition as lists tell.
#[derive(Clone, Debug, Queryable)]
#[expect(missing_docs, reason = "named as what they are")]
pub struct ListedRow {
    pub matter: MatterRow,
    pub own: PetitionRow,
    pub state: PetitionState,
    pub category: Option<(String, String)>,
    pub holder_name: Option<String>,
    pub signatures: Option<i32>,
}
