//! Leads in JSON: what comes in.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{LeadFilter, ScreeningLeadId};
use crate::access::actor::{OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::{Line, Story};
use crate::matters::disputes::DisputeType;
use crate::matters::mediation_cases::MediationSide;
use crate::matters::screenings::{ScreeningId, ScreeningLeadState, ScreeningRiskLevel};
use crate::places::dwellings::DwellingId;

/// The lead in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ScreeningLeadPath {
    /// The screening.
    #[param(value_type = uuid::Uuid)]
    pub screening: ScreeningId,
    /// The lead.
    #[param(value_type = uuid::Uuid)]
    pub lead: ScreeningLeadId,
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ScreeningLeadQuery {
    /// Only leads in this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only those of this level.
    #[param(inline)]
    pub risk_level: Option<ScreeningRiskLevel>,
    /// Only those in this state.
    #[param(inline)]
    pub state: Option<ScreeningLeadState>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl ScreeningLeadQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> LeadFilter {
        LeadFilter { division: self.division, risk_level: self.risk_level, state: self.state }
    }
}

/// Somebody concerned: a resident, an organisation, or somebody named.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningPartyDraft {
    /// On which side they would be.
    pub side: MediationSide,
    /// A record of the committee's archive that one may look into.
    pub resident: Option<ResidentId>,
    /// An organisation of the map.
    pub organisation: Option<OrganisationId>,
    /// Somebody who is neither.
    #[schema(example = "楼上钱先生")]
    pub name: Option<Line<100>>,
}

/// Note a lead.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningLeadDraft {
    /// The committee it belongs to.
    #[schema(example = "310113003005")]
    pub division: Division,
    /// What they are at odds about.
    pub dispute_type: DisputeType,
    /// How near it is to getting out of hand. A high risk is told to the police station and the street at once.
    pub risk_level: ScreeningRiskLevel,
    /// At which home.
    pub dwelling: Option<DwellingId>,
    /// Who is concerned.
    #[serde(default)]
    #[schema(value_type = Vec<ScreeningPartyDraft>, min_items = 0, max_items = 20)]
    pub parties: Few<ScreeningPartyDraft, 0, 20>,
    /// What was seen, in words that can stand alone. Staff read it; those concerned do not.
    #[schema(example = "两户因噪声在楼道争吵，曾推搡。")]
    pub seen: Line<500>,
    /// When somebody looks again.
    pub next_look_on: Option<Day>,
}

/// Change a lead.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningLeadPatch {
    /// What they are at odds about.
    #[serde(default)]
    #[schema(value_type = DisputeType)]
    pub dispute_type: Change<DisputeType>,
    /// How near it is to getting out of hand.
    #[serde(default)]
    #[schema(value_type = ScreeningRiskLevel)]
    pub risk_level: Change<ScreeningRiskLevel>,
    /// At which home.
    #[serde(default)]
    #[schema(value_type = Option<DwellingId>)]
    pub dwelling: Patch<DwellingId>,
    /// Who is concerned, in place of who was.
    #[serde(default)]
    #[schema(value_type = Vec<ScreeningPartyDraft>, min_items = 0, max_items = 20)]
    pub parties: Change<Few<ScreeningPartyDraft, 0, 20>>,
    /// What was seen.
    #[serde(default)]
    #[schema(value_type = Line<500>)]
    pub seen: Change<Line<500>>,
    /// When somebody looks again.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    pub next_look_on: Patch<Day>,
}

/// Settle a lead.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningSettlementDraft {
    /// What became of it.
    #[schema(example = "已劝解，双方和好。")]
    pub outcome: Line<500>,
}

/// Make a case of a lead.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningLeadCaseDraft {
    /// What the parties read of it; unless told, that it was found by a screening. What was seen goes to the table alone.
    pub facts: Option<Story<4000>>,
}
