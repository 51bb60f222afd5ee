//! What is said about seats.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::access::actor::AccountId;
use crate::kit::text::{Label, Line};
use crate::matters::mediation_cases::seats::{ObjectionId, SeatId};
use crate::matters::mediation_cases::{MediationObjectionDecision, MediationSeatRole};
use crate::matters::mediators::MediatorId;
use crate::matters::registry::MatterId;

/// A seat in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MediationSeatPath {
    /// The case.
    pub mediation_case: MatterId,
    /// The seat.
    #[param(value_type = uuid::Uuid)]
    pub seat: SeatId,
}

/// An objection in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MediationObjectionPath {
    /// The case.
    pub mediation_case: MatterId,
    /// The objection.
    #[param(value_type = uuid::Uuid)]
    pub objection: ObjectionId,
}

/// Ask somebody to sit at the table.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationSeatDraft {
    /// What for. A party chooses a mediator, and nobody else.
    pub role: MediationSeatRole,
    /// Whom: they hold a post of that institution there. Or by the roster.
    pub account: Option<AccountId>,
    /// Whom, by their entry in a roster: all that parties see of a mediator.
    pub mediator: Option<MediatorId>,
}

/// Say whether one sits.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationSeatReplyDraft {
    /// Whether one does.
    pub is_accepted: bool,
    /// Why not.
    #[serde(default)]
    #[schema(example = "与一方当事人有亲属关系。")]
    pub reason: Label<500>,
}

/// Object to a mediator 申请回避.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationObjectionDraft {
    /// To whom.
    pub seat: SeatId,
    /// Why.
    #[schema(example = "调解员与楼上住户是同事。")]
    pub reason: Line<500>,
}

/// Decide over an objection.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationObjectionDecisionDraft {
    /// Sustained, and the mediator leaves the table; or overruled.
    pub decision: MediationObjectionDecision,
    /// Why.
    #[schema(example = "属实，另行指定调解员。")]
    pub reason: Line<500>,
}
