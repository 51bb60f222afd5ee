//! Rows of cases.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::course::MediationState;
use super::kinds::{MediationEndReason, MediationGrade, MediationRoute, MediationSeatRole, MediationSource};
use super::parties::PartyRow;
use super::seats::SeatRow;
use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, OrganisationId};
use crate::access::division::Division;
use crate::access::role::Role;
use crate::matters::clocks::Subject;
use crate::matters::disputes::DisputeType;
use crate::matters::registry::{MatterId, MatterRow};
use crate::schema::{mediation_cases, mediation_grades};

/// What a case has besides what every matter has.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_cases)]
pub struct CaseRow {
    pub id: MatterId,
    pub source: MediationSource,
    pub incident_number: Option<String>,
    pub petition_id: Option<MatterId>,
    pub dispute_type: DisputeType,
    pub grade: MediationGrade,
    pub subject: String,
    pub facts: String,
    pub claims: String,
    pub is_violent: bool,
    pub risk_note: String,
    pub registered_by: AccountId,
    pub end_reason: Option<MediationEndReason>,
    pub end_note: String,
    pub routes: Vec<Option<MediationRoute>>,
}

/// A case with what decides over it: who is in it, and who sits at the table.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "named as what they are")]
pub struct Case {
    pub matter: MatterRow,
    pub own: CaseRow,
    pub state: MediationState,
    pub parties: Vec<PartyRow>,
    pub seats: Vec<SeatRow>,
}

impl Case {
    /// The party that the actor speaks for.
    pub fn party_of(&self, actor: &Actor) -> Option<&PartyRow> {
        let account = actor.account().ok()?;
        self.parties.iter().find(|party| party.account_id == Some(account))
    }

    /// The seat that the actor was asked to take, or sits on.
    pub fn seat_of(&self, actor: &Actor) -> Option<&SeatRow> {
        let account = actor.account().ok()?;
        self.seats.iter().find(|seat| seat.account_id == account && seat.is_live())
    }

    /// Whether the actor runs it: mediates it, or keeps the office that has it. One and the same post must be of that office and allow it.
    pub fn is_run_by(&self, actor: &Actor) -> bool {
        let mediates = self.seat_of(actor).is_some_and(SeatRow::mediates);
        let keeps = |role: Role| matches!(role, Role::Mediator | Role::JusticeOfficer | Role::CommitteeHead);
        let is_office = self.matter.holder_id.is_some_and(|holder| {
            let of_office =
                |one: &&crate::access::actor::Standing| one.organisation == Some(holder) && keeps(one.role);
            actor.standings.iter().find(of_office).is_some()
        });
        mediates || is_office
    }

    /// Whether every party has agreed.
    pub fn is_agreed_to(&self) -> bool {
        let sides = |side| self.parties.iter().any(|party| party.side == side);
        use super::kinds::MediationSide::{Applicant, Respondent};
        sides(Applicant) && sides(Respondent) && self.parties.iter().all(PartyRow::agrees)
    }

    /// What its clocks are chosen by.
    pub fn subject(&self) -> Subject {
        Subject {
            matter: self.matter.id,
            kind: self.matter.kind,
            variant: self.own.dispute_type.as_str(),
            category: None,
            grade: self.own.grade.as_str(),
            division: self.matter.division,
        }
    }
}

/// As whoever has the range sees it: it is nobody's own.
impl Governed for Case {
    fn division(&self) -> Option<Division> {
        Some(self.matter.division)
    }
}

impl AsRef<Case> for Case {
    fn as_ref(&self) -> &Case {
        self
    }
}

/// As a party: it is theirs.
#[derive(Clone, Debug)]
pub struct AsParty(pub Case);

impl Governed for AsParty {
    fn division(&self) -> Option<Division> {
        Some(self.0.matter.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        self.0.party_of(actor).is_some()
    }
}

impl AsRef<Case> for AsParty {
    fn as_ref(&self) -> &Case {
        &self.0
    }
}

/// As who was asked to sit at its table, or sits there.
#[derive(Clone, Debug)]
pub struct AsSeat(pub Case);

impl Governed for AsSeat {
    fn division(&self) -> Option<Division> {
        Some(self.0.matter.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        self.0.seat_of(actor).is_some()
    }
}

impl AsRef<Case> for AsSeat {
    fn as_ref(&self) -> &Case {
        &self.0
    }
}

/// As who runs it: its mediators, and the office that has it.
#[derive(Clone, Debug)]
pub struct AsRunner(pub Case);

impl Governed for AsRunner {
    fn division(&self) -> Option<Division> {
        Some(self.0.matter.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        self.0.is_run_by(actor)
    }
}

impl AsRef<Case> for AsRunner {
    fn as_ref(&self) -> &Case {
        &self.0
    }
}

/// A case about to be written, beside its matter.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_cases, treat_none_as_default_value = false)]
pub struct NewCase {
    pub id: MatterId,
    pub source: MediationSource,
    pub incident_number: Option<String>,
    pub petition_id: Option<MatterId>,
    pub dispute_type: DisputeType,
    pub grade: MediationGrade,
    pub subject: String,
    pub facts: String,
    pub claims: String,
    pub is_violent: bool,
    pub risk_note: String,
    pub registered_by: AccountId,
    pub end_note: String,
    pub routes: Vec<Option<MediationRoute>>,
}

/// A change of a case.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = mediation_cases)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct CaseChange {
    pub dispute_type: Option<DisputeType>,
    pub grade: Option<MediationGrade>,
    pub subject: Option<String>,
    pub facts: Option<String>,
    pub claims: Option<String>,
    pub is_violent: Option<bool>,
    pub risk_note: Option<String>,
    pub end_reason: Option<Option<MediationEndReason>>,
    pub end_note: Option<String>,
    pub routes: Option<Vec<Option<MediationRoute>>>,
}

/// Who must sit when a case of a grade is heard.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_grades)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct GradeRow {
    pub seats: Vec<Option<MediationSeatRole>>,
    pub mediators: i32,
    pub legal_basis: String,
}

/// A line of what a grade asks for, about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_grades, treat_none_as_default_value = false)]
pub struct NewGrade {
    pub id: uuid::Uuid,
    pub division: Division,
    pub grade: MediationGrade,
    pub seats: Vec<Option<MediationSeatRole>>,
    pub mediators: i32,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
    pub created_at: DateTime<Utc>,
}

/// A case, as lists tell.
#[derive(Clone, Debug, Queryable)]
pub struct ListedCase {
    pub matter: MatterRow,
    pub state: MediationState,
    pub source: MediationSource,
    pub dispute_type: DisputeType,
    pub grade: MediationGrade,
    pub holder_name: Option<String>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct CaseFilter {
    pub division: Option<Division>,
    pub state: Option<MediationState>,
    pub dispute_type: Option<DisputeType>,
    pub grade: Option<MediationGrade>,
    pub source: Option<MediationSource>,
    pub holder: Option<OrganisationId>,
    pub is_overdue: bool,
}
