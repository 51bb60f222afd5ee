//! Cases in JSON: what goes out.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::course::MediationState;
use super::kinds::{
    MediationConsent, MediationConsentBy, MediationEndReason, MediationGrade, MediationObjectionDecision,
    MediationPartyKind, MediationRepresentation, MediationRoute, MediationSeatRole, MediationSeatState,
    MediationSide, MediationSource,
};
use super::model::ListedCase;
use super::parties::PartyId;
use super::seats::{ObjectionId, SeatId};
use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag_beside;
use crate::kit::moment;
use crate::matters::clocks::MatterClockView;
use crate::matters::disputes::DisputeType;
use crate::matters::registry::{MatterId, MatterOrganisationView, Receipt, last_day};
use crate::text_enum;

/// A case, as lists tell: not what it is about, nor who is in it.
#[derive(Serialize, ToSchema)]
pub struct MediationCaseView {
    /// Its id; it is a matter of the same id.
    pub id: MatterId,
    /// What a person reads over the telephone 受理编号.
    pub receipt: Receipt,
    /// The committee it belongs to.
    pub division: Division,
    /// Which way it came.
    pub source: MediationSource,
    /// What the dispute is about.
    pub dispute_type: DisputeType,
    /// How hard it is.
    pub grade: MediationGrade,
    /// Where it stands.
    pub state: MediationState,
    /// Who mediates it.
    pub office: Option<MatterOrganisationView>,
    /// The last day of the nearest deadline, in Shanghai; null where none runs.
    pub due_on: Option<NaiveDate>,
    /// Whether that is past.
    pub is_overdue: bool,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was registered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl MediationCaseView {
    /// A case at that moment.
    pub fn new(row: ListedCase, now: DateTime<Utc>) -> Self {
        let matter = row.matter;
        let office = matter.holder_id.zip(row.holder_name);
        Self {
            id: matter.id,
            receipt: matter.receipt,
            division: matter.division,
            source: row.source,
            dispute_type: row.dispute_type,
            grade: row.grade,
            state: row.state,
            office: office.map(|(id, name)| MatterOrganisationView { id, name }),
            due_on: matter.due_at.map(last_day),
            is_overdue: matter.is_open && matter.due_at.is_some_and(|due| due < now),
            version: matter.version,
            created_at: matter.created_at,
            updated_at: matter.updated_at,
        }
    }
}

impl View for MediationCaseView {
    const IS_SECRET: bool = true;
}

text_enum! {
    /// As whom one reads a case.
    pub enum MediationReadAs {
        /// 当事人
        Party = "party",
        /// 受邀入席
        Asked = "asked",
        /// 席位
        Seat = "seat",
        /// 调解单位、司法所
        Office = "office",
        /// 辖区: that there is one
        Overseer = "overseer",
    }
}

/// Somebody in dispute 当事人.
#[derive(Serialize, ToSchema)]
pub struct MediationPartyView {
    /// Its id.
    pub id: PartyId,
    /// On which side.
    pub side: MediationSide,
    /// What it is.
    pub kind: MediationPartyKind,
    /// What they are called; null where the record is one no more.
    #[schema(example = "陈桂芳")]
    pub name: Option<String>,
    /// Their record, for the office alone.
    pub resident: Option<ResidentId>,
    /// How they are reached, masked; for the mediators and the office.
    #[schema(example = "+86 138****0101")]
    pub phone: Option<String>,
    /// Who speaks for them.
    pub representation: MediationRepresentation,
    /// By name.
    pub representative_name: Option<String>,
    /// By what authority.
    pub authority: String,
    /// Whether they agreed to mediation.
    pub consent: MediationConsent,
    /// How they said so.
    pub consent_by: Option<MediationConsentBy>,
    /// When.
    #[serde(serialize_with = "moment::write_some")]
    pub consented_at: Option<DateTime<Utc>>,
    /// Whether they want an open hearing; null where they did not say.
    pub wants_open: Option<bool>,
    /// Whether that is who reads this.
    pub is_reader: bool,
}

/// A seat at the table 席位.
#[derive(Serialize, ToSchema)]
pub struct MediationSeatView {
    /// Its id.
    pub id: SeatId,
    /// What for.
    pub role: MediationSeatRole,
    /// Who.
    pub account: AccountId,
    /// By name.
    #[schema(example = "调解员老周")]
    pub display_name: String,
    /// For which organisation.
    pub organisation: Option<MatterOrganisationView>,
    /// Whether they sit.
    pub state: MediationSeatState,
    /// When they were asked.
    #[serde(serialize_with = "moment::write")]
    pub asked_at: DateTime<Utc>,
    /// When they said whether they do.
    #[serde(serialize_with = "moment::write_some")]
    pub replied_at: Option<DateTime<Utc>>,
}

/// An objection 回避申请, as its party and the table read it.
#[derive(Serialize, ToSchema)]
pub struct MediationObjectionView {
    /// Its id.
    pub id: ObjectionId,
    /// To whom.
    pub seat: SeatId,
    /// Whose.
    pub party: PartyId,
    /// Why.
    pub reason: String,
    /// What was decided; null while it is not.
    pub decision: Option<MediationObjectionDecision>,
    /// Why.
    pub decision_reason: Option<String>,
    /// When it was made.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

/// All of a case that the reader may know. What is not for them is null or empty.
#[derive(Serialize, ToSchema)]
pub struct MediationCaseDetailView {
    /// What lists tell.
    #[serde(flatten)]
    pub case: MediationCaseView,
    /// As whom it is read.
    pub read_as: MediationReadAs,
    /// What it is about, in a few words.
    pub subject: Option<String>,
    /// What happened.
    pub facts: Option<String>,
    /// What is asked for.
    pub claims: Option<String>,
    /// 警情编号, for the table.
    pub incident_number: Option<String>,
    /// The petition it comes from, for the table.
    pub petition: Option<MatterId>,
    /// Whether it may turn violent, for the table.
    pub is_violent: Option<bool>,
    /// Why that is feared, for the table.
    pub risk_note: Option<String>,
    /// Who is in dispute.
    pub parties: Vec<MediationPartyView>,
    /// Whether every party has agreed, so that it may begin.
    pub is_agreed_to: bool,
    /// Who sits at the table, was asked to, or left it.
    pub seats: Vec<MediationSeatView>,
    /// Objections: a party reads its own.
    pub objections: Vec<MediationObjectionView>,
    /// The deadlines, in the order they began.
    pub clocks: Vec<MatterClockView>,
    /// Why it came to an end without an agreement that was kept.
    pub end_reason: Option<MediationEndReason>,
    /// In words.
    pub end_note: Option<String>,
    /// Where else the parties may go (人民调解法 26).
    pub routes: Vec<MediationRoute>,
}

impl View for MediationCaseDetailView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        etag_beside(self.case.version, self)
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/mediation-cases/{}", self.case.id))
    }
}
